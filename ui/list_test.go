package ui

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/ui/page"
)

// Ensure that any page can open a list with exactly some records, in their
// order, that a chip says why, and that pressing it shows all again.
func TestNamesNarrowAList(t *testing.T) {
	s := open(t)
	var villages []string
	s.view(func(tx *store.Tx) error {
		for row, err := range tx.Rows("village") {
			if err != nil {
				return err
			}
			villages = append(villages, row.ID)
		}
		return nil
	})
	few := []string{villages[5], villages[2], villages[5]}
	for _, entered := range []bool{false, true} {
		if entered {
			s.enter("village")
			s.shell.Find("qj")
			s.settle()
			s.enter("person")
		}
		s.desk.Names("village", "没有后备的村", few)
		s.settle()
		list := s.shell.Page().(*page.List)
		if got := list.Grid.Shown(); !slices.Equal(got, few[:2]) {
			t.Fatalf("shows %d rows", len(got))
		}
		s.mustSay("没有后备的村")
		s.tap("没有后备的村 2")
		if all, shown, _ := list.Grid.Counts(); all != len(villages) || shown != all || s.says("没有后备的村") {
			t.Errorf("after pressing the chip %d of %d are shown", shown, all)
		}
	}
}
