package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"touyan/store"

	"pgregory.net/rapid"
)

// history is a folder of copies as a property sees it.
type history struct {
	list []Copy // the newest first
	bad  map[string]bool
	made int
}

func (h *history) good(c Copy) bool { return !h.bad[c.Path] }

// add makes a copy at a time, as Make does.
func (h *history) add(at time.Time, why Reason, size int64) Copy {
	h.made++
	at = at.Truncate(time.Minute)
	c := Copy{Path: fmt.Sprintf("%d", h.made), At: at, Reason: why, Size: size, Marked: true, number: 1, Mark: store.Mark{Ledger: "a", Seq: uint64(h.made)}}
	for _, d := range h.list {
		if d.At.Equal(at) {
			c.number = max(c.number, d.number+1)
		}
	}
	h.list = append(h.list, c)
	slices.SortFunc(h.list, func(a, b Copy) int {
		if a.At.Equal(b.At) {
			return b.number - a.number
		}
		return b.At.Compare(a.At)
	})
	return c
}

func (h *history) remove(going []Copy) {
	h.list = slices.DeleteFunc(h.list, func(c Copy) bool {
		return slices.ContainsFunc(going, func(g Copy) bool { return g.Path == c.Path })
	})
}

func goodOf(list []Copy, good func(Copy) bool) int {
	n := 0
	for _, c := range list {
		if good(c) {
			n++
		}
	}
	return n
}

func size(list []Copy) (n int64) {
	for _, c := range list {
		n += c.Size
	}
	return n
}

// promised are the good copies that no thinning without need of room may touch,
// by the calendar: all of two days, and for each of the last 14 days, 12 weeks,
// 12 months and every year that has good copies, one of them.
func promised(t *rapid.T, before, after []Copy, now time.Time, good func(Copy) bool) {
	left := map[string]bool{}
	for _, c := range after {
		left[c.Path] = true
	}
	day := func(t time.Time) time.Time { y, m, d := t.Date(); return time.Date(y, m, d, 0, 0, 0, 0, time.Local) }
	periods := map[string]func(time.Time) (string, bool){
		"day": func(t time.Time) (string, bool) { return t.Format("0102"), t.After(day(now).AddDate(0, 0, -13)) },
		"week": func(t time.Time) (string, bool) {
			y, w := t.ISOWeek()
			return fmt.Sprint(y, w), t.After(day(now).AddDate(0, 0, -77))
		},
		"month": func(t time.Time) (string, bool) {
			return t.Format("200601"), t.After(day(now).AddDate(0, -11, 1-now.Day()))
		},
		"year": func(t time.Time) (string, bool) { return t.Format("2006"), true },
	}
	for _, c := range before {
		if !good(c) || c.At.After(now) {
			continue
		}
		if now.Sub(c.At) <= 48*time.Hour && !left[c.Path] {
			t.Fatalf("%v is gone, within two days of %v", c.At, now)
		}
		for name, of := range periods {
			key, counts := of(c.At)
			if !counts {
				continue
			}
			if !slices.ContainsFunc(after, func(d Copy) bool { k, _ := of(d.At); return k == key && good(d) && !d.At.After(now) }) {
				t.Fatalf("%s of %v has no good copy left", name, c.At)
			}
		}
	}
}

