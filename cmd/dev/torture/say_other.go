//go:build !linux

package main

import "os"

// say writes a line to whoever started the program.
func say(text string) {
	if _, err := os.Stdout.WriteString(text); err != nil {
		panic(err)
	}
}
