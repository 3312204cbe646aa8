package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/record"
)

// What the work is done with. The ledger lies in a folder of its own, since
// all that happens there is watched; the books lie beside that folder.
const (
	folderName  = "office"
	ledgerName  = "a.touyan"
	rosterName  = "roster.xlsx"
	firstName   = "first.xlsx"
	secondName  = "second.xlsx"
	scanName    = "scan.png"
	settingName = "torture"
	draftKey    = "person/new"
	password    = "青山2026绿水"
)

var (
	clerk    = store.Actor{Name: "张敏"}
	second   = "李红"
	township = store.Office{Code: "150426201", Name: "白音花苏木", Level: field.Township}
	county   = store.Office{Code: "150426", Name: "云杉旗", Level: field.County}
)

// site is where a run of the work takes place.
type site struct{ dir string }

func (s site) folder() string          { return filepath.Join(s.dir, folderName) }
func (s site) ledger() string          { return filepath.Join(s.folder(), ledgerName) }
func (s site) book(name string) string { return filepath.Join(s.dir, name) }

// step is one piece of work that ends saved or not at all. It finds what it
// needs in the ledger, so that it can be done by whoever opens the ledger next.
type step struct {
	name  string
	do    func(site, *store.DB) error
	noted bool // it may fail and yet be in the journal: a book is noted before it leaves

	closed func(site) error // instead of do, for what is done while nobody has the ledger open
	copies bool             // it leaves one more copy
}

// officeSteps is a working week in short: typing, a roster, two books of the
// county that bring a conflict, a decision, undoing, drafts, a book sent.
func officeSteps() []step {
	steps := []step{
		{name: "people typed", do: func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 8) }},
		{name: "roster imported", do: func(s site, db *store.DB) error { return receive(s, db, rosterName, true) }},
		{name: "people edited", do: func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "甲3", "甲5") }},
		{name: "book merged", do: func(s site, db *store.DB) error { return receive(s, db, firstName, false) }},
		{name: "draft kept", do: func(_ site, db *store.DB) error { return db.KeepDraft(draftKey, "正在填写") }},
		{name: "person of the county edited", do: func(_ site, db *store.DB) error { return edited(db, "136", "乙1", "乙2") }},
		{name: "book merged that differs", do: func(s site, db *store.DB) error { return receive(s, db, secondName, false) }},
		{name: "conflict decided", do: decided},
		{name: "roster undone", do: func(_ site, db *store.DB) error { return undone(db, rosterName) }},
		{name: "person voided", do: voided},
		{name: "paper attached", do: attached},
		{name: "draft dropped", do: func(_ site, db *store.DB) error { return db.DropDraft(draftKey) }},
		{name: "roster imported again", do: func(s site, db *store.DB) error { return receive(s, db, rosterName, true) }},
		{name: "book sent", do: sent, noted: true},
		{name: "roster undone after sending", do: func(_ site, db *store.DB) error { return undone(db, rosterName) }},
	}
	steps = append(steps, step{name: "compacted", do: func(_ site, db *store.DB) error { return db.Compact(context.Background()) }})
	for i := range 4 {
		steps = append(steps, step{name: "more typed", do: func(_ site, db *store.DB) error { return typed(db, "苏木", 10+5*i, 5) }})
	}
	return steps
}

// bigSteps hold a batch too large for one commit.
func bigSteps() []step {
	return []step{
		{name: "people typed", do: func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 4) }},
		{name: "thousands staged", do: thousands},
		{name: "people edited", do: func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "丁7") }},
		{name: "thousands undone", do: func(_ site, db *store.DB) error { return undone(db, "thousands") }},
		{name: "more typed", do: func(_ site, db *store.DB) error { return typed(db, "苏木", 10, 3) }},
	}
}

