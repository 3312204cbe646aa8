package grid

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// born makes the date column one of births.
func born(g *shownGrid) {
	g.columns[2].Birth = true
	g.Today = field.Date{Year: 2025, Month: 6, Day: 1}
}

// Ensure that texts, ranges of money and dates, ages and the empty cell keep
// the rows people mean, both ends of a range included, and a date known only
// as a year where it may lie within.
func TestFilters(t *testing.T) {
	for name, c := range map[string]struct {
		filters []Filter
		want    []string
	}{
		"one text":       {[]Filter{{Column: "village", Values: []string{"前进嘎查"}}}, []string{"白音巴图", "李秀英"}},
		"two texts":      {[]Filter{{Column: "village", Values: []string{"红旗嘎查", "新胜村"}}}, []string{"单晓梅", "王建国"}},
		"empty cell":     {[]Filter{{Column: "pay", Values: []string{""}}}, []string{"王建国"}},
		"two columns":    {[]Filter{{Column: "village", Values: []string{"前进嘎查"}}, {Column: "pay", From: "5000"}}, []string{"李秀英"}},
		"money":          {[]Filter{{Column: "pay", From: "950", To: "3200"}}, []string{"白音巴图", "单晓梅"}},
		"money from":     {[]Filter{{Column: "pay", From: "3200.01"}}, []string{"李秀英"}},
		"dates":          {[]Filter{{Column: "born", From: "1978.3", To: "1985"}}, []string{"白音巴图", "单晓梅", "李秀英"}},
		"from a month":   {[]Filter{{Column: "born", From: "1985.10"}}, []string{"单晓梅", "李秀英"}},
		"to a year":      {[]Filter{{Column: "born", To: "1978"}}, []string{"白音巴图", "王建国"}},
		"ages":           {[]Filter{{Column: "born", From: "40", To: "50", Age: true}}, []string{"白音巴图", "单晓梅"}},
		"age and date":   {[]Filter{{Column: "born", To: "1980"}, {Column: "born", From: "50", Age: true}}, []string{"王建国"}},
		"unknown column": {[]Filter{{Column: "gone", Values: []string{"前进嘎查"}}}, []string{"白音巴图", "单晓梅", "李秀英", "王建国"}},
		"nothing asked":  {[]Filter{{Column: "village"}}, []string{"白音巴图", "单晓梅", "李秀英", "王建国"}},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := open(t, people(), usual)
			born(g)
			g.SetFilters(c.filters)
			want(t, "shown", names(g), c.want)
		})
	}
}

// Ensure that filters are plain data that survive being stored.
func TestFiltersAreData(t *testing.T) {
	g, _ := open(t, people(), usual)
	given := []Filter{{Column: "village", Values: []string{"前进嘎查", ""}}, {Column: "pay", From: "950", To: "3200"}}
	g.SetFilters(given)
	stored, err := json.Marshal(g.Filters())
	if err != nil {
		t.Fatal(err)
	}
	var back []Filter
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	want(t, "filters", back, given)
	g.Filters()[0].Column = "other"
	want(t, "kept", g.Filters(), given)
}

// chipTexts lists the chips.
func chipTexts(g *shownGrid) []string {
	var out []string
	for _, c := range g.chips.all {
		out = append(out, c.text.Text)
	}
	return out
}

// Ensure that chips over the head say what is filtered, that the footer counts,
// that a chip's mark takes its filter away and the word takes all away.
func TestChips(t *testing.T) {
	g, _ := open(t, people(), usual)
	born(g)
	told := 0
	g.OnView = func() { told++ }
	want(t, "no line of chips", g.chips.Visible(), false)
	g.SetFilters([]Filter{{Column: "village", Values: []string{"前进嘎查", "红旗嘎查"}}, {Column: "born", From: "30", Age: true}, {Column: "pay", To: "3200"}})
	want(t, "chips", strings.Join(chipTexts(g), " "), "嘎查村：前进嘎查、红旗嘎查 年龄：不低于30 月报酬：不超过3200")
	want(t, "footer", g.foot.Text, "已筛选 2 / 共 4")
	want(t, "head below the chips", g.head.clip.Position().Y, g.chips.Size().Height)
	first := g.chips.all[0]
	test.TapAt(first, fyne.NewPos(first.Size().Width-4, 5))
	want(t, "without the first", len(g.Filters()), 2)
	test.Tap(g.chips.clear)
	want(t, "cleared", len(g.Filters()), 0)
	want(t, "line gone", g.chips.Visible(), false)
	want(t, "footer", g.foot.Text, "共 4 条")
	want(t, "told", told, 2)
}

