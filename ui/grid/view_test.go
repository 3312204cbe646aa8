package grid

import (
	"encoding/json"
	"strings"
	"testing"

	"touyan/ui/button"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// heads lists the labels shown.
func heads(g *shownGrid) string {
	var out []string
	for i := range g.seen {
		out = append(out, g.shownAt(i).Label)
	}
	return strings.Join(out, " ")
}

// Ensure that a view stored and set again shows the same rows in the same
// order and columns, in another grid too.
func TestViewRoundTrip(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.Find("嘎查")
	g.SetFilters([]Filter{{Column: "pay", To: "5000"}})
	g.SortBy("born", Descending)
	g.see([]int{0, 3, 1, 2, 4, 5}, []bool{false, false, false, false, true, false})
	g.setWidth(3, 200)
	stored, err := json.Marshal(g.View())
	if err != nil {
		t.Fatal(err)
	}
	var v View
	if err := json.Unmarshal(stored, &v); err != nil {
		t.Fatal(err)
	}
	other, _ := open(t, people(), usual)
	other.SetView(v)
	want(t, "rows", names(other), []string{"单晓梅", "白音巴图"})
	want(t, "heads", heads(other), "姓名 月报酬 嘎查村 出生年月 备注")
	want(t, "columns", other.VisibleColumns(), []string{"name", "pay", "village", "born", "note"})
	want(t, "shown", other.Shown(), []string{"p2", "p1"})
	want(t, "width", other.wide(1), float32(200))
	want(t, "shows it", other.shows(v), true)
	other.SetView(View{})
	want(t, "all rows", len(other.shown), 4)
	want(t, "all columns", heads(other), "姓名 嘎查村 出生年月 月报酬 公民身份号码 备注")
}

// Ensure that a view older than the columns loses what is gone, shows what is
// new last, and cannot hide or move the name.
func TestViewOfOtherColumns(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SetView(View{Sort: "gone", Order: Ascending, Columns: []ViewColumn{{Name: "gone"}, {Name: "pay"}, {Name: "name", Hidden: true}, {Name: "born", Width: 5}}})
	want(t, "heads", heads(g), "姓名 月报酬 出生年月 嘎查村 公民身份号码 备注")
	column, order := g.Sorted()
	want(t, "sorted by", column, "")
	want(t, "order", order, Unsorted)
	want(t, "width", g.wide(2), float32(narrowest))
}

// Ensure that cells, heads, sorting and the cursor follow columns that are
// moved and hidden.
func TestColumnsMove(t *testing.T) {
	g, _ := open(t, people(), usual)
	click(g, 0, 0)
	g.stand(4)
	g.see([]int{0, 5, 4, 3, 2, 1}, []bool{false, false, false, false, true, false})
	want(t, "heads", heads(g), "姓名 备注 月报酬 出生年月 嘎查村")
	want(t, "cells", g.lineAt(0).texts[2].Text, "3200")
	_, column := g.Cell()
	want(t, "a hidden column has no cursor", column, "name")
	tapHead(g, 2)
	sorted, _ := g.Sorted()
	want(t, "sorted by", sorted, "pay")
}

// act does what an item of the menu of views does.
func act(t *testing.T, b *Bar, label string) {
	t.Helper()
	for _, item := range b.items() {
		if item.Label == label && !item.Disabled {
			item.Action()
			return
		}
	}
	t.Fatalf("no item %q", label)
}

// answer types a name into the open panel and presses Enter.
func answer(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	field, ok := w.Canvas().Focused().(*plain)
	if !ok {
		t.Fatal("nothing to type into")
	}
	test.Type(field, name)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// button returns the button of the topmost panel with a text.
func saying(w fyne.Window, text string) *button.Button {
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*button.Button); ok && b.Text == text {
			return b
		}
	}
	return nil
}

