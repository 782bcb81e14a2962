package browser

import (
	"context"
	"errors"
	"fmt"
)

// bare is a Chromium that nothing is attached to. It is started with the address of its only page.
type bare struct {
	*processes
	name    string
	program string
	args    []string
}

func (b *bare) Name() string { return b.name }

func (b *bare) Open(_ context.Context, page int, address string) error {
	if page != 1 {
		return errors.New("nothing is attached to the browser that could open a second page")
	}
	return b.start(b.program, append(b.args, address), nil)
}

func (b *bare) Do(_ context.Context, a Action, _ int, _ func() bool) error {
	return fmt.Errorf("nothing is attached to the browser that could %s anything", a)
}

func (b *bare) Quit() { b.quit() }
