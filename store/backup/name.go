package backup

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/disk"
)

// Reason is why a copy was made, in the word its name bears.
type Reason string

// The reasons apart from those of a Work.
const (
	AtExit        Reason = "退出"
	Timed         Reason = "定时"
	ByHand        Reason = "手动"
	BeforeRestore Reason = "恢复前"
)

// Noted is under which name a copy stands in the journal.
const Noted = "备份"

// Work is what a copy is made before and after.
type Work string

// What changes much of a ledger at once.
const (
	Import Work = "导入"
	Merge  Work = "合并"
)

// Before and After are the reasons of the copies around a work.
func (w Work) Before() Reason { return Reason(w) + "前" }

func (w Work) After() Reason { return Reason(w) + "后" }

// reasons are all that this program gives. A copy somebody gave another word is
// listed and can be put back, but is never removed.
var reasons = []Reason{AtExit, Timed, ByHand, BeforeRestore, Import.Before(), Import.After(), Merge.Before(), Merge.After()}

// Copy is one copy in a folder. Moment and reason are what its name says, the
// mark what its end says; whether it is whole is not known from them.
type Copy struct {
	Path   string
	At     time.Time // to the minute
	Reason Reason
	Size   int64
	Mark   store.Mark
	Marked bool // it has a mark: it was made here, and not by copying the file by hand

	number  int // among those of the same minute, from 1
	changed time.Time
}

// ours reports whether the copy may be thinned.
func (c *Copy) ours() bool { return c.Marked && slices.Contains(reasons, c.Reason) }

const (
	extension = ".touyan"
	minute    = "2006-01-02 1504"
	tempEnd   = ".tmp"
)

// Folder is where the copies of a ledger lie, beside it.
func Folder(ledger string) string { return strings.TrimSuffix(ledger, extension) + ".备份" }

// PapersOf is where the scanned papers of a ledger lie, beside it.
func PapersOf(ledger string) string { return strings.TrimSuffix(ledger, extension) + ".附件" }

// In is where the copies of a ledger lie in a second place.
func In(place, ledger string) string { return filepath.Join(place, filepath.Base(Folder(ledger))) }

// PapersIn is where the papers of a ledger lie in a second place.
func PapersIn(place, ledger string) string {
	return filepath.Join(place, filepath.Base(PapersOf(ledger)))
}

// stamp is a minute as names bear it; the first of it has no number.
func stamp(at time.Time, number int) string {
	text := at.Local().Format(minute)
	if number > 1 {
		text += "-" + strconv.Itoa(number)
	}
	return text
}

// parse reads a file name. ok is false for what is no copy's.
func parse(name string) (c Copy, ok bool) {
	rest, ok := strings.CutSuffix(name, extension)
	if !ok || len(rest) < len(minute) {
		return c, false
	}
	at, err := time.ParseInLocation(minute, rest[:len(minute)], time.Local)
	if err != nil {
		return c, false
	}
	number, why, ok := strings.Cut(rest[len(minute):], " ")
	if !ok || why == "" {
		return c, false
	}
	c = Copy{At: at, Reason: Reason(why), number: 1}
	if number == "" {
		return c, true
	}
	c.number, err = strconv.Atoi(strings.TrimPrefix(number, "-"))
	return c, err == nil && number[0] == '-' && c.number > 1
}

// List reads a folder of copies, the newest first. A folder that is not there
// holds none.
func List(folder string) ([]Copy, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.CannotRead(folder, err)
	}
	var out []Copy
	for _, e := range entries {
		c, ok := parse(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // gone meanwhile
		}
		c.Path, c.Size, c.changed = filepath.Join(folder, e.Name()), info.Size(), info.ModTime()
		c.Mark, c.Marked = store.MarkOf(c.Path)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Copy) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.number, a.number), cmp.Compare(a.Path, b.Path))
	})
	return out, nil
}

// next is the path of a new copy in a folder.
func next(folder string, at time.Time, why Reason) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", disk.CannotRead(folder, err)
	}
	number := 1
	for _, e := range entries {
		if c, ok := parse(e.Name()); ok && stamp(c.At, 1) == stamp(at, 1) {
			number = max(number, c.number+1)
		}
	}
	return filepath.Join(folder, stamp(at, number)+" "+string(why)+extension), nil
}
