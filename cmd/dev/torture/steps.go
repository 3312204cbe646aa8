package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
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
}

// officeSteps is a working week in short: typing, a roster, two books of the
// county that bring a conflict, a decision, undoing, drafts, a book sent.
func officeSteps() []step {
	steps := []step{
		{"people typed", func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 8) }, false},
		{"roster imported", func(s site, db *store.DB) error { return receive(s, db, rosterName, true) }, false},
		{"people edited", func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "甲3", "甲5") }, false},
		{"book merged", func(s site, db *store.DB) error { return receive(s, db, firstName, false) }, false},
		{"draft kept", func(_ site, db *store.DB) error { return db.KeepDraft(draftKey, "正在填写") }, false},
		{"person of the county edited", func(_ site, db *store.DB) error { return edited(db, "136", "乙1", "乙2") }, false},
		{"book merged that differs", func(s site, db *store.DB) error { return receive(s, db, secondName, false) }, false},
		{"conflict decided", decided, false},
		{"roster undone", func(_ site, db *store.DB) error { return undone(db, rosterName) }, false},
		{"person voided", voided, false},
		{"draft dropped", func(_ site, db *store.DB) error { return db.DropDraft(draftKey) }, false},
		{"roster imported again", func(s site, db *store.DB) error { return receive(s, db, rosterName, true) }, false},
		{"book sent", sent, true},
		{"roster undone after sending", func(_ site, db *store.DB) error { return undone(db, rosterName) }, false},
	}
	steps = append(steps, step{"compacted", func(_ site, db *store.DB) error { return db.Compact(context.Background()) }, false})
	for i := range 4 {
		steps = append(steps, step{"more typed", func(_ site, db *store.DB) error { return typed(db, "苏木", 10+5*i, 5) }, false})
	}
	return steps
}

// bigSteps hold a batch too large for one commit.
func bigSteps() []step {
	return []step{
		{"people typed", func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 4) }, false},
		{"thousands staged", thousands, false},
		{"people edited", func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "丁7") }, false},
		{"thousands undone", func(_ site, db *store.DB) error { return undone(db, "thousands") }, false},
		{"more typed", func(_ site, db *store.DB) error { return typed(db, "苏木", 10, 3) }, false},
	}
}

// userSteps are what changes who may open the ledger, and its locks. Each
// password costs a second, so there is little work between them.
func userSteps() []step {
	ctx := context.Background()
	return []step{
		{"people typed", func(_ site, db *store.DB) error { return typed(db, "嘎查", 0, 4) }, false},
		{"protected", func(_ site, db *store.DB) error {
			_, err := db.Protect(ctx, clerk.Name, []store.Role{store.Clerk, store.Lead, store.Admin}, password)
			return err
		}, false},
		{"user added", func(_ site, db *store.DB) error { return db.AddUser(ctx, second, []store.Role{store.Clerk}, password) }, false},
		{"people edited", func(_ site, db *store.DB) error { return edited(db, "139", "甲0", "甲3") }, false},
		{"roles changed", func(_ site, db *store.DB) error {
			return db.SetRoles(ctx, userNamed(db, second), []store.Role{store.Auditor})
		}, false},
		{"recovery code made", func(_ site, db *store.DB) error { _, err := db.NewRecoveryCode(ctx); return err }, false},
		{"user removed", func(_ site, db *store.DB) error { return db.RemoveUser(ctx, userNamed(db, second)) }, false},
		{"locks changed", func(_ site, db *store.DB) error { return db.Rekey(ctx) }, false},
		{"more typed", func(_ site, db *store.DB) error { return typed(db, "苏木", 10, 3) }, false},
	}
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
