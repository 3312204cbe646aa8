package sheet

import (
	"math/big"
	"strings"
)

// decimal adds numbers as they are written, without the errors of binary
// fractions.
type decimal struct {
	sum    big.Rat
	places int
}

func (d *decimal) add(text string) {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return
	}
	if _, fraction, is := strings.Cut(text, "."); is {
		d.places = max(d.places, len(fraction))
	}
	d.sum.Add(&d.sum, n)
}

func (d *decimal) String() string { return d.sum.FloatString(d.places) }
