package check

import (
	"testing"

	"touyan/store/field"
)

// Ensure that moving a date by months keeps its precision and ends in a real
// month.
func TestAfter(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2024", 60, "2029"},
		{"2024-12", 1, "2025-01"},
		{"2024-03", 60, "2029-03"},
		{"2024-03-18", 12, "2025-03-18"},
		{"2024-02-29", 60, "2029-02-28"},
		{"2025-12-31", 2, "2026-02-28"},
		{"2025-01-31", 11, "2025-12-31"},
	} {
		d, err := field.DateOf(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := After(d, c.months); got.String() != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got.String(), c.want)
		}
	}
}
