package paper

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"touyan/store"
	"touyan/store/disk"
)

// Purged is what Purge took out.
type Purged struct {
	Records int
	Files   int   // sealed files removed
	Left    error // why others were not, as a sentence; nothing opens them, and Check lists them
}

// Purge takes a voided record out of the ledger for good (see store.DB.Purge),
// and removes the sealed files that nothing can open any more. Of a person or a
// village these are all that is attached: the papers are lines of its record.
// With a *store.CompactError all is done but the writing anew of the file.
func Purge(ctx context.Context, db *store.DB, who store.Actor, kind, id, why string) (Purged, error) {
	out, err := db.Purge(ctx, kind, id, why, who)
	done := Purged{Records: out.Records}
	dir := Dir(db.Path())
	for _, name := range out.Files {
		path := filepath.Join(dir, name)
		switch gone := os.Remove(path); {
		case gone == nil:
			done.Files++
		case !errors.Is(gone, fs.ErrNotExist) && done.Left == nil:
			done.Left = disk.CannotWrite(path, gone)
		}
	}
	if done.Files > 0 {
		syncDir(dir)
	}
	return done, err
}