// Ensure that chips for which there is no room are counted, and that a filter
// by many texts names the first ones.
func TestManyChips(t *testing.T) {
	g, _ := open(t, people(), fyne.NewSize(420, 400))
	g.SetFilters([]Filter{{Column: "name", Values: []string{"白音巴图", "单晓梅", "李秀英", "王建国"}}, {Column: "village", Values: []string{"前进嘎查"}}, {Column: "pay", From: "1"}})
	if got := chipTexts(g)[0]; !strings.HasPrefix(got, "姓名：白") {
		t.Errorf("first chip %q", got)
	}
	want(t, "the rest", g.chips.more.Text, fmt.Sprintf("另有 %d 个条件", 3-len(g.chips.all)))
	want(t, "many texts", sayValues([]string{"a", "b", "", "d"}), "a、b、（空）等 4 项")
}

// Ensure that filters nothing passes say so and offer to clear them.
func TestNothingPasses(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SetEmpty("这里还没有人员。", "导入", func() { t.Error("imported") })
	g.SetFilters([]Filter{{Column: "pay", From: "99999"}})
	want(t, "sentence", g.says.Text, "没有符合筛选条件的记录，请去掉一个条件。")
	test.Tap(g.remedy)
	want(t, "shown", len(g.shown), 4)
}

// tapFilterMark opens the filter of a column by its mark, and returns it by
// opening it again.
func openSieve(t *testing.T, g *shownGrid, column int) *sieve {
	t.Helper()
	s := g.sieve(column)
	g.settle()
	if s == nil {
		t.Fatal("the filter did not open")
	}
	return s
}

