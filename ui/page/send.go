package page

import (
	"path/filepath"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// AskSend goes to where books are sent from.
func (d *Desk) AskSend() { d.Room(RoomSend) }

// Send is the page a book is sent from: at the left to whom, for which period
// and what, at the right what changed since that office was sent the last one,
// what is still to be looked at, and what came and went before. Its answers are
// those of an ordinary report; Enter writes it.
type Send struct {
	*sendLeaves

	desk    *Desk
	turn    int
	sending sending
	facts   sendFacts // as read last
	whats   []what

	to, period, what, copies, place *widget.Select
	village                         *opened
	lock, secret                    *widget.Check
	name                            *keyEntry
	note                            *fyne.Container // what the choices mean
	result                          *fyne.Container // the book just written
	fixed, buttons                  Buttons         // those always there, and all
	filling                         bool            // the fields are being filled in, nobody chose
	day                             field.Date      // on which they were
	periods                         []exchange.Period
	folders                         []place
	content                         fyne.CanvasObject
}

// sending is what is chosen; it outlives the page when that is made anew.
type sending struct {
	to           string // code; empty: nobody chose yet
	period       exchange.Period
	dated        bool   // the period was chosen for the addressee, and does not follow the calendar
	what         int    // index in whats
	village      string // id; empty: all
	copy         exchange.Copy
	copied       bool // the copy was chosen, and does not follow the addressee
	folder, name string
	locked       bool
	secret       bool // the book is to ask for a password
	named        bool // the name was typed, and does not follow the choices
	wrote        *written
}

// what is a part of the ledger that can be sent.
type what struct {
	label string // empty: all
	forms []*field.Form
}

// whatsOf lists what can be sent: all registers, each of them, each form.
func whatsOf(d *Desk) []what {
	all, err := exchange.Registers(d.DB.Kinds(), nil)
	if err != nil { // no name is asked for, so none is wrong
		return nil
	}
	out := []what{{"", all}}
	for _, f := range all {
		if f.Kind != "office" && !isPart(d.DB.Kinds().Kind(f.Kind)) {
			out = append(out, what{d.DB.Kinds().Kind(f.Kind).Label, []*field.Form{f}})
		}
	}
	for _, f := range record.Forms() {
		out = append(out, what{"《" + f.Title + "》", []*field.Form{f}})
	}
	return out
}

// copies are those offered, in the order of copyWords.
var copies = []exchange.Copy{exchange.Full, exchange.Upward, exchange.Public}

// NewSend makes the page.
func NewSend(d *Desk) *Send { return newSend(d, sending{}, 0) }

func newSend(d *Desk, was sending, leaf int) *Send {
	s := &Send{desk: d, sending: was, whats: whatsOf(d)}
	s.sendLeaves = newSendLeaves(d, leaf)
	s.to = newSelect(nil, func(string) { s.chose(func() { s.chooseTo() }) })
	s.period = newSelect(nil, func(string) {
		s.chose(func() { s.sending.period, s.sending.dated = s.periods[s.period.SelectedIndex()], true })
	})
	var names []string
	for _, w := range s.whats {
		names = append(names, sayWhat(w.label))
	}
	s.what = newSelect(names, func(string) { s.chose(func() { s.sending.what = s.what.SelectedIndex() }) })
	s.village = newOpened(s.askVillage)
	s.copies = newSelect(copyWords[:], func(string) {
		s.chose(func() { s.sending.copy, s.sending.copied = copies[s.copies.SelectedIndex()], true })
	})
	s.lock = widget.NewCheck(sayLock, func(on bool) { s.sending.locked = on })
	s.secret = widget.NewCheck(sayWithSecret, func(on bool) { s.sending.secret = on })
	s.place = newSelect(nil, func(string) {
		s.chose(func() { s.sending.folder = s.folders[s.place.SelectedIndex()].path })
	})
	s.name = newKeyEntry()
	s.name.OnChanged = func(text string) {
		if !s.filling {
			s.sending.name, s.sending.named = text, true
		}
	}
	s.name.OnSubmitted = func(string) { s.write() }
	s.note, s.result = container.NewVBox(), container.NewStack()
	s.fixed = buttons([]Choice{{Text: doElsewhere, Do: s.writeElsewhere}, {Text: doWriteBook, Main: true, Do: s.write}})
	s.fillFields()
	s.content = sheet(s.Title(), saySend, s.fixed, nil, s.body(), s.result)
	return s
}

// body stands the choices beside what they would do.
func (s *Send) body() fyne.CanvasObject {
	look := theme.Current()
	field := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		name := least(container.NewVBox(layout.NewSpacer(), words(label, look.Ink2, look.Text), layout.NewSpacer()), fyne.NewSize(sendLabel*look.Text, 0))
		return container.NewBorder(nil, nil, name, nil, o)
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Gap),
		field(labelOfTo(s.desk.DB.Office().Level), card(s.to)), field(labelPeriod, card(s.period)), field(labelWhat, card(s.what)), field(labelVillage, card(s.village)),
		field(labelCopy, card(s.copies)), field("", flush(s.lock)), field("", flush(s.secret)), field(labelPlace, card(s.place)), field(labelFileName, s.name),
		container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), s.note))
	padded := container.New(layout.NewCustomPaddedLayout(look.Margin, look.Margin, look.Margin, look.Margin), box)
	left := container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Margin), least(card(container.NewVScroll(padded)), fyne.NewSize(sendFields*look.Text, 0)))
	return container.NewBorder(nil, nil, left, nil, s.body2())
}

