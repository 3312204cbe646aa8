package grid

import (
	"testing"

	"touyan/store/field"
)

// Ensure that an end of a range, however typed, is refused or survives being
// shown and typed again.
func FuzzBound(f *testing.F) {
	for i, s := range []string{"1985.3", "七五年", "35", "-1", "1.5万元", "９"} {
		f.Add(s, uint8(i), i%2 == 0)
	}
	types := []field.Type{field.Day, field.Number, field.Money, field.Text}
	f.Fuzz(func(t *testing.T, s string, which uint8, age bool) {
		c := Column{Name: "c", Label: "栏", Type: types[int(which)%len(types)]}
		v, p := readBound(c, age, s)
		if p != nil || v == "" {
			return
		}
		if again, p := readBound(c, age, showBound(c, age, v)); p != nil || again != v {
			t.Errorf("%q is %q, shown as %q, and that is %q", s, v, showBound(c, age, v), again)
		}
	})
}
