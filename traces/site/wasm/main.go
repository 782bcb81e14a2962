//go:build js && wasm

// Command wasm is the program of the site's pages: package views, for a browser to call.
//
// It sets the global object cosw with functions that take and return strings but for what load takes, a Uint8Array, and what rest
// returns, and give JSON where a view or several values are returned:
//
//	load(data)         the error, or "" when the program is ready for the rest
//	show(page, state)  a view
//	open(name, file)   a trace with its state, or {"wrong": …}
//	rest()             whether there is more to do while nobody waits; it takes as long as an answer
package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall/js"

	"cosw/traces/site/views"
)

func main() {
	debug.SetGCPercent(300) // a page has but one thread: what is collected while it answers makes the answer late, see rest
	var program *views.Program
	js.Global().Set("cosw", map[string]any{
		"load": function(func(args []js.Value) string {
			data := make([]byte, args[0].Get("length").Int())
			js.CopyBytesToGo(data, args[0])
			var err error
			if program, err = views.Load(data); err != nil {
				return err.Error()
			}
			return ""
		}),
		"show": function(func(args []js.Value) string { return asJSON(program.Show(args[0].String(), args[1].String())) }),
		"open": function(func(args []js.Value) string {
			opened, err := views.Open(args[0].String(), args[1].String())
			if err != nil {
				return asJSON(map[string]string{"wrong": err.Error()})
			}
			return asJSON(opened)
		}),
	})
	js.Global().Get("cosw").Set("rest", js.FuncOf(func(js.Value, []js.Value) any {
		more := program.Rest()
		if !more {
			runtime.GC()
		}
		return more
	}))
	select {}
}

// function makes a function for scripts. One that fails by a fault of the program says so, and the program goes on.
func function(f func(args []js.Value) string) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) (result any) {
		defer func() {
			if fault := recover(); fault != nil {
				result = asJSON(views.View{Wrong: fmt.Sprintf("The page has a fault of its own, please report it: %v", fault)})
			}
		}()
		return f(args)
	})
}

// asJSON writes a value for a script, which is not part of a page, so that the signs of markup can stay as they are.
func asJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return b.String()
}
