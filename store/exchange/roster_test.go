package exchange_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"

	"github.com/xuri/excelize/v2"
	"golang.org/x/tools/txtar"
)

// A case in testdata/roster is a story of rosters taken in one after the other,
// each in a part 表, 表二, 表三…: as typed, one line a row, # before what was typed as
// a number. Behind them stands what the ledger has afterwards (人员, 任职, 后备,
// 嘎查村, 单位: the columns named there), and of the last roster 结果 the counts,
// 问题 what the clerk is told, and 未列 who is in the ledger and not in the
// roster. A part that is not there is not looked at.
func TestRosterCases(t *testing.T) {
	files, err := filepath.Glob("testdata/roster/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) { runRoster(t, path) })
	}
}

func runRoster(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	var r exchange.Report
	for _, f := range archive.Files {
		got, want := "", string(f.Data)
		switch name := strings.TrimSpace(f.Name); name {
		default:
			if !strings.HasPrefix(name, "表") {
				t.Fatalf("no such part: %s", name)
			}
			r = receive(t, db, typed(t, filepath.Join(dir, name+".xlsx"), string(f.Data)))
			continue
		case "人员", "任职", "后备", "嘎查村", "单位":
			kind := map[string]string{"人员": "person", "任职": "post", "后备": "reserve", "嘎查村": "village", "单位": "office"}[name]
			got = listed(t, db, kind, parseGrid(want).heads)
			lines := strings.Split(strings.TrimSpace(want), "\n")
			slices.Sort(lines[1:])
			want = strings.Join(lines, "\n")
		case "结果":
			got = counts(r)
		case "问题":
			for _, p := range r.Problems {
				got += strings.TrimSpace(fmt.Sprintf("%s %s", p.Cell, p.Message)) + "\n"
				if p.Proposal != "" {
					got += "    → " + p.Proposal + "\n"
				}
			}
		case "未列":
			got = strings.Join(r.Absent, "\n")
		case "未认":
			got = strings.Join(r.Unclaimed, "\n")
		}
		compare(t, f.Name, got, want)
	}
}

func counts(r exchange.Report) string {
	return fmt.Sprintf("读%d行 新增%d 更新%d 相同%d 未导入%d 问题%d", r.Rows, r.New, r.Updated, r.Same, r.Refused, len(r.Problems))
}

