package chart

import (
	"math"
	"strconv"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Goal is an item with what it would be if all was done.
type Goal struct {
	Item
	Of     float64 // the whole; the percentage is of it; 0 if there is none
	Target float64 // what is to be reached by now, marked across the bar; 0 for none
}

// Progress shows how much of each goal is done, one line each: label, filled
// share, text and percentage.
type Progress struct {
	ground

	goals []Goal
}

// NewProgress makes a chart of goals; where there are none it shows a sentence.
func NewProgress(goals []Goal, sentence string) *Progress {
	w := &Progress{goals: goals}
	w.lay(w, sentence)
	return w
}

// Set shows other goals.
func (w *Progress) Set(goals []Goal) {
	w.goals = goals
	w.renew()
}

// whole is what all is, 0 if nobody knows.
func (g Goal) whole() float64 {
	if !finite(g.Of) {
		return 0
	}
	return max(g.Of, 0)
}

// text is what is written of a goal: more than the whole is told as it is.
func (g Goal) text() string {
	const between = " · "
	percent := g.percent()
	if g.Text == "" || percent == "" {
		return g.Text + percent
	}
	return g.Text + between + percent
}

// percent is rounded as worksheets do, but is 100 only once all is done. Of
// nothing there is none.
func (g Goal) percent() string {
	whole := g.whole()
	if !g.known() || whole == 0 {
		return ""
	}
	n := math.Round(g.amount() * 100 / whole)
	if n >= 100 && g.amount() < whole {
		n = 99
	}
	return strconv.FormatFloat(n, 'f', 0, 64) + "%"
}

func (w *Progress) empty() bool { return len(w.goals) == 0 }

func (w *Progress) cells() []cell {
	var out []cell
	for i, goal := range w.goals {
		out = append(out, cell{i, 0, goal.Item})
	}
	return out
}

func (w *Progress) table(look *theme.Theme) *table {
	var lines []words
	for _, goal := range w.goals {
		lines = append(lines, words{goal.Label, goal.text()})
	}
	return newTable(look, lines)
}

func (w *Progress) least(look *theme.Theme, _ float32) fyne.Size { return w.table(look).least() }

func (w *Progress) draw(p *pen, size fyne.Size) {
	t, look := w.table(p.look), p.look
	for i, goal := range w.goals {
		line, room, unsaid := t.write(p, i, 0, size.Width)
		p.spot(i, 0, line, unsaid)
		bar := flat(room, look.Gap)
		p.area(look.Button, bar).CornerRadius = look.Bar / 2
		if done := share(goal.amount(), goal.whole()); done > 0 {
			p.bar(goal.Item, done, bar)
		}
		if goal.Target > 0 && goal.whole() > 0 {
			mark := flat(room, room.Height-2*look.Space)
			mark.X += share(goal.Target, goal.whole())*room.Width - look.Hairline
			mark.Width = look.Hairline
			p.area(look.Ink, mark)
		}
	}
}
