package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/ui/grid"

	"fyne.io/fyne/v2/test"
)

// Ensure that books are sorted by their periods and moments, not by how these
// are written, and that a moment can be filtered by as a day.
func TestPassagesAreSortedByWhatTheyMean(t *testing.T) {
	test.NewTempApp(t)
	columns := map[string]string{}
	var rows []grid.Row
	for i, period := range []string{"2026Q3", "2026Q1", "2026Q2", "2025Q4"} {
		p := passage{Entry: store.Entry{Seq: uint64(i + 1), At: time.Date(2026, 10, 9+i, 15, 4, 0, 0, time.Local), Sent: &store.Sent{Period: period}}}
		rows = append(rows, p.batchRow())
		columns[rows[i].ID] = period
		if past := p.pastRow(); len(past.Keys) == 0 || past.Keys[1] != period || !strings.HasPrefix(past.Keys[4], "2026-10-") {
			t.Errorf("beside the choices %v", past.Keys)
		}
	}
	g := newBatchGrid()
	g.SetRows(rows)
	g.SortBy("period", grid.Ascending)
	var got []string
	for _, id := range g.Shown() {
		got = append(got, columns[id])
	}
	if !slices.IsSorted(got) {
		t.Errorf("sorted are %v", got)
	}
	g.SetFilters([]grid.Filter{{Column: "at", From: "2026.10.10", To: "2026.10.11"}})
	if got := g.Shown(); len(got) != 2 {
		t.Errorf("of two days there are %v", got)
	}
}