// userSteps are what changes who may open the ledger, and its locks. Each
// password costs a second, so there is little work between them.
func userSteps() []step {
	ctx := context.Background()
	return []step{
		{name: "people typed", do: func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 4) }},
		{name: "protected", do: func(_ site, db *store.DB) error {
			_, err := db.Protect(ctx, clerk.Name, []store.Role{store.Clerk, store.Lead, store.Admin}, password)
			return err
		}},
		{name: "user added", do: func(_ site, db *store.DB) error { return db.AddUser(ctx, second, []store.Role{store.Clerk}, password) }},
		{name: "people edited", do: func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "甲3") }},
		{name: "roles changed", do: func(_ site, db *store.DB) error {
			return db.SetRoles(ctx, userNamed(db, second), []store.Role{store.Auditor})
		}},
		{name: "recovery code made", do: func(_ site, db *store.DB) error { _, err := db.NewRecoveryCode(ctx); return err }},
		{name: "user removed", do: func(_ site, db *store.DB) error { return db.RemoveUser(ctx, userNamed(db, second)) }},
		{name: "locks changed", do: func(_ site, db *store.DB) error { return db.Rekey(ctx) }},
		{name: "more typed", do: func(_ site, db *store.DB) error { return typed(db, "苏木", 10, 3) }},
	}
}

// copySteps make copies of the ledger and put one back.
func copySteps() []step {
	return []step{
		{name: "people typed", do: func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 4) }},
		{name: "copied", do: copied, copies: true},
		{name: "people edited", do: func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "甲3") }},
		{name: "copied again", do: copied, copies: true},
		{name: "more typed", do: func(_ site, db *store.DB) error { return typed(db, "苏木", 10, 3) }},
		{name: "put back", closed: putBack},
		{name: "more typed", do: func(_ site, db *store.DB) error { return typed(db, "苏木", 20, 3) }},
		{name: "copied once more", do: copied, copies: true},
	}
}

func copied(s site, db *store.DB) error {
	_, err := backup.Make(context.Background(), db, backup.Folder(s.ledger()), backup.ByHand, nil)
	return err
}

// putBack puts the oldest copy in the ledger's place.
func putBack(s site) error {
	list, err := backup.List(backup.Folder(s.ledger()))
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("copy: %w", errMissing)
	}
	_, err = backup.Restore(context.Background(), backup.Restoring{From: list[len(list)-1].Path, Ledger: s.ledger(), Now: time.Now})
	return err
}

func userNamed(db *store.DB, name string) string {
	for _, u := range db.Users() {
		if u.Name == name {
			return u.ID
		}
	}
	return ""
}

func stepsNamed(work string) []step {
	switch work {
	case "big":
		return bigSteps()
	case "users":
		return userSteps()
	case "copies":
		return copySteps()
	}
	return officeSteps()
}

// person is an invented person whose name nobody else has.
func person(series string, n int) *record.Person {
	birth := field.Date{Year: 1960 + n%40, Month: 1 + n%12, Day: 1 + n%28}
	serial := 2*n + 1
	place := map[string]string{"甲": "150401", "乙": "150402", "丙": "150403", "丁": "150404"}[series]
	id := field.CompleteID(fmt.Sprintf("%s%04d%02d%02d%03d", place, birth.Year, birth.Month, birth.Day, serial%1000))
	return &record.Person{Name: fmt.Sprint(series, n), IDNo: id, Sex: "1", Ethnic: "01",
		Birth: field.Date{Year: birth.Year, Month: birth.Month}, Phone: fmt.Sprintf("138%08d", n)}
}

// typed enters a village and some people with a post there.
func typed(db *store.DB, name string, from, count int) error {
	return db.Do("录入", clerk, func(tx *store.Tx) error {
		if from == 0 {
			err := tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(township.Code)}, Code: township.Code, Name: township.Name, Level: "1"})
			if err != nil {
				return err
			}
		}
		village := &record.Village{Office: store.OfficeID(township.Code), Name: fmt.Sprint(name, from)}
		if err := tx.Put(village); err != nil {
			return err
		}
		for n := from; n < from+count; n++ {
			p := person("甲", n)
			if err := tx.Put(p); err != nil {
				return err
			}
			post := &record.Post{Person: p.ID, Village: village.ID, Position: record.Secretary, From: field.Date{Year: 2021, Month: 1}}
			if err := tx.Put(post); err != nil {
				return err
			}
		}
		return nil
	})
}