// How wide the choices are, and the labels before them, in characters.
const (
	sendFields = 31
	sendLabel  = 5
)

// Title is the room's name: a township reports, others send up and down.
func (s *Send) Title() string { return titleOfSend(s.desk.DB.Office().Level) }

// Content is the page.
func (s *Send) Content() fyne.CanvasObject { return s.content }

// Buttons are the page's actions.
func (s *Send) Buttons() Buttons { return s.buttons }

// Focus gives the name of the file the keyboard: Enter there writes the book.
func (s *Send) Focus() {
	s.desk.Window.Canvas().Focus(s.name)
	if s.day != field.DateAt(s.desk.DB.Now()) {
		s.Refresh() // the window stayed open overnight
	}
}

// Projects says that no value of a person stands here but names.
func (s *Send) Projects() {}

// Remake makes the page in another look.
func (s *Send) Remake() Page { return newSend(s.desk, s.sending, s.leaf) }

// Refresh reads anew what the book would tell.
func (s *Send) Refresh() {
	of := s.sending
	s.begin()
	read(s.desk, &s.turn, func(tx *store.Tx) (sendFacts, error) { return s.read(tx, of) }, func(f sendFacts) {
		s.facts = f
		s.sending.to = f.to.Code
		s.follow()
		s.fillFields()
		s.show(&f)
		s.relist()
	})
}

// chose follows a choice: the fields that hang on it, and what is read.
func (s *Send) chose(f func()) {
	if s.filling {
		return
	}
	f()
	s.fillFields()
	s.Refresh()
}

func (s *Send) chooseTo() {
	s.facts.to = s.facts.offices[s.to.SelectedIndex()]
	s.sending.to, s.sending.dated = s.facts.to.Code, false
	s.desk.Keep(RoomSend, keptTo, s.sending.to)
	s.follow()
}

// keptTo is what the office sent to last is remembered under.
const keptTo = "to"

// follow gives the choices nobody made what suits the addressee: a copy for
// ourselves is whole and of no period.
func (s *Send) follow() {
	own := s.sending.to == s.desk.DB.Office().Code
	if !s.sending.copied {
		s.sending.copy = exchange.Upward
		if own {
			s.sending.copy = exchange.Full
		}
	}
	if s.sending.dated {
		return
	}
	s.sending.period = exchange.Periods(field.DateAt(s.desk.DB.Now()))[0]
	if own {
		s.sending.period = ""
	}
}

// fillFields shows what is chosen.
func (s *Send) fillFields() {
	s.filling = true
	defer func() { s.filling = false }()
	s.to.Options = nil
	for _, o := range s.facts.offices {
		name := o.Name
		if o.Code == s.desk.DB.Office().Code {
			name = sayOwnMachine
		}
		s.to.Options = append(s.to.Options, name)
	}
	s.to.SetSelectedIndex(slices.IndexFunc(s.facts.offices, func(o store.Office) bool { return o.Code == s.sending.to }))
	s.fillPeriods()
	s.what.SetSelectedIndex(s.sending.what)
	s.village.show(s.villageName())
	s.copies.SetSelectedIndex(slices.Index(copies, s.sending.copy))
	s.lock.SetChecked(s.sending.locked)
	s.secret.SetChecked(s.sending.secret)
	s.fillPlaces()
	if !s.sending.named {
		s.sending.name = s.proposed()
	}
	s.name.SetText(s.sending.name)
	s.describe()
}

