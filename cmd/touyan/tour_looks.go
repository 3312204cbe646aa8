package main

import (
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// looks shows the frame around all pages: what it finds, its keys and settings,
// the other sizes of type, a screen on a wall and a large one.
func (g *guide) looks() {
	g.room("person")
	g.search("")
	g.shot("find-open")
	g.search("byb")
	g.shot("find-person")
	g.search("hbl")
	g.shot("find-room")
	g.search("没有这样东西")
	g.shot("find-nothing")
	g.keys(fyne.KeyEscape)
	g.room(page.RoomKeys)
	g.shot("keys")
	g.room(page.RoomSettings)
	g.shot("settings")

	kept := page.KeptLook()
	for _, look := range []struct {
		name string
		look page.Look
	}{{"dense", page.Look{Density: theme.Dense}}, {"large", page.Look{Density: theme.Large}}, {"contrast", page.Look{Strong: true}}} {
		g.do(func() { g.w.Desk().Dress(look.look) })
		g.rooms(look.name)
	}
	g.do(func() { g.w.Desk().Dress(kept) })
	g.do(g.w.Desk().Wall)
	g.rooms("wall")
	g.do(g.w.Desk().Wall)
	g.resize(large)
	g.rooms("wide")
	g.resize(laptop)
}

// rooms shows those where most of the work is done.
func (g *guide) rooms(look string) {
	for _, name := range []string{page.RoomHome, "person", "village"} {
		g.room(name)
		g.shot(look + "-" + name)
	}
	g.room("person")
	on(g, func(l *page.List) { l.OpenRecord(l.Rows()[0]) })
	g.shot(look + "-one")
	g.do(g.w.Desk().Close)
}

// search types into the find box of the window.
func (g *guide) search(text string) { g.do(func() { g.w.Shell().Search(text) }) }
