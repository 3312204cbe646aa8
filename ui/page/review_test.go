package page

import (
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// Ensure that the review says what of a book is passed over: columns, rows and
// sheets, a line each, and all of it in a panel; and that the foot of a book a
// ledger wrote is no news.
func TestReviewSaysWhatIsPassedOver(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.DefaultTheme())
	w := test.NewTempWindow(t, container.NewWithoutLayout())
	foot := exchange.Left{Sheet: "表一", Row: 9, Text: "填表人：张敏", Why: "表尾"}
	sum := exchange.Left{Sheet: "表一", Row: 8, Text: "合计", Why: "合计行"}
	note := exchange.Left{Sheet: "表一", Row: 7, Text: "以下由旗里填", Why: "说明文字"}
	for _, c := range []struct {
		report  exchange.Report
		stamped bool
		want    []string
	}{
		{exchange.Report{}, false, nil},
		{exchange.Report{Absent: []string{"巴特尔"}, Unclaimed: []string{"微信号", "备用"}, Left: []exchange.Left{note, sum, foot}, Skipped: []string{"物资"}}, false, []string{
			"台账里有、书中没有的 1 条，不会改动：巴特尔",
			"没有对应栏目、不会导入的 2 列：微信号、备用",
			"没有当作数据的 3 行：表一第 7 行（说明文字）以下由旗里填；其余 2 行是合计行或表尾",
			"没有认识的表、不会读的 1 个工作表：物资",
		}},
		{exchange.Report{Left: []exchange.Left{sum, foot}}, false, []string{"没有当作数据的 2 行：都是合计行或表尾"}},
		{exchange.Report{Left: []exchange.Left{foot}}, true, nil},
		{exchange.Report{Left: []exchange.Left{foot, note}}, true, []string{"没有当作数据的 1 行：表一第 7 行（说明文字）以下由旗里填"}},
	} {
		plan := &exchange.Plan{Report: c.report}
		if got := asides(plan, c.stamped); !slices.Equal(got, c.want) {
			t.Errorf("says %s", strings.Join(got, "\n"))
		}
		if !c.stamped {
			continue
		}
		d := NewDesk(nil, store.Actor{Name: "张敏"}, w)
		d.Close = func() {}
		r := newReview(d, nil, &merging{plan: plan})
		if shown := r.Buttons().Press(doListAside); shown != (len(c.want) > 0) {
			t.Errorf("%v can be listed: %v", c.want, shown)
		}
		if p := d.Panel(); p != nil {
			p.Hide()
		}
	}
}
