// Package explore searches the state space of a system with open questions: every world that some design of a family
// can reach, breadth first, each with the exact set of designs that reach it.
//
// It is a family-based model checker in the sense of featured transition systems (Classen et al., "Featured Transition
// Systems", TSE 2013). A system is anything that implements [System]; it names open questions by index and knows
// nothing of sets of designs. When a step asks a question that the designs at hand answer differently, the engine runs
// the step once for each answer, and only then.
//
// A newcomer reads [System], then [Search], then [Result]. The tests contain small systems whose results can be worked
// out by hand.
//
// # What is stored
//
// Worlds are stored packed and whole ([System.Pack]), not as fingerprints, so no world can be missed. A world of a
// 24-byte key costs 32 bytes in the store and 11 to 21 in the index, of which a slot keeps 32 bits of the hash, only to
// save comparisons. Sets of designs are shared nodes of one decision diagram ([family.Algebra]).
//
// A world is expanded again only for designs that are new to it. As the search goes breadth first, a design is new to a
// world at the depth of the shortest path on which that design reaches it. How a world was reached is not stored: the
// search knows for each mark how many steps a design needs to it, and a trace is found by a search of that design alone
// ([FirstTrace]), as far as it has to go. So a trace is the same whatever else was searched, and however it was divided.
//
// # What is left out
//
// A system can tell where a step may wait, because the same comes of it elsewhere ([Deferrer]). That is a reduction by partial
// order (Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996) of which the system has to be sure:
// the engine does not work out which steps are independent.
//
// # What runs in parallel
//
// Workers expand chunks of the frontier: they run the steps and pack what comes out. One merger takes their results in
// the order of the frontier, so that everything that the search finds is the same for any number of workers.
package explore