// fillPeriods shows the periods one may choose of, and none. One chosen earlier
// is among them though the calendar has moved on.
func (s *Send) fillPeriods() {
	s.day = field.DateAt(s.desk.DB.Now())
	s.periods = append(exchange.Periods(s.day), "")
	if !slices.Contains(s.periods, s.sending.period) {
		s.periods = append(s.periods, s.sending.period)
	}
	s.period.Options = nil
	for _, p := range s.periods {
		s.period.Options = append(s.period.Options, sayPeriodOf(p))
	}
	s.period.SetSelectedIndex(slices.Index(s.periods, s.sending.period))
}

// places are the folders offered: a memory stick first, if one is plugged in.
func (s *Send) places() []place {
	d := s.desk
	out := slices.DeleteFunc(d.places(), func(p place) bool { return p.name == placeLedger })
	slices.SortStableFunc(out, func(a, b place) int {
		switch one, other := isStick(a.path), isStick(b.path); {
		case one == other:
			return 0
		case one:
			return -1
		}
		return 1
	})
	if s.sending.folder != "" && !slices.ContainsFunc(out, func(p place) bool { return p.path == s.sending.folder }) {
		out = append([]place{{filepath.Base(s.sending.folder), s.sending.folder}}, out...)
	}
	return out
}

// fillPlaces shows the folders that are there now.
func (s *Send) fillPlaces() {
	list := s.places()
	at := slices.IndexFunc(list, func(p place) bool { return p.path == s.sending.folder })
	if at < 0 && len(list) > 0 {
		at = 0
		if start := s.desk.startFolder(); !isStick(list[0].path) && slices.ContainsFunc(list, func(p place) bool { return p.path == start }) {
			at = slices.IndexFunc(list, func(p place) bool { return p.path == start })
		}
		s.sending.folder = list[at].path
	}
	s.folders, s.place.Options = list, nil
	for _, p := range list {
		s.place.Options = append(s.place.Options, sayPlaceName(p))
	}
	s.place.SetSelectedIndex(at)
}

// proposed is the name of the file: whose, for whom, of which period and what.
func (s *Send) proposed() string {
	text := sayReportName(s.desk.DB.Office(), s.facts.to) + sayPeriodName(s.sending.period)
	if s.sending.to == s.desk.DB.Office().Code {
		text = sayCopyName
	}
	if s.sending.village != "" {
		text += s.villageName()
	}
	if label := s.whats[s.sending.what].label; label != "" {
		text += strings.Trim(label, "《》")
	}
	if s.sending.copy == exchange.Public {
		text += wordPublic
	}
	return strings.TrimSuffix(bookName(s.desk, text), bookEnding)
}

func (s *Send) villageName() string {
	for _, v := range s.facts.villages {
		if v.id == s.sending.village {
			return v.text
		}
	}
	return wordAllVillages
}

// askVillage asks for one village, or all.
func (s *Send) askVillage() {
	s.desk.pickFrom(labelVillage, append([]pickItem{{"", wordAllVillages, ""}}, s.facts.villages...), func(id string) {
		s.chose(func() { s.sending.village = id })
		s.desk.Window.Canvas().Focus(s.village)
	})
}

// describe says what the choices mean, where that is not plain.
func (s *Send) describe() {
	look := theme.Current()
	text := sayComesBack
	switch {
	case s.sending.copy == exchange.Public:
		text = sayPublicCopy
	case s.sending.village != "":
		text = sayOneVillage
	}
	s.note.Objects = []fyne.CanvasObject{sentences(text, sendFields*look.Text-3*look.Margin, look.Ink2)}
	s.note.Refresh()
}

// relist lists the buttons as they are now.
func (s *Send) relist() {
	s.buttons = append(append(Buttons{}, s.fixed...), s.chips...)
	if s.sending.wrote != nil {
		s.buttons = append(s.buttons, s.showResult()...)
	}
	s.content.Refresh() // the strip below takes another height
}
