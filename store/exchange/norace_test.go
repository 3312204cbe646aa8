//go:build !race

package exchange_test

const slack = 1
