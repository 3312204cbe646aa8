package page

import "touyan/store/field"

// personal are the fields that no wall should show, beside those that are
// private or of a class anyway. They are called so in every kind.
var personal = map[string]bool{
	"birth": true, "joined": true, "former": true, "affirmed": true, "native": true, "birthplace": true, "health": true, "started": true, "domicile": true, "residence": true,
	"workplace": true, "school": true, "later_school": true, "honours": true, "appraisals": true, "income": true, "note": true,
}

const veiled = "••••"

// Veiled reports whether a field is hidden while the screen is on a wall.
func Veiled(f *field.Field) bool {
	return f.Private || f.Class != field.Ordinary || f.Type == field.IDNumber || f.Type == field.Phone || personal[f.Name]
}

// veil is how much of what is personal the screen may show.
type veil struct {
	wall    bool // others look on
	numbers bool // identity and phone numbers are shown for the session
}

// veil is that of now. It may be asked from beside the UI thread.
func (d *Desk) veil() veil {
	wall := d.Projecting()
	return veil{wall: wall, numbers: d.ShowsNumbers() && !wall}
}

// bares reports a private field whose values are shown for the session.
func (v veil) bares(f *field.Field) bool {
	return v.numbers && f.Class == field.Ordinary && (f.Type == field.IDNumber || f.Type == field.Phone)
}

func (d *Desk) bares(f *field.Field) bool { return d.veil().bares(f) }

// show is a value as the screen may show it: private ones masked, and on a
// wall all that is personal hidden whole.
func (v veil) show(f *field.Field, canonical string) string {
	switch {
	case v.wall && canonical != "" && Veiled(f):
		return veiled
	case v.bares(f):
		return f.Show(canonical)
	}
	return f.Mask(canonical)
}

// past is show for a value of the journal, whose words are at hand and whose
// field may be one this program does not know. What is of a class is hidden.
func (v veil) past(f *field.Field, canonical, text string) string {
	switch {
	case f == nil || canonical == "":
		return text
	case f.Class != field.Ordinary || v.wall && Veiled(f):
		return veiled
	case f.Private && !v.bares(f):
		return f.Mask(canonical)
	}
	return text
}

// beside is past for values in words alone, of which no part can be told.
func (v veil) beside(f *field.Field, texts []string) []string {
	if f == nil || v.bares(f) || !f.Private && f.Class == field.Ordinary {
		return texts
	}
	return []string{veiled}
}

// Shown is a value as the screen may show it now. It may be asked from beside
// the UI thread.
func (d *Desk) Shown(f *field.Field, canonical string) string { return d.veil().show(f, canonical) }

// ShowsNumbers reports whether identity and phone numbers are shown until the
// ledger is locked or closed. A wall never shows them. It may be asked from
// beside the UI thread.
func (d *Desk) ShowsNumbers() bool { return d.numbers.Load() }

// ShowNumbers shows them, which the journal tells, or masks them again. The
// window then remakes its pages. It reports whether that changes anything.
func (d *Desk) ShowNumbers(on bool) bool {
	if d.numbers.Swap(on) == on {
		return false
	}
	if on {
		d.noteEvent(opShowNumbers, "")
	}
	return true
}

// noteRevealed journals that what is private of a record was shown, once for
// each record until the ledger is locked.
func (d *Desk) noteRevealed(kind *field.Kind, id, name string) {
	key := kind.Name + "/" + id
	if id == "" || d.revealed[key] || d.ShowsNumbers() {
		return
	}
	if d.revealed == nil {
		d.revealed = map[string]bool{}
	}
	d.revealed[key] = true
	d.noteDetail(opReveal, kind.Label, name)
}

// Conceal masks what was shown for the session, which ends.
func (d *Desk) Conceal() bool {
	d.revealed = nil
	return d.ShowNumbers(false)
}

// Projecting reports whether the screen is on a wall, where nothing personal
// may be read. It may be asked from beside the UI thread.
func (d *Desk) Projecting() bool { return d.projecting.Load() }

// Project hides what is personal, or shows it again. The window then remakes
// its pages. Panels that wait for an answer step aside meanwhile: they cannot
// be made anew without losing what was typed.
func (d *Desk) Project(on bool) {
	if d.projecting.Swap(on) == on {
		return
	}
	for _, p := range d.panels {
		switch {
		case on && !p.aside:
			p.aside = true
			p.pop.Hide()
		case !on && p.aside:
			p.aside = false
			p.pop.Show()
		}
	}
}
