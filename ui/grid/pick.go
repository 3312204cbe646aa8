package grid

// pick is the selection of a grid: positions among the shown rows. cursor is
// where the keys move from, anchor the fixed end when Shift extends; both are
// -1 while there is none.
type pick struct {
	chosen         []bool // shorter than the rows where the rest is not chosen
	count          int
	cursor, anchor int
}

func newPick() pick { return pick{cursor: -1, anchor: -1} }

func (p *pick) has(at int) bool { return at >= 0 && at < len(p.chosen) && p.chosen[at] }

func (p *pick) set(at int, chosen bool) {
	if p.has(at) == chosen {
		return
	}
	if missing := at + 1 - len(p.chosen); missing > 0 {
		p.chosen = append(p.chosen, make([]bool, missing)...)
	}
	p.chosen[at] = chosen
	if chosen {
		p.count++
	} else {
		p.count--
	}
}

func (p *pick) clear() {
	clear(p.chosen)
	p.count = 0
}

// none chooses nothing.
func (p *pick) none() {
	p.clear()
	p.cursor, p.anchor = -1, -1
}

// only chooses one row.
func (p *pick) only(at int) {
	p.clear()
	p.set(at, true)
	p.cursor, p.anchor = at, at
}

// toggle adds a row or takes it away.
func (p *pick) toggle(at int) {
	p.set(at, !p.has(at))
	p.cursor, p.anchor = at, at
}

// extend chooses from the anchor to a row; keep leaves what was chosen before.
func (p *pick) extend(to int, keep bool) {
	if p.anchor < 0 {
		p.anchor = max(p.cursor, 0)
	}
	if !keep {
		p.clear()
	}
	for i := min(p.anchor, to); i <= max(p.anchor, to); i++ {
		p.set(i, true)
	}
	p.cursor = to
}

// all chooses every one of n rows and leaves the cursor where it is.
func (p *pick) all(n int) {
	for i := n - 1; i >= 0; i-- { // from the end, so that room is made once
		p.set(i, true)
	}
}

// moved gives the pick among rows arranged anew: to maps an old position to
// the new one, -1 for what is no longer shown. What cannot be seen is not
// chosen.
func (p *pick) moved(to func(at int) int) pick {
	next := newPick()
	for at, chosen := range p.chosen {
		if !chosen {
			continue
		}
		if now := to(at); now >= 0 {
			next.set(now, true)
		}
	}
	if p.cursor >= 0 {
		next.cursor = to(p.cursor)
	}
	if p.anchor >= 0 {
		next.anchor = to(p.anchor)
	}
	return next
}
