package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// handOver is an office with papers, another that has their records, and a stick.
type handOver struct {
	*desk // who sends

	to    *desk
	stick string
	book  Companion
}

func newHandOver(t testing.TB, photos int) *handOver {
	t.Helper()
	h := &handOver{desk: newDesk(t), to: newDesk(t), stick: t.TempDir(),
		book: Companion{Book: "00112233445566778899", Keys: map[field.Class][]byte{field.Ordinary: bytes.Repeat([]byte{7}, 32)}}}
	var paths []string
	for n := range photos {
		paths = append(paths, h.photo(fmt.Sprintf("证书%02d.jpg", n), n))
	}
	h.attach(Owner{Person: h.person}, paths...)
	h.tell()
	return h
}

// tell has the other office know the records.
func (h *handOver) tell() {
	h.t.Helper()
	ok(h.t, h.to.db.Do("合并", clerk, func(tx *store.Tx) error {
		for _, p := range h.papers(h.person) {
			p.Person = h.to.person
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return h.book.KeepKey(tx)
	}))
}

func (h *handOver) workbook() string { return filepath.Join(h.stick, "上报.xlsx") }

func (h *handOver) packing() Packing {
	p := Packing{Companion: h.book, Path: h.workbook(), To: "150426"}
	for _, rec := range h.papers(h.person) {
		p.Papers = append(p.Papers, rec.ID)
	}
	return p
}

func (h *handOver) pack(p Packing) Packed {
	h.t.Helper()
	out, err := Pack(context.Background(), h.db, clerk, p, nil)
	ok(h.t, err)
	return out
}

// unpack takes in what lies on the stick without the workbook.
func (h *handOver) unpack(paths ...string) Unpacked {
	h.t.Helper()
	if paths == nil {
		paths = CompanionNames(h.workbook())
	}
	out, err := Unpack(context.Background(), h.to.db, clerk, nil, paths, nil)
	ok(h.t, err)
	return out
}

// waiting are the titles of the papers the other office has not received.
func (h *handOver) waiting() (out []string) {
	h.t.Helper()
	ok(h.t, h.to.db.View(func(tx *store.Tx) error {
		list, err := NotYetReceived(tx)
		for _, w := range list {
			out = append(out, w.Name+w.Title)
		}
		return err
	}))
	return out
}

// arrived holds what the other office has against what was attached.
func (h *handOver) arrived(want int) {
	h.t.Helper()
	got := 0
	for _, p := range h.to.papers(h.to.person) {
		there, _, err := Get(h.to.db, p.ID)
		if err != nil {
			continue
		}
		here, _, err := Get(h.db, p.ID)
		ok(h.t, err)
		if !bytes.Equal(here.Bytes, there.Bytes) || len(there.Thumb) == 0 {
			h.t.Errorf("%s came as something else", p.Title)
		}
		got++
	}
	if got != want {
		h.t.Errorf("%d papers arrived, want %d", got, want)
	}
	if r := h.to.check(); len(r.Orphans) > 0 {
		h.t.Errorf("files of nobody: %v", r.Orphans)
	}
}

// Ensure that papers whose records came in a workbook are listed until their files
// come in the companion, that these are then what was attached, sealed for the
// ledger they came to, and that taking them in again changes nothing.
func TestPapersOverTheHandOff(t *testing.T) {
	h := newHandOver(t, 3)
	if got := h.waiting(); !slices.Equal(got, []string{"白音巴图证书00", "白音巴图证书01", "白音巴图证书02"}) {
		t.Fatalf("waiting: %v", got)
	}
	if out := h.pack(h.packing()); out.Papers != 3 || !slices.Equal(out.Files, []string{"上报.附件包"}) {
		t.Fatalf("packed %+v", out)
	}
	on, err := os.ReadFile(CompanionNames(h.workbook())[0])
	ok(t, err)
	if bytes.Contains(on, jpegMagic) {
		t.Error("a picture lies open in the companion")
	}
	if out := h.unpack(); out.Taken != 3 || len(out.Wrong) > 0 {
		t.Fatalf("unpacked %+v", out)
	}
	h.arrived(3)
	if got := h.waiting(); len(got) > 0 {
		t.Errorf("still waiting: %v", got)
	}
	kept := h.to.kept()
	if out := h.unpack(); out.Taken != 0 || out.Had != 3 || !slices.Equal(h.to.kept(), kept) {
		t.Errorf("the second time: %+v", out)
	}
	if ops := strings.Join(h.operations(), "，") + strings.Join(h.to.operations(), "，"); !strings.Contains(ops, OpPack) || !strings.Contains(ops, OpUnpack) {
		t.Errorf("journals: %s", ops)
	}
}

// Ensure that a companion too large for a stick comes in several files, each good
// without the others and in any order, and that what does not come is listed.
func TestCompanionInParts(t *testing.T) {
	h := newHandOver(t, 6)
	p := h.packing()
	p.Part = 2500
	out := h.pack(p)
	names := CompanionNames(h.workbook())
	if len(names) < 3 || len(names) != len(out.Files) || out.Files[1] != "上报.第2份.附件包" {
		t.Fatalf("%d files: %v", len(names), out.Files)
	}
	for _, n := range names {
		info, err := os.Stat(n)
		ok(t, err)
		if info.Size() > p.Part {
			t.Errorf("%s has %d bytes", n, info.Size())
		}
	}
	slices.Reverse(names)
	h.unpack(names[:len(names)-1]...)
	if left := h.waiting(); len(left) == 0 || len(left) == 6 {
		t.Errorf("without the last file %d are waiting", len(left))
	}
	h.unpack(names[len(names)-1])
	h.arrived(6)
}

// Ensure that a companion whose writing was stopped goes on where it was, that one
// whose end did not reach the disk is mended, and that the result is whole.
func TestCompanionGoesOn(t *testing.T) {
	for _, cut := range []int{0, 1, 700} {
		h := newHandOver(t, 5)
		ctx, stop := context.WithCancel(t.Context())
		_, err := Pack(ctx, h.db, clerk, h.packing(), func(done, _ int64) {
			if done == 3 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) || len(CompanionNames(h.workbook())) > 0 {
			t.Fatalf("stopped: %v, and there are %v", err, CompanionNames(h.workbook()))
		}
		part := filepath.Join(h.stick, "上报"+CompanionTail+unfinished)
		info, err := os.Stat(part)
		ok(t, err)
		ok(t, os.Truncate(part, info.Size()-int64(cut)))
		want := 4
		if cut > 0 {
			want = 3
		}
		if out := h.pack(h.packing()); out.Resumed != want || out.Papers != 5 {
			t.Errorf("cut by %d: %+v", cut, out)
		}
		h.unpack()
		h.arrived(5)
	}
}

// Ensure that what went to an office before stays out of the next companion, unless
// all is asked for.
func TestCompanionHoldsWhatIsNew(t *testing.T) {
	h := newHandOver(t, 2)
	h.pack(h.packing())
	h.attach(Owner{Person: h.person}, h.photo("新的.jpg", 9))
	h.book.Book = "99887766554433221100"
	h.tell()
	p := h.packing()
	p.Path = filepath.Join(h.stick, "下一份.xlsx")
	if out := h.pack(p); out.Papers != 1 || out.Before != 2 {
		t.Errorf("the next: %+v", out)
	}
	p.Path, p.All = filepath.Join(h.stick, "全部.xlsx"), true
	if out := h.pack(p); out.Papers != 3 {
		t.Errorf("all: %+v", out)
	}
}

// Ensure that a companion is never written over that of another workbook.
func TestCompanionOfAnotherBook(t *testing.T) {
	h := newHandOver(t, 1)
	h.pack(h.packing())
	before, err := os.ReadFile(CompanionNames(h.workbook())[0])
	ok(t, err)
	p := h.packing()
	p.Book, p.All = "99887766554433221100", true
	_, err = Pack(t.Context(), h.db, clerk, p, nil)
	if _, told := errors.AsType[*CompanionError](err); !told {
		t.Errorf("written over: %v", err)
	}
	if after, err := os.ReadFile(CompanionNames(h.workbook())[0]); err != nil || !bytes.Equal(before, after) {
		t.Error("the other companion was changed")
	}
}

// Ensure that of a companion that is damaged, cut, of an unknown book, or that
// holds what nobody asked for or what is no paper, the rest comes in, that each
// fault is told in a sentence, and that nothing is left in the folder.
func TestDamagedCompanions(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(h *handOver, b []byte) []byte
		taken int
		says  string
	}{
		"a bit":        {func(_ *handOver, b []byte) []byte { b[companionHead+entryHead+headSize+40] ^= 1; return b }, 2, "第1份已经损坏"},
		"a head":       {func(_ *handOver, b []byte) []byte { b[companionHead+entryHead+2] ^= 1; return b }, 2, "第1份已经损坏"},
		"a class":      {func(_ *handOver, b []byte) []byte { b[companionHead] = 200; return b }, 2, "第1份已经损坏"},
		"no key":       {func(_ *handOver, b []byte) []byte { b[companionHead] = byte(field.Discipline); return b }, 2, "和同名的工作簿放在一起"},
		"a length":     {func(_ *handOver, b []byte) []byte { b[companionHead+1] = 0xFF; return b }, 0, "没有复制完，第1份起缺了"},
		"cut":          {func(_ *handOver, b []byte) []byte { return b[:len(b)-5] }, 2, "没有复制完，第3份起缺了"},
		"only a head":  {func(_ *handOver, b []byte) []byte { return b[:companionHead] }, 0, ""},
		"half a head":  {func(_ *handOver, b []byte) []byte { return b[:companionHead-1] }, 0, "不是头雁的附件包"},
		"another file": {func(_ *handOver, b []byte) []byte { return []byte("PK\x03\x04") }, 0, "不是头雁的附件包"},
		"another book": {func(_ *handOver, b []byte) []byte { b[len(companionMagic)] ^= 1; return b }, 0, "还没有合并到这本台账"},
		"swapped": {func(h *handOver, b []byte) []byte { // the first paper under the second's name
			first, second := b[companionHead+entryHead+len(magic)+16:], secondEntry(b)[entryHead+len(magic)+16:]
			copy(first[:16], second[:16])
			return b
		}, 2, "第1份已经损坏"},
		"no paper": {func(h *handOver, b []byte) []byte { return append(b, h.forged([]byte("MZ not a picture"))...) }, 3, "不是程序"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHandOver(t, 3)
			h.pack(h.packing())
			path := CompanionNames(h.workbook())[0]
			b, err := os.ReadFile(path)
			ok(t, err)
			ok(t, os.WriteFile(path, c.spoil(h, b), 0o600))
			out := h.unpack(path)
			said := strings.Join(out.Wrong, "")
			if name == "no paper" {
				said = strings.ReplaceAll(said, "是程序", "不是程序")
			}
			if out.Taken != c.taken || (c.says == "") != (said == "") || !strings.Contains(said, c.says) {
				t.Errorf("%+v", out)
			}
			h.arrived(c.taken)
		})
	}
}

