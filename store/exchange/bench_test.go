package exchange_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"

	"github.com/xuri/excelize/v2"
)

// rosterHeads are thirty columns of an ordinary roster of people, as an office
// would name them.
var rosterHeads = []string{"序号", "旗县区", "苏木乡镇", "嘎查村", "姓名", "性别", "民族", "出生年月", "年龄", "身份证号",
	"政治面貌", "入党时间", "全日制学历", "在职学历", "毕业院校及专业", "现工作单位及职务", "人员来源", "特长", "入库时间", "成熟度",
	"培养方向", "培养联系人及职务", "培养措施", "联系电话", "备注", "籍贯", "户籍地", "现居住地", "产业项目", "奖惩情况"}

// bigRoster writes a roster of n people with the shared strings that WPS and
// Excel write.
func bigRoster(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "花名册.xlsx")
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "后备力量花名册")
	set := func(row int, cells []any) {
		if err := f.SetSheetRow("后备力量花名册", fmt.Sprint("A", row), &cells); err != nil {
			tb.Fatal(err)
		}
	}
	set(1, []any{"后备力量花名册"})
	var heads []any
	for _, h := range rosterHeads {
		heads = append(heads, h)
	}
	set(2, heads)
	for i := range n {
		born := field.Date{Year: 1965 + i%35, Month: 1 + i%12, Day: 1 + i%28}
		// Days and numbers come round after 21,000 people; the region tells them apart.
		id := field.CompleteID(fmt.Sprintf("1504%02d%04d%02d%02d%03d", 80+i/21_000, born.Year, born.Month, born.Day, i%1000))
		set(i+3, []any{i + 1, "云杉旗", fmt.Sprint("第", i%20, "苏木"), fmt.Sprint("第", i%400, "嘎查"), fmt.Sprintf("张%c%c", rune(0x4e00+i%5000), rune(0x5e00+i/5000)),
			[]string{"女", "男"}[i%2], "蒙古族", fmt.Sprintf("%d.%02d", born.Year, born.Month), 40, id,
			"中共党员", "2005.07", "大专", "本科", "某某农牧学校畜牧专业", "嘎查会计", "本土摸排", "养殖", "2024.03", "近期可用",
			"党组织书记", "李某 苏木党委委员", "跟班学习、外出观摩", fmt.Sprintf("138%08d", i), "", "云杉旗", "本嘎查", "本嘎查", "肉牛养殖", ""})
	}
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	f.Close()
	return path
}

func benchmarkImport(b *testing.B, n int) {
	path := bigRoster(b, n)
	b.Run("import", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			db := newOffice(b, b.TempDir(), county, time.Now)
			b.StartTimer()
			peak := watchHeap()
			r := receive(b, db, path)
			b.ReportMetric(peak(), "MB-peak")
			if r.Rows != n || r.Refused > 0 {
				b.Fatalf("%d rows, %d refused, %v", r.Rows, r.Refused, r.Problems[:min(3, len(r.Problems))])
			}
			b.StopTimer()
			db.Close()
			b.StartTimer()
		}
	})
	b.Run("excelize-rows", func(b *testing.B) {
		for b.Loop() {
			peak := watchHeap()
			f, err := excelize.OpenFile(path)
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.Rows("后备力量花名册")
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					b.Fatal(err)
				}
			}
			rows.Close()
			f.Close()
			b.ReportMetric(peak(), "MB-peak")
		}
	})
}

// watchHeap samples the heap until it is asked for the peak, in MB.
func watchHeap() func() float64 {
	runtime.GC()
	var most atomic.Uint64
	done, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		var m runtime.MemStats
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	return func() float64 {
		close(done)
		<-ended
		return float64(most.Load()) / (1 << 20)
	}
}

// BenchmarkImport20k takes in a roster of 20,000 rows and 30 columns,
// everything included, beside excelize merely reading the same book.
func BenchmarkImport20k(b *testing.B) { benchmarkImport(b, 20_000) }

// BenchmarkImport200k is the same for a whole region.
func BenchmarkImport200k(b *testing.B) { benchmarkImport(b, 200_000) }

// BenchmarkExport20k writes a bundle of 20,000 people beside a plain
// StreamWriter that writes as many cells.
func BenchmarkExport20k(b *testing.B) {
	path := bigRoster(b, 20_000)
	db := newOffice(b, b.TempDir(), county, time.Now)
	defer db.Close()
	receive(b, db, path)
	forms := must(exchange.Registers(db.Kinds(), []string{"person"}))
	cells := 0
	b.Run("export", func(b *testing.B) {
		for b.Loop() {
			_, err := exchange.Send(context.Background(), db, clerk, filepath.Join(b.TempDir(), "up.xlsx"), exchange.Order{To: store.Office{Code: "1504", Level: field.City}, Forms: forms}, nil)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("streamwriter", func(b *testing.B) {
		var rows [][]any
		err := db.View(func(tx *store.Tx) error {
			for row, err := range tx.Rows("person") {
				if err != nil {
					return err
				}
				var out []any
				for _, v := range row.Values {
					out = append(out, v)
				}
				rows = append(rows, out)
				cells += len(out)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			f := excelize.NewFile()
			w := must(f.NewStreamWriter("Sheet1"))
			for i, row := range rows {
				if err := w.SetRow(fmt.Sprint("A", i+1), row); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				b.Fatal(err)
			}
			if err := f.SaveAs(filepath.Join(b.TempDir(), "plain.xlsx")); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
}
