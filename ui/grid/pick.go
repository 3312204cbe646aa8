package grid

// pick is the selection of a grid: positions among the shown rows. cursor is
// where the keys move from, anchor the fixed end when Shift extends; both are
// -1 while there is none.
type pick struct {
	chosen         map[int]bool
	cursor, anchor int
}

func newPick() pick { return pick{chosen: map[int]bool{}, cursor: -1, anchor: -1} }

func (p *pick) none() { *p = newPick() }

// only chooses one row.
func (p *pick) only(at int) {
	p.chosen = map[int]bool{at: true}
	p.cursor, p.anchor = at, at
}

// toggle adds a row or takes it away.
func (p *pick) toggle(at int) {
	if p.chosen[at] {
		delete(p.chosen, at)
	} else {
		p.chosen[at] = true
	}
	p.cursor, p.anchor = at, at
}

// extend chooses from the anchor to a row; keep leaves what was chosen before.
func (p *pick) extend(to int, keep bool) {
	if p.anchor < 0 {
		p.anchor = max(p.cursor, 0)
	}
	if !keep {
		p.chosen = map[int]bool{}
	}
	for i := min(p.anchor, to); i <= max(p.anchor, to); i++ {
		p.chosen[i] = true
	}
	p.cursor = to
}

// all chooses every one of n rows and leaves the cursor where it is.
func (p *pick) all(n int) {
	for i := range n {
		p.chosen[i] = true
	}
}

// moved gives the pick among rows arranged anew: to maps an old position to
// the new one, and has none for what is no longer shown. What cannot be seen
// is not chosen.
func (p *pick) moved(to map[int]int) pick {
	next := newPick()
	for at := range p.chosen {
		if now, ok := to[at]; ok {
			next.chosen[now] = true
		}
	}
	if now, ok := to[p.cursor]; ok {
		next.cursor = now
	}
	if now, ok := to[p.anchor]; ok {
		next.anchor = now
	}
	return next
}