// Ensure that over any history of making copies, of clocks that run on, jump
// ahead and are set back, of copies gone bad and of sizes: what is promised
// stays, three good copies stay whatever they take, the new copy stays, a good
// copy never goes for the sake of a bad one, nothing dated by a wrong clock goes
// without need, the budget is kept otherwise, and thinning twice is thinning
// once.
func TestThinning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := &history{bad: map[string]bool{}}
		now := time.Date(2024, 12, 25, 8, 0, 0, 0, time.Local)
		budget := rapid.SampledFrom([]int64{1 << 40, 1 << 40, 500, 3000}).Draw(t, "budget")
		steps := rapid.IntRange(1, 120).Draw(t, "steps")
		for range steps {
			switch rapid.IntRange(0, 20).Draw(t, "clock") {
			case 0:
				now = now.AddDate(rapid.IntRange(1, 9).Draw(t, "ahead"), 0, 0)
			case 1:
				now = now.AddDate(-rapid.IntRange(1, 9).Draw(t, "back"), 0, 0)
			case 2:
				now = time.Date(2000, 1, 1, 0, 0, 0, 0, time.Local) // the battery is empty
			case 3:
				if len(h.list) > 0 {
					h.bad[rapid.SampledFrom(h.list).Draw(t, "rots").Path] = true
				}
			default:
				now = now.Add(time.Duration(rapid.IntRange(1, 6000).Draw(t, "minutes")) * time.Minute)
			}
			just := h.add(now, rapid.SampledFrom(reasons).Draw(t, "why"), int64(rapid.IntRange(1, 300).Draw(t, "size")))
			before := slices.Clone(h.list)
			going := plan(h.list, just.Path, now, budget, h.good)
			h.remove(going)
			if slices.ContainsFunc(going, func(c Copy) bool { return c.Path == just.Path }) {
				t.Fatal("the new copy is gone")
			}
			if was, is := goodOf(before, h.good), goodOf(h.list, h.good); is < min(was, least) {
				t.Fatalf("%d good copies of %d", is, was)
			}
			if size(before) <= budget {
				promised(t, before, h.list, now, h.good)
				for _, c := range going {
					if c.At.After(now) {
						t.Fatalf("%v is gone, %v by the clock", c.At, now)
					}
				}
			}
			if len(h.list) > least+1 && size(h.list) > budget && goodOf(h.list, h.good) > least+1 {
				t.Fatalf("%d bytes in %d copies", size(h.list), len(h.list))
			}
			if more := plan(h.list, just.Path, now, budget, h.good); len(more) > 0 {
				t.Fatalf("a second thinning removes %d", len(more))
			}
		}
	})
}

// Ensure that years of an office's days leave what is promised and no more than
// some sixty copies.
func TestThinningOverYears(t *testing.T) {
	h := &history{bad: map[string]bool{}}
	now := time.Date(2020, 1, 1, 8, 0, 0, 0, time.Local)
	most := 0
	for range 6 * 365 {
		for _, why := range []Reason{Timed, Timed, Import.Before(), Import.After(), AtExit} {
			now = now.Add(90 * time.Minute)
			just := h.add(now, why, 1)
			h.remove(plan(h.list, just.Path, now, 1<<40, h.good))
		}
		most = max(most, len(h.list))
		now = now.Add(24*time.Hour - 5*90*time.Minute)
	}
	if most > 60 || most < 40 {
		t.Errorf("%d copies", most)
	}
	if oldest := h.list[len(h.list)-1]; oldest.At.Year() != 2020 {
		t.Errorf("the oldest is of %v", oldest.At)
	}
	t.Logf("at most %d copies", most)
}

// Ensure that thinning a real folder removes real files and leaves alone copies
// of another ledger, copies somebody has given another word, and all else.
func TestThinFolder(t *testing.T) {
	db, c := newLedger(t)
	other, _ := newLedger(t)
	folder := Folder(db.Path())
	save(t, other, "别处的人")
	c.at = c.at.AddDate(-2, 0, 0)
	if _, err := Make(t.Context(), other, folder, Timed, nil); err != nil {
		t.Fatal(err)
	}
	kept := mustMake(t, db, Timed)
	if err := os.Rename(kept.Path, filepath.Join(folder, "2024-11-23 0915 换届前请保留.touyan")); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(folder, "说明.txt"), nil, 0o600)
	proven := proofs{}
	var just Copy
	for range 8 {
		for range 3 {
			c.pass(2 * time.Hour)
			just = mustMake(t, db, Timed)
		}
		c.pass(18 * time.Hour)
	}
	if err := proven.thin(t.Context(), folder, just, c.now(), 0); err != nil {
		t.Fatal(err)
	}
	// Eight days, three of them whole, and the three that are none of its business.
	if got := files(t, folder); len(got) != 5+3*3+3 {
		t.Errorf("%d files: %q", len(got), got)
	}
	if err := proven.thin(t.Context(), folder, just, c.now(), 1); err != nil {
		t.Fatal(err)
	}
	if got := files(t, folder); len(got) != least+2 {
		t.Errorf("%d files: %q", len(got), got)
	}
	// One of the three goes bad: two are too few to let anything go.
	list, err := List(folder)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(list[1].Path, []byte("x"), 0o600)
	c.pass(time.Hour)
	just = mustMake(t, db, Timed)
	if err := proven.thin(t.Context(), folder, just, c.now(), 1); err != nil {
		t.Fatal(err)
	}
	if got := files(t, folder); len(got) != least+3 {
		t.Errorf("%d files: %q", len(got), got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (proofs{}).thin(ctx, folder, just, c.now(), 1); err != context.Canceled {
		t.Errorf("canceled: %v", err)
	}
	if got := files(t, folder); len(got) != least+3 {
		t.Errorf("canceled, %d files", len(got))
	}
}
