// Package find holds what people type against what is written: by characters,
// by pinyin, by initials, by digits. The find box of the window and that of a
// table both ask it, so that a word found in one is found in the other.
//
// Its nouns are Reader (knows how characters are read), Word (a text made ready
// for finding) and Part (a piece of what was typed). A Reader makes words on
// one goroutine; once they are made, any number may ask.
package find

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"
)

// Word is a text that can be found.
type Word struct {
	text string
	has  Signs
	han  bool // some of it can be read aloud
}

// Part is a piece of what was typed: Parse takes it apart at its spaces.
type Part struct {
	text string
	has  Signs
}

// Rank is how well a text answers a part: the smaller the better.
type Rank int

// The ranks.
const (
	Whole  Rank = iota // the text is the part
	Begins             // the text begins so
	Sounds             // it is read so from its first character on
	Within             // it has it somewhere
	Echoes             // it is read so somewhere
	Nowhere
)

// Parse takes apart what was typed. Letter case and full width do not matter.
func Parse(typed string) []Part {
	var out []Part
	for _, text := range strings.Fields(fold(typed)) {
		p := Part{text: text}
		for _, r := range text {
			p.has |= signOf(r)
		}
		out = append(out, p)
	}
	return out
}

// Signs are the letters and digits a text can be found by, a bit each, and its
// other characters, many to a bit. What a part has and a word lacks settles
// nearly every comparison without looking at the texts.
type Signs uint64

const letters, digits = 26, 10

func signOf(r rune) Signs {
	switch {
	case 'a' <= r && r <= 'z':
		return 1 << (r - 'a')
	case '0' <= r && r <= '9':
		return 1 << (letters + r - '0')
	}
	return 1 << (letters + digits + uint32(r)%(64-letters-digits))
}

// Signs are those of the word.
func (w Word) Signs() Signs { return w.has }

// Lacks reports that no text of these signs answers the part. Who has many
// texts keeps their signs side by side and asks this first.
func (s Signs) Lacks(p Part) bool { return p.has&^s != 0 }

// Reader knows the readings of the characters it has met.
type Reader struct {
	readings map[rune][]string
}

// NewReader makes a reader that has met none.
func NewReader() *Reader { return &Reader{readings: map[rune][]string{}} }

// Word makes a text ready.
func (r *Reader) Word(text string) Word {
	w := Word{text: fold(text)}
	for _, c := range w.text {
		w.has |= signOf(c)
		for _, sound := range r.learn(c) {
			w.han = true
			for _, letter := range sound {
				w.has |= signOf(letter)
			}
		}
	}
	return w
}

// Unread makes a text ready to be found by its characters alone, not by how it
// is read.
func Unread(text string) Word {
	w := Word{text: fold(text)}
	for _, c := range w.text {
		w.has |= signOf(c)
	}
	return w
}

// learn returns the readings of a character, all of them: surnames take the
// rare one.
func (r *Reader) learn(c rune) []string {
	if c < utf8.RuneSelf {
		return nil
	}
	sounds, met := r.readings[c]
	if !met {
		args := pinyin.NewArgs()
		args.Heteronym = true
		for _, s := range pinyin.SinglePinyin(c, args) {
			if s != "" {
				sounds = append(sounds, s)
			}
		}
		r.readings[c] = sounds
	}
	return sounds
}

// Rank tells how well a word answers a part.
func (r *Reader) Rank(w Word, p Part) Rank {
	if w.has.Lacks(p) {
		return Nowhere
	}
	switch at := strings.Index(w.text, p.text); {
	case at == 0 && len(w.text) == len(p.text):
		return Whole
	case at == 0:
		return Begins
	case at > 0 && !w.han:
		return Within
	case at > 0 && !r.soundsLike(w.text, p.text):
		return Within
	case at > 0:
		return Sounds
	}
	if !w.han || p.text[0] < 'a' || p.text[0] > 'z' {
		return Nowhere
	}
	for i := range w.text {
		if !r.soundsLike(w.text[i:], p.text) {
			continue
		}
		if i == 0 {
			return Sounds
		}
		return Echoes
	}
	return Nowhere
}

// Matches reports whether a word answers a part at all.
func (r *Reader) Matches(w Word, p Part) bool { return r.Rank(w, p) < Nowhere }

// longest is the most letters of a part that pinyin is looked for in: more are
// no name, and its places fit into the bits of a number.
const longest = 63

// soundsLike reports whether text, from its beginning on, can be read as part:
// each character as a whole syllable, as its beginning if part ends there, or
// as its initial letter. It goes through the text once, holding all places of
// part that the characters so far can have brought it to.
func (r *Reader) soundsLike(text, part string) bool {
	if len(part) > longest {
		return false
	}
	at := uint64(1)
	for _, c := range text {
		sounds := r.readings[c]
		next := uint64(0)
		for left := at; left != 0; left &= left - 1 {
			from := bits.TrailingZeros64(left)
			rest := part[from:]
			if len(sounds) == 0 {
				if n := utf8.RuneLen(c); n > 0 && n <= len(rest) && strings.HasPrefix(rest, string(c)) {
					next |= 1 << (from + n)
				}
				continue
			}
			for _, sound := range sounds {
				switch {
				case sound[0] != rest[0]:
					continue
				case strings.HasPrefix(sound, rest):
					return true
				case strings.HasPrefix(rest, sound):
					next |= 1 << (from + len(sound))
				}
				next |= 1 << (from + 1)
			}
		}
		if next>>len(part)&1 != 0 {
			return true
		}
		if at = next; at == 0 {
			return false
		}
	}
	return false
}

func fold(s string) string { return strings.ToLower(width.Fold.String(s)) }
