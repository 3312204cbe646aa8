package paper

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"touyan/store"
	"touyan/store/record"
)

// The names of the operations, as the journal shows them.
const (
	OpAttach  = "添加附件"
	OpReplace = "替换附件"
	OpVoid    = "作废附件"
	OpExport  = "导出附件"
	OpAside   = "移开无主附件"
)

// Owner is the person or the village a paper belongs to, by id.
type Owner struct{ Person, Village string }

func (o Owner) id() string { return o.Person + o.Village }

// Verdict is what became of one file.
type Verdict struct {
	Path     string
	Title    string
	Record   string   // id of the record; empty where none was made
	Seq      uint64   // the operation that kept it
	Warnings []string // of one that was taken
	Err      error    // why not: *Refusal, or the disk's
}

// workers look at files at the same time. More would need the memory of as many
// large pictures.
const workers = 2

// Attach takes files in for a person or a village, in one operation: each has a
// verdict of its own, and those that are good are kept though others are not.
// progress may be nil; it is called by one goroutine at a time. An error is of all: then nothing was kept.
func Attach(ctx context.Context, db *store.DB, who store.Actor, o Owner, paths []string, progress func(done, total int64)) ([]Verdict, error) {
	in, err := newIntake(db, o)
	if err != nil {
		return nil, err
	}
	verdicts, taken := make([]Verdict, len(paths)), make([]*kept, len(paths))
	var next atomic.Int64
	var done int64
	var all sync.WaitGroup
	for range min(workers, len(paths)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(paths) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				verdicts[i] = Verdict{Path: paths[i], Title: TitleOf(paths[i])}
				taken[i], verdicts[i].Err = in.take(paths[i], o.record(&verdicts[i]))
				in.mu.Lock()
				if done++; progress != nil {
					progress(done, int64(len(paths)))
				}
				in.mu.Unlock()
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		in.drop()
		return nil, err
	}
	err = db.Do(OpAttach, who, func(tx *store.Tx) error {
		for i, k := range taken {
			if k == nil {
				continue
			}
			rec := o.record(&verdicts[i])
			k.fill(rec)
			if err := errors.Join(k.put(tx, in.secret), tx.Put(rec)); err != nil {
				return err
			}
			verdicts[i].Record, verdicts[i].Seq, verdicts[i].Warnings = rec.ID, tx.Seq(), k.warnings
		}
		return nil
	})
	if err != nil {
		in.undone(err)
		return nil, err
	}
	return verdicts, nil
}

// record is a new record of a file, without what the file tells.
func (o Owner) record(v *Verdict) *record.Paper {
	return &record.Paper{Person: o.Person, Village: o.Village, Title: v.Title, Class: record.MaterialOf(v.Title, o.Village != "")}
}

// Replace puts another file in the place of a paper's, which stays sealed where
// it is: taking the operation back brings it again.
func Replace(ctx context.Context, db *store.DB, who store.Actor, id, path string) (Verdict, error) {
	rec, err := recordOf(db, id)
	if err != nil {
		return Verdict{}, err
	}
	in, err := newIntake(db, Owner{})
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Path: path, Title: rec.Title, Record: id}
	k, err := in.take(path, rec)
	if err != nil {
		return Verdict{}, err
	}
	if err := ctx.Err(); err != nil {
		in.drop()
		return Verdict{}, err
	}
	v.Warnings = k.warnings
	err = db.Do(OpReplace, who, func(tx *store.Tx) error {
		now, err := store.Get[record.Paper](tx, id)
		if err != nil {
			return err
		}
		if now.Void != "" {
			return store.ErrNoRecord
		}
		v.Seq = tx.Seq()
		k.fill(now)
		return errors.Join(k.put(tx, in.secret), tx.Put(now))
	})
	if err != nil {
		in.undone(err)
		return Verdict{}, err
	}
	return v, nil
}

// Void says that a paper no longer counts, and why. Its file stays.
func Void(tx *store.Tx, id, why string) error {
	tx.NoteWhy(why)
	return tx.Void("paper", id, why)
}

// intake is the taking in of files into one ledger.
type intake struct {
	db      *store.DB
	dir     string
	secret  store.PaperSecret
	present map[string]string // by content, the titles of what the owner has

	mu    sync.Mutex
	wrote []string // names of files made by this intake
}

// kept is a file that lies sealed beside the ledger, not yet known to it.
type kept struct {
	paper    store.Paper
	known    bool // the ledger knows it already
	warnings []string
}

