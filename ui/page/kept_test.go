package page

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store/field"
	"touyan/store/record"

	"fyne.io/fyne/v2/test"
)

// Ensure that progress tells counts with their thousands, a share where the
// numbers say little, and the time left once it can be reckoned.
func TestSayProgress(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		spent       time.Duration
		want        string
	}{
		{3000, 20_000, 1411 * time.Millisecond, "已处理 3,000 / 20,000 · 约剩 8 秒"},
		{3000, 20_000, 500 * time.Millisecond, "已处理 3,000 / 20,000"},
		{1, 20_000, 5 * time.Second, "已处理 1 / 20,000"},
		{20_000, 20_000, 5 * time.Second, "已处理 20,000 / 20,000"},
		{7 << 20, 10 << 20, 70 * time.Second, "已处理 70% · 约剩 31 秒"},
		{2000, 200_000, 4 * time.Second, "已处理 2,000 / 200,000 · 约剩 6 分 37 秒"},
		{100, 10_000, 2 * time.Minute, "已处理 100 / 10,000 · 约剩 3 小时 18 分"},
	} {
		if got := sayProgress(c.done, c.total, c.spent); got != c.want {
			t.Errorf("%d of %d in %v: %s, want %s", c.done, c.total, c.spent, got, c.want)
		}
	}
}

// Ensure that on a wall no field of a person shows but those anybody may know,
// so that a new field of a person is thought about.
func TestVeiled(t *testing.T) {
	open := []string{"name", "sex", "ethnic", "politics", "education", "later_education", "skill", "veteran", "rich", "qualification", "recruited", "industry"}
	kind := record.Kinds().Kind("person")
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if got, want := !Veiled(f), slices.Contains(open, f.Name); got != want {
			t.Errorf("%s may be read on a wall: %v, want %v", f.Label, got, want)
		}
	}
	phone := kind.Field("phone")
	for wall, want := range map[bool]string{false: "154••••1234", true: "••••"} {
		if got := (veil{wall: wall}).show(phone, "15400001234"); got != want {
			t.Errorf("on a wall %v: %s", wall, got)
		}
	}
	for _, k := range record.Kinds() {
		for i := range k.Fields {
			if f := &k.Fields[i]; (f.Private || f.Class != field.Ordinary) && !Veiled(f) {
				t.Errorf("%s %s is private and shows", k.Label, f.Label)
			}
		}
	}
}

// Ensure that the files used last come first and once, that those gone are
// not offered, and that only a few are kept.
func TestRecentFiles(t *testing.T) {
	test.NewTempApp(t)
	dir := filepath.Join(t.TempDir(), "带头人 材料")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"甲 一.xlsx", "乙.xlsx", "丙.xlsx", "丁.xlsx", "戊.xlsx", "己.xlsx", "庚.xlsx", "乙.xlsx", "没有.xlsx"} {
		if name != "没有.xlsx" {
			if err := os.WriteFile(path(name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		RecentBooks.Note(path(name))
	}
	var got []string
	for _, p := range RecentBooks.Files() {
		got = append(got, filepath.Base(p))
	}
	if want := "乙.xlsx 庚.xlsx 己.xlsx 戊.xlsx 丁.xlsx"; strings.Join(got, " ") != want {
		t.Errorf("offers %v, want %s", got, want)
	}
	if len(RecentLedgers.Files()) != 0 {
		t.Error("a book is offered as a ledger")
	}
}

// Ensure that a printed book takes a name that is free.
func TestFreeName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "花 名册.xlsx")
	for _, want := range []string{"花 名册.xlsx", "花 名册（2）.xlsx", "花 名册（3）.xlsx"} {
		free := freeName(path)
		if filepath.Base(free) != want {
			t.Fatalf("got %s, want %s", free, want)
		}
		if err := os.WriteFile(free, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Ensure that without a program to ask, opening a file says so.
func TestLaunchTellsWhatIsMissing(t *testing.T) {
	if filepath.Separator == '\\' {
		return
	}
	t.Setenv("PATH", t.TempDir())
	var told error
	launch("/没有 这个.xlsx", func(err error) { told = err })
	if told == nil {
		t.Error("nothing is told")
	}
}
