package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store/field"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// member is a kind with a field of every type and a rule over two of them.
type member struct {
	field.Head
	Name, IDNo, Sex, Nation, Village, Phone, Word, Note string
	Birth, Joined                                       field.Date
	Terms, Income                                       *int64
}

var (
	sexes = field.NewCodeList("sex", "性别", "GB", []field.Item{{Code: "1", Word: "男"}, {Code: "2", Word: "女", Synonyms: []string{"女性"}}})

	nations = field.NewCodeList("nation", "民族", "GB", []field.Item{{Code: "01", Word: "汉族", Synonyms: []string{"汉"}}, {Code: "02", Word: "蒙古族"},
		{Code: "03", Word: "回族"}, {Code: "06", Word: "苗族"}, {Code: "10", Word: "朝鲜族"}, {Code: "11", Word: "满族"}, {Code: "31", Word: "达斡尔族"},
		{Code: "37", Word: "鄂温克族"}, {Code: "38", Word: "锡伯族"}, {Code: "44", Word: "俄罗斯族"}, {Code: "90", Word: "旧称", Retired: true}})
)

func (m *member) Fields() []field.Field {
	return []field.Field{
		field.Words(&m.Name, "name", "姓名", field.Required, field.Proper, field.Max(20)),
		field.Identity(&m.IDNo, "idno", "公民身份号码", field.Private),
		field.Coded(&m.Sex, "sex", "性别", sexes),
		field.Coded(&m.Nation, "nation", "民族", nations),
		field.On(&m.Birth, "birth", "出生年月"),
		field.On(&m.Joined, "joined", "入党时间"),
		field.Link(&m.Village, "village", "嘎查村", "village"),
		field.Telephone(&m.Phone, "phone", "联系电话", field.Private),
		field.Count(&m.Terms, "terms", "任职届数", field.Range(1, 20)),
		field.Amount(&m.Income, "income", "家庭年收入"),
		field.Words(&m.Word, "word", "备案结论", field.OwnedBy(field.County)),
		field.Words(&m.Note, "note", "备注"),
	}
}

func (m *member) Check() []field.Problem {
	var out []field.Problem
	if m.Joined.Before(m.Birth) {
		out = append(out, field.Problem{Field: "joined", Message: "入党时间早于出生年月，请核对。"})
	}
	if m.Sex == "1" && m.Name == "斯琴" {
		out = append(out, field.Problem{Field: "sex", Message: "一般是女名，请核对。", Proposals: []string{"2"}, Warning: true})
	}
	return out
}

// relative is a line inside a member.
type relative struct {
	field.Head
	Member, Name string
	Birth        field.Date
}

func (r *relative) Fields() []field.Field {
	return []field.Field{
		field.Link(&r.Member, "member", "姓名", "member", field.Part, field.Required),
		field.Words(&r.Name, "name", "亲属姓名", field.Required, field.Proper),
		field.On(&r.Birth, "birth", "亲属出生年月"),
	}
}

var (
	members   = field.NewKind("member", "成员", "name", func() field.Record { return new(member) })
	relatives = field.NewKind("relative", "亲属", "name", func() field.Record { return new(relative) })

	villages = []Choice{{ID: "v1", Text: "前进嘎查"}, {ID: "v2", Text: "巴彦花嘎查"}, {ID: "v3", Text: "红旗村", Hint: "白音花苏木"},
		{ID: "v4", Text: "红旗村", Hint: "乌兰苏木"}}
)

// station is a form in a window, with what it has posted and timed, which
// the test does itself.
type station struct {
	*Form
	t       testing.TB
	win     fyne.Window
	outside *entry.Entry // what else there is to go to
	posted  []func()
	timed   []func()
	drafts  map[string]Draft
	saved   []Edit
	log     []string // keeping and dropping of drafts
}

// bench makes a form in a window of its own.
func bench(t testing.TB, kind *field.Kind, o Options) *station {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(nil, nil, theme.Roomy, false))
	s := &station{t: t, drafts: map[string]Draft{}, outside: entry.New()}
	return s.again(kind, o)
}

// again makes another form over the same drafts, as on the next start.
func (s *station) again(kind *field.Kind, o Options) *station {
	o.Today = field.Date{Year: 2026, Month: 3, Day: 2}
	o.Post = func(f func()) { s.posted = append(s.posted, f) }
	o.Later = func(_ time.Duration, f func()) func() {
		at := len(s.timed)
		s.timed = append(s.timed, f)
		return func() { s.timed[at] = nil }
	}
	o.Drafts = Drafts{
		Find: func(key string) (Draft, bool) { d, ok := s.drafts[key]; return d, ok },
		Keep: func(key string, d Draft) { s.drafts[key] = d; s.log = append(s.log, "keep "+key) },
		Drop: func(key string) { delete(s.drafts, key); s.log = append(s.log, "drop "+key) },
	}
	if o.Choices == nil {
		o.Choices = func(string) []Choice { return villages }
	}
	if o.OnSave == nil {
		o.OnSave = func(e Edit) {
			s.saved = append(s.saved, e)
			s.Saved(nil)
		}
	}
	s.Form = New(kind, o)
	s.win = test.NewTempWindow(s.t, container.NewBorder(nil, s.outside, nil, nil, s.Form))
	s.win.Resize(fyne.NewSize(1146, 700))
	return s
}

// newMember shows an empty member.
func newMember(t testing.TB, o Options) *station {
	s := bench(t, members, o)
	s.SetRow(field.Row{})
	return s
}

