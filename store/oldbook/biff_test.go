package oldbook

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"touyan/store/xlsx"
)

// dump is a book as text: a cell a line, with its type and format.
func dump(b *xlsx.Book) (string, error) {
	var w strings.Builder
	for i, s := range b.Sheets() {
		fmt.Fprintf(&w, "[%s %d %v]\n", s.Name, s.State, s.Grid)
		merges, err := b.Merges(i)
		if err != nil {
			return "", err
		}
		for _, m := range merges {
			fmt.Fprintf(&w, "%v\n", m)
		}
		err = b.Rows(context.Background(), i, func(r xlsx.Row) error {
			for _, c := range r.Cells {
				fmt.Fprintf(&w, "%s %s %q %s", xlsx.CellName(c.Col, r.Index), []string{"blank", "number", "text", "bool", "error", "iso"}[c.Type], c.Text, c.Format)
				for mark, is := range map[string]bool{" date": c.IsDate, " formula": c.Formula} {
					if is {
						w.WriteString(mark)
					}
				}
				if r.Hidden {
					w.WriteString(" hidden")
				}
				w.WriteByte('\n')
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return w.String(), nil
}

// read is what Read makes of a book, as text.
func read(data []byte, code xlsx.Code, password string) (string, error) {
	b, err := Read(data, "名册", code, password, xlsx.DefaultLimits())
	if err != nil {
		return "", err
	}
	return dump(b)
}

// wantRefused checks that an error is a refusal with words for people.
func wantRefused(t *testing.T, err error, code xlsx.Code, part string) {
	t.Helper()
	told, ok := errors.AsType[*xlsx.Error](err)
	switch {
	case !ok || told.Code != code || !strings.Contains(told.Message, part):
		t.Errorf("got %v, want code %d with %q", err, code, part)
	case !strings.Contains(told.Message, "请") || !strings.HasSuffix(told.Message, "。"):
		t.Errorf("not a sentence that says what to do: %v", err)
	}
}

// Ensure that every record that holds a value gives the cell it stands for.
func TestRecords(t *testing.T) {
	globals := (&builder{}).put(recDate1904, 0).put(recFormat, 164, 7, byte(0), []byte("yyyy\\.m")).
		xf(0).xf(14).xf(164).xf(49).
		put(recSST, uint32(2), uint32(2), 2, byte(flagWide), "旗县", 3, byte(flagRich|flagExtended), 1, uint32(5), []byte("abc"), []byte("runs"), []byte("hints"))
	s := (&builder{}).
		put(recRow, 1, 0, 9, 0xFF, 0, 0, uint32(0x20)).
		put(recLabelSST, 0, 0, 0, uint32(0)).put(recLabelSST, 0, 1, 3, uint32(1)).
		put(recRK, 0, 2, 0, uint32(1234<<2|2)).put(recRK, 0, 3, 0, uint32(1234<<2|3)).put(recRK, 0, 4, 2, uint32(0x40DE0000)).put(recRK, 0, 5, 0, uint32(0xFFFFFFFE)).
		put(recMulRK, 1, 0, 1, uint32(31107<<2|2), 0, uint32(7<<2|2), 1).
		put(recNumber, 1, 3, 0, 13800000001.0).put(recNumber, 1, 4, 0, 150426198503074000.0).put(recNumber, 1, 5, 0, 0.1).
		put(recBoolErr, 1, 6, 0, byte(1), byte(0)).put(recBoolErr, 1, 7, 0, byte(0x2A), byte(1)).
		put(recLabel, 2, 0, 0, 2, byte(flagWide), "嘎查").put(recRString, 2, 1, 0, 2, byte(0), []byte("ab"), 1, 0, 0).
		put(recFormula, 2, 2, 0, 2.5, 0, uint32(0), 0).
		put(recFormula, 2, 3, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0).put(recSharedFmla, 0).put(recString, 2, byte(flagWide), "算出").
		put(recFormula, 2, 4, 0, []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0).
		put(recFormula, 2, 5, 0, []byte{2, 0, 7, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0).
		put(recFormula, 2, 6, 0, []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0).
		bof(0x20).put(recNumber, 9, 9, 0, 9.0).put(recEOF). // a chart with cells of its own
		put(recMerged, 2, 0, 0, 0, 1, 5, 6, 2, 3)
	want := `[表1 0 true]
{0 0 0 1}
{5 2 6 3}
A1 text "旗县" General
B1 text "abc" @
C1 number "1234" General
D1 number "12.34" General
E1 number "30720" yyyy\.m date
F1 number "-1" General
A2 number "31107" yyyy/m/d date hidden
B2 number "7" General hidden
D2 number "13800000001" General hidden
E2 number "1.50426198503074E+17" General hidden
F2 number "0.1" General hidden
G2 bool "TRUE" General hidden
H2 error "#N/A" General hidden
A3 text "嘎查" General
B3 text "ab" General
C3 number "2.5" General formula
D3 text "算出" General formula
E3 bool "TRUE" General formula
F3 error "#DIV/0!" General formula
G3 text "" General formula
`
	got, err := read(inCompound("Workbook", aBook(globals, s)), xlsx.OldFormat, "")
	if err != nil || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}

// Ensure that shared strings are whole wherever the record that holds them ends:
// in their head, between characters, where the width changes anew, and among what
// follows them.
func TestSplitStrings(t *testing.T) {
	texts := []string{"白音花苏木嘎查村两委成员", "plain letters", "旗", "", "last"}
	var flat []byte // and where a record may end: -1 no, 0 yes, 1 yes with a new flag
	var ends []int
	add := func(b ...byte) {
		flat = append(flat, b...)
		for range b {
			ends = append(ends, 0)
		}
	}
	for i, s := range texts {
		units := le(s)
		wide := i%2 == 0 && s != "last"
		flags := byte(flagRich)
		if wide {
			flags |= flagWide
		}
		add(le(len(units)/2, flags, 1)...)
		if len(units) > 0 {
			ends[len(ends)-1] = 1
		}
		for k := 0; k < len(units); k += 2 {
			end := 1
			if k+2 == len(units) {
				end = 0
			}
			if wide {
				flat, ends = append(flat, units[k], units[k+1]), append(ends, -1, end)
			} else {
				flat, ends = append(flat, units[k]), append(ends, end)
			}
		}
		add(le(0, 0)...)
	}
	for cut := 0; cut < len(flat)-1; cut++ {
		if ends[cut] < 0 {
			continue
		}
		rest := flat[cut+1:]
		if ends[cut] == 1 {
			rest = widened(flat, ends, cut+1)
		}
		globals := (&builder{}).xf(0).put(recSST, uint32(5), uint32(5), flat[:cut+1]).put(recContinue, rest)
		s := &builder{}
		for i := range texts {
			s.put(recLabelSST, i, 0, 0, uint32(i))
		}
		b, err := Read(inCompound("Workbook", aBook(globals, s)), "", xlsx.OldFormat, "", xlsx.DefaultLimits())
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		var got []string
		b.Rows(t.Context(), 0, func(r xlsx.Row) error {
			got = append(got, strings.Clone(r.Cells[0].Text))
			return nil
		})
		if !slices.Equal(got, texts) {
			t.Fatalf("cut at %d: %q", cut, got)
		}
	}
}

// widened is what follows a cut between characters: a flag, and the characters up
// to the end of the text, those of one byte now in two.
func widened(flat []byte, ends []int, from int) []byte {
	out := []byte{flagWide}
	i := from
	for ; ; i++ {
		if ends[i] < 0 { // two bytes already
			out = append(out, flat[i], flat[i+1])
			i++
		} else {
			out = append(out, flat[i], 0)
		}
		if ends[i] != 1 {
			break
		}
	}
	return append(out, flat[i+1:]...)
}

// Ensure that an encrypted workbook opens with its password alone, and one that
// is only protected without.
func TestPasswords(t *testing.T) {
	long := strings.Repeat("很长的备注", 700) // over several blocks of the cipher
	globals := (&builder{}).xf(0).put(recSST, uint32(1), uint32(1), len([]rune(long)), byte(flagWide), long)
	s := (&builder{}).put(recLabelSST, 0, 0, 0, uint32(0)).put(recNumber, 0, 1, 0, 7.0)
	want, err := read(inCompound("Workbook", aBook(globals, s)), xlsx.OldFormat, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, cryptoAPI := range []bool{false, true} {
		sealed := inCompound("Workbook", encrypted("密码1", cryptoAPI, globals, s))
		if got, err := read(sealed, xlsx.OldFormat, "密码1"); err != nil || got != want {
			t.Errorf("with the password: %v\n%s", err, got)
		}
		_, err := read(sealed, xlsx.OldFormat, "")
		wantRefused(t, err, xlsx.Encrypted, "加了密码")
		_, err = read(sealed, xlsx.OldFormat, "密码2")
		wantRefused(t, err, xlsx.WrongPassword, "密码不对")
		if got, err := read(inCompound("Workbook", encrypted(xlsx.ProtectedPassword, cryptoAPI, globals, s)), xlsx.OldFormat, ""); err != nil || got != want {
			t.Errorf("only protected: %v\n%s", err, got)
		}
	}
	_, err = read(inCompound("Workbook", aBook((&builder{}).put(recFilePass, 0, 1, 2), s)), xlsx.OldFormat, "x")
	wantRefused(t, err, xlsx.OldFormat, "加密的方式不能识别")
}

// Ensure that workbooks that contradict themselves, are cut or too old are refused
// with a sentence.
func TestBadRecords(t *testing.T) {
	globals := func() *builder {
		return (&builder{}).xf(0).put(recSST, uint32(1), uint32(1), 1, byte(0), byte('x'))
	}
	sheet := func(id int, values ...any) []byte { return aBook(globals(), (&builder{}).put(id, values...)) }
	whole := sheet(recNumber, 0, 0, 0, 1.0)
	old := slices.Clone(whole)
	old[5] = 5 // BIFF5
	for name, c := range map[string]struct {
		data []byte
		code xlsx.Code
		part string
	}{
		"Excel 95":                {inCompound("Book", whole), xlsx.OldFormat, "Excel 95"},
		"Excel 95 by its version": {inCompound("Workbook", old), xlsx.OldFormat, "Excel 95"},
		"Excel 4":                 {[]byte("\x09\x04\x06\x00\x00\x00\x10\x00"), xlsx.OldFormat, "Excel 95"},
		"no workbook":             {inCompound("Contents", whole), xlsx.NotWorkbook, "没有工作表"},
		"header only":             {inCompound("Workbook", whole)[:600], xlsx.Damaged, "断了"},
		"no sheets":               {inCompound("Workbook", aBook(globals())), xlsx.Damaged, "一张工作表也没有"},
		"no end":                  {inCompound("Workbook", whole[:len(whole)-4]), xlsx.Damaged, "断了"},
		"string too few":          {inCompound("Workbook", sheet(recLabelSST, 0, 0, 0, uint32(1))), xlsx.Damaged, "字符串表"},
		"format too few":          {inCompound("Workbook", sheet(recNumber, 0, 0, 1, 1.0)), xlsx.Damaged, "格式"},
		"number short":            {inCompound("Workbook", sheet(recNumber, 0, 0, 0, 1)), xlsx.Damaged, "长度"},
		"numbers out of step":     {inCompound("Workbook", sheet(recMulRK, 0, 0, 0, uint32(2), 5)), xlsx.Damaged, "对不上"},
		"not a number":            {inCompound("Workbook", sheet(recNumber, 0, 0, 0, []byte("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"))), xlsx.Damaged, "A1"},
		"truth of 2":              {inCompound("Workbook", sheet(recBoolErr, 0, 0, 0, byte(2), byte(0))), xlsx.Damaged, "A1"},
		"text of a formula gone":  {inCompound("Workbook", sheet(recFormula, 0, 0, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0)), xlsx.Damaged, "公式"},
		"cell twice":              {inCompound("Workbook", aBook(globals(), (&builder{}).put(recNumber, 0, 0, 0, 1.0).put(recNumber, 0, 0, 0, 2.0))), xlsx.Damaged, "两次"},
		"column IW":               {inCompound("Workbook", sheet(recNumber, 0, 256, 0, 1.0)), xlsx.TooWide, "IW1"},
		"merges cut":              {inCompound("Workbook", sheet(recMerged, 2, 0, 0, 0, 1)), xlsx.Damaged, "短"},
		"more strings than told":  {inCompound("Workbook", aBook((&builder{}).put(recSST, uint32(1), uint32(1), 1, byte(0), []byte("xyyyy")), &builder{})), xlsx.Damaged, "字符串表"},
		"strings cut":             {inCompound("Workbook", aBook((&builder{}).put(recSST, uint32(1), uint32(1), 9, byte(0), []byte("x")), &builder{})), xlsx.Damaged, "字符串表"},
		"a million strings":       {inCompound("Workbook", aBook((&builder{}).put(recSST, uint32(1), uint32(1<<30)), &builder{})), xlsx.Damaged, "断了"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.data, xlsx.OldFormat, "")
			wantRefused(t, err, c.code, c.part)
		})
	}
}

// Ensure that a container whose chains go in circles, or that boasts, is refused at
// once.
func TestBadContainers(t *testing.T) {
	s := &builder{}
	for i := range 800 {
		s.put(recNumber, i, 0, 0, 1.0)
	}
	good := inCompound("Workbook", aBook((&builder{}).xf(0), s))
	if _, err := read(good, xlsx.OldFormat, ""); err != nil {
		t.Fatal(err)
	}
	directory := len(good) - 1024 // of one sector, before that of the FAT
	fat := len(good) - 512
	for name, change := range map[string]func(b []byte){
		"stream in a circle":     func(b []byte) { copy(b[fat+8:], le(uint32(0))); copy(b[directory+128+120:], le(uint32(len(b)-100))) },
		"directory in a circle":  func(b []byte) { copy(b[fat+(directory/512-1)*4:], le(uint32(directory/512-1))) },
		"stream to nowhere":      func(b []byte) { copy(b[fat+8:], le(uint32(noEntry))) },
		"stream ends too soon":   func(b []byte) { copy(b[fat+8:], le(uint32(endOfChain))) },
		"stream of 4 GB":         func(b []byte) { copy(b[directory+128+120:], le(uint32(noEntry))) },
		"sectors of 4 GB":        func(b []byte) { b[30] = 32 },
		"a million tables":       func(b []byte) { copy(b[44:], le(uint32(1<<20))) },
		"table beyond the end":   func(b []byte) { copy(b[76:], le(uint32(1<<20))) },
		"directory that is none": func(b []byte) { b[directory+66] = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			b := slices.Clone(good)
			change(b)
			_, err := read(b, xlsx.OldFormat, "")
			wantRefused(t, err, xlsx.Damaged, "")
		})
	}
}
