package paper

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// OpUnpack is the operation's name, as the journal shows it.
const OpUnpack = "接收附件包"

// Unpacked tells what became of companions.
type Unpacked struct {
	Taken   int // papers whose files are here now and were not before
	Had     int // were here already
	Unasked int // of no record in the ledger
	Wrong   []string
	Seq     uint64 // the last operation that kept some
}

// keySetting is where the ledger keeps the key of a book's companion that came
// alone or later: for papers that are for everyone. Others need the workbook.
const keySetting = "papers.key:"

// KeepKey keeps the key of a book's companion, with the operation that merges the
// book.
func (c *Companion) KeepKey(tx *store.Tx) error {
	if len(c.Keys[field.Ordinary]) == 0 {
		return nil
	}
	return tx.SetSetting(keySetting+c.Book, c.Keys[field.Ordinary])
}

// batch is how many papers are kept by one operation.
const batch = 50

// Unpack takes in the papers of companions that records of the ledger name. book
// may be nil: then the key is the one that merging the workbook left. Each paper
// is looked at as if it were attached here; one that is wrong is told, and the
// others come in. What was kept before it stops stays.
func Unpack(ctx context.Context, db *store.DB, who store.Actor, book *Companion, paths []string, progress func(done, total int64)) (Unpacked, error) {
	in, err := newIntake(db, Owner{})
	if err != nil {
		return Unpacked{}, err
	}
	u := &unpacker{in: in, who: who, taken: map[string]bool{}}
	if u.asked, err = askedFor(db); err != nil {
		return u.out, err
	}
	for _, path := range paths {
		if err := u.file(ctx, path, book, progress); err != nil {
			return u.out, errors.Join(err, u.keep())
		}
	}
	return u.out, u.keep()
}

// askedFor lists the contents that records name, and the class of each.
func askedFor(db *store.DB) (map[string]field.Class, error) {
	asked := map[string]field.Class{}
	err := db.View(func(tx *store.Tx) error {
		kind := tx.Kinds().Kind("paper")
		for row, err := range tx.Rows("paper") {
			if err != nil {
				return err
			}
			if id, class := kind.FileOf(row); id != "" {
				asked[id] = asked[id].Stricter(class)
			}
		}
		return nil
	})
	return asked, err
}

// unpacker is the taking in of companions.
type unpacker struct {
	in      *intake
	who     store.Actor
	asked   map[string]field.Class
	out     Unpacked
	taken   map[string]bool // contents stored by this unpacking
	waiting []*kept
}

// file takes one companion in.
func (u *unpacker) file(ctx context.Context, path string, book *Companion, progress func(done, total int64)) error {
	s, err := openCompanion(path)
	if told, is := errors.AsType[*CompanionError](err); is {
		u.wrong(told.Error())
		return nil
	}
	if err != nil {
		return err
	}
	defer s.f.Close()
	keys, err := u.keysOf(s, book)
	if err != nil || keys == nil {
		return err
	}
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if progress != nil {
			progress(s.at, s.size)
		}
		e, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errCut):
			u.wrong(fmt.Sprintf("“%s”没有复制完，第%d份起缺了；前面的已接收，请重新复制一份再接收。", s.name, n))
			return nil
		case err != nil:
			return err
		}
		if err := u.take(s, e, n, keys); err != nil {
			return err
		}
	}
}

// keysOf finds the keys of a companion; nil if there are none, which is told.
func (u *unpacker) keysOf(s *scanner, book *Companion) (*Companion, error) {
	if book != nil && book.Book == s.book {
		return book, nil
	}
	var key []byte
	err := u.in.db.View(func(tx *store.Tx) error { return tx.Setting(keySetting+s.book, &key) })
	if err != nil {
		return nil, err
	}
	if len(key) == 0 {
		u.wrong("“" + s.name + "”所属的工作簿还没有合并到这本台账，打不开；请先合并同名的工作簿，再接收附件包。")
		return nil, nil
	}
	return &Companion{Book: s.book, Keys: map[field.Class][]byte{field.Ordinary: key}}, nil
}

func (u *unpacker) wrong(why string) { u.out.Wrong = append(u.out.Wrong, why) }

