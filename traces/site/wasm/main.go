//go:build js && wasm

// Command wasm is the program of the site's pages: package views, for a browser to call.
//
// It sets the global object cosw with functions that take strings but for what load takes, a Uint8Array:
//
//	load(data)            the error, or "" when the program is ready for the rest
//	show(page, state)     a view
//	ahead(page, state)    makes the view that show will be asked for next, as it seems
//	after(state, change)  the state that a link leads to
//	open(name, file)      a trace with its state, or {wrong}
//	rest()                whether there is more to do while nobody waits; it takes as long as an answer
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"syscall/js"

	"cosw/traces/site/views"
)

func main() {
	debug.SetGCPercent(300) // a page has but one thread: what is collected while it answers makes the answer late, see rest
	var program *views.Program
	js.Global().Set("cosw", map[string]any{
		"load": function(func(args []js.Value) any {
			data := make([]byte, args[0].Get("length").Int())
			js.CopyBytesToGo(data, args[0])
			var err error
			if program, err = views.Load(data); err != nil {
				return err.Error()
			}
			return ""
		}),
		"show": function(func(args []js.Value) any { return asObject(program.Show(args[0].String(), args[1].String())) }),
		"ahead": function(func(args []js.Value) any {
			program.Ahead(args[0].String(), args[1].String())
			return nil
		}),
		"after": function(func(args []js.Value) any { return views.After(args[0].String(), args[1].String()) }),
		"open": function(func(args []js.Value) any {
			opened, err := views.Open(args[0].String(), args[1].String())
			if err != nil {
				return asObject(views.View{Wrong: err.Error()})
			}
			return map[string]any{"state": opened.State}
		}),
		"rest": function(func([]js.Value) any {
			more := program.Rest()
			if !more {
				runtime.GC()
			}
			return more
		}),
	})
	select {}
}

// function makes a function for scripts. One that fails by a fault of the program says so, and the program goes on.
func function(f func(args []js.Value) any) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) (result any) {
		defer func() {
			if fault := recover(); fault != nil {
				result = asObject(views.View{Wrong: fmt.Sprintf("The page has a fault of its own, please report it: %v", fault)})
			}
		}()
		return f(args)
	})
}

// asObject returns a view for a script. Its parts are handed over as they are, as to write them as JSON and to read them again
// takes longer than to make them.
func asObject(v views.View) map[string]any {
	parts := make(map[string]any, len(v.Parts))
	for id, markup := range v.Parts {
		parts[id] = markup
	}
	return map[string]any{"parts": parts, "said": v.Said, "focus": v.Focus, "wrong": v.Wrong}
}
