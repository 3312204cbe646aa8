package paper

import (
	"cmp"
	"slices"

	"touyan/store"
	"touyan/store/record"
)

// Photo is somebody's photo for papers and pages: the newest one whose file is
// there. nil if there is none; what is wrong with a file is told where papers are.
func Photo(db *store.DB, person string) (*Content, error) {
	var photos []*record.Paper
	if err := db.View(func(tx *store.Tx) error {
		for p, err := range Of(tx, person) {
			if err != nil {
				return err
			}
			if p.Class == record.PhotoClass && p.Content != "" && (p.Type == record.JPEG || p.Type == record.PNG) {
				photos = append(photos, p)
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	slices.SortStableFunc(photos, func(a, b *record.Paper) int {
		return cmp.Or(cmp.Compare(b.Date.String(), a.Date.String()), cmp.Compare(b.ID, a.ID))
	})
	for _, p := range photos {
		if c, _, err := Get(db, p.ID); err == nil {
			return c, nil
		}
	}
	return nil, nil
}