func newIntake(db *store.DB, o Owner) (*intake, error) {
	in := &intake{db: db, dir: Dir(db.Path()), present: map[string]string{}}
	return in, db.View(func(tx *store.Tx) (err error) {
		if in.secret, err = tx.PaperSecret(); err != nil {
			return err
		}
		if err := mayKeep(tx, in.dir); err != nil || o.id() == "" {
			return err
		}
		for p, err := range Of(tx, o.id()) {
			if err != nil {
				return err
			}
			in.present[p.Content] = p.Title
		}
		return nil
	})
}

// FolderError says that the folder of the papers is not beside the ledger, which
// has papers. Another would part them: the first, once found, has no place.
type FolderError struct{ Dir string }

func (e *FolderError) Error() string {
	name := "“" + filepath.Base(e.Dir) + "”"
	return "台账旁边没有附件文件夹" + name + "，没有添加。可能复制台账时没有一起复制它，或者台账改了名；请先把它放回台账旁边，名称要与台账相同，后面加“" + tail + "”。确实找不回来的，请新建一个名为" + name + "的空文件夹再添加。"
}

func mayKeep(tx *store.Tx, dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil // what else may be wrong is told when it is written to
	}
	for _, err := range tx.Papers() {
		if err == nil {
			err = &FolderError{dir}
		}
		return err
	}
	return nil
}

// take looks at the file of a record and seals it. A content that the ledger has
// already, and whose file is whole, is not stored again. What the session may not
// see afterwards is not taken.
func (in *intake) take(path string, rec *record.Paper) (*kept, error) {
	kind := in.db.Kinds().Kind("paper")
	_, class := kind.FileOf(kind.Take(rec))
	if !in.db.Session().Reads(class) {
		return nil, &Refusal{filepath.Base(path), "看名称是处理处分材料，只有负责人能看，没有添加；请由负责人登录后添加，或者改了名称再添加。"}
	}
	c, err := Take(path)
	if err != nil {
		return nil, err
	}
	id := in.secret.ID(sha256.Sum256(c.Bytes))
	if err := in.first(id, path, rec.Title); err != nil {
		return nil, err
	}
	k := &kept{warnings: c.Warnings, paper: store.Paper{ID: id, Type: c.Type, Bytes: int64(len(c.Bytes)),
		Width: c.Width, Height: c.Height, Pages: c.Pages, Thumb: c.Thumb, Class: class}}
	held, found, err := in.held(id)
	if errors.Is(err, store.ErrPaperRight) {
		return nil, &Refusal{filepath.Base(path), "与一份处理处分材料是同一份，没有添加；请由负责人登录后添加。"}
	}
	if err != nil {
		return nil, err
	}
	if found && stateOf(in.dir, &held, in.secret) == Whole {
		k.paper, k.known = held, true
		return k, nil
	}
	rand.Read(k.paper.Key[:]) // never fails
	if k.paper.File, err = keep(in.dir, seal(c.Bytes, headOf(in.secret, id), k.paper.Key)); err != nil {
		return nil, err
	}
	in.mu.Lock()
	in.wrote = append(in.wrote, k.paper.File)
	in.mu.Unlock()
	return k, nil
}

// first refuses a content the owner has already, be it from this very intake.
func (in *intake) first(id, path, title string) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if other, there := in.present[id]; there {
		return &Refusal{filepath.Base(path), fmt.Sprintf("与已有的附件“%s”是同一份，没有重复添加。", other)}
	}
	in.present[id] = title
	return nil
}

func (in *intake) held(id string) (p store.Paper, found bool, err error) {
	err = in.db.View(func(tx *store.Tx) error {
		p, found, err = tx.Paper(id)
		return err
	})
	return p, found, err
}

// drop removes the files of an intake that comes to nothing.
func (in *intake) drop() {
	for _, name := range in.wrote {
		os.Remove(filepath.Join(in.dir, name)) // what stays is found by Check
	}
}

// undone is drop, but where nobody can tell whether the ledger knows the files.
func (in *intake) undone(err error) {
	if !errors.Is(err, store.ErrUncertain) {
		in.drop()
	}
}

// put has the ledger know the file. One it knew when it was looked for may have
// been purged meanwhile.
func (k *kept) put(tx *store.Tx, s store.PaperSecret) error {
	if !k.known {
		return tx.KeepPaper(s, k.paper)
	}
	if _, still, err := tx.Paper(k.paper.ID); err != nil || still {
		return err
	}
	return store.ErrStale
}

// fill tells a record what its file is.
func (k *kept) fill(p *record.Paper) {
	p.Type, p.Content, p.Pages = k.paper.Type, k.paper.ID, nil
	if n := int64(k.paper.Pages); n > 0 {
		p.Pages = &n
	}
}

func headOf(s store.PaperSecret, id string) head {
	h := head{ledger: s.Tag()}
	hex.Decode(h.content[:], []byte(id)) // of the ledger's own making
	return h
}
