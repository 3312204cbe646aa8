package form

import (
	"slices"
	"strings"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// cell is one field on screen: its label, what is typed into it, and what is
// wrong with that.
type cell struct {
	rec   *record
	field *field.Field
	index int // among the fields of the kind

	state
	before  state          // when the cell was entered
	shown   string         // the text as the form itself last wrote it
	problem *field.Problem // what is told: of reading or of the kind's check
	told    bool           // it was left, or came from the ledger: its problem may be told

	label  *canvas.Text
	frame  *canvas.Rectangle
	input  *input // nil where it may not be changed
	plain  *plain // then this shows it
	note   *note
	button *press
	quiet  bool // the text is being written by the form
	wide   bool // takes all columns
	off    bool // not asked for as the record stands
}

// state is what stands in a cell.
type state struct {
	value  string         // canonical, empty if the text cannot be read
	bad    *field.Problem // why it cannot
	text   string         // as it stands there
	masked bool           // the text is the mask of the value
}

func newCell(r *record, fd *field.Field) *cell {
	c := &cell{rec: r, field: fd, index: r.kind.Index(fd.Name), wide: many(fd)}
	f := r.form
	c.label = canvas.NewText("", nil)
	c.frame = canvas.NewRectangle(nil)
	c.note = newNote(f)
	switch {
	case fd.Private:
		c.button = newPress(f, doReveal, func() { f.Reveal(!f.revealed) })
		c.button.reserve = doReveal
	case fd.Type == field.Day || fd.Type == field.Code || fd.Type == field.Ref:
		c.button = newPress(f, opens, c.toggle)
		c.button.quiet = true
	}
	if f.o.ReadOnly != nil && f.o.ReadOnly(fd) {
		if !fd.Private {
			c.button = nil
		}
		c.plain = newPlain()
		return c
	}
	c.input = newInput(c)
	return c
}

// many reports a text of several lines.
func many(fd *field.Field) bool {
	return fd.Type == field.Text && !fd.Proper && (fd.Max == 0 || fd.Max >= 200)
}

// title is the label, with the unit of what is typed and a mark where a
// complete record has a value.
func (c *cell) title() string {
	title := c.field.Label
	if c.field.Type == field.Money {
		title += money
	}
	if c.field.Required && c.input != nil {
		title += mustHave
	}
	return title
}

// show gives a canonical text as it stands in the cell.
func (c *cell) show(value string) string {
	switch {
	case value == "":
		return ""
	case c.masked:
		return c.field.Mask(value)
	case c.field.Type == field.Ref:
		if text, ok := c.chooser().text(value); ok {
			return text
		}
		return sayLost
	}
	return c.field.Show(value)
}

// veiled reports a cell that shows the mask of its value.
func (c *cell) veiled() bool { return c.field.Private && !c.rec.form.revealed && !c.bared() }

// bared reports a private cell that needs no asking for.
func (c *cell) bared() bool { return c.rec.form.o.Bares != nil && c.rec.form.o.Bares(c.field) }

// put writes a canonical text into the cell.
func (c *cell) put(value string) {
	c.value, c.bad = value, nil
	c.masked = value != "" && c.veiled()
	c.write(c.show(value))
}

// write puts a text into the cell that nobody typed.
func (c *cell) write(text string) {
	c.text, c.shown = text, text
	if c.input == nil {
		c.plain.set(text)
		return
	}
	c.quiet = true
	c.input.SetText(text)
	c.quiet = false
}

// typed takes what somebody has typed.
func (c *cell) typed(text string) {
	if c.quiet {
		return
	}
	c.text, c.masked = text, false
	c.value, c.bad = c.read(text)
	c.rec.form.typing(c)
	c.rec.form.edited(c)
}

// read turns a text into its canonical one.
func (c *cell) read(text string) (string, *field.Problem) {
	fd := c.field
	if saved := c.rec.saved.Values[c.index]; saved != "" && text == c.show(saved) {
		return saved, nil // not every value can be told by its text: there are namesakes
	}
	if fd.Type == field.Day && field.Tidy(text) == today && !c.rec.form.o.Today.IsZero() {
		now := c.rec.form.o.Today
		return now.String(), nil
	}
	value, bad := fd.Read(field.Input{Text: text})
	if fd.Type != field.Ref || bad != nil || value == "" {
		return value, bad
	}
	switch ids := c.chooser().exact(value); len(ids) {
	case 1:
		return ids[0], nil
	case 0:
		return "", &field.Problem{Field: fd.Name, Message: sayNoSuch(value, fd.Label)}
	default:
		if slices.Contains(ids, c.value) {
			return c.value, nil // chosen from the list already
		}
		return "", &field.Problem{Field: fd.Name, Message: saySeveral(value, len(ids))}
	}
}

// choose takes a canonical text from a list, a picker or a proposal.
func (c *cell) choose(value string) {
	c.masked = false
	c.value, c.bad = value, nil
	c.write(c.show(value))
	c.rec.form.edited(c)
}

// finish is for a cell that is left: a text that was read is written as the
// office writes it, and what is wrong is told from now on.
func (c *cell) finish() {
	if c.bad == nil && c.text != c.shown {
		c.put(c.value)
	}
	c.told = true
}

// enter notes what stands in a cell that is entered.
func (c *cell) enter() { c.before = c.state }

// restore takes the cell back to what it was when it was entered.
func (c *cell) restore() {
	c.state = c.before
	c.write(c.text)
	c.rec.form.edited(c)
}

// altered reports whether restore would change anything.
func (c *cell) altered() bool { return c.text != c.before.text || c.value != c.before.value }

// says reports that a value stands in the cell already, as it is shown.
func (c *cell) says(value string) bool {
	return c.bad == nil && c.value == value && c.masked == (value != "" && c.veiled()) && c.text == c.show(value)
}

// dirty reports something typed that is not stored.
func (c *cell) dirty() bool {
	return c.bad != nil || c.value != c.rec.saved.Values[c.index]
}

// recall writes a text that was kept because it could not be read.
func (c *cell) recall(text string) {
	c.masked = false
	c.write(text)
	c.value, c.bad = c.read(text)
}

// chooser offers what the cell may hold, nil if it is typed freely.
func (c *cell) chooser() *chooser { return c.rec.form.chooser(c.field) }

// choosable reports a cell with a list of choices.
func (c *cell) choosable() bool { return c.field.Type == field.Code || c.field.Type == field.Ref }

// toggle opens what drops below the cell, or closes it.
func (c *cell) toggle() {
	f := c.rec.form
	open := f.under == c
	f.focus(c)
	if open {
		f.drop(nil, nil)
		return
	}
	c.open()
}

// open drops the list or the calendar below the cell. It reports whether the
// cell has one.
func (c *cell) open() bool {
	f := c.rec.form
	switch {
	case c.choosable():
		f.drop(c, newList(c))
	case c.field.Type == field.Day:
		f.drop(c, newPicker(c))
	default:
		return false
	}
	return true
}

// tell shows what is wrong, once the cell was left or is known to be wrong:
// who is still typing is not interrupted.
func (c *cell) tell() {
	p, f := c.problem, c.rec.form
	if p == nil && f.o.Aside != nil && c.value != "" && c.value == c.rec.kind.Value(c.rec.saved, c.field.Name) {
		if says := f.o.Aside(c.field); says != "" {
			p = &field.Problem{Field: c.field.Name, Message: says, Warning: true}
			f.noted(c, c.note.say(p, nil))
			return
		}
	}
	typing := f.now == c && c.altered() && !c.note.Visible()
	if p == nil || typing || c.off || !c.told && c.text == "" {
		f.noted(c, c.note.say(nil, nil))
		return
	}
	if c.masked { // the sentence may name what the mask hides
		hidden := field.Problem{Field: p.Field, Message: "“" + c.field.Label + "”" + sayHidden, Warning: p.Warning}
		f.noted(c, c.note.say(&hidden, nil))
		return
	}
	f.noted(c, c.note.say(p, c.offer))
}

// offer makes a button of a proposal.
func (c *cell) offer(proposal string) *press {
	f := c.rec.form
	p := newPress(f, doChange(c.show(proposal)), func() {
		c.choose(proposal)
		c.told = true
		c.rec.check()
		f.focus(c)
		c.selectAll()
	})
	p.small = true
	return p
}

// objects lists what draws the cell.
func (c *cell) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{c.label, c.frame}
	if c.input != nil {
		out = append(out, c.input)
	} else {
		out = append(out, c.plain)
		if c.button != nil {
			out = append(out, c.button)
		}
	}
	return append(out, c.note)
}

// style draws the frame by what goes on in the cell.
func (c *cell) style() {
	look := c.rec.form.look
	c.frame.FillColor = look.Surface
	c.frame.StrokeColor, c.frame.StrokeWidth, c.frame.CornerRadius = look.Line, look.Hairline, look.Radius
	if p := c.problem; p != nil && c.note.Visible() {
		c.frame.StrokeColor = look.Bad
		if p.Warning {
			c.frame.StrokeColor = look.Warn
		}
	}
	if c.rec.form.now == c && c.input.Focused() {
		c.frame.StrokeColor, c.frame.StrokeWidth = look.Accent, 2*look.Hairline
	}
	c.frame.Hidden = c.input == nil || c.off
	c.label.Hidden = c.off
	if c.input != nil {
		c.input.Hidden = c.off
	} else {
		c.plain.Hidden = c.off
	}
	c.frame.Refresh()
	if c.button != nil && c.field.Private {
		text := doReveal
		if c.rec.form.revealed {
			text = doConceal
		}
		c.button.set(text)
		if c.bared() || c.value == "" || strings.TrimSpace(c.text) == "" || c.bad != nil {
			c.button.set("")
		}
	}
}
