package lab

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"cosw/traces/lab/browser"
)

// byHand is any browser, in which somebody opens an address by hand.
var byHand = &browser.Engine{ID: "browser", Patience: time.Minute, Cannot: map[browser.Action]string{
	browser.Close: needsDriver, browser.Crash: needsDriver, browser.Stop: needsDriver, browser.Kill: needsDriver,
}}

const needsDriver = "that takes a driver"

// playable tells whether one page can play a scenario by itself.
func (s *Scenario) playable() bool {
	return s.Cannot(byHand, Options{}) == "" && !s.has(func(st *step) bool { return st.page > 1 })
}

// Serve records, one after the other, those scenarios that a page can play by itself, in whatever browser its address is opened.
// It passes the address to open, and each outcome as [Collect] does; port 0 takes one that is free.
func Serve(ctx context.Context, port int, all []Scenario, l Limits, open func(address string), told func(Outcome) error) error {
	web, err := serve(port)
	if err != nil {
		return err
	}
	defer web.close()
	hand := &handBrowser{open: open}
	for i := range all {
		if !all[i].playable() {
			continue
		}
		out := Outcome{Engine: byHand, Scenario: &all[i]}
		out.Recording, out.Err = hand.record(ctx, web.newSite(), &all[i], l)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := told(out); err != nil {
			return err
		}
	}
	if hand.at == nil {
		return nil
	}
	return hand.goTo(ctx, "about:blank")
}

// handBrowser is the window in which the address was opened. It goes from the page of one scenario to that of the next.
type handBrowser struct {
	open func(string)
	run  *run // the one that is being played
	at   *run // the one whose page is open
	page *party
}

func (h *handBrowser) record(ctx context.Context, of *site, s *Scenario, l Limits) ([]byte, error) {
	h.run = newRun(of, byHand, s, h, l)
	if err := h.run.play(ctx); err != nil {
		return nil, err
	}
	h.run.note(line{Op: "end"})
	text, err := h.run.write(h.run.header())
	if err != nil {
		return nil, err
	}
	return text, h.run.tell(ctx, h.page, command{Do: "tidy"}, l.Event)
}

// Open waits for the page for as long as it takes the first time: that is when somebody opens the address.
func (h *handBrowser) Open(ctx context.Context, _ int, address string) error {
	if h.at == nil || h.at.hasEnded(h.page) {
		h.open(address)
	} else if err := h.goTo(ctx, address); err != nil {
		return err
	}
	h.at = h.run
	for {
		came, err := h.run.await(ctx, time.Hour, func() bool {
			h.page = h.run.find("page/1")
			return h.page != nil
		})
		if came || err != nil {
			return err
		}
	}
}

// goTo lets the window go to another address.
func (h *handBrowser) goTo(ctx context.Context, address string) error {
	return h.at.tell(ctx, h.page, command{Do: "go", URL: address}, h.at.limits.Event)
}

func (h *handBrowser) Do(context.Context, browser.Action, int, func() bool) error {
	return errors.New(needsDriver)
}

func (h *handBrowser) Quit() {}

// Name is what the page's browser calls itself.
func (h *handBrowser) Name() string { return nameOf(h.page.agent) }

// Browsers name themselves after all that they want to be taken for; the one that they are is the first of these.
var agents = []struct{ name, product string }{
	{"Firefox", "Firefox"}, {"Edge", "Edg"}, {"Opera", "OPR"}, {"Chromium", "Chrome"}, {"Safari", "Version"},
}

// nameOf returns the name and version in a User-Agent.
func nameOf(agent string) string {
	for _, a := range agents {
		if m := regexp.MustCompile(a.product + `/([0-9.]+)`).FindStringSubmatch(agent); m != nil {
			return fmt.Sprintf("%s %s", a.name, m[1])
		}
	}
	return agent
}