// known is a member the ledger has.
func known(id string) field.Row {
	return field.Row{ID: id, Values: []string{"白音巴图", "150426197803121237", "1", "02", "1978-03", "2003-07", "v1", "15400000001", "2", "5200000", "", ""}}
}

// settle does what was posted.
func (s *station) settle() {
	for len(s.posted) > 0 {
		f := s.posted[0]
		s.posted = s.posted[1:]
		f()
	}
}

// wait lets the time pass after which drafts are kept.
func (s *station) wait() {
	for i, f := range s.timed {
		if f != nil {
			s.timed[i] = nil
			f()
		}
	}
}

func (s *station) cell(name string) *cell {
	s.t.Helper()
	for _, c := range s.owner.cells {
		if c.field.Name == name {
			return c
		}
	}
	s.t.Fatalf("no cell %s", name)
	return nil
}

// in types a text over what stands in a field, as after a click into it.
func (s *station) in(name, text string) {
	s.t.Helper()
	s.Focus(name)
	test.Type(s.cell(name).input, text)
	s.settle()
}

// keys types keys where the keyboard is: names of keys, and texts.
func (s *station) keys(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		to := s.win.Canvas().Focused()
		if to == nil {
			s.t.Fatalf("nothing has the keyboard for %s", k)
		}
		shift := strings.HasPrefix(k, "Shift+")
		k = strings.TrimPrefix(k, "Shift+")
		press := func(down bool) {
			if keyable, ok := s.win.Canvas().Focused().(desktop.Keyable); ok && shift {
				event := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
				if down {
					keyable.KeyDown(event)
				} else {
					keyable.KeyUp(event)
				}
			}
		}
		press(true)
		switch k {
		case "Tab", "Return", "Escape", "F4", "Down", "Up", "Left", "Right", "BackSpace", "Delete", "Home", "End":
			to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(k)})
		case "PageDown":
			to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		case "PageUp":
			to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
		default:
			test.Type(to, k)
		}
		press(false)
		s.settle()
	}
}

// click presses the mouse as the window does: first down, then what had the
// keyboard loses it unless it is there, then up.
func (s *station) click(o fyne.Tappable, at fyne.Position) {
	s.t.Helper()
	mouse, isMouse := o.(desktop.Mouseable)
	event := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	event.Position = at
	if isMouse {
		mouse.MouseDown(event)
	}
	if f, ok := o.(fyne.Focusable); !ok || f != s.win.Canvas().Focused() {
		s.win.Canvas().Unfocus()
	}
	s.settle() // the window may well get there before the button is let go
	if isMouse {
		mouse.MouseUp(event)
	}
	o.Tapped(&fyne.PointEvent{Position: at})
	s.settle()
}

// press presses a word of the form.
func (s *station) press(text string) {
	s.t.Helper()
	for _, o := range s.objects() {
		if p, ok := o.(*press); ok && p.text.Text == text && p.Visible() {
			s.click(p, fyne.NewPos(1, 1))
			return
		}
	}
	s.t.Fatalf("no %s among %s", text, strings.Join(s.texts(), " | "))
}

// leave takes the keyboard out of the form.
func (s *station) leave() {
	s.win.Canvas().Focus(s.outside)
	s.settle()
}

func (s *station) objects() []fyne.CanvasObject { return test.LaidOutObjects(s.Form) }

// texts are all texts on the form that can be seen.
func (s *station) texts() []string {
	var out []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				out = append(out, o.Text)
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(s.Form)
	return out
}

func (s *station) says(part string) bool { return strings.Contains(strings.Join(s.texts(), ""), part) }

func (s *station) mustSay(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if !s.says(p) {
			s.t.Errorf("the form does not say %q, but %s", p, strings.Join(s.texts(), " | "))
		}
	}
}

func (s *station) mustNotSay(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if s.says(p) {
			s.t.Errorf("the form says %q: %s", p, strings.Join(s.texts(), " | "))
		}
	}
}

// holds checks what stands in a field, as text and as value.
func (s *station) holds(name, text, value string) {
	s.t.Helper()
	c := s.cell(name)
	if got := s.kind.Value(s.Row(), name); c.text != text || c.input != nil && c.input.Text != text || got != value {
		s.t.Errorf("%s holds %q with the value %q, want %q and %q", name, c.text, got, text, value)
	}
}

// savedOnce checks that there was one save, with these values, and forgets it.
func (s *station) savedOnce(want map[string]string) {
	s.t.Helper()
	if len(s.saved) != 1 || !maps.Equal(s.saved[0].Values, want) {
		s.t.Errorf("saved were %v, want %v once", s.saved, want)
	}
	s.saved = nil
}

func (s *station) at(name string) {
	s.t.Helper()
	in, ok := s.win.Canvas().Focused().(*input)
	if !ok || in.cell.field.Name != name {
		s.t.Errorf("the keyboard is at %s, want %s", describe(s.win.Canvas().Focused()), name)
	}
}

func describe(f fyne.Focusable) string {
	if in, ok := f.(*input); ok {
		return in.cell.field.Name
	}
	return fmt.Sprintf("%T", f)
}

// offered are the choices of the open list.
func (s *station) offered() []string {
	s.t.Helper()
	l, ok := s.float.(*list)
	if !ok {
		s.t.Fatal("no list is open")
	}
	var out []string
	for _, c := range l.items {
		out = append(out, c.Text)
	}
	return out
}

func (s *station) mustOffer(want ...string) {
	s.t.Helper()
	if got := s.offered(); !slices.Equal(got, want) {
		s.t.Errorf("offered are %v, want %v", got, want)
	}
}
