package xlsx

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Each reader is measured on the same file of 30 columns with shared strings,
// as WPS writes it, from opening to the last cell.

func BenchmarkRead20k(b *testing.B)      { measure(b, 20_000, true, readOurs) }
func BenchmarkExcelize20k(b *testing.B)  { measure(b, 20_000, true, readExcelize) }
func BenchmarkRead200k(b *testing.B)     { measure(b, 200_000, true, readOurs) }
func BenchmarkExcelize200k(b *testing.B) { measure(b, 200_000, true, readExcelize) }

func BenchmarkReadInline20k(b *testing.B)     { measure(b, 20_000, false, readOurs) }
func BenchmarkExcelizeInline20k(b *testing.B) { measure(b, 20_000, false, readExcelize) }

// measure times read and reports the highest use of the heap while it runs.
func measure(b *testing.B, n int, shared bool, read func(path string) (int, error)) {
	path := filepath.Join(b.TempDir(), "roster.xlsx")
	if err := os.WriteFile(path, roster(b, n, shared), 0o600); err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	stop := watchHeap()
	b.ResetTimer()
	for range b.N {
		cells, err := read(path)
		if err != nil || cells != 30*n {
			b.Fatalf("%d cells, want %d: %v", cells, 30*n, err)
		}
	}
	b.StopTimer()
	b.ReportMetric(stop(), "peakMB")
}

// watchHeap samples the heap until stop, which gives its peak in MB over the start.
func watchHeap() (stop func() float64) {
	var start runtime.MemStats
	runtime.ReadMemStats(&start)
	done, peak := make(chan bool), make(chan uint64)
	go func() {
		most := uint64(0)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
	}()
	return func() float64 {
		done <- true
		most := <-peak
		if most < start.HeapInuse {
			return 0
		}
		return float64(most-start.HeapInuse) / (1 << 20)
	}
}

func readOurs(path string) (int, error) {
	b, err := Open(path, DefaultLimits())
	if err != nil {
		return 0, err
	}
	defer b.Close()
	cells := 0
	err = b.Rows(context.Background(), 0, func(r Row) error {
		cells += len(r.Cells)
		return nil
	})
	return cells, err
}

func readExcelize(path string) (int, error) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	cells := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		cells += len(columns)
	}
	return cells, rows.Error()
}