var errMissing = errors.New("the ledger lacks what the step before saved")

// named finds the person with a name.
func named(tx *store.Tx, name string) (*record.Person, error) {
	for p, err := range store.All[record.Person](tx) {
		if err != nil {
			return nil, err
		}
		if p.Name == name {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", name, errMissing)
}

func edited(db *store.DB, phone string, names ...string) error {
	return db.Do("修改", clerk, func(tx *store.Tx) error {
		for i, name := range names {
			p, err := named(tx, name)
			if err != nil {
				return err
			}
			p.Phone = fmt.Sprintf("%s%08d", phone, i)
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return tx.SetSetting(settingName, names[0])
	})
}

func voided(_ site, db *store.DB) error {
	return db.Do("作废", clerk, func(tx *store.Tx) error {
		p, err := named(tx, "甲4")
		if err != nil {
			return err
		}
		return tx.Void("person", p.ID, "重复录入")
	})
}

// attached takes a scan in for a person.
func attached(s site, db *store.DB) error {
	owner := paper.Owner{}
	err := db.View(func(tx *store.Tx) error {
		p, err := named(tx, "甲1")
		if err == nil {
			owner.Person = p.ID
		}
		return err
	})
	if err != nil {
		return err
	}
	list, err := paper.Attach(context.Background(), db, clerk, owner, []string{s.book(scanName)}, nil)
	if err == nil {
		err = list[0].Err
	}
	return err
}

func decided(_ site, db *store.DB) error {
	return db.Do("裁定", clerk, func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return fmt.Errorf("conflict: %w", errMissing)
		}
		tx.NoteWhy("已电话核实")
		c := open[0]
		return tx.Decide(c.Kind, c.Record, c.Field, "13700000000")
	})
}

// undone takes back the latest batch of a book that still stands.
func undone(db *store.DB, book string) error {
	seq := uint64(0)
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Batch == nil || e.Batch.Book != book {
				continue
			}
			if by, err := tx.Undone(e.Seq); err != nil || by > 0 {
				return errors.Join(err, errMissing)
			}
			seq = e.Seq
			return nil
		}
		return errMissing
	})
	if err != nil {
		return err
	}
	_, err = db.Undo(seq, clerk, true)
	return err
}

func receive(s site, db *store.DB, name string, asRoster bool) error {
	ctx := context.Background()
	book, err := exchange.Open(ctx, db, s.book(name), exchange.Options{AsRoster: asRoster})
	if err != nil {
		return err
	}
	var plan *exchange.Plan
	err = db.View(func(tx *store.Tx) error {
		plan, err = book.Plan(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	_, err = exchange.Apply(ctx, db, clerk, plan, nil)
	return err
}

func sent(s site, db *store.DB) error {
	return send(db, county, filepath.Join(s.folder(), "up.xlsx"))
}

// send writes a book of all registers.
func send(db *store.DB, to store.Office, path string) error {
	forms, err := exchange.Registers(db.Kinds(), nil)
	if err != nil {
		return err
	}
	_, err = exchange.Send(context.Background(), db, clerk, path, exchange.Order{To: to, Forms: forms, Cover: true, AsOf: field.Date{Year: 2026}}, nil)
	return err
}

// thousands stages more people than one commit takes.
func thousands(_ site, db *store.DB) error {
	kind := db.Kinds().Kind("person")
	var ids store.IDs
	_, err := db.Stage(context.Background(), "导入", clerk, func(s *store.Stage) error {
		for n := range 5200 {
			row := kind.Take(&record.Person{Name: fmt.Sprint("丁", n)})
			row.ID = ids.New(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		s.Later(func(tx *store.Tx) error {
			tx.NoteBatch(store.Batch{Book: "thousands", Rows: 5200, New: 5200})
			return nil
		})
		return nil
	})
	return err
}
