package sheet_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"touyan/store/sheet"
)

// boxesOf is a page of three columns.
func boxesOf(rows ...sheet.BoxRow) sheet.Boxes {
	return sheet.Boxes{Title: "任职备案表", Columns: []float64{10, 20, 30}, Rows: rows}
}

func face(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 40))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sameText(t *testing.T, got, want string) {
	t.Helper()
	if got, want := strings.TrimSpace(got), strings.TrimSpace(want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Ensure that boxes take the columns left free from above, that those over
// several cells are merged, and that a photo stands in its box.
func TestBoxes(t *testing.T) {
	path := write(t, sheet.Doc{Boxes: []sheet.Boxes{boxesOf(
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "姓名"}, {Text: "白音", As: sheet.ShortBox}, {Down: 2, Picture: face(t)}}},
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "年龄"}, {Text: "48", Count: true}}},
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "简历"}, {Text: "在家务农", Over: 2, As: sheet.ProseBox}}},
	)}})
	sameText(t, bookText(t, path), `== 任职备案表 
A1 "任职备案表"
A2 "姓名"
B2 "白音"
A3 "年龄"
B3 #"48"
A4 "简历"
B4 "在家务农"
A1:C1
C2:C3
B4:C4

`)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	pictures, err := f.GetPictures("任职备案表", "C2")
	if err != nil || len(pictures) != 1 || !bytes.Equal(pictures[0].File, face(t)) {
		t.Errorf("%d photos, %v", len(pictures), err)
	}
}

// Ensure that a row is as high as its longest text needs, also where that stands
// in a box over two rows.
func TestBoxesAreHighEnough(t *testing.T) {
	long := strings.Repeat("简历写得很长。", 20)
	path := write(t, sheet.Doc{Boxes: []sheet.Boxes{boxesOf(
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "简历"}, {Text: long, Over: 2}}},
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "奖惩", Down: 2}, {Text: long, Down: 2}, {Text: "短"}}},
		sheet.BoxRow{Boxes: []sheet.Box{{Text: "短"}}},
	)}})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	height := func(row int) float64 {
		h, err := f.GetRowHeight("任职备案表", row)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if h := height(2); h < 6*15 {
		t.Errorf("280 half-widths in 50 columns have %.0f points", h)
	}
	if h := height(3) + height(4); h < 15*15 || height(3) > 30 {
		t.Errorf("280 half-widths in 20 columns have %.0f points, the first row %.0f", h, height(3))
	}
}

// Ensure that pages of one name each have a tab, and that boxes which leave a
// hole are refused.
func TestBoxesNamesAndHoles(t *testing.T) {
	one := func() sheet.Boxes { return boxesOf(sheet.BoxRow{Boxes: []sheet.Box{{Over: 3, Text: "白音"}}}) }
	path := write(t, sheet.Doc{Sample: true, Boxes: []sheet.Boxes{one(), one(), one()}})
	var names []string
	for _, s := range openBook(t, path).Sheets() {
		names = append(names, s.Name)
	}
	sameText(t, strings.Join(names, " "), "任职备案表 任职备案表（2） 任职备案表（3）")
	if text := bookText(t, path); !strings.Contains(text, "任职备案表（示例数据）") {
		t.Error("the sample is not told on the page")
	}
	for _, hole := range []sheet.Boxes{
		boxesOf(sheet.BoxRow{Boxes: []sheet.Box{{Text: "只有一格"}}}),
		boxesOf(sheet.BoxRow{Boxes: []sheet.Box{{Over: 4}}}),
		boxesOf(sheet.BoxRow{Boxes: []sheet.Box{{Over: 3, Down: 2}}}),
	} {
		if err := sheet.Write(t.Context(), t.TempDir()+"/b.xlsx", sheet.Doc{Boxes: []sheet.Boxes{hole}}, nil); err == nil {
			t.Error("a page with a hole was written")
		}
	}
}
