package sheet_test

import (
	"os"
	"testing"

	"touyan/store/sheet"
)

func TestTry(t *testing.T) {
	dir := os.Getenv("TRY")
	if dir == "" {
		t.Skip()
	}
	d, _ := printed(1, 60, formNamed("committee"), formNamed("village"))
	d.Sample = true
	d.Carrier = &sheet.Carrier{Book: "abc-123", Rows: [][]string{{"x", "", "y"}}}
	d.Cover = [][2]string{{"", "上报数据包"}, {"报送单位", "幸福苏木"}, {"人数", "60"}}
	if err := sheet.Write(t.Context(), dir+"/try.xlsx", d, nil); err != nil {
		t.Fatal(err)
	}
}
