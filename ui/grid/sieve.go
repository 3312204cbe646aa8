package grid

import (
	"slices"

	"touyan/ui/find"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// mostValues is how many texts of a column are in sight at once.
const mostValues = 9

// sieve is the panel in which a column is filtered: its texts, to be ticked,
// and for numbers, money, dates and ages a range. What is done in it is done
// at once. Nothing ticked means that the column is not filtered by its texts,
// and neither is it with everything ticked.
type sieve struct {
	g      *Grid
	column int
	popup  *widget.PopUp

	find   *plain
	says   *canvas.Text // how many texts there are, or are ticked
	list   *widget.List
	all    []choice
	reader *find.Reader
	words  []find.Word // of the texts
	found  []int       // of all, those in the list
	ticked map[string]bool
	at     int // where the keys stand in the list, -1 for nowhere
	ranges []*span
}

// sieve opens the filter of a column below its head. It returns nil where the
// grid is in no window, or a cell holds what cannot be taken.
func (g *Grid) sieve(column int) *sieve {
	if !g.Settle() {
		return nil
	}
	place := g.place(column)
	g.revealColumn(place)
	s := &sieve{g: g, column: column, ticked: map[string]bool{}, at: -1}
	for _, f := range g.filters {
		if f.Column == g.columns[column].Name {
			for _, v := range f.Values {
				s.ticked[v] = true
			}
		}
	}
	s.popup = drop(s.content(), g.head, fyne.NewPos(g.at(place)-g.scroll.Offset.X, g.look.Row))
	if s.popup == nil {
		return nil
	}
	s.popup.Canvas.Focus(s.find)
	s.load()
	return s
}

func (s *sieve) content() fyne.CanvasObject {
	g, look := s.g, s.g.look
	c := g.columns[s.column]
	width := sieveWidth(look)
	s.find = newPlain()
	s.find.PlaceHolder = sayFindValues
	s.find.OnChanged = func(string) { s.narrow() }
	s.find.take = s.key
	s.says = note(sayBusy, false)
	s.list = widget.NewList(func() int { return len(s.found) },
		func() fyne.CanvasObject { return newTick(g.text) }, s.draw)
	s.list.HideSeparators = true
	all := newPress(doAll, func() { s.tickFound(true) })
	none := newPress(doNone, func() { s.tickFound(false) })
	line := newTick(g.text).MinSize().Height + look.Space

	box := container.NewVBox(row(s.says, note(c.Label, true)))
	if c.ranged() {
		s.ranges = append(s.ranges, newSpan(s, false))
		if c.Birth {
			s.ranges = append(s.ranges, newSpan(s, true))
		}
		for _, r := range s.ranges {
			box.Add(r.content(width))
		}
	}
	box.Add(sized(s.find, width, s.find.MinSize().Height))
	box.Add(sized(s.list, width, float32(s.lines(line))*line))
	box.Add(row(newPress(doClose, s.close), all, none))
	return box
}

func sieveWidth(look *theme.Theme) float32 { return 20 * look.Text }

// lines is how many texts are in sight: fewer in a low window.
func (s *sieve) lines(height float32) int {
	window := screen.Of(s.g.head)
	if window == nil {
		return mostValues
	}
	rest := 6 + 3*len(s.ranges) // what stands above and below, in lines
	return min(max(int(window.Size().Height/height)-rest, 3), mostValues)
}

func (s *sieve) close() {
	s.popup.Hide()
	s.g.Focus()
}

// load works out the texts of the column, of many rows beside the UI thread.
func (s *sieve) load() {
	t, w := s.g.table, s.g.wish()
	work := func() func() {
		all := t.choices(s.column, w)
		words, reader := make([]find.Word, len(all)), find.NewReader()
		for i, c := range all {
			words[i] = reader.Word(sayValue(c.text))
		}
		return func() {
			s.all, s.words, s.reader = all, words, reader
			s.narrow()
		}
	}
	if len(t.rows) <= inThread {
		work()()
		return
	}
	s.g.beside(work)
}

// narrow lists the texts that are found.
func (s *sieve) narrow() {
	parts := find.Parse(s.find.Text)
	s.found, s.at = s.found[:0], -1
	for i := range s.all {
		missing := func(p find.Part) bool { return !s.reader.Matches(s.words[i], p) }
		if !slices.ContainsFunc(parts, missing) {
			s.found = append(s.found, i)
		}
	}
	if len(parts) > 0 && len(s.found) > 0 {
		s.at = 0 // Enter ticks what was looked for
	}
	s.list.ScrollToTop()
	s.tell()
}

// tell draws the list anew, and says how much there is or is ticked.
func (s *sieve) tell() {
	switch {
	case len(s.found) == 0 && len(s.all) > 0:
		s.says.Text = sayNoValue
	case len(s.ticked) > 0:
		s.says.Text = sayTicked(len(s.ticked))
	default:
		s.says.Text = sayValueCount(len(s.all))
	}
	s.says.Refresh()
	s.list.Refresh()
}

func (s *sieve) draw(id widget.ListItemID, o fyne.CanvasObject) {
	t, c := o.(*tick), s.all[s.found[id]]
	t.lit = id == s.at
	t.set(sayValue(c.text), sayRows(c.count), s.ticked[c.text], func() {
		s.tick(id)
	})
}

// tick takes a text of the list in or out.
func (s *sieve) tick(id int) {
	text := s.all[s.found[id]].text
	if s.ticked[text] {
		delete(s.ticked, text)
	} else {
		s.ticked[text] = true
	}
	s.apply()
}

// tickFound takes all texts of the list in or out.
func (s *sieve) tickFound(in bool) {
	for _, i := range s.found {
		if in {
			s.ticked[s.all[i].text] = true
		} else {
			delete(s.ticked, s.all[i].text)
		}
	}
	s.apply()
}

// apply filters by what is ticked, in the order of the list.
func (s *sieve) apply() {
	name := s.g.columns[s.column].Name
	f := Filter{Column: name}
	if len(s.ticked) < len(s.all) {
		for _, c := range s.all {
			if s.ticked[c.text] {
				f.Values = append(f.Values, c.text)
			}
		}
	}
	s.g.filter(Filter{Column: name, Values: []string{""}}, f)
	s.tell()
}

// key moves in the list from the find box: arrows, Enter to tick, Escape to
// close. After Enter the next text can be looked for at once.
func (s *sieve) key(key fyne.KeyName, _ bool) bool {
	switch key {
	case fyne.KeyEscape:
		s.close()
	case fyne.KeyDown:
		s.stand(s.at + 1)
	case fyne.KeyUp:
		s.stand(s.at - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.at < 0 {
			s.close()
			return true
		}
		s.tick(s.at)
		if s.find.Text != "" {
			s.find.SetText("")
		}
	default:
		return false
	}
	return true
}

func (s *sieve) stand(at int) {
	if len(s.found) == 0 {
		return
	}
	s.at = min(max(at, 0), len(s.found)-1)
	s.list.ScrollTo(s.at)
	s.list.Refresh()
}

// span is a line of the sieve: from one value to another.
type span struct {
	s        *sieve
	age      bool
	from, to *plain
	wrong    *fyne.Container // lines that say what is wrong
}

func newSpan(s *sieve, age bool) *span {
	r := &span{s: s, age: age, from: newPlain(), to: newPlain(), wrong: container.NewVBox()}
	r.wrong.Hide()
	for _, f := range s.g.filters {
		if f.same(r.filter("", "")) {
			r.from.Text, r.to.Text = f.From, f.To
		}
	}
	for _, e := range []*plain{r.from, r.to} {
		e.left = r.apply
		e.take = func(key fyne.KeyName, _ bool) bool {
			switch key {
			case fyne.KeyEscape:
				s.close()
			case fyne.KeyReturn, fyne.KeyEnter:
				if r.apply(); r.wrong.Hidden {
					s.close()
				}
			default:
				return false
			}
			return true
		}
	}
	return r
}

func (r *span) filter(from, to string) Filter {
	return Filter{Column: r.s.g.columns[r.s.column].Name, From: from, To: to, Age: r.age}
}

// content is the line, and below it what is wrong with it.
func (r *span) content(width float32) fyne.CanvasObject {
	g := r.s.g
	first := sayRange
	if r.age {
		first = sayAges + " " + sayRange
	}
	height := r.from.MinSize().Height
	words := g.text.width(first) + g.text.width(sayTo) + 3*g.look.Space
	half := (width - words) / 2
	return container.NewVBox(container.NewHBox(note(first, false), sized(r.from, half, height),
		note(sayTo, false), sized(r.to, half, height)), r.wrong)
}

// apply filters by the range, once both ends can be read.
func (r *span) apply() {
	g := r.s.g
	c := g.columns[r.s.column]
	var ends [2]string
	for i, e := range []*plain{r.from, r.to} {
		canonical, problem := readBound(c, r.age, e.Text)
		if problem != nil {
			r.tell(problem.Message)
			return
		}
		ends[i] = showBound(c, r.age, canonical)
	}
	r.tell("")
	f := r.filter(ends[0], ends[1])
	for _, now := range g.filters {
		if now.same(f) && now.From == f.From && now.To == f.To {
			return
		}
	}
	g.filter(r.filter("", ""), f)
	r.s.load()
}

func (r *span) tell(wrong string) {
	g := r.s.g
	r.wrong.RemoveAll()
	for _, line := range g.text.wrap(wrong, sieveWidth(g.look)) {
		text := note(line, false)
		text.Color = g.look.Bad
		r.wrong.Add(text)
	}
	r.wrong.Hidden = wrong == ""
	if r.s.popup != nil {
		stay(r.s.popup, r.s.popup.Position())
	}
}
