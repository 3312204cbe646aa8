package page

import (
	"crypto/sha256"
	"regexp"
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

// Copied notes what was put into the clipboard, by its digest alone.
// That a number of somebody was copied is in the journal; it stays there for a
// minute.
func (d *Desk) Copied(text string) {
	d.copied, d.copiedAt = sha256.Sum256([]byte(text)), time.Time{}
	if telling.MatchString(strings.ReplaceAll(text, " ", "")) {
		d.copiedAt = d.DB.Now()
		d.noteEvent(opCopied, "")
	}
}

// telling is a number that tells who somebody is or where to reach him: that of
// an identity card, a bank card or a mobile phone.
var telling = regexp.MustCompile(`[0-9]{11}`)

// clipStays is how long such a number stays in the clipboard. 默认值.
const clipStays = time.Minute

// ForgetOld empties the clipboard of a number that has been there long enough,
// or since before the clock was turned back.
func (d *Desk) ForgetOld() {
	if d.copiedAt.IsZero() {
		return
	}
	if age := d.DB.Now().Sub(d.copiedAt); age >= clipStays || age < 0 {
		d.copiedAt = time.Time{}
		d.Forget()
	}
}

// Forget empties the clipboard if what lies in it was put there from here.
func (d *Desk) Forget() {
	clip := fyne.CurrentApp().Clipboard()
	if text := clip.Content(); text != "" && sha256.Sum256([]byte(text)) == d.copied {
		clip.SetContent("")
	}
}
