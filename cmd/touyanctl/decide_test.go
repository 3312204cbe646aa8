package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// desk is one ledger worked on by the command.
type desk struct {
	t      *testing.T
	ledger string
	people map[string]string // ids by name
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, ledger: filepath.Join(t.TempDir(), "a.touyan"), people: map[string]string{}}
	d.run(exitDone, nil, "init", "--level", "township", "--office", "150426201", "--name", "星露苏木")
	return d
}

// run does a verb, holds it to its exit and reads the JSON it writes.
func (d *desk) run(code int, answer any, args ...string) string {
	d.t.Helper()
	var out, said bytes.Buffer
	got := run(context.Background(), append(args, "--ledger", d.ledger, "--json"), &out, &said)
	if got != code {
		d.t.Fatalf("%v exits %d, want %d: %s", args, got, code, said.String())
	}
	if answer != nil {
		if err := json.Unmarshal(out.Bytes(), answer); err != nil {
			d.t.Fatalf("%v: %v in %s", args, err, out.String())
		}
	}
	return said.String()
}

// do writes to the ledger as other verbs would.
func (d *desk) do(name string, f func(*store.Tx) error) {
	d.t.Helper()
	db, err := store.Open(d.ledger, options())
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	if err := db.Do(name, store.Actor{Name: "张敏"}, f); err != nil {
		d.t.Fatal(err)
	}
}

// importPeople writes people as one batch of a book.
func (d *desk) importPeople(people ...*record.Person) {
	d.t.Helper()
	d.do("导入", func(tx *store.Tx) error {
		for _, p := range people {
			if err := tx.Put(p); err != nil {
				return err
			}
			d.people[p.Name] = p.ID
		}
		tx.NoteBatch(store.Batch{Book: "花名册.xlsx", Rows: len(people), New: len(people)})
		return nil
	})
}

// hear takes in another ledger's value of a cell, written without knowing of
// ours.
func (d *desk) hear(ledger, name, cell, value string) {
	d.t.Helper()
	d.do("合并", func(tx *store.Tx) error {
		dot := store.Dot{Ledger: ledger, Counter: 3}
		at := time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC)
		if err := tx.NoteOrigin(dot, store.Origin{Who: "单晓梅", At: at, Book: "退回.xlsx", Name: "云杉旗"}); err != nil {
			return err
		}
		_, err := tx.JoinState("person", d.people[name], store.State{cell: {{Dot: dot, Value: value, Level: field.County, Office: "150426", Was: "01"}}})
		return err
	})
}

func (d *desk) conflicts() []conflictEntry {
	d.t.Helper()
	var list []conflictEntry
	d.run(exitDone, &list, "conflicts")
	return list
}

func (d *desk) cell(name, cell string) string {
	d.t.Helper()
	var rows []map[string]string
	d.run(exitDone, &rows, "list", "person", "--where", "name="+name)
	if len(rows) != 1 {
		d.t.Fatalf("%d people called %s", len(rows), name)
	}
	return rows[0][cell]
}

// Ensure that a conflict is shown in office words with who, when and from which
// book, and that a decision closes it for good, with its reason.
func TestDecide(t *testing.T) {
	for _, c := range []struct{ choice, want string }{
		{"ours", "群众"}, {"theirs", "中共预备党员"}, {"党员", "中共党员"},
	} {
		t.Run(c.choice, func(t *testing.T) {
			d := newDesk(t)
			d.importPeople(&record.Person{Name: "宝音图", Politics: "13"})
			d.hear("\x80sevenby", "宝音图", "politics", "02")
			open := d.conflicts()
			if len(open) != 1 {
				t.Fatalf("%d conflicts, want 1", len(open))
			}
			got := open[0]
			if got.When == "" || got.OursWhen == "" || !store.IsID(got.Record) {
				t.Errorf("when %q, record %q", got.When, got.Record)
			}
			want := conflictEntry{ID: got.ID, Kind: "person", Record: got.Record, Name: "宝音图", Field: "politics", Label: "政治面貌",
				Base: "中共党员", Ours: "群众", Own: true, OursBy: "张敏", OursWhen: got.OursWhen, OursOffice: "星露苏木", Theirs: "中共预备党员", By: "单晓梅", When: got.When, Book: "退回.xlsx", Office: "云杉旗"}
			if a, b := mustJSON(got), mustJSON(want); a != b {
				t.Errorf("conflict %s\nwant %s", a, b)
			}
			var answer decided
			d.run(exitDone, &answer, "decide", got.ID, c.choice, "--why", "查看了入党志愿书")
			if answer.Value != c.want || d.cell("宝音图", "politics") != c.want {
				t.Errorf("decided %q, the ledger shows %q, want %q", answer.Value, d.cell("宝音图", "politics"), c.want)
			}
			if open := d.conflicts(); len(open) != 0 {
				t.Errorf("%d conflicts left", len(open))
			}
			d.hear("\x80sevenby", "宝音图", "politics", "02")
			if open := d.conflicts(); len(open) != 0 {
				t.Error("hearing the same again opened the conflict again")
			}
			d.run(exitRefused, nil, "decide", got.ID, "ours", "--why", "再来一次")
		})
	}
}

