package backup

import "testing"

// Ensure that a name is no copy's, or means what the name we would give that
// copy means.
func FuzzName(f *testing.F) {
	for _, s := range []string{
		"2026-11-23 0915 导入前.touyan", "2026-11-23 0915-2 退出.touyan", "2026-11-23 0915.touyan", "2026-02-30 0915 a.touyan",
		"2026-11-23 0915-1 a.touyan", "2026-11-23 0915-02 a.touyan", "2026-11-23 0915-+2 a.touyan", "~x.tmp", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		c, ok := parse(name)
		if !ok {
			return
		}
		again, ok := parse(stamp(c.At, c.number) + " " + string(c.Reason) + extension)
		if !ok || again != c {
			t.Errorf("%q is read as %v, and that as %v", name, c, again)
		}
	})
}
