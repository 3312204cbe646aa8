package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"touyan/store/disk"
	"touyan/store/xlsx"
)

// parcel is the package of a blank: its entries are copied as they lie, packed,
// but for the few that filling changes.
type parcel struct {
	file    *os.File
	zip     *zip.Reader
	part    string // name of the worksheet's entry
	sheet   []byte
	number  int               // of the sheet among the tabs
	texts   map[[2]int]string // what its cells say, by row from 1 and column from 0
	changed map[string][]byte // entries written anew; nil: left out
}

// openPackage opens a blank, which store/xlsx has read and found whole.
func openPackage(ctx context.Context, blank string, number int) (*parcel, error) {
	book, err := xlsx.Open(blank, xlsx.DefaultLimits())
	if err != nil {
		return nil, err
	}
	part, texts := book.Part(number), map[[2]int]string{}
	err = book.Rows(ctx, number, func(r xlsx.Row) error {
		for _, c := range r.Cells {
			texts[[2]int{r.Index + 1, c.Col}] = strings.Clone(c.Text)
		}
		return nil
	})
	book.Close()
	if err != nil {
		return nil, err
	}
	f, err := disk.Open(blank)
	if err != nil {
		return nil, err
	}
	p := &parcel{file: f, part: part, number: number, texts: texts, changed: map[string][]byte{}}
	info, err := f.Stat()
	if err == nil {
		p.zip, err = zip.NewReader(f, info.Size())
	}
	if err == nil {
		p.sheet, err = p.read(part)
	}
	if err != nil {
		f.Close()
		return nil, disk.CannotRead(blank, err)
	}
	return p, nil
}

func (p *parcel) close() { p.file.Close() }

// read unpacks an entry; names differ in case from program to program.
func (p *parcel) read(name string) ([]byte, error) {
	for _, e := range p.zip.File {
		if strings.EqualFold(strings.TrimPrefix(e.Name, "/"), name) {
			r, err := e.Open()
			if err != nil {
				return nil, err
			}
			defer r.Close()
			return io.ReadAll(r)
		}
	}
	return nil, fmt.Errorf("entry %s: %w", name, os.ErrNotExist)
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&apos;", "'", "&#xA;", "\n", "&amp;", "&")

// move has the other parts of the package follow the rows that came in: names of
// ranges, pictures below the table. The order in which cells were reckoned is
// dropped with its list; whatever opens the book reckons all of it anew.
func (p *parcel) move(in inserted, sheet string) {
	if b, err := p.read("xl/workbook.xml"); err == nil {
		p.changed["xl/workbook.xml"] = definedName.ReplaceAllFunc(b, func(m []byte) []byte {
			parts := definedName.FindSubmatch(m)
			moved := in.move(unescape.Replace(string(parts[2])), sheet, false)
			var out bytes.Buffer
			out.Write(parts[1])
			out.WriteString(escape.Replace(moved))
			out.Write(parts[3])
			return out.Bytes()
		})
	}
	p.moveFormulas(in, sheet)
	rels := path.Join(path.Dir(p.part), "_rels", path.Base(p.part)+".rels")
	b, err := p.read(rels)
	if err != nil {
		return
	}
	for _, m := range partTarget.FindAllSubmatch(b, -1) {
		name := path.Join(path.Dir(p.part), string(m[1]))
		if strings.HasPrefix(string(m[1]), "/") {
			name = strings.TrimPrefix(string(m[1]), "/")
		}
		d, err := p.read(name)
		if err != nil {
			continue
		}
		p.changed[name] = in.attributes(anchorRow.ReplaceAllFunc(d, func(m []byte) []byte {
			parts := anchorRow.FindSubmatch(m)
			n, _ := strconv.Atoi(string(parts[2])) // 0-based
			return fmt.Appendf(nil, "%s%d%s", parts[1], in.row(n+1)-1, parts[3])
		}))
	}
}

// moveFormulas has the formulas of the other sheets follow.
func (p *parcel) moveFormulas(in inserted, sheet string) {
	for _, e := range p.zip.File {
		if !strings.HasPrefix(e.Name, "xl/worksheets/") || strings.EqualFold(e.Name, p.part) || !strings.HasSuffix(e.Name, ".xml") {
			continue
		}
		b, err := p.read(e.Name)
		if err != nil || !bytes.Contains(b, []byte("!")) {
			continue
		}
		p.changed[e.Name] = cellFormula.ReplaceAllFunc(b, func(m []byte) []byte {
			parts := cellFormula.FindSubmatch(m)
			return fmt.Appendf(nil, "%s%s%s", parts[1], escape.Replace(in.move(unescape.Replace(string(parts[2])), sheet, false)), parts[3])
		})
	}
}

var (
	escape      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	definedName = regexp.MustCompile(`(?s)(<(?:\w+:)?definedName(?:\s[^>]*)?>)(.*?)(</(?:\w+:)?definedName>)`)
	partTarget  = regexp.MustCompile(`Target="([^"]*(?:drawings/drawing|comments)[^"]*\.xml)"`)
	cellFormula = regexp.MustCompile(`(?s)(<(?:\w+:)?f(?:\s[^>]*[^/])?>)(.*?)(</(?:\w+:)?f>)`)
	anchorRow   = regexp.MustCompile(`(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)`)
	calcPr      = regexp.MustCompile(`<((?:\w+:)?)calcPr([^>]*?)(/?)>`)
	fullCalc    = regexp.MustCompile(`\s+fullCalcOnLoad="[^"]*"`)
	chainType   = regexp.MustCompile(`<(?:\w+:)?Override[^>]*calcChain[^>]*/>`)
	chainTarget = regexp.MustCompile(`<(?:\w+:)?Relationship [^>]*calcChain[^>]*/>`)
)

// reckonAnew has whatever opens the book reckon all formulas.
func (p *parcel) reckonAnew() error {
	b := p.changed["xl/workbook.xml"]
	if b == nil {
		var err error
		if b, err = p.read("xl/workbook.xml"); err != nil {
			return err
		}
	}
	if calcPr.Match(b) {
		b = calcPr.ReplaceAllFunc(b, func(m []byte) []byte {
			parts := calcPr.FindSubmatch(m)
			return fmt.Appendf(nil, `<%scalcPr%s fullCalcOnLoad="1"%s>`, parts[1], fullCalc.ReplaceAll(parts[2], nil), parts[3])
		})
	} else {
		for _, end := range []string{"</definedNames>", "</externalReferences>", "</sheets>"} {
			if at := bytes.Index(b, []byte(end)); at >= 0 {
				at += len(end)
				b = bytes.Join([][]byte{b[:at], []byte(`<calcPr fullCalcOnLoad="1"/>`), b[at:]}, nil)
				break
			}
		}
	}
	p.changed["xl/workbook.xml"] = b
	if _, err := p.read("xl/calcChain.xml"); err != nil {
		return nil
	}
	p.changed["xl/calcChain.xml"] = nil
	for name, line := range map[string]*regexp.Regexp{"[Content_Types].xml": chainType, "xl/_rels/workbook.xml.rels": chainTarget} {
		b, err := p.read(name)
		if err != nil {
			return err
		}
		p.changed[name] = line.ReplaceAll(b, nil)
	}
	return nil
}

// save writes the package beside its target, reads it back, and only then puts
// it in the target's place.
func (p *parcel) save(ctx context.Context, to string, x *filler) (err error) {
	if err := p.reckonAnew(); err != nil {
		return err
	}
	p.changed[p.part] = x.bytes()
	name := filepath.Join(filepath.Dir(to), "~"+rand.Text()[:12]+".xlsx")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return cannotWrite(to, err)
	}
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	err = p.write(file)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return cannotWrite(to, err)
	}
	if err := x.verify(ctx, name); err != nil {
		return err
	}
	if x.Before != nil {
		if err := x.Before(); err != nil {
			return err
		}
	}
	if err := os.Rename(name, to); err != nil {
		return cannotWrite(to, err)
	}
	return nil
}

