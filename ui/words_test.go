package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"touyan/ui/button"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// foreign is a run of letters longer than an abbreviation.
var foreign = regexp.MustCompile(`[A-Za-z]{3,}`)

// roots are the groups of sixteenths in which the journal's root is shown, cut
// short where there is no room.
var roots = regexp.MustCompile(`([0-9A-F]{4} )*[0-9A-F]{1,4}…|[0-9A-F]{4}( [0-9A-F]{4})+`)

// allowed are names of keys and of files, which are what they are.
var allowed = map[string]bool{"Ctrl": true, "Alt": true, "Shift": true, "Esc": true, "Delete": true, "Home": true, "End": true,
	"PageUp": true, "PageDown": true, "xlsx": true, "touyan": true}

// chinese reports the English words on the screen.
func (s *station) chinese(where string) {
	s.t.Helper()
	for _, text := range s.texts() {
		for _, word := range foreign.FindAllString(roots.ReplaceAllString(text, ""), -1) {
			if !allowed[word] && !isPath(text) && !strings.Contains(s.t.Name(), word) { // a folder bears the test's name
				s.t.Errorf("%s: %q in %q", where, word, text)
			}
		}
	}
}

// isPath reports where a file lies, maybe cut short at its beginning.
func isPath(text string) bool {
	return strings.HasPrefix(text, "/") || strings.HasPrefix(text, "…") && strings.Contains(text, "/")
}

// leaves are buttons that end the walk.
var leaves = []string{"退出", "换一本台账…"}

// pressable is the nth button of what lies on top that can be pressed; nil
// where there is none, beyond tells that there are no more.
func (s *station) pressable(n int) (b *button.Button, beyond bool) {
	buttons := s.shell.Page().Buttons()
	if p := s.desk.Panel(); p != nil {
		buttons = p.Buttons()
	}
	if n >= len(buttons) {
		return nil, true
	}
	if b = buttons[n]; b.Disabled() || !b.Visible() || slices.Contains(leaves, b.Text) {
		return nil, false
	}
	return b, false
}

// putAway closes the menus, answers the questions with their first choice, and
// leaves the pages over the room.
func (s *station) putAway() {
	for s.desk.Panel() != nil {
		s.desk.Panel().Buttons()[0].OnTapped()
		s.settle()
	}
	for top := s.win.Canvas().Overlays().Top(); top != nil; top = s.win.Canvas().Overlays().Top() {
		s.win.Canvas().Overlays().Remove(top)
	}
	for len(s.shell.over) > 0 {
		s.shell.close()
		s.settle()
	}
}

// walk presses every button of what arrive leads to, and every button of the
// panels and pages that come of it, and reads all of them.
func (s *station) walk(where string, depth int, arrive func()) {
	s.t.Helper()
	arrive()
	s.settle()
	s.chinese(where)
	if depth == 0 {
		return
	}
	for n := 0; ; n++ {
		b, beyond := s.pressable(n)
		if beyond {
			break
		}
		if b == nil {
			continue
		}
		panels, title := s.desk.Panel() != nil, s.shell.Page().Title()
		again := func() {
			arrive()
			s.settle()
			if b, _ := s.pressable(n); b != nil {
				b.OnTapped()
			}
		}
		s.putAway()
		s.walk(where+" / "+b.Text, 0, again)
		if panels != (s.desk.Panel() != nil) || title != s.shell.Page().Title() {
			s.putAway()
			s.walk(where+" / "+b.Text, depth-1, again)
		}
		s.putAway()
		arrive()
		s.settle()
	}
	s.putAway()
}

// Ensure that no English reaches the screen, on any page, in any panel and in
// any menu that can be reached by pressing buttons and keys.
func TestScreensAreChinese(t *testing.T) {
	s := newStation(t)
	t.Setenv("HOME", t.TempDir())
	s.Start("")
	s.settle()
	s.chinese("start")
	for _, label := range []string{"新建台账", "打开台账", "看示例"} {
		s.press(label)
		s.chinese("start / " + label)
		if s.desk.Panel() != nil {
			s.press("取消")
		}
	}
	s.Open(filepath.Join(t.TempDir(), "没有.touyan"))
	s.settle()
	s.chinese("start with a missing ledger")

	s, _ = conflicted(t)
	t.Setenv("HOME", t.TempDir())
	s.chinese("after a merge")
	bad := s.roster(func(set func(int, string, string)) { set(0, "person.birth", "八五年春") })
	s.walk("review", 2, func() { s.drop(bad) })
	for _, d := range s.shell.side.doors {
		name := d.room.Name
		s.walk(name, 2, func() { s.shell.Show(name) })
		if l, isList := s.enter(name).(*page.List); isList && len(l.Rows()) > 0 {
			s.walk("detail of "+name, 1, func() { l.Grid.OnOpen(l.Rows()[0]) })
		}
	}
	s.enter("person")
	for _, typed := range []string{"", "by", "没有"} {
		s.shell.Search(typed)
		s.chinese("found by " + typed)
	}
	s.shell.shut()
	s.keys(&fyne.ShortcutUndo{})
	s.chinese("asked to take back")
	s.function(page.KeyWall)
	s.enter(page.RoomConflicts)
	s.chinese("on a wall")
}

// Ensure that the toolkit's own words, as in the menu of a text field, are
// Chinese whatever the language of the system.
func TestToolkitSpeaksChinese(t *testing.T) {
	newStation(t)
	for _, word := range []string{"Copy", "Cut", "Paste", "Select all", "Undo", "Redo", "Cancel", "OK", "Yes", "No", "Open", "Save", "Error", "Quit"} {
		if got := lang.L(word); foreign.MatchString(got) || got == word {
			t.Errorf("%s is %s", word, got)
		}
	}
}

// Ensure that what people read stands in words.go, or files named after it,
// alone, so that it can be checked and changed in one place.
func TestTextsStandInOnePlace(t *testing.T) {
	for _, dir := range []string{".", "page", "form", "grid", "chart"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		ok(t, err)
		for _, file := range files {
			if base := filepath.Base(file); strings.HasPrefix(base, "words") || strings.HasSuffix(base, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			ok(t, err)
			ast.Inspect(tree, func(n ast.Node) bool {
				if l, isLiteral := n.(*ast.BasicLit); isLiteral && l.Kind == token.STRING && strings.ContainsFunc(l.Value, isHan) {
					switch strings.Trim(l.Value, `"`) {
					case "。", "：", "、", "“", "”", "《", "》": // joining, not saying
					default:
						t.Errorf("%s: %s belongs in words.go", file, l.Value)
					}
				}
				return true
			})
		}
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// Ensure that a list to choose from is made where it is given Chinese words
// for nothing chosen: the toolkit's own are English.
func TestNothingChosenIsChinese(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	ok(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		ok(t, err)
		if name != filepath.Join("page", "select.go") && strings.Contains(string(text), "widget.NewSelect(") {
			t.Errorf("%s makes a list of the toolkit, with its English", name)
		}
	}
}

// Ensure that whatever is typed into takes Chinese and leaves the window its
// keys: the toolkit's own text field does neither.
func TestTextFieldsAreOurs(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	ok(t, err)
	own, err := filepath.Glob("*.go")
	ok(t, err)
	plain := regexp.MustCompile(`widget\.(New\w*Entry|Entry)\b`)
	for _, name := range append(files, own...) {
		text, err := os.ReadFile(name)
		ok(t, err)
		if found := plain.Find(text); found != nil && filepath.Dir(name) != "entry" && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s has a %s of the toolkit", name, found)
		}
	}
}
