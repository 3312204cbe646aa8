package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

const wheelStep = -30 // what one notch of a wheel scrolls

// BenchmarkWheel is one notch of the wheel over 20,000 rows (and 200,000), in a
// grid and, for comparison, in the toolkit's own table of as many columns. Nothing is painted:
// it is the work on the UI thread before a frame.
func BenchmarkWheel(b *testing.B) {
	rows := many(20000)
	size := fyne.NewSize(1366, 700)
	b.Run("grid", func(b *testing.B) {
		g, w := open(b, rows, size)
		turnWheel(b, w, func() { g.scroll.ScrollToTop(); g.scrolled() })
	})
	b.Run("grid-200000", func(b *testing.B) {
		g, w := open(b, many(200000), size)
		turnWheel(b, w, func() { g.scroll.ScrollToTop(); g.scrolled() })
	})
	b.Run("grid-filtered", func(b *testing.B) {
		g, w := open(b, rows, size)
		g.SetFilters([]Filter{{Column: "pay", To: "9000"}, {Column: "born", From: "1955"}})
		g.settle()
		turnWheel(b, w, func() { g.scroll.ScrollToTop(); g.scrolled() })
	})
	for name, truncation := range map[string]fyne.TextTruncation{
		"table": fyne.TextTruncateOff, "table-ellipsis": fyne.TextTruncateEllipsis,
	} {
		b.Run(name, func(b *testing.B) {
			test.NewTempApp(b)
			table := labelTable(rows, truncation)
			w := test.NewTempWindow(b, table)
			w.SetPadded(false)
			w.Resize(size)
			turnWheel(b, w, table.ScrollToTop)
		})
	}
}

// labelTable is the toolkit's table with a label in each cell. Labels that cut
// with an ellipsis, as our cells do, cost it more than labels that run over.
func labelTable(rows []Row, truncation fyne.TextTruncation) *widget.Table {
	columns := villagers()
	table := widget.NewTable(
		func() (int, int) { return len(rows), len(columns) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = truncation
			return l
		},
		func(id widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(rows[id.Row].cell(id.Col))
		})
	for i, c := range columns {
		table.SetColumnWidth(i, c.width())
	}
	return table
}

// turnWheel scrolls on, and starts over at the top before the end is reached.
func turnWheel(b *testing.B, w fyne.Window, top func()) {
	at := fyne.NewPos(300, 300)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%15000 == 14999 {
			top()
		}
		test.Scroll(w.Canvas(), at, 0, wheelStep)
	}
}

// BenchmarkSideways is one step of horizontal scrolling, which moves every cell
// in sight.
func BenchmarkSideways(b *testing.B) {
	_, w := open(b, many(20000), fyne.NewSize(400, 700))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		step := float32(wheelStep)
		if i/4%2 == 1 {
			step = -step
		}
		test.Scroll(w.Canvas(), fyne.NewPos(300, 300), step, 0)
	}
}

// BenchmarkArrange is sorting, finding and filtering among 20,000 and 200,000
// rows, beside the UI thread: the first time, with all that must be worked out
// about the texts, and again.
func BenchmarkArrange(b *testing.B) {
	for _, n := range []int{20000, 200000} {
		rows := many(n)
		for i := range rows { // of common characters, no two alike
			rows[i].Cells[5] = string([]rune{rune(0x4E00 + i*7%5000), rune(0x5200 + i*13%4999), rune(0x6000 + i*31%4993)})
			rows[i].Keys = rows[i].Keys[:5]
		}
		sorted := func(column string) wish { return wish{column: index(villagers(), column), order: Ascending} }
		for name, w := range map[string]wish{
			"sort names":    sorted("name"),
			"sort notes":    sorted("note"),
			"sort dates":    sorted("born"),
			"find pinyin":   {query: "lixiuy"},
			"filter values": {filters: []Filter{{Column: "village", Values: []string{"第7嘎查", "第8嘎查"}}}},
			"filter range":  {filters: []Filter{{Column: "pay", From: "2000", To: "4000"}, {Column: "born", From: "1970"}}},
			"all of them": {query: "li", column: 3, order: Descending,
				filters: []Filter{{Column: "village", Values: []string{"第7嘎查"}}, {Column: "born", From: "1970"}}},
		} {
			b.Run(fmt.Sprintf("%s/first/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					newTable(villagers(), rows).arrange(w)
				}
			})
			b.Run(fmt.Sprintf("%s/again/%d", name, n), func(b *testing.B) {
				t := newTable(villagers(), rows)
				t.arrange(w)
				for b.Loop() {
					t.arrange(w)
				}
			})
		}
	}
}

// BenchmarkShow is what the UI thread has to do when rows arranged beside it
// come back: with one row selected, and with all.
func BenchmarkShow(b *testing.B) {
	for _, n := range []int{20000, 200000} {
		g, _ := open(b, many(n), fyne.NewSize(1366, 700))
		forwards := g.table.arrange(wish{column: 3, order: Ascending})
		backwards := g.table.arrange(wish{column: 3, order: Descending})
		for name, choose := range map[string]func(){"one": func() { g.pick.only(100) }, "all": func() { g.pick.all(n) }} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				choose()
				for i := 0; b.Loop(); i++ {
					if i%2 == 0 {
						g.show(g.table, forwards)
					} else {
						g.show(g.table, backwards)
					}
				}
			})
		}
	}
}

// BenchmarkCursor is one key at the end of 200,000 rows, and Ctrl+A.
func BenchmarkCursor(b *testing.B) {
	g, _ := open(b, many(200000), fyne.NewSize(1366, 700))
	b.Run("up and down", func(b *testing.B) {
		key(g, fyne.KeyEnd)
		for i := 0; b.Loop(); i++ {
			key(g, []fyne.KeyName{fyne.KeyUp, fyne.KeyDown}[i%2])
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			g.pick.none()
			g.body.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	})
}

// BenchmarkChoices is opening the filter of a column: its texts with counts.
func BenchmarkChoices(b *testing.B) {
	for _, n := range []int{20000, 200000} {
		t := newTable(villagers(), many(n))
		for _, column := range []string{"village", "idno"} {
			b.Run(fmt.Sprintf("%s/%d", column, n), func(b *testing.B) {
				for b.Loop() {
					t.choices(index(villagers(), column), wish{})
				}
			})
		}
	}
}