// Ensure that theirs is not guessed where several others differ, that a value
// nobody may write is refused, and that the conflict stays open.
func TestDecideRefuses(t *testing.T) {
	d := newDesk(t)
	d.importPeople(&record.Person{Name: "宝音图", Politics: "13"})
	d.hear("\x80sevenby", "宝音图", "politics", "02")
	d.hear("\x81sevenby", "宝音图", "politics", "03")
	open := d.conflicts()
	if len(open) != 1 || len(open[0].Others) != 1 {
		t.Fatalf("conflicts %+v, want one of three values", open)
	}
	d.run(exitRefused, nil, "decide", open[0].ID, "theirs", "--why", "核对")
	d.run(exitRefused, nil, "decide", open[0].ID, "皇帝", "--why", "核对")
	d.run(exitUsage, nil, "decide", open[0].ID, "ours", "--why", "  ")
	if len(d.conflicts()) != 1 {
		t.Error("a refused decision closed the conflict")
	}
	d.run(exitDone, nil, "decide", open[0].ID, "共青团员", "--why", "核对")
}

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Ensure that undoing a batch takes its records away, is said by batches, and
// works once.
func TestUndo(t *testing.T) {
	d := newDesk(t)
	d.importPeople(&record.Person{Name: "宝音图"})
	d.importPeople(&record.Person{Name: "单晓梅"}, &record.Person{Name: "王建国"})
	var list []batchEntry
	d.run(exitDone, &list, "batches")
	if len(list) != 2 || list[0].Batch != "B3" || list[0].New != 2 || list[0].Who != "张敏" || list[0].Book != "花名册.xlsx" || list[0].Undone {
		t.Fatalf("batches %+v", list)
	}
	var answer undone
	d.run(exitDone, &answer, "undo", "b3")
	if answer.Batch != "B3" || !answer.Undone || len(answer.Problems) != 0 {
		t.Errorf("undo answers %+v", answer)
	}
	var rows []map[string]string
	d.run(exitDone, &rows, "list", "person")
	if len(rows) != 1 || rows[0]["name"] != "宝音图" {
		t.Errorf("left are %v", rows)
	}
	d.run(exitDone, &list, "batches")
	if !list[0].Undone || list[1].Undone {
		t.Errorf("batches %+v", list)
	}
	d.run(exitRefused, nil, "undo", "B3")
}

// Ensure that work done after a batch keeps it from being undone, that the cell
// is listed, and that --keep-later undoes the rest.
func TestUndoKeepsLaterWork(t *testing.T) {
	d := newDesk(t)
	d.importPeople(&record.Person{Name: "宝音图"}, &record.Person{Name: "单晓梅"})
	d.do("录入", func(tx *store.Tx) error {
		p, err := store.Get[record.Person](tx, d.people["宝音图"])
		if err != nil {
			return err
		}
		p.Phone = "15400000001"
		return tx.Put(p)
	})
	var answer undone
	d.run(exitRefused, &answer, "undo", "B2")
	if answer.Undone || len(answer.Problems) != 1 || answer.Problems[0].Name != "宝音图" || answer.Problems[0].Record != d.people["宝音图"] {
		t.Fatalf("undo answers %+v", answer)
	}
	d.run(exitDone, &answer, "undo", "B2", "--keep-later")
	if !answer.Undone {
		t.Error("the batch was not undone")
	}
	var rows []map[string]string
	d.run(exitDone, &rows, "list", "person")
	if len(rows) != 1 || rows[0]["phone"] != "15400000001" {
		t.Errorf("left are %v", rows)
	}
}
