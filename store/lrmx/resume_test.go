package lrmx

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"touyan/store/field"

	"pgregory.net/rapid"
)

// shown is a 简历 taken apart, one line each.
func shown(lines []Line, rest []string) string {
	var out []string
	for _, l := range lines {
		during := ""
		if l.During {
			during = "其间 "
		}
		out = append(out, fmt.Sprintf("%s%s~%s %s", during, l.From.Office(), l.To.Office(), strings.ReplaceAll(l.Text, "\n", "/")))
	}
	for _, r := range rest {
		out = append(out, "? "+r)
	}
	return strings.Join(out, "|")
}

// Ensure that a 简历 is taken apart as people write it, and that what cannot be read
// is in the rest.
func TestLines(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		" \n　":                "",
		"1998.07--2001.05  甲": "1998.07~2001.05 甲",
		"2021.01--         甲": "2021.01~ 甲",
		"2021.01--     ":      "2021.01~ ",
		"2021.01--":           "2021.01~ ",
		"1998.7-2001.10 甲":    "1998.07~2001.10 甲",
		"1998.1-2001.1 甲":     "1998.01~2001.01 甲",
		"1998年7月—2001年5月甲":    "1998.07~2001.05 甲",
		"1998年7月1日至2001年5月31日，甲":           "1998.07.01~2001.05.31 ，甲",
		"１９９８．０７－－２００１．０５　甲":               "1998.07~2001.05 甲",
		"1998.07——2001.05甲":                "1998.07~2001.05 甲",
		"1998.07 ～ 2001.05\t甲":             "1998.07~2001.05 甲",
		"1998.07 -- 至今 甲":                  "1998.07~ 甲",
		"1998.07至今甲":                       "1998.07~ 甲",
		"1998.07--今 甲":                     "1998.07~ 甲",
		"1998.07--今日村党支部":                  "1998.07~ 今日村党支部",
		"1998.07--现在":                      "1998.07~ ",
		"199807-200105 甲":                  "1998.07~2001.05 甲",
		"19980701--20010531 甲":             "1998.07.01~2001.05.31 甲",
		"1998-07-2001-05 甲":                "1998.07~2001.05 甲",
		"1998-07-01--2001-05-31 甲":         "1998.07.01~2001.05.31 甲",
		"1998/7~2001/5 甲":                  "1998.07~2001.05 甲",
		"1998--2001 甲":                     "1998~2001 甲",
		"1998-2001年甲":                      "1998~2001 甲",
		"1998.07--2001.05 2组组长":            "1998.07~2001.05 2组组长",
		"2021.01--         2003年获奖":        "2021.01~ 2003年获奖",
		"  1998.07--2001.05  甲\n 乙":        "1998.07~2001.05 甲/乙",
		"1998.07--2001.05\n   甲\r\n　　乙\r丙": "1998.07~2001.05 甲/乙|? 丙",
		"甲\n 乙":                            "? 甲|? 乙",
		"1998.07--2001.05 甲\n乙\n 丙":        "1998.07~2001.05 甲|? 乙|? 丙",
		"1998.07 甲":                        "? 1998.07 甲",
		"1998-07 甲":                        "? 1998-07 甲",
		"1998.13--2001.05 甲":               "? 1998.13--2001.05 甲",
		"1998.07--2001.05.32 甲":            "? 1998.07--2001.05.32 甲",
		"1998.07--2001.051 甲":              "? 1998.07--2001.051 甲",
		"98.07--01.05 甲":                   "? 98.07--01.05 甲",
		"1998.07--2001.05 甲（其间：在乙）":        "1998.07~2001.05 甲（其间：在乙）",
		"1998.07--2001.05 甲\n （在乙）\n（在丙）":  "1998.07~2001.05 甲/（在乙）|? （在丙）",
	} {
		if got := shown(Lines(in)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

// Ensure that what was done beside the work is a line of its own, in whichever of
// the ways it is bracketed, and that a bracket nobody closed takes no other line.
func TestDuring(t *testing.T) {
	const a, b = "2001.05--2006.08  甲\n", "\n2006.08--  丙"
	for in, want := range map[string]string{
		"（其间：2003.03--2005.07 乙）":                                               "其间 2003.03~2005.07 乙",
		"                  （其间：2003.03--2005.07乙）":                              "其间 2003.03~2005.07 乙",
		"(其间:2003.03--2005.07 乙)":                                               "其间 2003.03~2005.07 乙",
		"其间：2003.03--2005.07 乙":                                                 "其间 2003.03~2005.07 乙",
		"（期间 2003.03--2005.07 乙）":                                               "其间 2003.03~2005.07 乙",
		"（2003.03--2005.07 某校（函授）大专）":                                           "其间 2003.03~2005.07 某校（函授）大专",
		"其间：2003.03--2005.07 某校（函授）":                                            "其间 2003.03~2005.07 某校（函授）",
		"（其间：2003.03--2005.07 某校（函授":                                            "其间 2003.03~2005.07 某校（函授",
		"（2003.03--2005.07 某校（函授））":                                             "其间 2003.03~2005.07 某校（函授）",
		"（其间：2003.03--2005.07 乙\n  丁）":                                          "其间 2003.03~2005.07 乙/丁",
		"（其间：2003.03--2005.07 乙；\n  2005.08--2006.01 丁）":                        "其间 2003.03~2005.07 乙；|其间 2005.08~2006.01 丁",
		"（其间：2003.03--2005.07 乙；\n  2005.08--2006.01 丁；\n  2006.02--2006.08 戊）": "其间 2003.03~2005.07 乙；|其间 2005.08~2006.01 丁；|其间 2006.02~2006.08 戊",
		"其间：\n2003.03--2005.07 乙":                                               "其间 2003.03~2005.07 乙",
		"（其间：\n  2003.03--2005.07 乙\n 2005.08--2006.01 丁）":                      "其间 2003.03~2005.07 乙|其间 2005.08~2006.01 丁",
		"（其间：2003.03--2005.07 乙":                                                "其间 2003.03~2005.07 乙",
		"（其间：2003.03--2005.07 乙）\n  2005.08--2006.01 丁":                         "其间 2003.03~2005.07 乙|2005.08~2006.01 丁",
		"（其间：2003.03--至今 乙）":                                                    "其间 2003.03~ 乙",
		"（其间：2003.03--2005.07）":                                                 "其间 2003.03~2005.07 ",
		"（其间：2003.03--2005.07 乙；2005.08--2006.01 丁）":                            "其间 2003.03~2005.07 乙；2005.08--2006.01 丁",
	} {
		if got, want := shown(Lines(a+in+b)), "2001.05~2006.08 甲|"+want+"|2006.08~ 丙"; got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		a + " 其间：\n 乙" + b:              "2001.05~2006.08 甲/乙|2006.08~ 丙|? 其间：",
		a + "其间：":                       "2001.05~2006.08 甲|? 其间：",
		"（1998.07--2001.05）甲\n" + a + b: "2001.05~2006.08 甲|2006.08~ 丙|? （1998.07--2001.05）甲",
	} {
		if got := shown(Lines(in)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

// Ensure that a 简历 in the usual manner is the same when it was taken apart and put
// together, and that one in another manner is put into that.
func TestText(t *testing.T) {
	if got := Text(Lines(resume)); got != resume {
		t.Errorf("put together:\n%s\nwant:\n%s", got, resume)
	}
	got := Text(Lines("1998-2001 甲\n乙\n2001年5月1日至2006年8月31日丙\n  丁\n（2003.3-至今 戊\n 己）\n2006.8至今"))
	want := "1998--2001        甲\n" +
		"2001.05.01--2006.08.31  丙\n" +
		"                  丁\n" +
		"                  （其间：2003.03--至今 戊\n" +
		"                  己）\n" +
		"2006.08--\n" +
		"乙"
	if got != want {
		t.Errorf("put together:\n%s\nwant:\n%s", got, want)
	}
	if got := Text([]Line{{Text: "甲"}}, nil); got != "                  甲" {
		t.Errorf("without a date: %q", got)
	}
}

// counted is how often a text has each character that must not be lost: all but
// blanks and what dates are written with.
func counted(text string) map[rune]int {
	n := map[rune]int{}
	for _, r := range fold(text) {
		if !unicode.IsSpace(r) && !strings.ContainsRune("-~./年月日至到今迄现在目前期", r) {
			n[r]++
		}
	}
	return n
}

// kept holds what Lines promises of any text.
func kept(t interface{ Errorf(string, ...any) }, in string) {
	lines, rest := Lines(in)
	out := Text(lines, rest)
	was, is := counted(in), counted(out)
	for r, n := range was {
		if is[r] < n {
			t.Errorf("%q: %q stands there %d times, in the lines %d times: %s", in, r, n, is[r], shown(lines, rest))
		}
	}
	if again, restAgain := Lines(out); !reflect.DeepEqual(again, lines) || !reflect.DeepEqual(restAgain, rest) {
		t.Errorf("%q: taken apart\n%s, put together and taken apart\n%s", in, shown(lines, rest), shown(again, restAgain))
	}
	for _, l := range lines {
		if _, err := field.DateOf(l.From.String()); err != nil || l.From.IsZero() {
			t.Errorf("%q: begins on %+v", in, l.From)
		}
	}
}

// Ensure that no character of a 简历 is lost, and that taking apart what was put
// together changes nothing.
func TestNothingLost(t *testing.T) {
	pieces := rapid.SliceOf(rapid.SampledFrom([]string{
		"1998.07--2001.05", "1998.7", "2001年5月", "199807", "2003", "13", "--", "-", "—", "~", "至", "至今", "今",
		"（", "）", "(", ")", "其间", "期间：", "其间：", "：", "；", "。", " ", "  ", "    ", "　", "\n", "\n", "\n ", "\n    ", "\r\n", "甲", "乙村", "9", "\xFF",
	}))
	rapid.Check(t, func(t *rapid.T) {
		kept(t, strings.Join(pieces.Draw(t, "pieces"), ""))
	})
}

// Ensure that lines made by a program are read back as they were made.
func TestMadeLines(t *testing.T) {
	text := rapid.StringMatching(`[甲乙（）()；0-9.-][甲乙（）；0-9 年-]{0,6}[甲乙；0-9.-](\n[甲乙；][甲乙（； ]{0,6}[甲乙；])?`)
	line := rapid.Custom(func(t *rapid.T) Line {
		l := Line{From: aKnownDate.Draw(t, "from"), During: rapid.Bool().Draw(t, "during"), Text: text.Draw(t, "text")}
		if rapid.Bool().Draw(t, "ended") {
			l.To = aKnownDate.Draw(t, "to")
		}
		return l
	})
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(line, 1, 5).Draw(t, "lines")
		got, rest := Lines(Text(want, nil))
		if !reflect.DeepEqual(got, want) || rest != nil {
			t.Fatalf("made %s\nread %s", shown(want, nil), shown(got, rest))
		}
	})
}

// Ensure that any text is taken apart without losing a character.
func FuzzLines(f *testing.F) {
	f.Add(resume)
	f.Add("（其间：\n 1998.7至今 甲\n（）\n）\n2001.05--　2003年")
	f.Add("１９９８年７月——２００１．５　甲\r\r\n　乙\n其间 199807-200105（）)")
	f.Fuzz(func(t *testing.T, in string) { kept(t, in) })
}
