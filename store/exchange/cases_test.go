package exchange_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"

	"golang.org/x/tools/txtar"
)

// A case in testdata/merge is a story of one book, in tables a clerk can read:
// 发出 the people as sent to the county, 退回 the rows as they came back (行 is
// the row's place when sent; an empty one is a row typed anew; columns not
// named stayed as they were; a row not named was deleted), 本级 what the
// township typed meanwhile, 台账 what it shows after merging, 冲突 what is left
// to decide, 问题 what the clerk is told.
func TestMergeCases(t *testing.T) {
	files, err := filepath.Glob("testdata/merge/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) { runCase(t, path) })
	}
}

type grid struct {
	heads []string
	rows  [][]string
}

func parseGrid(text string) (g grid) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line == "" {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if g.heads == nil {
			g.heads = cells
			continue
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

func (g grid) get(row int, head string) string {
	for i, h := range g.heads {
		if h == head && i < len(g.rows[row]) {
			return g.rows[row][i]
		}
	}
	return ""
}

func runCase(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, f := range archive.Files {
		part[f.Name] = string(f.Data)
	}
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	sent := parseGrid(part["发出"])
	typePeople(t, db, sent)
	book := filepath.Join(dir, "up.xlsx")
	send(t, db, county, book)
	returnBook(t, book, sent, parseGrid(part["退回"]))
	typePeople(t, db, parseGrid(part["本级"]))
	r := receiveForeseen(t, db, book)
	for _, time := range []string{"", "再并一次，"} {
		compare(t, time+"台账", showPeople(t, db, parseGrid(part["台账"]).heads), part["台账"])
		compare(t, time+"冲突", strings.Join(conflicts(t, db), "\n"), part["冲突"])
		if time == "" {
			receive(t, db, book)
		}
	}
	var said []string
	for _, p := range r.Problems {
		said = append(said, p.Cell+" "+p.Message)
	}
	compare(t, "问题", strings.Join(said, "\n"), part["问题"])
}

func compare(t *testing.T, what, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

// typePeople enters people, or changes those of the same name.
func typePeople(t *testing.T, db *store.DB, g grid) {
	t.Helper()
	k := db.Kinds().Kind("person")
	for n := range g.rows {
		do(t, db, func(tx *store.Tx) error {
			row := field.Row{Values: make([]string, len(k.Fields))}
			for old, err := range tx.Rows("person") {
				if err != nil {
					return err
				}
				if k.Value(old, "name") == g.get(n, "姓名") {
					row = old
				}
			}
			for i := range k.Fields {
				f := &k.Fields[i]
				for _, head := range g.heads {
					if head == f.Label {
						v, problem := f.Read(field.Input{Text: g.get(n, head)})
						if problem != nil {
							t.Fatalf("%s: %s", head, problem.Message)
						}
						row.Values[i] = v
					}
				}
			}
			_, err := tx.PutRow("person", row)
			return err
		})
	}
}

func showPeople(t *testing.T, db *store.DB, heads []string) string {
	t.Helper()
	lines := []string{strings.Join(heads, "|")}
	k := db.Kinds().Kind("person")
	view(t, db, func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			var cells []string
			for _, head := range heads {
				for i := range k.Fields {
					if k.Fields[i].Label == head {
						cells = append(cells, k.Fields[i].Show(row.Values[i]))
					}
				}
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
		return nil
	})
	return strings.Join(lines, "\n")
}

// returnBook rewrites the book's people as the county would by hand.
func returnBook(t *testing.T, path string, sent, back grid) {
	t.Helper()
	h := openByHand(t, path, "人员")
	byName := map[string]map[string]string{}
	n := h.rows()
	for i := 1; i <= n; i++ {
		cells := map[string]string{}
		for head := range h.cols {
			cells[head] = h.get(i, head)
		}
		byName[cells["姓名"]] = cells
	}
	if more := len(back.rows) - n; more > 0 {
		if err := h.f.InsertRows(h.sheet, h.head+n+1, more); err != nil {
			t.Fatal(err)
		}
	}
	for i := 1; i <= max(n, len(back.rows)); i++ {
		cells := map[string]string{}
		if i <= len(back.rows) {
			if at, err := strconv.Atoi(back.get(i-1, "行")); err == nil {
				for head, v := range byName[sent.get(at-1, "姓名")] {
					cells[head] = v
				}
			}
			for _, head := range back.heads {
				if head != "行" {
					cells[head] = back.get(i-1, head)
				}
			}
		}
		for head := range h.cols {
			h.set(i, head, cells[head])
		}
	}
	h.save(path)
}