// take looks at one paper and seals it for this ledger.
func (u *unpacker) take(s *scanner, e *entry, n int, keys *Companion) error {
	what := fmt.Sprintf("“%s”里的第%d份", s.name, n)
	if e.content == "" {
		u.wrong(what + sayAltered)
		return nil
	}
	class, asked := u.asked[e.content]
	if !asked {
		u.out.Unasked++
		return nil
	}
	class = class.Stricter(e.class)
	if !u.in.db.Session().Reads(class) {
		u.wrong(what + "是处理处分材料，没有接收；请由负责人登录后再接收一次。")
		return nil
	}
	held, found, err := u.in.held(e.content)
	switch {
	case err != nil && !errors.Is(err, store.ErrPaperRight):
		return err
	case u.taken[e.content] || found && stateOf(u.in.dir, &held, u.in.secret) == Whole:
		u.out.Had++
		return nil
	}
	key, ok := keys.key(e.class, e.content)
	if !ok {
		u.wrong(what + "是处理处分材料，没有接收；请把它和同名的工作簿放在一起再接收。")
		return nil
	}
	plain, err := unseal(e.sealed, keys.head(e.content), key)
	if err != nil {
		u.wrong(what + sayAltered)
		return nil
	}
	return u.store(what, e.content, class, plain)
}

const sayAltered = "已经损坏，没有接收；请向发来的单位再要一份。"

// store seals a content for this ledger, under the id its records name it by.
func (u *unpacker) store(what, id string, class field.Class, plain []byte) error {
	c, err := Look(what, plain)
	if refused, is := errors.AsType[*Refusal](err); is {
		u.wrong(refused.Name + refused.Why)
		return nil
	}
	if err != nil {
		return err
	}
	k := &kept{paper: store.Paper{ID: id, Type: c.Type, Bytes: int64(len(c.Bytes)), Width: c.Width, Height: c.Height, Pages: c.Pages, Thumb: c.Thumb, Class: class}}
	rand.Read(k.paper.Key[:]) // never fails
	if k.paper.File, err = keep(u.in.dir, seal(c.Bytes, headOf(u.in.secret, id), k.paper.Key)); err != nil {
		return err
	}
	u.in.wrote, u.taken[id] = append(u.in.wrote, k.paper.File), true
	if u.waiting = append(u.waiting, k); len(u.waiting) >= batch {
		return u.keep()
	}
	return nil
}

// keep has the ledger know the files taken so far.
func (u *unpacker) keep() error {
	if len(u.waiting) == 0 {
		return nil
	}
	err := u.in.db.Do(OpUnpack, u.who, func(tx *store.Tx) error {
		u.out.Seq = tx.Seq()
		for _, k := range u.waiting {
			if err := k.put(tx, u.in.secret); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		u.in.undone(err)
		return err
	}
	u.out.Taken += len(u.waiting)
	u.waiting, u.in.wrote = nil, nil
	return nil
}

// Waiting is a paper whose file has not been received.
type Waiting struct {
	Record string // id of the record
	Title  string
	Class  string // 材料类别, in words
	Kind   string // person or village
	Owner  string // id
	Name   string // of the owner
	Office string // name of the office whose book brought the record
}

// NotYetReceived lists the papers whose records came in a book and whose files
// did not, in the order of their making.
func NotYetReceived(tx *store.Tx) (out []Waiting, err error) {
	kind := tx.Kinds().Kind("paper")
	for row, err := range tx.Rows("paper") {
		if err != nil {
			return nil, err
		}
		id, _ := kind.FileOf(row)
		if id == "" {
			continue
		}
		_, found, err := tx.Paper(id)
		if found || errors.Is(err, store.ErrPaperRight) {
			continue
		}
		if err != nil {
			return nil, err
		}
		p := &record.Paper{}
		kind.Fill(p, row)
		w := Waiting{Record: p.ID, Title: p.Title, Class: kind.Field("class").Show(p.Class), Kind: "person", Owner: p.Person}
		if p.Person == "" {
			w.Kind, w.Owner = "village", p.Village
		}
		w.Name = tx.Name(w.Kind, w.Owner)
		if w.Office, err = officeOf(tx, p.ID); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// officeOf names the office that wrote the record of a paper.
func officeOf(tx *store.Tx, id string) (string, error) {
	s, _, err := tx.State("paper", id)
	if err != nil || len(s["content"]) == 0 {
		return "", err
	}
	code := s["content"][0].Office
	if row, ok, err := tx.Row("office", store.OfficeID(code)); err == nil && ok {
		return tx.Kinds().Kind("office").Value(row, "name"), nil
	}
	return code, nil
}

// Beside finds the companions of a workbook and takes them in.
func Beside(ctx context.Context, db *store.DB, who store.Actor, workbook string, book *Companion, progress func(done, total int64)) (Unpacked, error) {
	names := CompanionNames(workbook)
	if len(names) == 0 {
		return Unpacked{}, nil
	}
	return Unpack(ctx, db, who, book, names, progress)
}
