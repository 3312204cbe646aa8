package sheet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"touyan/store/disk"
	"touyan/store/field"
)

// Doc is one workbook to write.
type Doc struct {
	Sheets  []Sheet
	Boxes   []Boxes     // pages that are no table, behind the sheets
	Unit    string      // 填报单位
	Made    time.Time   // 填报时间, and the book's own dates
	Code    string      // 批次码, printed in the footer and above the table; "" for none
	Sample  bool        // prints 示例数据 in the title and on top of every page
	Note    string      // printed after the date: 截至日期, what copy it is
	Protect bool        // heads and titles are guarded against typing
	Copy    string      // what copy it is, for whom, by whom and when; in the footer of every page
	Notice  *Notice     // what a copy that hangs on a wall says below each table; nil: who filled it in
	Secret  string      // the password that opens the book; "" for none
	Carrier *Carrier    // nil: the copy carries no stamps (public copies)
	Cover   [][2]string // 封面: label and value, a line without a label is its title; nil: no cover

	// Before, if set, runs once the book is written and checked, just before it
	// takes its name. An error of it leaves no book.
	Before func() error
}

// Notice is what a public copy (公示) tells whoever reads it: until when and where
// to object.
type Notice struct {
	Period string // 公示期: from day to day
	Office string // 受理单位
	Phone  string // 监督电话
	Signed string // 落款: office and day
}

// Sheet is one table of a book.
type Sheet struct {
	Name    string // of the tab; "" takes the title
	Title   string // "" takes the form's
	Form    *field.Form
	Kinds   field.Kinds
	Lines   []Line
	Columns []int // the form columns to show, in order; nil: all
	Spare   int   // blank ruled rows below, for people to write in
}

// Line is one row of a table. Cells are by form column, also those not shown,
// in the words that are printed (field.Show, names for references).
type Line struct {
	Code  string // 行码, "" for none
	Cells []string
	Notes map[int]string // by form column: said beside the cell, which is set off; mostly nil
}

// most a cell can hold, in UTF-16 units; Excel cuts what is longer.
const cellLimit = 32767

// openRows is how many rows below the table still offer drop-lists.
const openRows = 200

// writer holds what the sheets of one book share.
type writer struct {
	ctx     context.Context
	f       *excelize.File
	doc     *Doc
	styles  map[look]int
	lists   map[string]string // items of a drop-list -> the formula that offers them
	listed  [][]string        // columns of the sheet _字典
	digests []*digest
	done    int
	total   int
	tell    func(done, total int)
}

// Write writes a workbook to path. An existing file is replaced only after the
// new one was written, synced and read back cell by cell. progress, which may
// be nil, counts rows. Errors are Chinese sentences, but for a cancelled ctx.
func Write(ctx context.Context, path string, d Doc, progress func(done, total int)) error {
	if len(d.Sheets)+len(d.Boxes) == 0 {
		return fmt.Errorf("没有要导出的表，请先选择。")
	}
	if err := disk.MayWrite(path); err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	w := &writer{ctx: ctx, f: newFile(filepath.Dir(path)), doc: &d, styles: map[look]int{}, lists: map[string]string{}, tell: progress}
	defer w.f.Close()
	pages, err := w.plan()
	if err != nil {
		return err
	}
	if err := w.writeAll(pages); err != nil {
		return cannotWrite(path, err) // large sheets spill into the folder
	}
	return w.save(ctx, path)
}

