package page

import (
	"testing"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"

	"fyne.io/fyne/v2/test"
)

// Ensure that showing cells as they will be leaves the rows alone that a table
// was given before: it may be sorting them beside the UI thread.
func TestForeseesInRowsOfItsOwn(t *testing.T) {
	test.NewTempApp(t)
	kind := record.Kinds().Kind("village")
	l := &List{desk: &Desk{}, kind: kind, slots: slotsOf(kind), values: map[string]field.Row{"v1": {ID: "v1", Values: make([]string, len(kind.Fields))}}}
	l.Grid = grid.New(l.columns())
	given := []grid.Row{{ID: "v1", Cells: make([]string, len(l.slots)), Keys: make([]string, len(l.slots))}}
	l.all = given
	l.fill(l.all)
	l.foresee(map[string]map[string]string{"v1": {"households": "12"}})
	for i, s := range l.slots {
		if s.name == "households" && (l.all[0].Cells[i] != "12" || given[0].Cells[i] != "") {
			t.Errorf("shown is %q, and given was %q", l.all[0].Cells[i], given[0].Cells[i])
		}
	}
}
