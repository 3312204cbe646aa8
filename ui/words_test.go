package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"touyan/ui/page"
)

// foreign is a run of letters longer than an abbreviation.
var foreign = regexp.MustCompile(`[A-Za-z]{3,}`)

// allowed are names of keys and of files, which are what they are.
var allowed = map[string]bool{"Ctrl": true, "Alt": true, "Shift": true, "Esc": true, "Home": true, "End": true,
	"PageUp": true, "PageDown": true, "xlsx": true, "touyan": true}

// chinese reports the English words on the screen.
func (s *station) chinese(where string) {
	s.t.Helper()
	for _, text := range s.texts() {
		for _, word := range foreign.FindAllString(text, -1) {
			if !allowed[word] && !strings.HasPrefix(text, "/") {
				s.t.Errorf("%s: %q in %q", where, word, text)
			}
		}
	}
}

// Ensure that no English reaches the screen, on any page and in any panel.
func TestScreensAreChinese(t *testing.T) {
	s := newStation(t)
	s.Start("")
	s.settle()
	s.chinese("start")

	s, _ = conflicted(t)
	t.Setenv("HOME", t.TempDir())
	s.chinese("after a merge")
	for _, d := range s.shell.side.doors {
		s.enter(d.room.Name)
		s.chinese(d.room.Name)
		if l, isList := s.shell.Page().(*page.List); isList {
			l.Grid.OnOpen(l.Rows()[0])
			s.settle()
			s.chinese("detail of " + d.room.Name)
			s.press("关闭")
		}
	}
	s.enter("person")
	for _, button := range []string{"导入", "上报", "打印"} {
		s.press(button)
		s.chinese(button)
		if s.desk.Panel() != nil {
			s.press("取消")
		}
	}
	top := s.win.Canvas().Overlays()
	top.Remove(top.Top())
	s.drop(s.roster(func(set func(int, string, string)) { set(0, "person.birth", "八五年春") }))
	s.chinese("review")
}

// Ensure that what people read stands in words.go alone, so that it can be
// checked and changed in one place.
func TestTextsStandInOnePlace(t *testing.T) {
	for _, dir := range []string{".", "page", "form"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		ok(t, err)
		for _, file := range files {
			if base := filepath.Base(file); base == "words.go" || strings.HasSuffix(base, "_test.go") {
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
