package grid

import (
	"slices"
	"strings"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Proposal is one cell of a pasted block: what stands there and what would.
type Proposal struct {
	Change
	Old     string // as shown
	New     string // as shown; equal to Old where nothing would change
	Refused string // the sentence why it cannot be taken, empty if it can
	Hidden  bool   // Old and New look the same, for what differs is masked
}

// changes reports whether the cell would be another.
func (p *Proposal) changes() bool { return p.Refused == "" && (p.New != p.Old || p.Hidden) }

// Propose works out what a pasted block would change. read turns a text typed
// into a cell into the one shown, or says in a sentence why it cannot be
// taken; it is not asked about columns that cannot be edited.
func (g *Grid) Propose(b Block, read func(id, column, text string) (shown, refused string)) []Proposal {
	at := make(map[string]*Row, len(b.IDs))
	for _, id := range b.IDs {
		at[id] = nil
	}
	for i := range g.table.rows {
		if _, wanted := at[g.table.rows[i].ID]; wanted {
			at[g.table.rows[i].ID] = &g.table.rows[i]
		}
	}
	var out []Proposal
	for line, id := range b.IDs {
		row := at[id]
		for i, name := range b.Columns {
			column, text := index(g.columns, name), b.Texts[line][i]
			if row == nil || column < 0 {
				continue
			}
			p := Proposal{Change: Change{ID: id, Column: name, Text: text}, Old: row.cell(column)}
			switch {
			case oneLine(strings.TrimSpace(text)) == p.Old:
				p.New = p.Old
			case !g.editable(column):
				p.Refused = sayNotEditable(g.columns[column].Label)
			default:
				p.New, p.Refused = read(id, name, text)
			}
			out = append(out, p)
		}
	}
	return out
}

// Preview shows what a pasted block would change before it does, cell by cell:
// old → new, and the refused ones tinted, with their sentence.
type Preview struct {
	widget.BaseWidget

	proposals []Proposal
	grid      *Grid
	says      *canvas.Text
	only      *press
	narrowed  bool
	rows      []Row
}

// NewPreview makes the preview of proposals for a grid; beyond is how many
// pasted lines found no row.
func NewPreview(of *Grid, proposals []Proposal, beyond int) *Preview {
	p := &Preview{proposals: proposals}
	p.says = note("", false)
	p.only = newPress("", p.narrow)
	columns := previewColumns(of, proposals)
	p.rows = previewRows(of, columns, proposals)
	fitColumns(of, columns, p.rows)
	p.grid = New(columns)
	p.grid.Bare = true
	p.grid.SetRows(p.rows)
	p.tell(beyond)
	p.ExtendBaseWidget(p)
	return p
}

// Accepted returns the changes to make: those that are not refused and change
// anything.
func (p *Preview) Accepted() []Change {
	var out []Change
	for _, c := range p.proposals {
		if c.changes() {
			out = append(out, c.Change)
		}
	}
	return out
}

// Refused returns how many cells cannot be taken.
func (p *Preview) Refused() int {
	n := 0
	for _, c := range p.proposals {
		if c.Refused != "" {
			n++
		}
	}
	return n
}

// tell counts in one sentence.
func (p *Preview) tell(beyond int) {
	accepted := p.Accepted()
	rows := map[string]bool{}
	for _, c := range accepted {
		rows[c.ID] = true
	}
	refused := p.Refused()
	p.says.Text = sayPreview(len(accepted), len(rows), refused, len(p.proposals)-len(accepted)-refused, beyond)
	p.only.set(doOnlyRefused, false)
	p.only.Hidden = refused == 0
}

// narrow shows only the rows with a refused cell, or all again.
func (p *Preview) narrow() {
	p.narrowed = !p.narrowed
	rows, word := p.rows, doOnlyRefused
	if p.narrowed {
		word = doShowAll
		rows = slices.DeleteFunc(slices.Clone(rows), func(r Row) bool {
			for _, m := range r.Marks {
				if m.Tone == Refused {
					return false
				}
			}
			return true
		})
	}
	p.only.set(word, false)
	p.grid.SetRows(rows)
}

// CreateRenderer is for the toolkit.
func (p *Preview) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return widget.NewSimpleRenderer(container.NewBorder(row(p.only, p.says), nil, nil, nil, p.grid))
}

// previewColumns are the name and the columns pasted into, as texts.
func previewColumns(of *Grid, proposals []Proposal) []Column {
	columns := []Column{{Name: "", Label: of.columns[0].Label, Type: field.Text, Width: of.widths[0]}}
	for _, p := range proposals {
		if index(columns, p.Column) < 0 {
			label := of.columns[index(of.columns, p.Column)].Label
			columns = append(columns, Column{Name: p.Column, Label: label, Type: field.Text})
		}
	}
	return columns
}

func previewRows(of *Grid, columns []Column, proposals []Proposal) []Row {
	names := make(map[string]string, len(of.table.rows))
	for _, r := range of.table.rows {
		names[r.ID] = r.cell(0)
	}
	var rows []Row
	at := map[string]int{}
	for _, p := range proposals {
		i, ok := at[p.ID]
		if !ok {
			i = len(rows)
			at[p.ID] = i
			rows = append(rows, Row{ID: p.ID, Cells: make([]string, len(columns)), Marks: map[int]Mark{}})
			rows[i].Cells[0] = names[p.ID]
		}
		c := index(columns, p.Column)
		switch {
		case p.Refused != "":
			rows[i].Cells[c] = sayRefused(p.Text)
			rows[i].Marks[c] = Mark{Tone: Refused, Note: p.Refused}
		case p.changes():
			rows[i].Cells[c] = sayBecomes(p.Old, p.New)
			rows[i].Marks[c] = Mark{Tone: Changed}
		default:
			rows[i].Cells[c] = p.Old
		}
	}
	return rows
}

// fitColumns makes columns as wide as their texts, within reason.
func fitColumns(of *Grid, columns []Column, rows []Row) {
	for i := 1; i < len(columns); i++ {
		widest := columns[i].width()
		for _, r := range rows[:min(len(rows), inThread)] {
			widest = max(widest, (of.text.width(oneLine(r.Cells[i]))+2*of.look.Gap)/of.look.Scale+1)
		}
		columns[i].Width = min(widest, 20*of.look.Text)
	}
}
