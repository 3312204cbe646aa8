package exchange

import (
	"math"
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/sheet"
)

// spoiled reports an ID number that a spreadsheet program turned into a number
// and lost its last digits: what is left of it is the number as it was sent, so
// nobody changed it. held is that number.
func (b *back) spoiled(h *holder, c column, key recordKey, v *sheet.Value) (held string, is bool, err error) {
	if c.field.Type != field.IDNumber {
		return "", false, nil
	}
	row, ok, err := b.tx.Row(h.kind.Name, key.id)
	if err != nil || !ok {
		return "", false, err
	}
	held = h.kind.Value(row, c.field.Name)
	sent, known := b.stamped.records[key][c.field.Name]
	return held, known && sent.digest == cellDigest(held) && sameNumber(v.Raw, held), nil
}

// lostDigits is how many of its last digits a number of eighteen loses where it
// is kept as a binary fraction; what is shown of it may be less.
const lostDigits = 3

// sameNumber reports whether a number as a spreadsheet shows it, 1.50499E+17, is
// what it makes of an ID number.
func sameNumber(shown, id string) bool {
	a, err := strconv.ParseFloat(shown, 64)
	b, e := strconv.ParseFloat(id, 64)
	if err != nil || e != nil {
		return false
	}
	digits := len(id) - lostDigits
	if mantissa, _, is := strings.Cut(strings.ToUpper(shown), "E"); is {
		digits = min(digits, len(strings.ReplaceAll(mantissa, ".", "")))
	}
	return digits > 3 && math.Abs(a-b) <= math.Pow10(len(id)-digits)
}
