package main

import (
	"os"
	"path/filepath"

	"touyan/ui/grid"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// The windows of the tour fill the screens of the laptops in the offices, and
// of the larger ones on some desks.
var (
	laptop = fyne.NewSize(1366, 768)
	large  = fyne.NewSize(1920, 1080)
)

// tour visits every screen there is, in the order a clerk meets them.
func (g *guide) tour() {
	dir, err := os.MkdirTemp("", "touyan-tour-")
	must(err)
	defer os.RemoveAll(dir)
	must(furnish(dir))
	g.start(filepath.Join(dir, "去年的台账.touyan"))
	g.bench()
	g.lists()
	g.records()
	g.choosing()
	g.papers(filepath.Join(dir, onDesk))
	g.roster(filepath.Join(dir, onDesk, "前进苏木花名册.xlsx"))
	g.merge(filepath.Join(dir, "文档"))
	g.term()
	g.out()
	g.blank(filepath.Join(dir, "文档"))
	g.undo()
	g.looks()
	g.doors()
	g.trust()
	g.torn()
	g.rescue()
	g.county(filepath.Join(dir, "下载"))
}

const onDesk = "桌面" // the folder of what is at hand

// furnish makes the home of somebody who works here: the folders that are
// shown where a file is chosen.
func furnish(home string) error {
	for _, name := range []string{onDesk, "文档", "下载", filepath.Join(onDesk, "2025年换届材料"), filepath.Join(onDesk, "上级文件")} {
		if err := os.MkdirAll(filepath.Join(home, name), 0o755); err != nil {
			return err
		}
	}
	return os.Setenv("HOME", home)
}

// start shows what is asked without a ledger, and what is said of one that is
// not there; then it opens the right one.
func (g *guide) start(missing string) {
	g.resize(laptop)
	g.shot("start")
	g.do(func() { g.w.Open(missing) })
	g.shot("start-missing")
	g.do(func() { g.w.Open(g.ledger) })
}

func (g *guide) lists() {
	g.room("person")
	g.shot("people")
	on(g, func(l *page.List) { l.Grid.SortBy("birth", grid.Descending) })
	g.shot("people-sorted")
	g.do(func() { g.w.Shell().Find("byb") })
	g.shot("people-found")
	g.do(func() { g.w.Shell().Find("没有这个人") })
	g.shot("people-not-found")
	g.do(func() { g.w.Shell().Find("") })
	on(g, func(l *page.List) { l.Grid.SortBy("", grid.Unsorted) })
	for _, name := range []string{"village", "post", "reserve"} {
		g.room(name)
		g.shot(name)
	}
	g.room("custom")
	g.shot("custom")
	g.press("新增")
	g.write("是否持证")
	g.shot("custom-new")
	g.keys(fyne.KeyEscape)
	g.room(page.RoomConflicts)
	g.shot("conflicts-none")
}

// roster takes a roster in that has mistakes.
func (g *guide) roster(path string) {
	must(writeRoster(g.w.Desk().DB, path))
	g.room("person")
	g.do(func() { g.w.Shell().Receive(path) })
	on(g, func(w *page.Wizard) { w.Grid.Focus() })
	g.shot("import-preview")
	on(g, func(w *page.Wizard) { w.Grid.Select(w.Grid.Shown()[2]) })
	g.shot("import-problem")
	g.press("另存有问题的行")
	g.shot("import-save-bad")
	g.press("取消")
	g.press("全部改好后接受")
	g.shot("import-mend")
	g.write("群")
	g.shot("import-mend-typed")
	g.keys(fyne.KeyReturn)
	g.shot("import-mend-next")
	g.keys(fyne.KeyEscape)
	g.press("接受无误的")
	g.shot("imported")
}

// merge takes back a book that another office changed, while this one changed
// the same cells.
func (g *guide) merge(dir string) {
	book, err := returned(g.w.Desk().DB, dir)
	must(err)
	g.do(func() { g.w.Shell().Receive(book) })
	g.shot("merge-decide")
	g.keys(fyne.Key2)
	g.shot("merge-reason")
	g.keys(fyne.Key1, fyne.Key1, fyne.Key1, fyne.Key3)
	g.write("15400009999")
	g.shot("merge-third-value")
	g.keys(fyne.KeyReturn, fyne.Key2)
	g.shot("merge-decided")
	g.press("1 看变化")
	g.shot("merge-changes")
	g.press("2 裁定")
	g.press("合并")
	g.shot("merged")
	g.room(page.RoomConflicts)
	g.shot("conflicts")
	g.keys(fyne.Key1)
	g.shot("conflict-reason")
	g.keys(fyne.Key1)
	g.shot("conflict-chosen")
	g.press("裁定")
	g.shot("conflict-decided")
	g.link("撤销")
	g.shot("decision-undone")
}

// out sends and prints.
func (g *guide) out() {
	g.room("post")
	g.press("打印")
	g.shot("print-menu")
	g.do(func() {
		menus := g.w.Desk().Window.Canvas().Overlays()
		menus.Remove(menus.Top())
	})
	g.room("person")
	g.press("上报")
	g.shot("send")
	g.press("待核")
	g.shot("send-problems")
	g.press("另选位置")
	g.shot("send-to")
	g.press("取消")
	g.press("上报数")
	g.shot("send-figures")
	g.press("写出工作簿")
	g.shot("send-written")
	g.press("写附件包")
	g.shot("send-packed")
	g.press("关闭")
}

func (g *guide) undo() {
	g.room(page.RoomBatches)
	on(g, func(b *page.Batches) { b.Grid.Select(b.Rows()[1]) }) // the first was sent
	g.shot("batches")
	g.press("看这一批")
	g.shot("batch")
	g.press("撤销这一批")
	g.shot("batch-undo")
	g.press("撤销")
	g.shot("batch-undone")
}
