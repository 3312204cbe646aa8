package page

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/record"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Ensure that a folder shows its folders first and of its files those that can
// be chosen, without what people do not know of.
func TestFilesIn(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"乙.xlsx", "甲.XLSX", "说明.docx", ".藏.xlsx", "~$乙.xlsx"} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, 2000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"材料", ".cache"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	rows, err := filesIn(dir, bookEndings)
	if err != nil {
		t.Error(err)
	}
	for _, r := range rows {
		got = append(got, filepath.Base(r.ID))
	}
	if want := []string{"材料", "乙.xlsx", "甲.XLSX"}; !slices.Equal(got, want) {
		t.Errorf("lists %v, want %v", got, want)
	}
	if rows, err := filesIn(filepath.Join(dir, "没有"), bookEndings); err == nil || len(rows) != 0 {
		t.Errorf("a folder that is not there lists %v, %v", rows, err)
	}
}

// Ensure that proposed names can be file names, and say what they are.
func TestFileNames(t *testing.T) {
	if got := disk.FileName(`某旗/某苏木:"两委"*.xlsx`); got != "某旗_某苏木__两委__.xlsx" {
		t.Errorf("got %s", got)
	}
	if got := badName("花名册.xlsx"); got != "花名册（待改）.xlsx" {
		t.Errorf("got %s", got)
	}
}

// Ensure that only a whole batch number is taken for one.
func TestBatchSeq(t *testing.T) {
	for batch, want := range map[string]uint64{"B12": 12, "12": 0, "B": 0, "": 0, "B012": 0} {
		seq, ok := batchSeq(batch)
		if ok != (want > 0) || ok && seq != want {
			t.Errorf("%q is %d, %v", batch, seq, ok)
		}
	}
}

// Ensure that people are told sentences, and nothing of the program's inside,
// which goes to the log instead.
func TestSentence(t *testing.T) {
	test.NewTempApp(t)
	var logged strings.Builder
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	missing := filepath.Join(t.TempDir(), "没有", "台账.touyan")
	for _, c := range []struct {
		err  error
		want string
	}{
		{store.ErrUndone, "这一批已经撤销过了。"},
		{fmt.Errorf("open journal: %w", os.ErrClosed), sayFault},
		{fmt.Errorf("create ledger: %w", &fs.PathError{Op: "mkdir", Path: missing, Err: fs.ErrNotExist}), "找不到文件夹“没有”，“台账.touyan”没有写成，请先建好它，或换一个文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。"},
	} {
		if got := sentence(c.err); got != c.want {
			t.Errorf("%v is told as %s", c.err, got)
		}
	}
	if got := logged.String(); strings.Count(got, "Cause:") != 1 || !strings.Contains(got, "open journal: file already closed") {
		t.Errorf("logged %q", got)
	}
}

// Ensure that a list begins with what people call a record by, and leaves no
// field out.
func TestColumnsOfEveryKind(t *testing.T) {
	for _, k := range record.Kinds() {
		l := &List{kind: k, slots: slotsOf(k)}
		columns := l.columns()
		if len(columns) != len(k.Fields)+len(besideColumns(k)) {
			t.Errorf("%s: %d columns for %d fields", k.Name, len(columns), len(k.Fields))
		}
		if k.Named != "" && columns[0].Name != k.Named {
			t.Errorf("%s begins with %s", k.Name, columns[0].Name)
		}
		seen := map[string]bool{}
		for _, c := range columns {
			if seen[c.Name] {
				t.Errorf("%s has %s twice", k.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
}

// Ensure that prose is broken where Chinese may be, that no line is wider than
// it may be, and that nothing of the text is lost.
func TestWrapped(t *testing.T) {
	test.NewTempApp(t)
	const size, limit = 14, 200
	for _, text := range []string{
		"一行",
		"找不到台账文件，它可能被移动或改了名；请找到它再打开，程序不会另建一本空的。",
		"把《嘎查村“两委”成员花名册》存到哪里？编号 150426201201 的嘎查，2026.03.02 起。",
		"/一个/很深/的/folder-with-a-very-long-name-that-fits-no-line-at-all/花名册.xlsx",
		"第一段。\n第二段，很长很长很长很长很长很长很长很长很长很长。",
	} {
		lines := wrapped(text, limit, size)
		if got, want := strings.Join(lines, ""), strings.ReplaceAll(text, "\n", ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%q became %q", want, got)
		}
		for _, l := range lines {
			if strings.ContainsAny(string([]rune(l)[:1]), noStart) {
				t.Errorf("a line begins %q", l)
			}
			if w := fyne.MeasureText(l, size, fyne.TextStyle{}).Width; w > limit {
				t.Errorf("%q is %v wide", l, w)
			}
		}
	}
}