// write copies the entries, packed as they are; those changed are packed anew.
func (p *parcel) write(out io.Writer) error {
	z := zip.NewWriter(out)
	for _, e := range p.zip.File {
		body, changed := p.changedEntry(e.Name)
		switch {
		case changed && body == nil:
			continue
		case !changed:
			if err := z.Copy(e); err != nil {
				return err
			}
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.Name, Method: zip.Deflate, Modified: e.Modified})
		if err != nil {
			return err
		}
		if _, err := w.Write(body); err != nil {
			return err
		}
	}
	return z.Close()
}

func (p *parcel) changedEntry(name string) ([]byte, bool) {
	for one, body := range p.changed {
		if strings.EqualFold(strings.TrimPrefix(name, "/"), one) {
			return body, true
		}
	}
	return nil, false
}

// verify reads the copy with our own reader and holds every filled cell against
// what was meant.
func (x *filler) verify(ctx context.Context, name string) error {
	b, err := xlsx.Open(name, xlsx.DefaultLimits())
	if err != nil {
		return badCopy(err)
	}
	defer b.Close()
	left := len(x.want)
	err = b.Rows(ctx, x.p.number, func(r xlsx.Row) error {
		for _, c := range r.Cells {
			if want, filled := x.want[[2]int{r.Index + 1, c.Col}]; filled {
				left--
				if c.Text != want {
					return badCopy(fmt.Errorf("%s says %q, meant %q", xlsx.CellName(c.Col, r.Index), c.Text, want))
				}
			}
		}
		return nil
	})
	if err == nil && left != 0 {
		err = badCopy(fmt.Errorf("%d filled cells are missing", left))
	}
	if err != nil && ctx.Err() == nil && !errors.As(err, new(*disk.Error)) {
		return badCopy(err)
	}
	return err
}
