package main

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// choosing walks through 选 and 备案: each room, a record of it with the list
// inside, and a step of each workflow.
func (g *guide) choosing() {
	for _, name := range []string{"survey", "conduct", "midterm", "lax", "hire", "away", "secondment", "nominee", "filing"} {
		g.room(name)
		g.shot(name)
	}
	g.inside("survey", "canvass", nil)
	g.inside("hire", "service", nil)
	g.inside("away", "promise", func(k *field.Kind, row field.Row) bool { return k.Value(row, "state") == record.AwayServing })
	g.inside("filing", "vetting", func(k *field.Kind, row field.Row) bool { return k.Value(row, "state") == record.FilingVetting })
	g.press("党委研究")
	g.shot("filing-step")
	g.press("放弃")
	g.exit()
	g.room(page.RoomFigures)
	on(g, func(p *page.FiguresPage) { p.Grid.Select("pool") })
	g.shot("figures")
	on(g, func(p *page.FiguresPage) { p.Grid.Select("cases") })
	g.shot("figures-classes")
	on(g, func(p *page.FiguresPage) { p.Grid.OnOpen("blank") })
	g.shot("figure-opened")
	g.room("rule")
	g.shot("rules")
	on(g, func(p *page.RulesPage) { p.Grid.OnOpen("conduct/6") })
	g.shot("rule-set")
	g.press("放弃")
}

// inside opens the first record of a kind that fits, at the list inside it.
func (g *guide) inside(kind, part string, fits func(*field.Kind, field.Row) bool) {
	g.room(kind)
	id := g.firstOf(kind, fits)
	g.do(func() { g.w.Desk().Record(kind, id) })
	g.shot(kind + "-record")
	on(g, func(x *page.Dossier) { x.Leaf(part) })
	g.shot(kind + "-" + part)
}

// exit takes a 书记 out of office: the lawful ways, and the step that ends all,
// with who could step in.
func (g *guide) exit() {
	post := g.secretaries()[1]
	g.room("post")
	g.do(func() { g.w.Desk().Record("post", post.ID) })
	g.press("退出程序")
	g.shot("exit-routes")
	g.keys(fyne.KeyEscape)
	g.do(func() { g.w.Desk().Record("person", post.Person) })
	g.press("去世、调离、退休")
	g.write("退休")
	g.keys(fyne.KeyTab)
	g.write("今天")
	g.keys(fyne.KeyTab)
	g.shot("depart")
	g.press("放弃")
	g.do(func() { g.w.Desk().Record("village", post.Village) })
	g.press("撤并")
	g.shot("village-merge")
	g.press("放弃")
}

// firstOf is the first record of a kind that fits.
func (g *guide) firstOf(kind string, fits func(*field.Kind, field.Row) bool) (id string) {
	must(g.w.Desk().DB.View(func(tx *store.Tx) error {
		k := tx.Kinds().Kind(kind)
		for row, err := range tx.Rows(kind) {
			if err != nil {
				return err
			}
			if fits == nil || fits(k, row) {
				id = row.ID
				return nil
			}
		}
		return nil
	}))
	return id
}
