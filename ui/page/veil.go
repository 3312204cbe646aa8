package page

import "touyan/store/field"

// personal are the fields that no wall should show, beside those that are
// private or of a class anyway. They are called so in every kind.
var personal = map[string]bool{
	"birth": true, "joined": true, "former": true, "affirmed": true, "native": true, "domicile": true, "residence": true,
	"workplace": true, "school": true, "later_school": true, "honours": true, "appraisals": true, "income": true, "note": true,
}

const veiled = "••••"

// Veiled reports whether a field is hidden while the screen is on a wall.
func Veiled(f *field.Field) bool {
	return f.Private || f.Class != field.Ordinary || f.Type == field.IDNumber || f.Type == field.Phone || personal[f.Name]
}

// shown is a value as the screen may show it: private ones masked, and on a
// wall all that is personal hidden whole.
func shown(f *field.Field, canonical string, wall bool) string {
	if wall && canonical != "" && Veiled(f) {
		return veiled
	}
	return f.Mask(canonical)
}

// Shown is a value as the screen may show it now. It may be asked from beside
// the UI thread.
func (d *Desk) Shown(f *field.Field, canonical string) string {
	return shown(f, canonical, d.Projecting())
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
