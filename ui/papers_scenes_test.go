package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// scan draws something like a scanned page: lines of writing on paper, another
// for each n.
func scan(n, w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{250, 247, 240, 255}
			line, inside := y*40/h, x > w/10 && x < w*9/10
			if inside && line > 4 && line < 36 && line%2 == 0 && (x*97+line*31*(n+3))%(w/6) > w/40 {
				c = color.RGBA{60, 60, 70, 255}
			}
			if inside && line > 1 && line < 4 && x > w/3 && x < w*2/3 {
				c = color.RGBA{180, 30, uint8(20 * n % 200), 255}
			}
			if (x-w*3/4)*(x-w*3/4)+(y-h*4/5)*(y-h*4/5) < w*w/80 && (x+y)%7 > 2 {
				c = color.RGBA{200, 40, 40, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// papersIn makes files to attach in a folder of their own.
func papersIn(t testing.TB, names ...string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i, name := range names {
		path := filepath.Join(dir, name)
		var out bytes.Buffer
		switch filepath.Ext(name) {
		case ".pdf":
			fmt.Fprintf(&out, "%%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\n%% %s\n%%%%EOF\n", name)
		case ".jpg":
			w, h := 420, 594
			if i%3 == 2 {
				w, h = h, w
			}
			ok(t, jpeg.Encode(&out, scan(i, w, h), nil))
		default:
			out.WriteString("PK\x03\x04 word/document.xml")
		}
		ok(t, os.WriteFile(path, out.Bytes(), 0o600))
		paths = append(paths, path)
	}
	return paths
}
