//go:build carried

package program

import _ "embed"

//go:embed carried.wasm
var carriedWasm []byte

//go:embed carried.js
var carriedRuntime []byte

// carried is the program that this binary carries.
var carried = &Files{carriedWasm, carriedRuntime}
