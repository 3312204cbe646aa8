package backup

import (
	"context"
	"os"
	"time"

	"touyan/store"
	"touyan/store/examine"
)

// Rescue is what helps where a ledger does not open: the newest good copy beside
// it, or what it was before its last operation, put in its place. The ledger itself is not opened again for this; when it
// was last written to is known from its file, or from what this machine
// remembers in the folder of anchors.
func Rescue(anchors string) examine.Rescue {
	return examine.Rescue{
		Find: func(ctx context.Context, ledger string) (examine.Offer, bool) {
			copies, err := List(Folder(ledger))
			if err != nil {
				return examine.Offer{}, false
			}
			for _, c := range copies {
				if _, err := whole(ctx, c.Path, nil); err != nil {
					continue
				}
				return examine.Offer{From: c.Path, Made: c.At, Last: lastWord(ledger, anchors, c)}, true
			}
			return examine.Offer{}, false
		},
		Restore: func(ctx context.Context, ledger string, o examine.Offer, tell func(done, total int64)) error {
			_, err := Restore(ctx, Restoring{From: o.From, Earlier: o.Earlier, Ledger: ledger, Damaged: true, Now: time.Now, Progress: func(_ Step, done, total int64) {
				tell(done, total)
			}})
			return err
		},
	}
}

// lastWord is when a ledger was last written to after a copy, zero if that is
// not known.
func lastWord(ledger, anchors string, c Copy) time.Time {
	if at, ok := store.Remembered(anchors, c.Mark.Ledger); ok && at.After(c.At) {
		return at
	}
	if info, err := os.Stat(ledger); err == nil && info.ModTime().After(c.At) {
		return info.ModTime()
	}
	return time.Time{}
}
