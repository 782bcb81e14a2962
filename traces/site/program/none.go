//go:build !carried

package program

// carried is the program that this binary carries: none.
var carried *Files
