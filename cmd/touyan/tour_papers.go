package main

import (
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"

	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// scans are the papers that lie about the desk.
var scans = []string{"毕业证书.jpg", "入党志愿书.pdf", "警告处分决定.jpg", "2024年度考核登记表.jpg", "合影.jpg", "简历.docx"}

// papers attaches scans to a person, looks at one large, and asks what voiding
// the person would take along, and what purging a void paper would do.
func (g *guide) papers(folder string) {
	var paths []string
	for i, name := range scans {
		paths = append(paths, filepath.Join(folder, name))
		must(scan(paths[i], i))
	}
	g.room("person")
	on(g, func(l *page.List) { l.OpenRecord(g.member()) })
	g.do(func() { g.w.Shell().Receive(paths...) })
	g.shot("papers-told")
	g.press("知道了")
	g.shot("papers")
	on(g, func(x *page.Dossier) { x.Focus() })
	g.keys(fyne.KeyDown, fyne.KeyReturn)
	g.shot("paper")
	g.keys(fyne.KeyReturn)
	g.shot("paper-large")
	g.press("作废")
	g.keys(fyne.Key3)
	g.do(g.w.Desk().Close)
	g.do(g.w.Desk().Close)
	g.room("person")
	on(g, func(l *page.List) { l.OpenRecord(g.member()) })
	g.press("作废")
	g.shot("void")
	g.press("取消")
	g.room(page.RoomSettings)
	g.press("看作废的记录")
	on(g, func(v *page.Voided) { v.Grid.Select(v.Rows()[0]) })
	g.shot("voided")
	g.press("彻底清除")
	g.shot("purge-why")
	g.keys(fyne.Key1)
	g.shot("purge")
	g.press("取消")
	g.do(g.w.Desk().Close)
}

// scan writes something like a scanned page, another for each n; by the end of
// its name a photo, a PDF or something else.
func scan(path string, n int) error {
	switch filepath.Ext(path) {
	case ".pdf":
		return os.WriteFile(path, []byte("%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\n%%EOF\n"), 0o600)
	case ".jpg":
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		return errors.Join(jpeg.Encode(f, scanned(n), nil), f.Close())
	}
	return os.WriteFile(path, []byte("PK\x03\x04 word/document.xml"), 0o600)
}

// scanned is lines of writing below a heading, with a seal.
func scanned(n int) image.Image {
	const w, h = 840, 1188
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio444)
	put := func(x, y int, c color.RGBA) {
		at := img.YOffset(x, y)
		img.Y[at], img.Cb[at], img.Cr[at] = color.RGBToYCbCr(c.R, c.G, c.B)
	}
	for y := range h {
		for x := range w {
			c := color.RGBA{250, 247, 240, 255}
			line, inside := y*40/h, x > w/10 && x < w*9/10
			if inside && line > 5 && line < 34 && line%2 == 0 && y%30 < 14 && (x*7+line*131*(n+3))%97 > 12 {
				c = color.RGBA{70, 70, 80, 255}
			}
			if inside && line > 1 && line < 4 && x > w/3 && x < w*2/3 {
				c = color.RGBA{180, 30, uint8(40 * n), 255}
			}
			if r := (x-w*3/4)*(x-w*3/4) + (y-h*4/5)*(y-h*4/5); r < 90*90 && r > 82*82 || r < 20*20 {
				c = color.RGBA{200, 40, 40, 255}
			}
			put(x, y, c)
		}
	}
	return img
}
