package chart

// to is the press the arrow keys lead to, in the next row or column that has
// one; nil at the edge.
func (g *ground) to(from *press, rows, columns int) *press {
	return g.nearest(from.row, from.column, func(p *press) bool {
		if rows != 0 {
			return (p.row-from.row)*rows > 0
		}
		return p.row == from.row && (p.column-from.column)*columns > 0
	})
}

// nearest is the press nearest to a place among those that may be: rows count
// for more than columns.
func (g *ground) nearest(row, column int, may func(*press) bool) *press {
	var best *press
	for _, s := range g.spots {
		p, opens := s.(*press)
		if !opens || !may(p) {
			continue
		}
		if best == nil || closer(p.row-row, best.row-row) || p.row == best.row && closer(p.column-column, best.column-column) {
			best = p
		}
	}
	return best
}

func closer(a, b int) bool { return a*a < b*b }
