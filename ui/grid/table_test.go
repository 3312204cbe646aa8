package grid

import (
	"fmt"
	"strings"
	"testing"
)

// Ensure that a click on a head sorts up, then down, then not at all, by the
// canonical value, and that empty cells come last both ways.
func TestHeadSorts(t *testing.T) {
	g, _ := open(t, people(), usual)
	given := names(g)
	for _, c := range []struct {
		column   int
		up, down []string
	}{
		{0, []string{"白音巴图", "单晓梅", "李秀英", "王建国"}, []string{"王建国", "李秀英", "单晓梅", "白音巴图"}},
		{2, []string{"王建国", "白音巴图", "单晓梅", "李秀英"}, []string{"李秀英", "单晓梅", "白音巴图", "王建国"}},
		{3, []string{"单晓梅", "白音巴图", "李秀英", "王建国"}, []string{"李秀英", "白音巴图", "单晓梅", "王建国"}},
	} {
		label := g.columns[c.column].Label
		tapHead(g, c.column)
		want(t, label+" up", names(g), c.up)
		want(t, label+" mark", strings.HasSuffix(g.head.texts[c.column].Text, "▲"), true)
		tapHead(g, c.column)
		want(t, label+" down", names(g), c.down)
		tapHead(g, c.column)
		want(t, label+" as given", names(g), given)
	}
}

// Ensure that rows equal in the sorted column keep their order, up and down.
func TestSortIsStable(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SortBy("village", Ascending)
	want(t, "up", names(g), []string{"单晓梅", "白音巴图", "李秀英", "王建国"})
	g.SortBy("village", Descending)
	want(t, "down", names(g), []string{"王建国", "白音巴图", "李秀英", "单晓梅"})
}

// Ensure that numbers within a text sort by value.
func TestNumbersInTextSortByValue(t *testing.T) {
	rows := []Row{{ID: "a", Cells: []string{"第10组"}}, {ID: "b", Cells: []string{"第2组"}}}
	g, _ := open(t, rows, usual)
	g.SortBy("name", Ascending)
	want(t, "groups", names(g), []string{"第2组", "第10组"})
}

// Ensure that many rows are sorted beside the UI thread, and that the last
// wish wins.
func TestManyRowsSort(t *testing.T) {
	g, _ := open(t, many(20000), usual)
	g.SortBy("pay", Ascending)
	g.SortBy("pay", Descending)
	g.settle()
	last := int64(1 << 62)
	for at := range g.shown {
		var pay int64
		if _, err := fmt.Sscan(g.row(at).key(3), &pay); err != nil {
			t.Fatal(err)
		}
		if pay > last {
			t.Fatalf("row %d: %d after %d", at, pay, last)
		}
		last = pay
	}
	want(t, "footer", g.foot.Text, "共 20000 条")
}

// Ensure that a head tells which column was sorted and how.
func TestSortIsTold(t *testing.T) {
	g, _ := open(t, people(), usual)
	var told string
	g.OnSort = func(column string, order Order) { told = fmt.Sprint(column, order) }
	tapHead(g, 2)
	want(t, "told", told, "born1")
	column, order := g.Sorted()
	want(t, "sorted", fmt.Sprint(column, order), told)
}

// Ensure that 汉字, pinyin, initials, a mixture of them, a rare reading and a
// whole number that is shown masked all find a row.
func TestFind(t *testing.T) {
	g, _ := open(t, people(), usual)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"秀英", []string{"李秀英"}},
		{"lixiu", []string{"李秀英"}},
		{"lxy", []string{"李秀英"}},
		{"lixy", []string{"李秀英"}},
		{"LXY", []string{"李秀英"}},
		{"ｌｘｙ", []string{"李秀英"}},
		{"baiyinb", []string{"白音巴图"}},
		{"bt", []string{"白音巴图"}},
		{"shanxm", []string{"单晓梅"}},
		{"dxm", []string{"单晓梅"}},
		{"qianjin", []string{"白音巴图", "李秀英"}},
		{"qj bai", []string{"白音巴图"}},
		{"前进 ly", nil},
		{"150426196901024444", []string{"王建国"}},
		{"1969.01", []string{"王建国"}},
		{"12000", nil}, // sums are not searched
		{"xyz", nil},
		{"", []string{"白音巴图", "单晓梅", "李秀英", "王建国"}},
	} {
		g.Find(c.text)
		want(t, fmt.Sprintf("%q", c.text), names(g), c.want)
	}
}

// Ensure that a column found by its characters alone is not found by initials.
func TestFindsPlainByCharacters(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.columns[0].Plain = true
	g.SetRows(people())
	for text, found := range map[string]int{"秀英": 1, "lxy": 0, "lixiu": 0, "qianjin": 2} {
		g.Find(text)
		want(t, text, len(names(g)), found)
	}
}

// Ensure that finding among many rows happens beside the UI thread and comes
// back with all of them.
func TestFindMany(t *testing.T) {
	g, _ := open(t, many(20000), usual)
	g.Find("lixiuying")
	g.settle()
	wanted := 0
	for _, r := range g.table.rows {
		if r.cell(0) == "李秀英" {
			wanted++
		}
	}
	want(t, "found", len(g.shown), wanted)
	want(t, "footer", g.foot.Text, fmt.Sprintf("查到 %d 条，共 20000 条", wanted))
}
