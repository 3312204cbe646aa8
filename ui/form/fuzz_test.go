package form

import (
	"encoding/json"
	"testing"
)

// Ensure that any draft, be it of another form or of a later program, is shown
// as far as there are cells for it, and is kept and dropped like one's own.
func FuzzDraft(f *testing.F) {
	for _, s := range []string{
		`{"values":{"name":"甲","none":"x"},"wrong":{"birth":"七五年"}}`,
		`{"lines":[{"id":"zzz","values":{"name":"乙"},"wrong":{"age":"x"}},{"kind":"relative","id":"r1","void":"重复"}]}`,
		`{"lines":[{},{}],"wrong":{"":""}}`,
		`null`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var d Draft
		if json.Unmarshal(b, &d) != nil {
			return
		}
		s := bench(t, members, Options{Key: "k", Sections: []Section{{Title: "基本情况", Fields: []string{"name", "birth"}}, {Title: "亲属", Lines: relatives}}})
		s.drafts["k"] = d
		s.SetRow(known("p1"))
		s.settle()
		if found := !d.empty(); found != s.offer.Visible() {
			t.Errorf("offered: %v, of %s", !found, b)
		}
		s.Leave()
		s.Discard()
		s.settle()
		if _, kept := s.drafts["k"]; kept && !d.empty() || s.dirty() {
			t.Errorf("something of %s is left", b)
		}
	})
}
