package ui

import (
	"touyan/ui/page"
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// digits are the keys of the rooms one goes to most: see page.Keyed.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// shortcuts gives the window its keys. None of them is a letter alone, which
// would belong to the input method. A question over the page is answered first.
// The canvas keeps the keys when the ledger is closed; they do nothing then.
func (s *Shell) shortcuts(c fyne.Canvas) {
	add := func(k fyne.Shortcut, do func()) {
		s.pressed.AddShortcut(k, func(fyne.Shortcut) {
			if !s.left && !s.desk.Covered() && s.desk.Panel() == nil {
				do()
			}
		})
		c.AddShortcut(k, s.pressed.TypedShortcut)
	}
	ctrl := func(key fyne.KeyName, do func()) {
		add(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, do)
	}
	ctrl(fyne.KeyK, s.search)
	ctrl(fyne.KeyF, s.filter)
	ctrl(fyne.KeyN, func() { s.press(page.DoNew) })
	ctrl(fyne.KeyP, func() { s.press(page.DoPrint) })
	ctrl(fyne.KeyZ, s.askBack)
	add(&fyne.ShortcutUndo{}, s.askBack)
	add(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}, s.back)
	c.AddShortcut(&screen.Copied{}, func(k fyne.Shortcut) {
		if copied, is := k.(*screen.Copied); is {
			s.desk.Copied(copied.Text)
		}
	})
	lock := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}
	s.pressed.AddShortcut(lock, func(fyne.Shortcut) { // also over a question
		if !s.left && s.desk.Lock != nil {
			s.desk.Lock()
		}
	})
	c.AddShortcut(lock, s.pressed.TypedShortcut)
	var names []string
	for _, d := range s.side.doors {
		names = append(names, d.room.Name)
	}
	for i, name := range page.Keyed(names, len(digits)) {
		ctrl(digits[i], func() { s.Show(name) })
	}
}

// key is a function key nothing else had a use for.
func (s *Shell) key(e *fyne.KeyEvent) bool {
	switch {
	case e.Name == page.KeyWall:
		s.wall()
	case s.desk.Panel() != nil:
		return false
	case e.Name == fyne.KeyF1:
		s.Show(page.RoomKeys)
	case e.Name == fyne.KeyF6:
		s.hop()
	case e.Name == fyne.KeyEscape && s.settles():
		s.back()
	default:
		return false
	}
	return true
}

// settles reports a page over a room that saves what is typed when it is left:
// one may leave it by Escape.
func (s *Shell) settles() bool {
	_, leaves := s.Page().(page.Leaver)
	return leaves && len(s.over) > 0
}

// hop moves the keyboard from the page to the rooms, and from there back.
func (s *Shell) hop() {
	c := s.desk.Window.Canvas()
	if _, inside := c.Focused().(*door); inside {
		s.focus()
		return
	}
	for _, d := range s.side.doors {
		if d.open {
			c.Focus(d)
		}
	}
}

// filter gives the page's own find box the keyboard.
func (s *Shell) filter() {
	if f, has := s.Page().(page.Filterer); has && !s.covered() {
		f.FocusFind()
	}
}

// press presses a button of the page, if it has one that begins so.
func (s *Shell) press(text string) {
	if !s.covered() {
		s.Page().Buttons().Press(text)
	}
}

// passKey hands a key that a widget has no use for to the window.
func passKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := screen.Of(from); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}
