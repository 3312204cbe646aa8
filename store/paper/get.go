package paper

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/record"
)

// State is how the file of a paper stands.
type State int

// The states.
const (
	Whole       State = iota
	NotReceived       // the record came in a book, its file did not
	NoFolder          // the folder of the papers is not beside the ledger
	Missing           // the ledger knows the file, and it is not there
	Altered           // it is not what was sealed
	Foreign           // another ledger's file lies under its name
	Unreadable        // the disk does not answer, which says nothing about the file
	Closed            // it is for a 负责人 alone, and this session is none
	OnPaper           // there is no file: the paper lies in a cabinet
)

// FileError says what is wrong with the file of a paper.
type FileError struct {
	Title string
	State State
	Dir   string // folder of the papers
}

func (e *FileError) Error() string {
	what, dir := "“"+e.Title+"”的原件", "“"+filepath.Base(e.Dir)+"”"
	switch e.State {
	case Closed:
		return what + "是处理处分材料，只有负责人能看；请由负责人登录后打开。"
	case OnPaper:
		return what + "没有扫描件，台账里只登记了它；有扫描件的，用“替换…”添加。"
	case NotReceived:
		return what + "还没有收到，台账里只有它的登记；请向报来它的单位索取，或者用“替换…”添加手头的扫描件。"
	case NoFolder:
		return what + "找不到：台账旁边没有附件文件夹" + dir + "。可能复制台账时没有一起复制它，或者台账改了名；请把它放回台账旁边，名称要与台账相同，后面加“" + tail + "”。"
	case Missing:
		return what + "不在附件文件夹" + dir + "里，它可能被移走或删除；请把它放回去，或从备份恢复，也可以用“替换…”重新添加。"
	case Unreadable:
		return what + "读不出来，磁盘可能没有插好或出了问题；请检查磁盘，必要时从备份恢复" + dir + "。"
	case Foreign:
		return what + "被另一本台账的文件顶替了，打不开；请把两本台账的附件文件夹分开放好，从备份恢复" + dir + "，或者用“替换…”重新添加。"
	}
	return what + "与存入时不同，可能被改动或已经损坏，没有打开；请从备份恢复" + dir + "，或者用“替换…”重新添加。"
}

