// Package views says what the pages of the site show: markup with all its words, for a state that stands in the address.
//
// It is the program behind the pages. Compiled for WebAssembly it runs in them, and cosw site runs it to write what they
// show before it is loaded; there is no other place where a page gets its words or its results from. [Load] makes a
// [Program] of [Data]; [Program.Show] answers with the parts of a page, and [Open] turns a trace file into a state.
//
// # States
//
// The state of a page is the part of its address behind the sign #: a version and then fields, in any order, with a
// semicolon between them. A list has commas. Characters with a meaning are written as in any address, %7C for |, and a blank
// may be a plus sign.
//
//	v1;give-up=unlinkable,tells-page;set=suspend=wake,update=sever%7Cpin;assume=scripts=answer;show=update=pin
//
// is a state of the page What if: properties that are given up, answers as in --set, assumptions as in --assume, and the
// answer or property whose details are open. Its links hold what they change instead, as in
//
//	+choose=suspend=wake
//
// so that what a change does not concern keeps its markup; [After] makes the next state of it, which is what the address then
// holds. The page Step has
//
//	v1;part=lifecycle;bounds=pages=1;start=installed;design=suspend=wake;steps=p1+connect+c1,browser+start;at=1;try=browser+suspend
//
// with the part of the model, its bounds where they are not the usual ones, the world in which the history begins, the
// answers that are fixed, the steps, how many of them are shown if not all, and a step to look at from all sides; trace=NAME
// tells which file it came from. A state without a version, of another version, or with anything that the
// model does not have shows a message and nothing else. Fields may be added; one that changes its meaning changes the version.
package views
