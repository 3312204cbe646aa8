package page

import (
	"slices"

	"fyne.io/fyne/v2"
)

// What the window asks of a page, as the page of a record answers it.

// Title is what people call the record.
func (x *Dossier) Title() string {
	if x.id == "" {
		return titleNew(x.kind.Label)
	}
	return x.name
}

// Content is the page.
func (x *Dossier) Content() fyne.CanvasObject { return x.content }

// Buttons are the steps that can be taken with the record.
func (x *Dossier) Buttons() Buttons {
	if x.dossier != nil && x.tabs.name() == leafDossier {
		return append(slices.Clone(x.buttons), x.dossier.buttons...)
	}
	if x.papers != nil && x.tabs.name() == leafPapers {
		return append(slices.Clone(x.buttons), x.papers.buttons...)
	}
	return x.buttons
}

// Find narrows the table that is shown, if one is.
func (x *Dossier) Find(text string) {
	if find := x.tabs.leaves[x.tabs.now].find; find != nil {
		find(text)
	}
}

// Leaf shows a tab by its name; a list inside the record by its kind.
func (x *Dossier) Leaf(name string) { x.tabs.to(name) }

// Focus gives the tabs the keyboard, and a new record its first field.
func (x *Dossier) Focus() {
	if x.id == "" {
		x.form.Focus("")
		return
	}
	x.tabs.focus()
}

// Remake makes the page in another look; what is typed stays in the form.
func (x *Dossier) Remake() Page {
	open := x.tabs.name()
	x.retake()
	if x.past != nil {
		x.past.remake()
	}
	if x.person != nil {
		x.person.remake()
	}
	if x.village != nil {
		x.village.remake()
		if x.desk.Projecting() {
			open = leafOverview
		}
	}
	if x.papers != nil {
		x.papers.remake()
	}
	if x.dossier != nil {
		x.dossier.remake()
	}
	for _, p := range x.parts {
		p.remake()
		p.Refresh()
	}
	x.form.Remask()
	x.build(open)
	if x.found != nil {
		x.fill(x.found)
	}
	return x
}

// Leave saves what is typed before the page is left. If it cannot be saved the
// page stays.
func (x *Dossier) Leave(then func()) {
	x.form.Leave()
	if x.saving {
		x.leaving = then
		return
	}
	x.tellKept()
	then()
}
