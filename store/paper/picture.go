package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"touyan/store/record"
)

// turnedQuality is that of a photo that had to be coded anew to stand upright.
const turnedQuality = 90

// The size of thumbnails: pixels at the longer edge, bytes at most.
const (
	thumbEdge  = 160
	thumbBytes = 12 << 10
)

func decode(kind string, b []byte) (img image.Image, err error) {
	if kind == record.PNG {
		return png.Decode(bytes.NewReader(b))
	}
	return jpeg.Decode(bytes.NewReader(b))
}

func encode(kind string, img image.Image) ([]byte, error) {
	var out bytes.Buffer
	var err error
	if kind == record.PNG {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: turnedQuality})
	}
	return out.Bytes(), err
}

// Picture decodes a picture for looking at, no larger than most pixels at its
// longer edge.
func Picture(c *Content, most int) (image.Image, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(c.Bytes))
	if err != nil || tooMany(size.Width, size.Height) {
		return nil, fmt.Errorf("decode paper: %w", errShape)
	}
	img, err := decode(c.Type, c.Bytes)
	if err != nil {
		return nil, fmt.Errorf("decode paper: %w", err)
	}
	if max(size.Width, size.Height) <= most {
		return img, nil
	}
	return smaller(img, most), nil
}

// upright turns a picture as an EXIF orientation says it is to be seen.
func upright(img image.Image, o int) image.Image {
	switch img := img.(type) {
	case *image.YCbCr:
		if turned := turnYCbCr(img, o); turned != nil {
			return turned
		}
	case *image.Gray:
		w, h := img.Rect.Dx(), img.Rect.Dy()
		out := image.NewGray(turnedRect(w, h, o))
		turn(out.Pix, img.Pix, img.Stride, w, h, 1, o)
		return out
	}
	from := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(from, from.Rect, img, img.Bounds().Min, draw.Src)
	w, h := from.Rect.Dx(), from.Rect.Dy()
	out := image.NewNRGBA(turnedRect(w, h, o))
	turn(out.Pix, from.Pix, from.Stride, w, h, 4, o)
	return out
}

// turnYCbCr turns the planes of a photo without converting its colours. It is
// nil for a rare sampling that has no counterpart lying on its side.
func turnYCbCr(img *image.YCbCr, o int) image.Image {
	ratio, lying := img.SubsampleRatio, o >= 5
	switch ratio {
	case image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio420:
	case image.YCbCrSubsampleRatio422:
		if lying {
			ratio = image.YCbCrSubsampleRatio440
		}
	case image.YCbCrSubsampleRatio440:
		if lying {
			ratio = image.YCbCrSubsampleRatio422
		}
	default:
		return nil
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewYCbCr(turnedRect(w, h, o), ratio)
	cw, ch := out.CStride, len(out.Cb)/out.CStride
	if lying {
		cw, ch = ch, cw
	}
	turn(out.Y, img.Y, img.YStride, w, h, 1, o)
	turn(out.Cb, img.Cb, img.CStride, cw, ch, 1, o)
	turn(out.Cr, img.Cr, img.CStride, cw, ch, 1, o)
	return out
}

func turnedRect(w, h, o int) image.Rectangle {
	if o >= 5 {
		w, h = h, w
	}
	return image.Rect(0, 0, w, h)
}

// turn copies w × h pixels of some bytes each to where they are to be seen: out
// is without gaps between its lines.
func turn(out, in []byte, stride, w, h, size, o int) {
	// A pixel at x, y goes to start + x·dx + y·dy.
	start, dx, dy := 0, 1, w
	switch o {
	case 2: // mirrored
		start, dx = w-1, -1
	case 3: // upside down
		start, dx, dy = w*h-1, -1, -w
	case 4: // mirrored, upside down
		start, dy = w*(h-1), -w
	case 5: // mirrored, lying
		dx, dy = h, 1
	case 6: // to be turned right
		start, dx, dy = h-1, h, -1
	case 7: // mirrored, lying on the other side
		start, dx, dy = w*h-1, -h, -1
	case 8: // to be turned left
		start, dx, dy = h*(w-1), -h, 1
	}
	for y := range h {
		line := in[y*stride:]
		at := (start + y*dy) * size
		for x := range w {
			copy(out[at:at+size], line[x*size:])
			at += dx * size
		}
	}
}

// thumb is a small picture of a picture, on white.
func thumb(img image.Image) []byte {
	small := smaller(img, thumbEdge)
	var out bytes.Buffer
	for quality := 85; quality >= 25; quality -= 10 {
		out.Reset()
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
			return nil
		}
		if out.Len() <= thumbBytes {
			return out.Bytes()
		}
	}
	return nil
}

// samples is how many pixels of each row and column of an area are looked at to
// find its colour.
const samples = 6

// smaller scales a picture down to an edge, on white, by the mean of areas.
func smaller(img image.Image, edge int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	scale := max(float64(max(w, h))/float64(edge), 1)
	out := image.NewRGBA(image.Rect(0, 0, max(int(float64(w)/scale), 1), max(int(float64(h)/scale), 1)))
	for y := range out.Rect.Dy() {
		y0, y1 := span(y, out.Rect.Dy(), h)
		for x := range out.Rect.Dx() {
			x0, x1 := span(x, out.Rect.Dx(), w)
			out.SetRGBA(x, y, mean(img, image.Rect(x0, y0, x1, y1).Add(b.Min)))
		}
	}
	return out
}

func span(i, of, length int) (from, to int) {
	from = i * length / of
	return from, max((i+1)*length/of, from+1)
}

// mean is the colour of an area, on white.
func mean(img image.Image, area image.Rectangle) color.RGBA {
	stepX, stepY := max(area.Dx()/samples, 1), max(area.Dy()/samples, 1)
	var r, g, b, n uint64
	for y := area.Min.Y; y < area.Max.Y; y += stepY {
		for x := area.Min.X; x < area.Max.X; x += stepX {
			cr, cg, cb, ca := rgba(img, x, y)
			white := uint64(0xFFFF - ca)
			r, g, b, n = r+uint64(cr)+white, g+uint64(cg)+white, b+uint64(cb)+white, n+1
		}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), 0xFF}
}

// rgba is a pixel's colour without the boxing At does for the usual photos.
func rgba(img image.Image, x, y int) (r, g, b, a uint32) {
	if img, is := img.(*image.YCbCr); is {
		return img.YCbCrAt(x, y).RGBA()
	}
	return img.At(x, y).RGBA()
}
