package exchange

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// asRows are the lines of a hidden sheet: cells parted by |.
func asRows(text string) (rows [][]string) {
	for line := range strings.Lines(text) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "|"))
	}
	return rows
}

func asText(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "|") + "\n")
	}
	return b.String()
}

// carried is a hidden sheet as a ledger writes it.
func carried(f *testing.F) *sheet.Carrier {
	id := store.OfficeID("150426")
	dot := store.Dot{Ledger: "ledger-1", Counter: 3}
	v := store.Version{Dot: dot, Record: id, Value: "甲", Level: field.County, Office: "150426"}
	c := &carrier{
		head:    bookHead{Book: "b1", Made: time.Unix(0, 0).UTC(), From: store.Office{Code: "150426"}, Period: "2026Q1", Sheets: []sentSheet{{"人员", "person"}}},
		lines:   map[lineKey]*sentLine{{0, "K7"}: {[]string{id}, map[string]string{"village": id}}},
		records: map[recordKey]map[string]sentCell{{"person", id}: {"name": {cellDigest("甲"), store.Cell{v}}, "phone": {cellDigest(""), store.Cell{v, v}}}},
		order:   []recordKey{{"person", id}},
		origins: map[store.Dot]store.Origin{dot: {Who: "张敏"}},
	}
	raw, err := c.pack()
	if err != nil {
		f.Fatal(err)
	}
	return raw
}

// Ensure that any hidden sheet is refused, or read into what survives being
// written again.
func FuzzCarrier(f *testing.F) {
	raw := carried(f)
	f.Add(asText(raw.Rows), raw.Book, raw.Version)
	f.Add("head|{\"book\":\"x\"}\nnames\nstamp|\nrec|person||\n", "x", 0)
	f.Add("", "", 9)
	f.Fuzz(func(t *testing.T, text, book string, version int) {
		c, err := unpackCarrier(&sheet.Carrier{Book: book, Version: version, Rows: asRows(text)})
		if err != nil {
			return
		}
		again, err := c.pack()
		if err != nil {
			t.Fatal(err)
		}
		back, err := unpackCarrier(again)
		if err != nil {
			t.Fatalf("%v, written again as\n%s", err, asText(again.Rows))
		}
		if len(back.records) != len(c.records) || len(back.origins) != len(c.origins) || len(back.lines) != len(c.lines) {
			t.Fatalf("of %d records %d are left", len(c.records), len(back.records))
		}
	})
}

// Ensure that any period a book claims is said in words.
func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"", "2026", "2026Q1", "2026Q9", "-001Q2", "Q"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Period(s).String()
		if (text == "") != (s == "") || utf8.ValidString(s) && !utf8.ValidString(text) {
			t.Fatalf("%q is said as %q", s, text)
		}
	})
}
