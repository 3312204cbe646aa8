package ui

import (
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sample"
)

// conflicted is a township that merged what its county says of a phone, while
// it had changed the same phone itself, and decided nothing.
func conflicted(t *testing.T) (s *station, person string) {
	s, person = reviewing(t)
	s.press("合并，1 处留待裁定")
	return s, person
}

// reviewing is conflicted before the book is merged.
func reviewing(t *testing.T) (s *station, person string) {
	s = openFew(t)
	dir := t.TempDir()
	up, down := filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "回传.xlsx")
	county := sample.OfficeAt(field.County)
	sendTo(t, s.desk.DB, up, county)
	path := filepath.Join(dir, "旗.touyan")
	build(t, path, county, false)
	other := reopen(t, path)
	defer other.Close()
	merge(t, other, up)
	phone(t, other, "15400001111")
	person = phone(t, s.desk.DB, "15400002222")
	sendTo(t, other, down, s.desk.DB.Office())
	s.settle()
	s.drop(down)
	s.mustSay("合并“回传.xlsx”", "需要决定 1", county.Name)
	return s, person
}

func lastEntry(s *station) (last store.Entry) {
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			last = e
			return err
		}
		return nil
	})
	return last
}
