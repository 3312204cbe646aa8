package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

const wheelStep = -30 // what one notch of a wheel scrolls

// BenchmarkWheel is one notch of the wheel over 20,000 rows, in a grid and, for
// comparison, in the toolkit's own table of as many columns. Nothing is painted:
// it is the work on the UI thread before a frame.
func BenchmarkWheel(b *testing.B) {
	rows := many(20000)
	size := fyne.NewSize(1366, 700)
	b.Run("grid", func(b *testing.B) {
		g, w := open(b, rows, size)
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

// BenchmarkArrange is sorting and finding among 20,000 rows: the first time,
// with all that must be worked out about the texts, and again.
func BenchmarkArrange(b *testing.B) {
	rows := many(20000)
	for i := range rows { // of common characters
		rows[i].Cells[5] = string([]rune{rune(0x4E00 + i*7%5000), rune(0x5200 + i*13%4999), rune(0x6000 + i*31%4993)})
		rows[i].Keys = rows[i].Keys[:5]
	}
	run := func(name, query, column string) {
		at := -1
		for i, c := range villagers() {
			if c.Name == column {
				at = i
			}
		}
		b.Run(name+"/first", func(b *testing.B) {
			for b.Loop() {
				newTable(villagers(), rows).arrange(wish{query: query, column: at, order: Ascending})
			}
		})
		b.Run(name+"/again", func(b *testing.B) {
			t := newTable(villagers(), rows)
			t.arrange(wish{query: query, column: at, order: Ascending})
			for b.Loop() {
				t.arrange(wish{query: query, column: at, order: Ascending})
			}
		})
	}
	run("sort names", "", "name")
	run("sort notes", "", "note") // no two alike
	run("sort dates", "", "born")
	run("find pinyin", "lixiuy", "")
}