// values lists the lines of an open filter as text and count, ticked ones with
// a star.
func values(s *sieve) string {
	var out []string
	for _, i := range s.found {
		c := s.all[i]
		text := sayValue(c.text) + fmt.Sprint(c.count)
		if s.ticked[c.text] {
			text += "*"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// Ensure that the mark in a head, a right click on it and Alt+Down open the
// filter, and that a click on the label still sorts.
func TestOpeningAFilter(t *testing.T) {
	g, w := open(t, people(), usual)
	top := w.Canvas().Overlays()
	for name, do := range map[string]func(){
		"mark":        func() { test.TapAt(g.head, fyne.NewPos(g.edges[2]-8, 10)) },
		"right click": func() { test.TapSecondaryAt(g.head, fyne.NewPos(g.edges[2]-50, 10)) },
		"Alt+Down": func() {
			click(g, 0, 0)
			g.stand(1)
			g.body.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
		},
	} {
		do()
		want(t, name, top.Top() != nil, true)
		top.Remove(top.Top())
		want(t, name+" sorts nothing", g.order, Unsorted)
	}
	tapHead(g, 1)
	want(t, "label", g.order, Ascending)
	want(t, "opens nothing", top.Top() == nil, true)
}

// Ensure that the filter lists the texts of a column in its order with their
// counts among the rows that pass everything else, the empty cell last.
func TestValuesAndCounts(t *testing.T) {
	g, _ := open(t, people(), usual)
	want(t, "villages", values(openSieve(t, g, 1)), "红旗嘎查1 前进嘎查2 新胜村1")
	want(t, "pay", values(openSieve(t, g, 3)), "9501 32001 120001 （空）1")
	g.SetFilters([]Filter{{Column: "village", Values: []string{"红旗嘎查"}}, {Column: "born", To: "1980"}})
	want(t, "villages of the old", values(openSieve(t, g, 1)), "红旗嘎查0* 前进嘎查1 新胜村1")
}

// Ensure that ticks filter at once, that finding by pinyin, arrows and Enter
// tick without the mouse, and that everything ticked is no filter.
func TestTicking(t *testing.T) {
	g, w := open(t, people(), usual)
	s := openSieve(t, g, 1)
	want(t, "focus", w.Canvas().Focused() == fyne.Focusable(s.find), true)
	test.Type(s.find, "xs")
	want(t, "found", values(s), "新胜村1")
	s.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want(t, "ticked", names(g), []string{"王建国"})
	want(t, "find box", s.find.Text, "")
	s.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want(t, "two", names(g), []string{"单晓梅", "王建国"})
	want(t, "says", s.says.Text, "已选 2 项")
	s.tickFound(true)
	want(t, "everything", len(g.Filters()), 0)
	s.tickFound(false)
	want(t, "nothing", len(names(g)), 4)
	test.Type(s.find, "qj")
	s.tickFound(true)
	want(t, "all found", names(g), []string{"白音巴图", "李秀英"})
	s.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	want(t, "closed", w.Canvas().Overlays().Top() == nil, true)
	want(t, "keyboard back", w.Canvas().Focused() == fyne.Focusable(g.body), true)
}

// Ensure that a text filtered by which no row has any more does not make the
// ticked ones count as all of them.
func TestTickingBesideATextThatIsGone(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SetFilters([]Filter{{Column: "village", Values: []string{"并走的村", "没有的村"}}})
	s := openSieve(t, g, 1)
	s.tick(0)
	want(t, "shown", names(g), []string{"单晓梅"})
	s.tickFound(false)
	want(t, "nothing ticked", len(g.Filters()), 0)
}

// Ensure that a range is typed as in forms, applies on Enter, is written as
// the office writes it, and says what is wrong where it cannot be read.
func TestTypingARange(t *testing.T) {
	g, w := open(t, people(), usual)
	born(g)
	s := openSieve(t, g, 2)
	want(t, "date and age", len(s.ranges), 2)
	dates := s.ranges[0]
	test.Type(dates.from, "八五年春")
	dates.from.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want(t, "refused", dates.wrong.Visible(), true)
	want(t, "no filter", len(g.Filters()), 0)
	dates.from.SetText("198503")
	dates.from.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want(t, "filter", g.Filters(), []Filter{{Column: "born", From: "1985.03"}})
	want(t, "closed", w.Canvas().Overlays().Top() == nil, true)

	s = openSieve(t, g, 2)
	want(t, "as it was", s.ranges[0].from.Text, "1985.03")
	test.Type(s.ranges[1].to, "40")
	s.ranges[1].to.FocusLost()
	want(t, "chips", strings.Join(chipTexts(g), " "), "出生年月：1985.03及以后 年龄：不超过40")
	s.ranges[0].from.SetText("")
	s.ranges[0].from.FocusLost()
	want(t, "emptied", g.Filters(), []Filter{{Column: "born", To: "40", Age: true}})
}

// Ensure that many rows are filtered, and their texts counted, beside the UI
// thread.
func TestFilterMany(t *testing.T) {
	g, _ := open(t, many(20000), usual)
	s := openSieve(t, g, 1)
	want(t, "villages", len(s.all), 120)
	g.SetFilters([]Filter{{Column: "village", Values: []string{"第7嘎查"}}})
	want(t, "meanwhile", g.foot.Text, "正在整理…")
	g.settle()
	want(t, "footer", g.foot.Text, fmt.Sprintf("已筛选 %d / 共 20000", len(g.shown)))
	for at := range g.shown {
		if g.row(at).cell(1) != "第7嘎查" {
			t.Fatal(g.row(at).cell(1))
		}
	}
	want(t, "all of them", len(g.shown), 167)
}