// Of visits the papers of a person or a village that count, in the order of
// their making.
func Of(tx *store.Tx, owner string) iter.Seq2[*record.Paper, error] {
	return func(yield func(*record.Paper, error) bool) {
		links, err := tx.Referring(owner)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, l := range links {
			if l.Kind != "paper" {
				continue
			}
			p, err := store.Get[record.Paper](tx, l.ID)
			if err == nil && p.Void != "" {
				continue
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

// recordOf is the record of a paper that counts.
func recordOf(db *store.DB, id string) (p *record.Paper, err error) {
	err = db.View(func(tx *store.Tx) error {
		p, err = store.Get[record.Paper](tx, id)
		return err
	})
	if err == nil && p.Void != "" {
		err = store.ErrNoRecord
	}
	return p, err
}

// Get brings the file of a paper into memory. Where it cannot, a *FileError
// says why, or the disk's error.
func Get(db *store.DB, id string) (*Content, *record.Paper, error) {
	rec, err := recordOf(db, id)
	if err != nil {
		return nil, nil, err
	}
	var p store.Paper
	var secret store.PaperSecret
	found := false
	err = db.View(func(tx *store.Tx) (err error) {
		if secret, err = tx.PaperSecret(); err == nil {
			p, found, err = tx.Paper(rec.Content)
		}
		return err
	})
	dir := Dir(db.Path())
	if errors.Is(err, store.ErrPaperRight) || err == nil && !reads(db, rec) {
		return nil, rec, &FileError{rec.Title, Closed, dir}
	}
	if err != nil {
		return nil, rec, err
	}
	if !found {
		return nil, rec, &FileError{rec.Title, lacking(rec), dir}
	}
	path := filepath.Join(dir, p.File)
	sealed, err := read(path, sealedSize(p.Bytes))
	state := judge(path, sealed, err, &p, secret)
	if state == Unreadable {
		return nil, rec, disk.CannotRead(path, err)
	}
	if state != Whole {
		return nil, rec, &FileError{rec.Title, state, dir}
	}
	plain, err := unseal(sealed, headOf(secret, p.ID), p.Key)
	if err != nil { // the file is what the ledger names, and the key is not its key
		return nil, rec, &FileError{rec.Title, Altered, dir}
	}
	return &Content{Type: p.Type, Bytes: plain, Width: p.Width, Height: p.Height, Pages: p.Pages, Thumb: p.Thumb}, rec, nil
}

// reads reports whether the session may see the file of a record. The paper's own
// key says so too: this holds where whoever filed the record there had no key to
// move it.
func reads(db *store.DB, rec *record.Paper) bool {
	kind := db.Kinds().Kind("paper")
	_, class := kind.FileOf(kind.Take(rec))
	return db.Session().Reads(class)
}

// judge tells the state of a file by what was read of it.
func judge(path string, sealed []byte, err error, p *store.Paper, s store.PaperSecret) State {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(path)
	case errors.Is(err, errSealed):
		if h, ok := headAt(path); ok && h.ledger != s.Tag() {
			return Foreign
		}
		return Altered
	case err != nil:
		return Unreadable
	}
	if nameOf(sealed) == p.File {
		return Whole
	}
	if h, ok := readHead(sealed); ok && h.ledger != s.Tag() {
		return Foreign
	}
	return Altered
}

// missing tells a file that is not there from a whole folder.
func missing(path string) State {
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return NoFolder
	}
	return Missing
}

// stateOf reads a file and tells its state.
func stateOf(dir string, p *store.Paper, s store.PaperSecret) State {
	path := filepath.Join(dir, p.File)
	sealed, err := read(path, sealedSize(p.Bytes))
	return judge(path, sealed, err, p, s)
}

// Export writes a paper as it was before it was sealed: the copy lies open on
// the disk. It is journalled before it is written.
func Export(db *store.DB, who store.Actor, id, path string) error {
	if err := disk.MayWrite(path); err != nil {
		return err
	}
	c, rec, err := Get(db, id)
	if err != nil {
		return err
	}
	if err := db.Note(OpExport, rec.ID, rec.Title+" → "+filepath.Base(path), who); err != nil {
		return err
	}
	return write(path, c.Bytes, 0o600)
}

// ExportInto is Export into a folder, under the paper's title and never over
// another file. It returns the copy's path.
func ExportInto(db *store.DB, who store.Actor, id, folder string) (path string, err error) {
	rec, err := recordOf(db, id)
	if err != nil {
		return "", err
	}
	name, ending := disk.FileName(rec.Title), Ending(rec.Type)
	path = filepath.Join(folder, name+ending)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path, Export(db, who, id, path)
		}
		path = filepath.Join(folder, name+" "+strconv.Itoa(n)+ending)
	}
}

// Ending is that of the names of exported files.
func Ending(kind string) string {
	switch kind {
	case record.PNG:
		return ".png"
	case record.PDF:
		return ".pdf"
	}
	return ".jpg"
}

// Seen is what a list shows of a record's file: what the ledger keeps of it, with
// its small picture, and how it stands. The file is not read: Get and Check do.
func Seen(tx *store.Tx, db *store.DB, rec *record.Paper) (p store.Paper, s State, err error) {
	p, found, err := tx.Paper(rec.Content)
	switch {
	case errors.Is(err, store.ErrPaperRight) || err == nil && !reads(db, rec):
		return store.Paper{}, Closed, nil
	case err != nil:
		return p, Unreadable, err
	case !found:
		return p, lacking(rec), nil
	}
	return p, stands(db, &p), nil
}

// lacking is the state of a record whose file the ledger does not have.
func lacking(rec *record.Paper) State {
	if rec.Content == "" {
		return OnPaper
	}
	return NotReceived
}

// stands looks whether the file of a paper is there, at the size it should have.
func stands(db *store.DB, p *store.Paper) State {
	path := filepath.Join(Dir(db.Path()), p.File)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(path)
	case err != nil:
		return Unreadable
	case !info.Mode().IsRegular() || info.Size() != sealedSize(p.Bytes):
		return Altered
	}
	return Whole
}
