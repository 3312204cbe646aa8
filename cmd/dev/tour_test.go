package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var white = color.Gray{255}

// screen is an empty window on the black root of a display.
func screen() *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(picture, image.Rect(20, 20, 380, 280), image.NewUniform(white), image.Point{}, draw.Src)
	return picture
}

// written is a window with a line of smoothed strokes, as text has them;
// shift tells one such picture from another.
func written(shift int) *image.RGBA {
	picture := screen()
	for letter := range 20 {
		for y := range 12 {
			for x := range 10 {
				edge := 5 - x
				if edge < 0 {
					edge = -edge
				}
				shade := uint8(40*edge + 4*y)
				picture.Set(40+shift+letter*14+x, 60+y, color.Gray{shade})
			}
		}
	}
	return picture
}

func encoded(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var content bytes.Buffer
	if err := png.Encode(&content, picture); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// Ensure that a screen without content is called blank and one with a line of
// text is not.
func TestCheckPicture(t *testing.T) {
	text := encoded(t, written(0))
	tests := []struct {
		name    string
		content []byte
		says    string
	}{
		{"one colour", encoded(t, image.NewRGBA(image.Rect(0, 0, 400, 300))), "blank"},
		{"empty window", encoded(t, screen()), "blank"},
		{"a line of text", text, ""},
		{"half a file", text[:len(text)/2], "not a picture"},
		{"nothing", nil, "not a picture"},
	}
	for _, test := range tests {
		err := checkPicture(test.content)
		if test.says == "" && err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.says)
		}
	}
}

// Ensure that every stop gets its picture and its answer, and that bad stops
// are all named.
func TestFollow(t *testing.T) {
	home, people, blank := encoded(t, written(0)), encoded(t, written(1)), encoded(t, screen())
	tests := []struct {
		name, output string
		pictures     [][]byte
		says         []string
		files        []string
		answers      int
	}{
		{"two stops", "ready\nshot home 1366x768\nshot people 1366x768\ndone\n", [][]byte{home, people}, nil, []string{"home.png", "people.png"}, 2},
		{"no stop", "ready\n", nil, []string{"made no stop"}, nil, 0},
		{"a blank screen, then a good one", "shot home 1366x768\nshot people 1366x768\n", [][]byte{blank, people}, []string{"stop home: the picture is blank"}, []string{"home.png", "people.png"}, 2},
		{"a screen that did not change", "shot home 1366x768\nshot people 1366x768\n", [][]byte{home, home}, []string{"stop people: the same picture as stop home"}, []string{"home.png", "people.png"}, 2},
		{"two bad stops", "shot home 1366x768\nshot people 1366x768\n", [][]byte{blank, []byte("x")}, []string{"stop home", "stop people"}, []string{"home.png", "people.png"}, 2},
		{"a name that is a path", "shot ../home 1366x768\n", [][]byte{home}, []string{`"shot ../home 1366x768"`}, nil, 0},
		{"a stop without a size", "shot home\n", [][]byte{home}, []string{"a size follows"}, nil, 0},
		{"a display that fails", "shot home 1366x768\n", nil, []string{"stop home: no display"}, nil, 0},
	}
	for _, test := range tests {
		dir := t.TempDir()
		next := 0
		take := func(string) ([]byte, error) {
			if next == len(test.pictures) {
				return nil, errors.New("no display")
			}
			next++
			return test.pictures[next-1], nil
		}
		var answers strings.Builder
		err := follow(strings.NewReader(test.output), &answers, dir, take)
		if (err != nil) != (len(test.says) > 0) {
			t.Errorf("%s: error %v", test.name, err)
		}
		for _, part := range test.says {
			if err != nil && !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %v, want it to say %q", test.name, err, part)
			}
		}
		if answers.Len() != test.answers {
			t.Errorf("%s: %d answers, want %d", test.name, answers.Len(), test.answers)
		}
		for _, file := range test.files {
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		if found, _ := filepath.Glob(filepath.Join(dir, "*")); len(found) != len(test.files) {
			t.Errorf("%s: files %v, want %v", test.name, found, test.files)
		}
	}
}

// Ensure that the picture kept is the first that no longer changes, and that a
// screen which never rests is taken all the same.
func TestSettled(t *testing.T) {
	frames := []string{"black", "half", "whole", "whole", "later"}
	next := 0
	got, err := settled(func() ([]byte, error) { next++; return []byte(frames[next-1]), nil })
	if err != nil || string(got) != "whole" {
		t.Errorf("settled on %q, %v; want whole", got, err)
	}
	blinks := 0
	got, err = settled(func() ([]byte, error) { blinks++; return []byte{byte(blinks)}, nil })
	if err != nil || len(got) != 1 || int(got[0]) != blinks {
		t.Errorf("a blinking screen gave %v, %v after %d pictures", got, err, blinks)
	}
	if _, err := settled(func() ([]byte, error) { return nil, errors.New("no display") }); err == nil {
		t.Error("a failing display gave no error")
	}
}
