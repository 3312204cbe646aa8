//go:build !linux

package main

// inMemory is for systems where files of tests can lie in memory.
func inMemory() string { return "" }
