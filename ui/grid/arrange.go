package grid

// arrange sorts, searches and filters the latest rows and then shows them: at
// once if they are few, else as soon as that is done beside the UI thread.
// Until then the former rows stay, and the last call wins.
func (g *Grid) arrange() {
	g.turn++
	turn, t, w := g.turn, g.latest, g.wish()
	if len(t.rows) <= inThread || w.plain() {
		g.show(t, t.arrange(w))
		return
	}
	g.busy = true
	g.tell()
	g.beside(func() func() {
		shown := t.arrange(w)
		return func() {
			if turn == g.turn {
				g.show(t, shown)
			}
		}
	})
}

// wish is what a person wants to see of the rows.
func (g *Grid) wish() wish {
	return wish{query: g.query, filters: g.filters, column: g.column, order: g.order, today: g.Today}
}

// beside does long work beside the UI thread and what it returns on it.
func (g *Grid) beside(work func() func()) {
	g.work.Add(1)
	go func() {
		defer g.work.Done()
		g.post(work())
	}()
}

// show puts arranged rows on the screen and carries the selection over. Rows
// sorted or searched anew show the selected one, or the first; new rows leave
// the place scrolled to as it is, for they may come while a person reads.
func (g *Grid) show(t *table, shown []int32) {
	before, sameRows := g.pick.count, t == g.table
	next := newPick()
	if before > 0 || g.pick.cursor >= 0 {
		next = g.pick.moved(g.positions(t, shown))
	}
	g.table, g.shown, g.pick, g.busy = t, shown, next, false
	g.redraw()
	if next.cursor < 0 {
		g.leave()
	}
	if sameRows {
		g.reveal(max(g.pick.cursor, 0))
	}
	if next.count != before {
		g.selectionChanged()
	}
	if g.OnShow != nil {
		g.OnShow(len(t.rows), len(shown))
	}
}

// positions returns where a record will stand that stands at a place now, -1
// if it is no longer shown. Among the same rows they are counted, among others
// told by their ids.
func (g *Grid) positions(t *table, shown []int32) func(at int) int {
	if t == g.table {
		to := make([]int32, len(t.rows))
		for now, row := range shown {
			to[row] = int32(now) + 1
		}
		return func(at int) int {
			if at >= len(g.shown) {
				return -1
			}
			return int(to[g.shown[at]]) - 1
		}
	}
	was := map[string]bool{}
	note := func(at int) {
		if at >= 0 && at < len(g.shown) {
			was[g.row(at).ID] = true
		}
	}
	for at, chosen := range g.pick.chosen {
		if chosen {
			note(at)
		}
	}
	note(g.pick.cursor)
	note(g.pick.anchor)
	to := make(map[string]int, len(was))
	for now, row := range shown {
		if id := t.rows[row].ID; was[id] {
			to[id] = now
		}
	}
	former, table := g.shown, g.table
	return func(at int) int {
		if at < len(former) {
			if now, ok := to[table.rows[former[at]].ID]; ok {
				return now
			}
		}
		return -1
	}
}

// redraw draws all visible rows anew, and what is around them.
func (g *Grid) redraw() {
	g.scroll.Refresh() // which refreshes the body
	g.head.place()
	g.tell()
}

// scrolled follows the scroller.
func (g *Grid) scrolled() {
	g.tip.hide()
	g.head.place()
	g.body.fill(false)
}

// tell writes the footer, and the sentence where there is nothing to show.
func (g *Grid) tell() {
	all, shown, selected := g.Counts()
	text := sayCount(all)
	switch {
	case g.busy:
		text = sayBusy
	case !g.filled:
		text = ""
	case len(g.filters) > 0:
		text = sayFiltered(shown, all)
	case shown < all:
		text = sayFound(shown, all)
	}
	if selected > 0 && !g.busy {
		text += saySelected(selected)
	}
	if g.edit != nil {
		text = g.edit.say(g)
	}
	ink := g.look.Ink2
	if g.edit != nil && g.edit.why != "" {
		ink = g.look.Bad
	}
	if g.foot.Text != text || g.foot.Color != ink {
		g.foot.Text, g.foot.Color = text, ink
		g.foot.Refresh()
	}
	g.tellEmpty(all, shown)
}

// tellEmpty says why nothing is shown, and offers the way out.
func (g *Grid) tellEmpty(all, shown int) {
	if !g.filled || g.busy || shown > 0 {
		g.nobody.Hide()
		return
	}
	v := g.empty
	switch {
	case all > 0 && len(g.filters) > 0:
		v = vacancy{sayNoneFit, doClearAll, g.unfilter}
	case all > 0:
		v = vacancy{sayNotFound(g.query), "", nil}
	}
	g.says.Text = v.sentence
	g.remedy.OnTapped = v.do
	g.remedy.Hidden = v.do == nil
	g.remedy.SetText(v.action)
	g.nobody.Show()
	g.nobody.Refresh()
}
