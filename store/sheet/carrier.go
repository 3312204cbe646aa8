package sheet

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"

	"touyan/store/xlsx"
)

// carrierSheet is the hidden sheet that travels with a book. Hidden, not very
// hidden: LibreOffice makes no difference between the two, and whoever looks
// should be able to see what goes along.
const carrierSheet = "_交接"

// CarrierVersion is the version of carriers this program writes and the newest
// it reads.
const CarrierVersion = 1

// The other carriers of the id, and what the first cell of the hidden sheet
// says.
const (
	carrierMark    = "头雁交接"
	carrierName    = "touyan_book"
	bookProperty   = "TouyanBook"
	formatProperty = "TouyanFormat"
)

// Carrier is what a book says of itself to the program that reads it again. The
// id stands in three places, any one of which is enough; the rows only in the
// hidden sheet.
type Carrier struct {
	Book    string     // the id: letters, digits, "-"
	Version int        // of the carrier; 0 when writing means CarrierVersion
	Rows    [][]string // texts of at most 32,767 characters; empty ends of rows and empty rows do not come back
}

// Mismatch says that the places a book names itself in name different books:
// someone pasted one book's sheets into another.
type Mismatch struct {
	Sheet, Name, Property string // the ids found, "" for none
}

func (m *Mismatch) Error() string {
	return "这个工作簿里有两个不同的批次标记，像是把一份表的内容贴进了另一份。请分别打开原来的两份表，各自导入。"
}

var bookID = regexp.MustCompile(`^[A-Za-z0-9-]{1,80}$`)

func (c *Carrier) check() error {
	if !bookID.MatchString(c.Book) {
		return fmt.Errorf("book id %q has characters other than letters, digits and -", c.Book)
	}
	for n, row := range c.Rows {
		for _, text := range row {
			if err := checkText(fmt.Sprintf("“%s”表第%d行", carrierSheet, n+2), text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) writeCarrier(c *Carrier) error {
	version := c.Version
	if version == 0 {
		version = CarrierVersion
	}
	if err := w.nameBook(c.Book, version); err != nil {
		return err
	}
	if err := w.addSheet(carrierSheet); err != nil {
		return err
	}
	if err := w.f.SetSheetVisible(carrierSheet, false); err != nil {
		return fmt.Errorf("hide sheet: %w", err)
	}
	most := 3
	for _, row := range c.Rows {
		most = max(most, len(row))
	}
	r, err := w.stream(carrierSheet, most)
	if err != nil {
		return err
	}
	head := []string{carrierMark, strconv.Itoa(version), c.Book}
	for n := -1; n < len(c.Rows); n++ {
		row := head
		if n >= 0 {
			row = c.Rows[n]
			w.step()
		}
		for i, text := range row {
			r.put(i, 0, lineEnds(text))
		}
		if err := r.end(0); err != nil {
			return err
		}
	}
	if err := r.stream.Flush(); err != nil {
		return fmt.Errorf("finish sheet: %w", err)
	}
	return nil
}

// nameBook writes the id into the defined name and the properties.
func (w *writer) nameBook(id string, version int) error {
	if err := w.f.SetDefinedName(&excelize.DefinedName{Name: carrierName, RefersTo: `"` + id + `"`}); err != nil {
		return fmt.Errorf("name book: %w", err)
	}
	for i := range w.f.WorkBook.DefinedNames.DefinedName {
		if n := &w.f.WorkBook.DefinedNames.DefinedName[i]; n.Name == carrierName {
			n.Hidden = true
		}
	}
	for _, p := range []excelize.CustomProperty{{Name: bookProperty, Value: id}, {Name: formatProperty, Value: int32(version)}} {
		if err := w.f.SetCustomProps(p); err != nil {
			return fmt.Errorf("set property: %w", err)
		}
	}
	return nil
}

// ReadCarrier finds what a book says of itself. found is false for a book of
// others, or one of ours that lost every carrier. Rows are nil where the hidden
// sheet is lost. The error is a *Mismatch, a newer version, or a damaged file,
// each a sentence for people.
func ReadCarrier(ctx context.Context, b *xlsx.Book) (c *Carrier, found bool, err error) {
	c = &Carrier{}
	for _, s := range b.Sheets() {
		if !s.Grid || s.Name != carrierSheet && s.State == xlsx.Visible {
			continue
		}
		if err := c.readSheet(ctx, b, s.Index); err != nil {
			return nil, false, err
		}
		if c.Book != "" {
			break
		}
	}
	places := Mismatch{Sheet: c.Book, Property: b.Properties()[bookProperty]}
	for _, n := range b.Names() {
		if id, ok := constant(n.Text); ok && n.Name == carrierName {
			places.Name = id
		}
	}
	for _, id := range []string{places.Name, places.Property} {
		switch {
		case id == "":
		case c.Book == "":
			c.Book = id
		case c.Book != id:
			return nil, false, &places
		}
	}
	if v, err := strconv.Atoi(b.Properties()[formatProperty]); err == nil {
		c.Version = max(c.Version, v)
	}
	if c.Book != "" && c.Version > CarrierVersion {
		return nil, false, fmt.Errorf("这个工作簿由更新版本的程序导出（交接格式%d，本程序只认识到%d）。请先升级本程序再导入。", c.Version, CarrierVersion)
	}
	return c, c.Book != "", nil
}

// readSheet takes the hidden sheet in if it is ours.
func (c *Carrier) readSheet(ctx context.Context, b *xlsx.Book, sheet int) error {
	first := true
	err := b.Rows(ctx, sheet, func(r xlsx.Row) error {
		var row []string
		for _, cell := range r.Cells {
			for len(row) < cell.Col {
				row = append(row, "")
			}
			row = append(row, cell.Text)
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if first {
			first = false
			if len(row) < 3 || row[0] != carrierMark {
				return errEnough
			}
			c.Version, _ = strconv.Atoi(row[1])
			c.Book = row[2]
			c.Rows = [][]string{}
			return nil
		}
		if len(row) > 0 {
			c.Rows = append(c.Rows, row)
		}
		return nil
	})
	if err == errEnough {
		return nil
	}
	return err
}

// constant reads a defined name that holds a text.
func constant(formula string) (string, bool) {
	if len(formula) < 2 || formula[0] != '"' || formula[len(formula)-1] != '"' {
		return "", false
	}
	return formula[1 : len(formula)-1], true
}