// plan lays out every sheet and refuses what no workbook can hold.
func (w *writer) plan() ([]*page, error) {
	d := w.doc
	var pages []*page
	names := map[string]bool{coverSheet: d.Cover != nil, listSheet: true, carrierSheet: true}
	for i := range d.Sheets {
		p, err := newPage(&d.Sheets[i], d)
		if err != nil {
			return nil, err
		}
		if names[strings.ToLower(p.name)] {
			return nil, fmt.Errorf("工作簿里有两张表都叫“%s”，请改其中一个的名称。", p.name)
		}
		names[strings.ToLower(p.name)] = true
		pages = append(pages, p)
		w.total += 2 * len(p.sheet.Lines)
	}
	for i := range d.Boxes {
		d.Boxes[i].Name = apart(SheetName(cmp.Or(d.Boxes[i].Name, d.Boxes[i].Title)), names)
		w.total += 2 * len(d.Boxes[i].Rows)
	}
	if d.Carrier != nil {
		w.total += 2 * len(d.Carrier.Rows)
		if err := d.Carrier.check(); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// apart makes the names of tabs differ: people of one name have a page each.
func apart(name string, names map[string]bool) string {
	out := name
	for n := 2; names[strings.ToLower(out)]; n++ {
		tail := "（" + strconv.Itoa(n) + "）"
		out = SheetName(string([]rune(name)[:min(len([]rune(name)), 31-len([]rune(tail)))]) + tail)
	}
	names[strings.ToLower(out)] = true
	return out
}

func (w *writer) writeAll(pages []*page) error {
	d := w.doc
	title := ""
	if len(pages) > 0 {
		title = pages[0].title
	} else {
		title = d.Boxes[0].Title
	}
	if err := w.properties(title); err != nil {
		return err
	}
	if err := w.writeCover(); err != nil {
		return err
	}
	for _, p := range pages {
		if err := w.addSheet(p.name); err != nil {
			return err
		}
		if err := w.writePage(p); err != nil {
			return err
		}
	}
	for i := range d.Boxes {
		if err := w.addSheet(d.Boxes[i].Name); err != nil {
			return err
		}
		if err := w.writeBoxes(&d.Boxes[i], d.Boxes[i].Name); err != nil {
			return err
		}
	}
	if err := w.writeLists(); err != nil {
		return err
	}
	if d.Carrier != nil {
		if err := w.writeCarrier(d.Carrier); err != nil {
			return err
		}
	}
	return nil
}

// addSheet adds a tab; the first takes the place of the one a new file has.
func (w *writer) addSheet(name string) error {
	if len(w.digests) == 0 {
		if err := w.f.SetSheetName("Sheet1", name); err != nil {
			return fmt.Errorf("name sheet: %w", err)
		}
	} else if _, err := w.f.NewSheet(name); err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	w.digests = append(w.digests, newDigest(name))
	return nil
}

func (w *writer) properties(title string) error {
	d := w.doc
	made := d.Made.UTC().Format(time.RFC3339)
	if err := w.f.SetDocProps(&excelize.DocProperties{Title: title, Creator: d.Unit, LastModifiedBy: d.Unit, Created: made, Modified: made, Language: "zh-CN"}); err != nil {
		return fmt.Errorf("set properties: %w", err)
	}
	if err := w.f.SetDefaultFont(bodyFont); err != nil {
		return fmt.Errorf("set font: %w", err)
	}
	return nil
}

func (w *writer) step() {
	w.done++
	if w.done%256 == 0 && w.done < w.total {
		w.tell(w.done, w.total)
	}
}

// rows writes the rows of one sheet and their digest together.
type rows struct {
	w      *writer
	stream *excelize.StreamWriter
	digest *digest
	next   int // 1-based number of the next row
	cells  []excelize.Cell
	values []any
}

func (w *writer) stream(name string, columns int) (*rows, error) {
	s, err := w.f.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	r := &rows{w: w, stream: s, digest: w.digests[len(w.digests)-1], next: 1, cells: make([]excelize.Cell, columns), values: make([]any, columns)}
	for i := range r.cells {
		r.values[i] = &r.cells[i]
	}
	return r, nil
}

// put sets a cell of the coming row; text "" leaves it blank.
func (r *rows) put(col, style int, text string) {
	r.cells[col] = excelize.Cell{StyleID: style}
	if text != "" {
		r.cells[col].Value = text
		r.digest.add(r.next-1, col, false, text)
	}
}

// number is put for a cell that is a number where the text is one.
func (r *rows) number(col, style int, text string) {
	n, shown, ok := exact(text)
	if !ok {
		r.put(col, style, text)
		return
	}
	r.cells[col] = excelize.Cell{StyleID: style, Value: n}
	r.digest.add(r.next-1, col, true, shown)
}

// exact gives the number a text states if a workbook can hold it as it is.
func exact(text string) (n float64, shown string, ok bool) {
	if text == "" || len(text) > 16 || strings.Trim(text, "0123456789.-") != "" {
		return 0, "", false
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, "", false
	}
	shown = strconv.FormatFloat(n, 'f', -1, 64)
	plain := text
	if strings.Contains(plain, ".") {
		plain = strings.TrimSuffix(strings.TrimRight(plain, "0"), ".")
	}
	return n, shown, plain == shown
}

// end writes the row that was put and begins the next.
func (r *rows) end(height float64) error {
	if r.next%256 == 0 {
		if err := r.w.ctx.Err(); err != nil {
			return err
		}
	}
	var opts []excelize.RowOpts
	if height > 0 {
		opts = append(opts, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
	}
	if err := r.stream.SetRow("A"+strconv.Itoa(r.next), r.values, opts...); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	r.next++
	clear(r.cells)
	return nil
}

// checkText refuses what a cell cannot hold and Excel would change silently.
// where names the place for people.
func checkText(where, text string) error {
	if fault := textFault(text); fault != "" {
		return errors.New(where + fault)
	}
	return nil
}

// textFault is the rest of the sentence that refuses a text, "" for none.
func textFault(text string) string {
	if len(text) > cellLimit {
		if n := len(utf16.Encode([]rune(text))); n > cellLimit {
			return fmt.Sprintf("有%d个字，超过一个单元格最多的%d个，没有导出。请缩短后再导出。", n, cellLimit)
		}
	}
	for i, r := range text {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			return fmt.Sprintf("的第%d个字是无法显示的字符，没有导出。请重新填写这一格后再导出。", utf8.RuneCountInString(text[:i])+1)
		}
	}
	return ""
}

// lineEnds turns the line ends of other systems into the one a workbook keeps.
func lineEnds(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