// typed writes a table as a clerk would type it.
func typed(t failer, path, text string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for n, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		for i, cell := range strings.Split(line, "|") {
			name := must(excelize.CoordinatesToCellName(i+1, n+1))
			cell = strings.TrimSpace(cell)
			var err error
			if number, ok := strings.CutPrefix(cell, "#"); ok {
				err = f.SetCellDefault("Sheet1", name, number)
			} else if cell != "" {
				err = f.SetCellStr("Sheet1", name, cell)
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatalf("save: %v", err)
	}
	return path
}

// listed shows the records of a kind: the columns with these labels, codes as
// words, references as names.
func listed(t failer, db *store.DB, kind string, heads []string) string {
	t.Helper()
	lines := []string{strings.Join(heads, "|")}
	k := db.Kinds().Kind(kind)
	view(t, db, func(tx *store.Tx) error {
		for row, err := range tx.Rows(kind) {
			if err != nil {
				return err
			}
			var cells []string
			for _, head := range heads {
				cell := "?"
				for i := range k.Fields {
					if f := &k.Fields[i]; f.Label == head {
						if cell = f.Show(row.Values[i]); f.Type == field.Ref && row.Values[i] != "" {
							cell = tx.Name(f.Target, row.Values[i])
						}
					}
				}
				cells = append(cells, cell)
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
		return nil
	})
	slices.Sort(lines[1:]) // records of one moment stand in no order
	return strings.Join(lines, "\n")
}

// Ensure that rows refused go into a book of their own, and that this book,
// mended and imported, completes the batch: nothing new twice, nothing left.
func TestBadRowsComplete(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	path := typed(t, filepath.Join(dir, "花名册.xlsx"), `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|身份证号|职务|微信号
1|前进嘎查|巴特尔|男|1985.03|150426198503074517|党支部书记|bt01
2|前进嘎查|李秀云|女|1985.1||支部委员|lxy
3|前进嘎查||男|1970.05||支部委员|
4|前进嘎查|王建业|男|1972.03||大队长|wjy
小计||3`)
	p := plan(t, db, path, exchange.Options{})
	errors := filepath.Join(dir, "待改.xlsx")
	if err := p.WriteBad(context.Background(), errors); err != nil {
		t.Fatal(err)
	}
	first := must(exchange.Apply(context.Background(), db, clerk, p, nil))
	if got := counts(first); got != "读4行 新增6 更新0 相同0 未导入2 问题3" {
		t.Errorf("first: %s %+v", got, first.Problems)
	}

	f := must(excelize.OpenFile(errors))
	rows := must(f.GetRows("Sheet1"))
	want := [][]string{
		{"嘎查村“两委”成员花名册"},
		{"来源行号", "序号", "嘎查村", "姓名", "性别", "出生年月", "身份证号", "职务", "微信号", "问题", "建议改为"},
		{"4", "2", "前进嘎查", "李秀云", "女", "1985.1", "", "支部委员", "lxy"},
		{"5", "3", "前进嘎查", "", "男", "1970.05", "", "支部委员"},
		{"6", "4", "前进嘎查", "王建业", "男", "1972.03", "", "大队长", "wjy"},
	}
	for i, row := range want {
		for j, cell := range row {
			if i >= len(rows) || j >= len(rows[i]) || rows[i][j] != cell {
				t.Fatalf("bad rows %q, want row %d to begin %q", rows, i, row)
			}
		}
	}
	for cell, text := range map[string]string{"F3": "1985.01", "D4": "赵永胜", "H5": "村委会主任"} {
		if err := f.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(errors); err != nil {
		t.Fatal(err)
	}
	f.Close()
	second := receive(t, db, errors)
	if got := counts(second); got != "读3行 新增3 更新1 相同2 未导入0 问题0" {
		t.Errorf("second: %s %+v", got, second.Problems)
	}
	compare(t, "people", listed(t, db, "person", []string{"姓名", "出生年月"}), "姓名|出生年月\n巴特尔|1985.03\n李秀云|1985.01\n王建业|1972.03\n赵永胜|1970.05")
}

// Ensure that a mapping somebody gave is followed, refused where it speaks of
// nothing, and remembered for the next book with the same heads.
func TestMappingRemembered(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	text := "嘎查村|姓名|职务|绰号|家里电话\n前进嘎查|巴特尔|支书|老巴|13900000001"
	first := typed(t, filepath.Join(dir, "一.xlsx"), text)
	for want, m := range map[string]map[string]string{
		"“外号”不在表头里":            {"外号": "person.former"},
		"“绰号”对应到“person.nick”": {"绰号": "person.nick"},
	} {
		if _, err := exchange.Open(context.Background(), db, first, exchange.Options{Mapping: m}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	o := exchange.Options{Mapping: map[string]string{"绰号": "person.former", "家里电话": "person.phone"}}
	must(exchange.Apply(context.Background(), db, clerk, plan(t, db, first, o), nil))
	receive(t, db, typed(t, filepath.Join(dir, "二.xlsx"), strings.ReplaceAll(strings.ReplaceAll(text, "巴特尔", "王建业"), "老巴", "老王")))
	compare(t, "people", listed(t, db, "person", []string{"姓名", "曾用名", "联系电话"}), "姓名|曾用名|联系电话\n巴特尔|老巴|13900000001\n王建业|老王|13900000001")
}

// Ensure that a roster is one batch, undone as one to the lists of before.
func TestRosterUndone(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	threeVillages(t, db)
	before := ledger(t, db)
	r := receive(t, db, typed(t, filepath.Join(dir, "花名册.xlsx"), `嘎查村|姓名|性别|出生年月|职务|电话
向阳嘎查|白音达来|男|1970.03|支书|13911111111
新村|赵永胜|男|1973.03|支书|13922222222`))
	if r.New != 3 || r.Updated != 1 {
		t.Fatalf("%s %v", counts(r), r.Problems)
	}
	seq := must(strconv.ParseUint(r.Batch[1:], 10, 64))
	if later, err := db.Undo(seq, clerk, false); err != nil || len(later) > 0 {
		t.Fatalf("undo: %v %v", err, later)
	}
	if after := ledger(t, db); after != before {
		t.Errorf("after\n%s\nbefore\n%s", after, before)
	}
}

// Ensure that our own forms, printed from a sample office and imported, change
// nothing: as they are, and copied into a book of somebody else's without the
// hidden sheet.
func TestOwnPrintsChangeNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "示例.touyan")
	opts := store.Options{Kinds: record.Kinds(), Machine: "test", Now: clock()}
	if err := store.Create(path, township, true, opts); err != nil {
		t.Fatal(err)
	}
	db := must(store.Open(path, opts))
	closeAll(t, db)
	if err := sample.Build(context.Background(), db, clerk, 3); err != nil {
		t.Fatal(err)
	}
	before := ledger(t, db)
	for _, f := range record.Forms() {
		book := filepath.Join(dir, f.Name+".xlsx")
		o := exchange.Order{Forms: []*field.Form{f}, AsOf: field.DateAt(db.Now())}
		must(exchange.Send(context.Background(), db, clerk, book, o, nil))
		for _, b := range []string{book, copied(t, book)} {
			r := receive(t, db, b)
			if r.Rows == 0 || r.New+r.Updated+r.Conflicts+r.Refused > 0 {
				t.Errorf("%s: %s 冲突%d %v", filepath.Base(b), counts(r), r.Conflicts, r.Problems)
			}
		}
	}
	compareLines(t, "ledger", ledger(t, db), before)
}

// copied is what is seen of a book, typed into another one.
func copied(t *testing.T, path string) string {
	t.Helper()
	from := must(excelize.OpenFile(path))
	defer from.Close()
	to := excelize.NewFile()
	defer to.Close()
	for _, name := range from.GetSheetList() {
		if visible := must(from.GetSheetVisible(name)); !visible {
			continue
		}
		must(to.NewSheet(name))
		for n, row := range must(from.GetRows(name)) {
			for i, text := range row {
				if text != "" {
					if err := to.SetCellStr(name, must(excelize.CoordinatesToCellName(i+1, n+1)), text); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	out := strings.TrimSuffix(path, ".xlsx") + "-抄本.xlsx"
	if err := to.SaveAs(out); err != nil {
		t.Fatal(err)
	}
	return out
}

// compareLines names the lines by which two ledgers differ.
func compareLines(t *testing.T, what, got, want string) {
	t.Helper()
	were := map[string]bool{}
	for _, l := range strings.Split(want, "\n") {
		were[l] = true
	}
	for _, l := range strings.Split(got, "\n") {
		if !were[l] {
			t.Errorf("%s: not there before: %s", what, l)
		}
	}
}