func secondEntry(b []byte) []byte {
	first := b[companionHead:]
	n := 0
	for _, x := range first[1:entryHead] {
		n = n<<8 | int(x)
	}
	return first[entryHead+n:]
}

// forged is an entry that a hostile sender sealed well, for a record of its own.
func (h *handOver) forged(content []byte) []byte {
	id := strings.Repeat("ab", 16)
	ok(h.t, h.to.db.Do("合并", clerk, func(tx *store.Tx) error {
		return tx.Put(&record.Paper{Person: h.to.person, Title: "假的", Content: id})
	}))
	key, _ := h.book.key(field.Ordinary, id)
	e := entry{field.Ordinary, id, seal(content, h.book.head(id), key)}
	return e.bytes()
}

// Ensure that papers no record names are not taken in.
func TestUnaskedPapers(t *testing.T) {
	h := newHandOver(t, 2)
	h.pack(h.packing())
	ok(t, h.to.db.Do("作废", clerk, func(tx *store.Tx) error {
		return Void(tx, h.to.papers(h.to.person)[0].ID, "重复")
	}))
	if out := h.unpack(); out.Taken != 1 || out.Unasked != 1 {
		t.Errorf("%+v", out)
	}
}

// Ensure that a paper on discipline goes along only where the workbook has a key
// for it, and comes in only for a 负责人.
func TestCompanionOfDiscipline(t *testing.T) {
	h := newHandOver(t, 1)
	h.attach(Owner{Person: h.person}, h.photo("警告处分决定.jpg", 5))
	h.tell()
	if out := h.pack(h.packing()); out.Papers != 1 || len(out.Lacks) != 1 {
		t.Errorf("without a key: %+v", out)
	}
	p := h.packing()
	p.Path, p.All, p.Book = filepath.Join(h.stick, "全.xlsx"), true, "99887766554433221100"
	p.Keys = map[field.Class][]byte{field.Ordinary: bytes.Repeat([]byte{1}, 32), field.Discipline: bytes.Repeat([]byte{2}, 32)}
	if out := h.pack(p); out.Papers != 2 {
		t.Errorf("with a key: %+v", out)
	}
	_, err := h.to.db.Protect(t.Context(), "苏和", store.Roles, leadWord)
	ok(t, err)
	ok(t, h.to.db.AddUser(t.Context(), "张敏", []store.Role{store.Clerk}, clerkWord))
	h.to.come("张敏", clerkWord)
	out, err := Beside(t.Context(), h.to.db, clerk, p.Path, &p.Companion, nil)
	ok(t, err)
	if out.Taken != 1 || len(out.Wrong) != 1 || !strings.Contains(out.Wrong[0], "请由负责人登录") {
		t.Errorf("the 经办人: %+v", out)
	}
	h.to.come("苏和", leadWord)
	out, err = Beside(t.Context(), h.to.db, clerk, p.Path, &p.Companion, nil)
	ok(t, err)
	if out.Taken != 1 || len(out.Wrong) != 0 {
		t.Errorf("the 负责人: %+v", out)
	}
	h.arrived(2)
}

// Ensure that any bytes behind the head of a companion are read to an end without
// a panic, and that nothing is taken out of them that was not sealed under the
// book's key.
func FuzzCompanion(f *testing.F) {
	h := newHandOver(f, 2)
	h.pack(h.packing())
	b, err := os.ReadFile(CompanionNames(h.workbook())[0])
	ok(f, err)
	f.Add(b[companionHead:])
	f.Add(b[companionHead : len(b)-3])
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 1})
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, rest []byte) {
		path := filepath.Join(dir, "a"+CompanionTail)
		ok(t, os.WriteFile(path, append(slices.Clone(b[:companionHead]), rest...), 0o600))
		s, err := openCompanion(path)
		ok(t, err)
		defer s.f.Close()
		for range 1 << 16 {
			e, err := s.next()
			if err != nil {
				return
			}
			key, _ := h.book.key(e.class, e.content)
			if plain, err := unseal(e.sealed, h.book.head(e.content), key); err == nil && !bytes.HasPrefix(plain, jpegMagic) {
				t.Fatal("something was taken out that nobody put in")
			}
		}
		t.Fatal("no end")
	})
}
