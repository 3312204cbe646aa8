package exchange_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

// crowd is how many people a county has whose book is edited by hand below: fewer
// under the race detector, which takes ten times the time.
var crowd = map[bool]int{false: 2000, true: 200}[raceDetector]

// crowdName is a name that a hundred others share; a number tells people apart.
func crowdName(i int) string {
	return string([]rune{[]rune("王李张赵刘")[i%5], []rune("秀建志玉凤")[i/5%5], []rune("英国华兰强")[i/25%5]})
}

// TestTwoThousandRows edits a book of many people as a county's clerks do over a
// quarter: rows sorted, 2 % deleted, 1 % written in, 0.5 % copied and overtyped,
// 1.5 % of the row codes damaged, 5 % of the ID numbers turned to 1.5E+17, 10 % of
// the phones retyped. Ensure that each phone comes to the person in whose row it
// was typed and to nobody else, that nobody is made twice, and that what did not
// come back is told by name.
func TestTwoThousandRows(t *testing.T) {
	dir, now := t.TempDir(), clock()
	db := newOffice(t, dir, township, now)
	closeAll(t, db)
	do(t, db, func(tx *store.Tx) error {
		for i := range crowd {
			p := person(crowdName(i), field.Date{Year: 1950 + i/28%50, Month: 1 + i%12, Day: 1 + i%28}, 100+i%800, fmt.Sprintf("1380%07d", i))
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return nil
	})
	sent, back := filepath.Join(dir, "sent.xlsx"), filepath.Join(dir, "back.xlsx")
	send(t, db, county, sent)
	want := phones(t, db)
	c := handleCrowd(t, sent, back)
	maps.Copy(want, c.typed)

	p := plan(t, db, back, exchange.Options{})
	if p.Held() != "" {
		t.Errorf("held: %s", p.Held())
	}
	receive(t, db, back)
	got := phones(t, db)
	wrong := 0
	for id, phone := range want {
		if got[id] != phone {
			wrong++
		}
	}
	t.Logf("%d rows: %d deleted, %d written in, %d copied, %d codes damaged, %d numbers lost digits, %d phones typed: %d wrong, %d new, %d told as 未返回, %d problems",
		crowd, c.deleted, c.inserted, c.copied, c.damaged, c.spoiled, len(c.typed), wrong, len(got)-crowd, len(p.Missing), len(p.Problems))
	if wrong > 0 {
		t.Errorf("%d of %d phones stand with somebody else, or nowhere", wrong, len(want))
	}
	asked := 0 // of a copy whose original lost its code nobody can tell that it is one
	for _, problem := range p.Problems {
		if strings.Contains(problem.Message, "是换人还是更正") {
			asked++
		}
	}
	if made := len(got) - crowd; made+asked != c.inserted+c.copied || asked > 1 {
		t.Errorf("%d people were made and %d asked about, want %d", made, asked, c.inserted+c.copied)
	}
	if len(p.Missing) != c.deleted {
		t.Errorf("未返回 %d, want %d", len(p.Missing), c.deleted)
	}
}

// handled counts what was done to a book.
type handled struct {
	deleted, inserted, copied, damaged, spoiled int

	typed map[string]string // phones, by ID number
}

// phones are the phones of all people, by ID number.
func phones(t failer, db *store.DB) map[string]string {
	out := map[string]string{}
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			out[p.IDNo] = p.Phone
		}
		return nil
	})
	return out
}

// handleCrowd writes the book anew as many hands would have left it.
func handleCrowd(t *testing.T, sent, back string) (c handled) {
	h := openByHand(t, sent, "人员")
	rng := rand.New(rand.NewPCG(1, 2))
	c.typed = map[string]string{}
	grid := must(h.f.GetRows(h.sheet))[h.head : h.head+crowd]
	number, phone, code, name := h.cols["公民身份号码"]-1, h.cols["联系电话"]-1, h.cols["行码"]-1, h.cols["姓名"]-1
	var rows [][]string
	for i, row := range grid {
		row = append(row, make([]string, code+1-min(len(row), code+1))...)
		switch {
		case i%50 == 7:
			c.deleted++
			continue
		case i%10 == 3:
			row[phone] = fmt.Sprintf("1550%07d", i)
			c.typed[row[number]] = row[phone]
		}
		if i%200 == 11 { // copied with its code, and typed over
			other := slices.Clone(row)
			p := person(fmt.Sprint("复制", i), field.Date{Year: 1990, Month: 5, Day: 6}, 100+i/4, "")
			other[name], other[number], other[phone] = p.Name, p.IDNo, ""
			rows = append(rows, other)
			c.copied++
		}
		if i%67 == 5 {
			row[code] = "？" + row[code][1:]
			c.damaged++
		} else if i%20 == 9 {
			n, err := strconv.ParseFloat(strings.TrimSuffix(row[number], "X"), 64)
			if err == nil && !strings.HasSuffix(row[number], "X") {
				row[number] = fmt.Sprintf("%.5E", n)
				c.spoiled++
			}
		}
		rows = append(rows, row)
	}
	for i := range crowd / 100 {
		p := person(fmt.Sprint("新来", i), field.Date{Year: 1991, Month: 7, Day: 8}, 100+i, fmt.Sprintf("1560%07d", i))
		row := make([]string, code+1)
		row[name], row[number], row[phone], row[h.cols["性别"]-1], row[h.cols["民族"]-1] = p.Name, p.IDNo, p.Phone, map[string]string{"1": "男", "2": "女"}[p.Sex], "汉族"
		c.typed[p.IDNo] = p.Phone
		rows = append(rows, row)
		c.inserted++
	}
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for i, row := range rows {
		for col, text := range row {
			if err := h.f.SetCellStr(h.sheet, must(excelize.CoordinatesToCellName(col+1, h.head+1+i)), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := len(rows); i < crowd; i++ {
		for col := range h.cols {
			h.set(i+1, col, "")
		}
	}
	h.save(back)
	return c
}
