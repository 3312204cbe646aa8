//go:build linux

package exchange_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// part is an entry of a workbook, perhaps with lies about itself.
type part struct {
	name, text string
	method     uint16 // deflated unless it says another
	size       uint64 // declared, if not its own
	badCRC     bool
	flags      uint16
}

// packed packs a workbook.
func packed(parts []part) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		var body bytes.Buffer
		c, _ := flate.NewWriter(&body, flate.BestCompression)
		c.Write([]byte(p.text))
		c.Close()
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate, Flags: p.flags, CRC32: crc32.ChecksumIEEE([]byte(p.text)), CompressedSize64: uint64(body.Len()), UncompressedSize64: uint64(len(p.text))}
		if p.method != 0 {
			h.Method = p.method
		}
		if p.size != 0 {
			h.UncompressedSize64 = p.size
		}
		if p.badCRC {
			h.CRC32++
		}
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write(body.Bytes())
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const (
	mainSpace     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relationSpace = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	relationsHead = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	sheetName     = "xl/worksheets/sheet1.xml"
	workbookName  = "xl/workbook.xml"
	workbookLinks = "xl/_rels/workbook.xml.rels"
)

// rosterRows are the heads and one person; what follows is the attack's.
const rosterRows = `<row r="1"><c r="A1" t="inlineStr"><is><t>嘎查村</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c><c r="C1" t="inlineStr"><is><t>备注</t></is></c><c r="D1" t="inlineStr"><is><t>性别</t></is></c><c r="E1" t="inlineStr"><is><t>职务</t></is></c></row>` +
	`<row r="2"><c r="A2" t="inlineStr"><is><t>前进嘎查</t></is></c><c r="B2" t="inlineStr"><is><t>白某某</t></is></c><c r="E2" t="inlineStr"><is><t>支委</t></is></c></row>`

func sheet(rows string) string {
	return `<worksheet ` + mainSpace + `><sheetData>` + rosterRows + rows + `</sheetData></worksheet>`
}

// aBook is a small honest workbook.
func aBook() []part {
	return []part{
		{name: "[Content_Types].xml", text: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
		{name: "_rels/.rels", text: relationsHead + `<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{name: workbookName, text: `<workbook ` + mainSpace + ` xmlns:r="` + relationSpace + `"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{name: workbookLinks, text: relationsHead + `<Relationship Id="rId1" Type="` + relationSpace + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + relationSpace + `/styles" Target="styles.xml"/></Relationships>`},
		{name: "xl/styles.xml", text: `<styleSheet ` + mainSpace + `><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>`},
		{name: sheetName, text: sheet("")},
	}
}

// changed is the honest workbook with a part changed.
func changed(name string, change func(p *part)) []byte {
	parts := aBook()
	change(&parts[slices.IndexFunc(parts, func(p part) bool { return p.name == name })])
	return packed(parts)
}

// rows is the honest workbook with further rows.
func rows(text string) func() []byte {
	return func() []byte { return changed(sheetName, func(p *part) { p.text = sheet(text) }) }
}

// texts is the honest workbook with a part of another text.
func texts(name, text string) func() []byte {
	return func() []byte { return changed(name, func(p *part) { p.text = text }) }
}

// replaced is the honest workbook with a change in the text of a part.
func replaced(name, old, text string) func() []byte {
	return func() []byte {
		return changed(name, func(p *part) {
			if !strings.Contains(p.text, old) {
				panic(old)
			}
			p.text = strings.Replace(p.text, old, text, 1)
		})
	}
}

func sortedNames[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func put32(b []byte, at int, n uint32) { binary.LittleEndian.PutUint32(b[at:], n) }

// circles makes every sector of an OLE2 file follow itself.
func circles(b []byte) {
	table := 512 * (1 + int(binary.LittleEndian.Uint32(b[76:])))
	for i := range 128 {
		put32(b, table+4*i, uint32(i))
	}
}

// boastStrings changes how many shared strings an .xls says it has.
func boastStrings(b []byte, n uint32) {
	for at := 512; at+4 < len(b); at++ { // SST, nearly full
		if length := int(b[at+2]) | int(b[at+3])<<8; b[at] == 0xFC && b[at+1] == 0 && length > 8000 && length <= 8224 {
			put32(b, at+8, n)
			return
		}
	}
	panic("no string table")
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// renamedStream is an honest .xls whose stream has another name.
func renamedStream(old, name string) []byte {
	return rosterXLS(func(b []byte) {
		at := bytes.Index(b, append(utf16Bytes(old), make([]byte, 64-2*len(old))...))
		if at < 0 {
			panic("no stream")
		}
		clear(b[at : at+64])
		copy(b[at:], utf16Bytes(name))
		binary.LittleEndian.PutUint16(b[at+64:], uint16(2*len(name)+2))
	})
}

// endlessSpins asks for two thousand million rounds of key derivation.
func endlessSpins() []byte {
	return append(renamedStream("Workbook", "EncryptedPackage"), `<p:encryptedKey spinCount="2000000000"/>`...)
}

func withPassword() []byte {
	sealed, err := excelize.Encrypt(packed(append(aBook(), part{name: "docProps/note.xml", text: strings.Repeat("x", 5000)})), &excelize.Options{Password: "秘密1"})
	if err != nil {
		panic(err)
	}
	return sealed
}
