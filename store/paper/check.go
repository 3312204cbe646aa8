package paper

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/record"
)

// Report is what a check of all papers found.
type Report struct {
	Files   int // known to the ledger
	Bytes   int64
	Closed  int // of the files, those that only a 负责人 may read: they were not looked at
	Wrong   []Wrong
	Orphans []Orphan
}

// Wrong is a paper whose file is not whole.
type Wrong struct {
	Record record.Paper
	Err    *FileError
}

// Orphan is something in the folder of the papers that belongs to no paper.
type Orphan struct {
	Name string
	Why  string // a sentence
	Size int64
}

// Check reads every file of the ledger's papers. It changes nothing.
func Check(ctx context.Context, db *store.DB, progress func(done, total int64)) (*Report, error) {
	var known []store.Paper
	var secret store.PaperSecret
	users := map[string][]*record.Paper{}
	err := db.View(func(tx *store.Tx) (err error) {
		if secret, err = tx.PaperSecret(); err != nil {
			return err
		}
		for p, err := range tx.Papers() {
			if err != nil {
				return err
			}
			known = append(known, p)
		}
		for rec, err := range store.All[record.Paper](tx) {
			if err != nil {
				return err
			}
			if rec.Content != "" { // else it has no file that could be wrong
				users[rec.Content] = append(users[rec.Content], rec)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r := &Report{Files: len(known)}
	dir := Dir(db.Path())
	ours := newOurs(known, secret)
	for i := range known {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := &known[i]
		r.Bytes += p.Bytes
		if p.File == "" {
			r.Closed++
		} else {
			r.wrong(users[p.ID], dir, stateOf(dir, p, secret))
		}
		delete(users, p.ID)
		if progress != nil {
			progress(int64(i+1), int64(len(known)))
		}
	}
	for _, recs := range users {
		r.wrong(recs, dir, NotReceived)
	}
	slices.SortFunc(r.Wrong, func(a, b Wrong) int { return strings.Compare(a.Record.ID, b.Record.ID) })
	r.Orphans, err = orphans(dir, ours)
	return r, err
}

func (r *Report) wrong(recs []*record.Paper, dir string, s State) {
	for _, rec := range recs {
		if s != Whole {
			r.Wrong = append(r.Wrong, Wrong{*rec, &FileError{rec.Title, s, dir}})
		}
	}
}

// ours tells the files of a ledger's papers from others. Of papers this session
// has no key for it knows not the name but the content, which stands in the head
// of the file.
type ours struct {
	names  map[string]bool
	closed map[head]bool
	secret store.PaperSecret
}

func newOurs(known []store.Paper, s store.PaperSecret) ours {
	o := ours{map[string]bool{}, map[head]bool{}, s}
	for i := range known {
		if p := &known[i]; p.File == "" {
			o.closed[headOf(s, p.ID)] = true
		} else {
			o.names[p.File] = true
		}
	}
	return o
}

func (o ours) have(dir, name string) bool {
	if o.names[name] || len(o.closed) == 0 {
		return o.names[name]
	}
	h, ok := headAt(filepath.Join(dir, name))
	return ok && o.closed[h]
}

// orphans lists what lies in the folder and is not known, by name.
func orphans(dir string, known ours) ([]Orphan, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.CannotRead(dir, err)
	}
	var out []Orphan
	for _, e := range entries {
		if e.Name() == asideName || known.have(dir, e.Name()) {
			continue
		}
		o := Orphan{Name: e.Name(), Why: whyOrphan(filepath.Join(dir, e.Name()), e, known.secret)}
		if info, err := e.Info(); err == nil {
			o.Size = info.Size()
		}
		out = append(out, o)
	}
	return out, nil
}

func whyOrphan(path string, e fs.DirEntry, s store.PaperSecret) string {
	switch h, ok := headAt(path); {
	case e.IsDir():
		return "是一个文件夹，不是头雁放的。"
	case strings.HasPrefix(e.Name(), tempName):
		return "是上次没有写完的附件。"
	case !ok && isName(e.Name()):
		return "名称像附件，内容却不是，可能已经损坏。"
	case !ok:
		return "不是头雁放的文件。"
	case h.ledger != s.Tag():
		return "是另一本台账的附件。"
	}
	return "是这本台账的附件，但台账里没有登记它：可能是添加到一半时断了电，或者台账是从较早的备份恢复的。"
}

// headAt reads the head of a file that may be a sealed one.
func headAt(path string) (head, bool) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return head{}, false
	}
	f, err := os.Open(path)
	if err != nil {
		return head{}, false
	}
	defer f.Close()
	b := make([]byte, headSize)
	if _, err := io.ReadFull(f, b); err != nil {
		return head{}, false
	}
	return readHead(b)
}

// SetAside moves what belongs to no paper into the folder 无主 beside the papers,
// by a person's word. What has become known since is left where it is. It
// returns the names moved.
func SetAside(db *store.DB, who store.Actor, list []Orphan) (moved []string, err error) {
	var papers []store.Paper
	var secret store.PaperSecret
	err = db.View(func(tx *store.Tx) error {
		if secret, err = tx.PaperSecret(); err != nil {
			return err
		}
		for p, err := range tx.Papers() {
			if err != nil {
				return err
			}
			papers = append(papers, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	dir := Dir(db.Path())
	known := newOurs(papers, secret)
	aside := filepath.Join(dir, asideName)
	for _, o := range list {
		if known.have(dir, o.Name) || o.Name == asideName || filepath.Base(o.Name) != o.Name {
			continue
		}
		if err := os.MkdirAll(aside, 0o700); err != nil {
			return moved, disk.CannotWrite(aside, err)
		}
		if err := os.Rename(filepath.Join(dir, o.Name), freeName(filepath.Join(aside, o.Name))); err != nil {
			return moved, disk.CannotWrite(filepath.Join(aside, o.Name), err)
		}
		moved = append(moved, o.Name)
	}
	if len(moved) == 0 {
		return nil, nil
	}
	return moved, db.Note(OpAside, filepath.Base(aside), strings.Join(moved, "、"), who)
}

// freeName adds strokes to a name that is taken.
func freeName(path string) string {
	for {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path += "_"
	}
}