// Ensure that a view is saved under a name, chosen, noticed when changed,
// saved again, renamed and deleted, and that the host is told each time.
func TestBar(t *testing.T) {
	g, w := open(t, people(), usual)
	b := NewBar(g.Grid)
	var stored []View
	b.OnViews = func(v []View) { stored = v }
	g.SetFilters([]Filter{{Column: "village", Values: []string{"前进嘎查"}}})
	w.SetContent(container.NewBorder(b, nil, nil, nil, g.Grid))
	want(t, "no view", b.view.text.Text, "视图")
	act(t, b, "另存为…")
	answer(t, w, "前进")
	want(t, "stored", len(stored), 1)
	want(t, "named", b.view.text.Text, "视图：前进")
	g.sortBy(2)
	want(t, "changed", b.view.text.Text, "视图：前进（有改动）")
	act(t, b, "保存到“前进”")
	want(t, "saved", b.view.text.Text, "视图：前进")
	want(t, "with its order", stored[0].Sort, "born")
	act(t, b, "默认视图")
	want(t, "all", len(g.shown), 4)
	act(t, b, "前进")
	want(t, "chosen", len(g.shown), 2)
	act(t, b, "改名…")
	answer(t, w, "前进嘎查的人")
	want(t, "renamed", b.view.text.Text+stored[0].Name, "视图：前进嘎查的人前进嘎查的人")
	act(t, b, "删除…")
	test.Tap(saying(w, "删除视图“前进嘎查的人”"))
	want(t, "deleted", len(stored), 0)
	want(t, "none", b.view.text.Text, "视图")
}

// Ensure that whoever remembers what is seen hears of the name it is saved
// under, and of another name.
func TestTheNameOfAViewIsTold(t *testing.T) {
	g, w := open(t, people(), usual)
	b := NewBar(g.Grid)
	name := ""
	g.OnView = func() { name = g.View().Name }
	w.SetContent(container.NewBorder(b, nil, nil, nil, g.Grid))
	act(t, b, "另存为…")
	answer(t, w, "前进")
	want(t, "saved", name, "前进")
	act(t, b, "改名…")
	answer(t, w, "红旗")
	want(t, "renamed", name, "红旗")
	act(t, b, "删除…")
	test.Tap(saying(w, "删除视图“红旗”"))
	want(t, "deleted", name, "")
}

// Ensure that a view written by hand, which names no columns, is not taken for
// changed when it is shown.
func TestViewByHand(t *testing.T) {
	g, _ := open(t, people(), usual)
	b := NewBar(g.Grid)
	v := View{Name: "前进", Filters: []Filter{{Column: "village", Values: []string{"前进嘎查"}}}}
	b.SetViews([]View{v})
	b.choose(v)
	want(t, "named", b.view.text.Text, "视图：前进")
	g.unfilter()
	want(t, "changed", b.view.text.Text, "视图：前进（有改动）")
}

// Ensure that a view needs a name that no other has.
func TestViewNames(t *testing.T) {
	g, _ := open(t, people(), usual)
	b := NewBar(g.Grid)
	b.SetViews([]View{{Name: "书记"}})
	want(t, "empty", b.named("", -1), "请填写视图的名字。")
	want(t, "taken", b.named("书记", -1), "已经有视图“书记”，请换一个名字。")
	want(t, "its own", b.named("书记", 0), "")
	want(t, "free", b.named("妇联", -1), "")
}

// Ensure that the column chooser hides, moves and resets, tells of it, and
// leaves the name where it is.
func TestChooser(t *testing.T) {
	g, w := open(t, people(), usual)
	told := 0
	g.OnView = func() { told++ }
	c := newChooser(g.Grid, g.head)
	c.list.Refresh()
	line := func(at int) *placed {
		p := newPlace(g.text)
		c.draw(at, p)
		return p
	}
	test.Tap(line(0).tick)
	want(t, "the name stays", g.hidden[0], false)
	test.Tap(line(1).tick)
	want(t, "hidden", heads(g), "姓名 出生年月 月报酬 公民身份号码 备注")
	test.Tap(line(3).up)
	want(t, "up", heads(g), "姓名 月报酬 出生年月 公民身份号码 备注")
	test.Tap(line(3).down)
	want(t, "down", heads(g), "姓名 月报酬 公民身份号码 出生年月 备注")
	want(t, "not before the name", line(1).up.off, true)
	c.reset()
	want(t, "reset", heads(g), "姓名 嘎查村 出生年月 月报酬 公民身份号码 备注")
	want(t, "told", told, 4)
	want(t, "open", w.Canvas().Overlays().Top() != nil, true)
}
