package page

import (
	"strings"

	"touyan/store/exchange"
	paper "touyan/store/sheet"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// writeTo asks what a book still needs, one thing after the other, and writes
// it: of a report on a period that was reported on before, why; of a copy for
// the wall, until when and where one objects; of a locked book, the password.
func (s *Send) writeTo(path string) {
	o := s.order(s.sending, s.facts.to)
	s.askCorrection(&o, func() {
		s.askNotice(&o, func() {
			s.askSecret(&o, func() { s.writeBook(path, o) })
		})
	})
}

func (s *Send) askCorrection(o *exchange.Order, then func()) {
	if s.facts.reported.Seq == 0 || !s.facts.whole || s.facts.nothing {
		then()
		return
	}
	s.desk.pickNumbered(titleCorrection(s.sending.period), sayCorrection(s.facts.reported.Sent.Version+1), correctionReasons[:], labelTypedWhy,
		func(_ int, why string) {
			o.Why = why
			then()
		}, nil)
}

// Under these names it is remembered what copies for the wall said last.
const (
	keptNoticeOffice = "notice.office"
	keptNoticePhone  = "notice.phone"
)

func (s *Send) askNotice(o *exchange.Order, then func()) {
	if o.Copy != exchange.Public {
		then()
		return
	}
	d, now := s.desk, s.desk.DB.Now()
	period, office, phone := newKeyEntry(), newKeyEntry(), newKeyEntry()
	period.SetText(sayNoticePeriod(now))
	office.SetText(d.Kept(RoomSend, keptNoticeOffice))
	if office.Text == "" {
		office.SetText(d.DB.Office().Name)
	}
	phone.SetText(d.Kept(RoomSend, keptNoticePhone))
	take := func() {
		d.Keep(RoomSend, keptNoticeOffice, strings.TrimSpace(office.Text))
		d.Keep(RoomSend, keptNoticePhone, strings.TrimSpace(phone.Text))
		o.Notice = &paper.Notice{Period: strings.TrimSpace(period.Text), Office: strings.TrimSpace(office.Text), Phone: strings.TrimSpace(phone.Text),
			Signed: sayNoticeSigned(d.DB.Office().Name, now)}
		then()
	}
	body := container.NewVBox(prose(sayNotice, theme.Current().Dialog),
		labelled(labelNoticePeriod, period), labelled(labelNoticeOffice, office), labelled(labelNoticePhone, phone))
	p := d.Show(titleNotice, body, narrow, Choice{Text: doCancel}, Choice{Text: doWriteBook, Main: true, Do: take})
	phone.OnSubmitted = func(string) { p.enter() }
	d.Window.Canvas().Focus(period)
}

func (s *Send) askSecret(o *exchange.Order, then func()) {
	if !s.sending.secret {
		then()
		return
	}
	d := s.desk
	first, again := entry.New(), entry.New()
	first.Password, again.Password = true, true
	take := func() {
		switch {
		case first.Text == "":
			d.Say(titleSecret, saySecretEmpty)
		case first.Text != again.Text:
			d.Say(titleSecret, saySecretDiffers)
		default:
			o.Secret = first.Text
			then()
		}
	}
	p := d.Show(titleSecret, container.NewVBox(prose(saySecret, theme.Current().Dialog), labelled(labelSecret, first), labelled(labelSecretAgain, again)), narrow,
		Choice{Text: doCancel}, Choice{Text: doWriteBook, Main: true, Do: take})
	first.OnSubmitted = func(string) { d.Window.Canvas().Focus(fyne.Focusable(again)) }
	again.OnSubmitted = func(string) { p.enter() }
	d.Window.Canvas().Focus(first)
}
