package main

import (
	"touyan/store"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// bench shows what waits in the morning.
func (g *guide) bench() {
	g.room(page.RoomHome)
	g.shot("bench")
	g.room(page.RoomProblems)
	g.shot("problems")
}

// records shows one person and one village whole, and the steps with them.
func (g *guide) records() {
	g.room("person")
	on(g, func(l *page.List) { l.OpenRecord(g.secretaries()[0].Person) })
	g.shot("person-page")
	on(g, func(x *page.Dossier) { x.Focus() })
	for _, tab := range []string{"life", "posts", "pool", "dossier"} {
		g.keys(fyne.KeyRight)
		g.shot("person-" + tab)
	}
	on(g, func(x *page.Dossier) { x.Leaf("past") })
	g.shot("person-past")
	g.press("离任")
	g.shot("person-leaves")
	g.keys(fyne.KeyEscape)
	g.do(g.w.Desk().Close)
	g.do(func() { g.w.Desk().Record("village", g.secretaries()[0].Village) })
	g.shot("village-page")
	g.press("更换书记")
	g.shot("village-replaces")
	g.keys(fyne.KeyEscape)
	g.do(g.w.Desk().Close)
	g.room("person")
	g.press("新增")
	g.write("苏日娜")
	g.shot("person-new")
	g.keys(fyne.KeyEscape)
}

// term records an election of a whole team.
func (g *guide) term() {
	g.do(func() { g.w.Desk().ChangeTerm("") })
	g.shot("term-which")
	g.keys(fyne.KeyEscape)
	village := g.settled()
	g.do(func() { g.w.Desk().ChangeTerm(village) })
	g.shot("term")
	g.write("今天")
	g.keys(fyne.KeyTab)
	g.shot("term-dated")
	g.keys(fyne.KeyReturn)
	g.write(g.heir(village))
	g.keys(fyne.KeyReturn)
	g.shot("term-chosen")
	g.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	g.shot("term-done")
	g.do(g.w.Desk().Close)
}

// heir is the name of somebody in the pool of a village.
func (g *guide) heir(village string) (name string) {
	must(g.w.Desk().DB.View(func(tx *store.Tx) error {
		for r, err := range store.All[record.Reserve](tx) {
			if err != nil {
				return err
			}
			if r.Village == village && r.Left.IsZero() {
				name = tx.Name("person", r.Person)
			}
		}
		return nil
	}))
	return name
}

// settled is a village with one 书记 and somebody in the pool to follow.
func (g *guide) settled() string {
	count := map[string]int{}
	for _, p := range g.secretaries() {
		count[p.Village]++
	}
	for _, p := range g.secretaries() {
		if count[p.Village] == 1 && g.heir(p.Village) != "" {
			return p.Village
		}
	}
	return ""
}

// secretaries are the 书记 in office.
func (g *guide) secretaries() (found []*record.Post) {
	must(g.w.Desk().DB.View(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.To.IsZero() && p.Position == record.Secretary {
				found = append(found, p)
			}
		}
		return nil
	}))
	return found
}

// member is somebody in the 两委 who is no 书记: the dossiers of those are not
// filled yet.
func (g *guide) member() (person string) {
	must(g.w.Desk().DB.View(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.To.IsZero() && p.Position == record.PartyCommitteeMember {
				person = p.Person
				return nil
			}
		}
		return nil
	}))
	return person
}
