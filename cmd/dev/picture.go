package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// Bounds below which nothing can have been drawn. The smallest screen, a
// question with two buttons, has hundreds of colours, since letters are
// smoothed, and changes some thousands of pixels.
const (
	fewestColours = 16
	fewestPixels  = 1000
)

// checkPicture says why a screen shows nothing: an empty or black window, one
// of a single colour, a bare frame.
func checkPicture(content []byte) error {
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		return fmt.Errorf("not a picture: %w", err)
	}
	colours, drawn := countColours(picture)
	if colours < fewestColours || drawn < fewestPixels {
		return fmt.Errorf("the picture is blank: %d colours, %d pixels that differ from the commonest", colours, drawn)
	}
	return nil
}

// countColours returns the number of colours and of pixels that do not have
// the commonest one.
func countColours(picture image.Image) (colours, drawn int) {
	counts := map[[3]uint32]int{}
	commonest := 0
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			colour := [3]uint32{r, g, b}
			counts[colour]++
			commonest = max(commonest, counts[colour])
		}
	}
	return len(counts), bounds.Dx()*bounds.Dy() - commonest
}
