package xlsx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// archive is the zip a workbook comes in. Unlike archive/zip it holds the local
// headers against the central directory, so that no single flipped bit can
// rename, hide or move an entry without an error.
type archive struct {
	r       io.ReaderAt
	size    int64
	lim     Limits
	entries []entry
	byName  map[string]*entry // by canonical name
}

type entry struct {
	name         string // as written
	flags        uint16
	method       uint16
	crc          uint32
	packed, size int64
	header       int64 // offset of the local header
	data         int64 // offset of the packed bytes
}

const (
	stored   = 0
	deflated = 8

	endSignature       = 0x06054b50
	end64Signature     = 0x06064b50
	locator64Signature = 0x07064b50
	centralSignature   = 0x02014b50
	localSignature     = 0x04034b50

	endLength     = 22
	end64Length   = 56
	locatorLength = 20
	centralLength = 46
	localLength   = 30

	flagEncrypted = 1 << 0
	flagTrailing  = 1 << 3 // sizes and CRC follow the data
	flagStrong    = 1 << 6
	flagMasked    = 1 << 13

	maxDirectory = 16 << 20
	ratioFrom    = 1 << 20 // entries smaller than this may have any ratio
)

// canonical is the name by which parts find one another: forward slashes, no
// leading one, ASCII letters in lower case (OPC part names ignore case).
func canonical(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func openArchive(r io.ReaderAt, size int64, lim Limits) (*archive, error) {
	z := &archive{r: r, size: size, lim: lim}
	dir, err := z.findDirectory()
	if err != nil {
		return nil, err
	}
	if err := z.readDirectory(dir); err != nil {
		return nil, err
	}
	if err := z.checkSizes(); err != nil {
		return nil, err
	}
	if err := z.readHeaders(dir.offset); err != nil {
		return nil, err
	}
	z.byName = make(map[string]*entry, len(z.entries))
	for i := range z.entries {
		e := &z.entries[i]
		name := canonical(e.name)
		if z.byName[name] != nil {
			return nil, Defect(e.name, "同名的部分有两个")
		}
		z.byName[name] = e
	}
	return z, nil
}

// directory is where the central directory lies.
type directory struct {
	offset, size int64
	entries      int64
}

// findDirectory reads the end record, of zip or zip64, and checks that the
// directory it names ends where the record begins.
func (z *archive) findDirectory() (directory, error) {
	cut := Defect("", "文件不完整，后半截丢失，多半是没有复制完")
	tail := make([]byte, min(z.size, endLength+0xFFFF))
	start := z.size - int64(len(tail))
	if err := z.readAt(tail, start); err != nil {
		return directory{}, err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endLength {
		return directory{}, cut
	}
	end := tail[at:]
	le := binary.LittleEndian
	if comment := int(le.Uint16(end[20:])); comment > len(end)-endLength {
		return directory{}, cut
	}
	d := directory{
		entries: int64(le.Uint16(end[10:])),
		size:    int64(le.Uint32(end[12:])),
		offset:  int64(le.Uint32(end[16:])),
	}
	endAt := start + int64(at)
	here := int64(le.Uint16(end[8:]))
	if le.Uint16(end[4:]) != 0 || le.Uint16(end[6:]) != 0 || here != d.entries {
		return directory{}, Defect("", "压缩包的目录说它分成了几卷")
	}
	d, dirEnd, err := z.findDirectory64(d, endAt)
	if err != nil {
		return directory{}, err
	}
	if d.offset < 0 || d.size < 0 || d.offset+d.size != dirEnd {
		return directory{}, Defect("", "压缩包的目录不在它该在的位置")
	}
	if d.entries > int64(z.lim.Entries) {
		return directory{}, Refuse(TooMany, "这个工作簿由 %d 个部分组成，超过可以读取的 %d 个。请删去图片、批注和不用的工作表后另存再试。", d.entries, z.lim.Entries)
	}
	if d.size > maxDirectory {
		return directory{}, Defect("", "压缩包的目录大得不合情理")
	}
	return d, nil
}

// findDirectory64 replaces the fields of d that do not fit 16 or 32 bits by
// those of the zip64 record, if the file has one, and gives the offset at
// which the directory must end.
func (z *archive) findDirectory64(d directory, endAt int64) (directory, int64, error) {
	bad := Defect("", "压缩包的目录（zip64）自相矛盾")
	needs := d.entries == 0xFFFF || d.size == 0xFFFFFFFF || d.offset == 0xFFFFFFFF
	locator := make([]byte, locatorLength)
	le := binary.LittleEndian
	if endAt < locatorLength+end64Length {
		if needs {
			return d, 0, bad
		}
		return d, endAt, nil
	}
	if err := z.readAt(locator, endAt-locatorLength); err != nil {
		return d, 0, err
	}
	if le.Uint32(locator) != locator64Signature {
		if needs {
			return d, 0, bad
		}
		return d, endAt, nil
	}
	at := int64(le.Uint64(locator[8:]))
	if at < 0 || at > endAt-locatorLength-end64Length {
		return d, 0, bad
	}
	record := make([]byte, end64Length)
	if err := z.readAt(record, at); err != nil {
		return d, 0, err
	}
	length := le.Uint64(record[4:])
	if le.Uint32(record) != end64Signature || length != uint64(endAt-locatorLength-at-12) || le.Uint32(record[16:]) != 0 || le.Uint32(record[20:]) != 0 || le.Uint64(record[24:]) != le.Uint64(record[32:]) {
		return d, 0, bad
	}
	wide := directory{
		entries: int64(le.Uint64(record[32:])),
		size:    int64(le.Uint64(record[40:])),
		offset:  int64(le.Uint64(record[48:])),
	}
	if d.entries != 0xFFFF && d.entries != wide.entries || d.size != 0xFFFFFFFF && d.size != wide.size || d.offset != 0xFFFFFFFF && d.offset != wide.offset {
		return d, 0, bad
	}
	return wide, at, nil
}

// readDirectory reads the records of the central directory; they must fill it
// exactly.
func (z *archive) readDirectory(d directory) error {
	b := make([]byte, d.size)
	if err := z.readAt(b, d.offset); err != nil {
		return err
	}
	le := binary.LittleEndian
	for range d.entries {
		if len(b) < centralLength || le.Uint32(b) != centralSignature {
			return Defect("", "压缩包的目录不完整")
		}
		e := entry{
			flags:  le.Uint16(b[8:]),
			method: le.Uint16(b[10:]),
			crc:    le.Uint32(b[16:]),
			packed: int64(le.Uint32(b[20:])),
			size:   int64(le.Uint32(b[24:])),
			header: int64(le.Uint32(b[42:])),
		}
		name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
		if len(b) < centralLength+name+extra+comment || name == 0 || le.Uint16(b[34:]) != 0 {
			return Defect("", "压缩包的目录不完整")
		}
		e.name = string(b[centralLength : centralLength+name])
		if !widen(b[centralLength+name:centralLength+name+extra], &e.size, &e.packed, &e.header) {
			return Defect(e.name, "压缩包目录里的大小不对")
		}
		b = b[centralLength+name+extra+comment:]
		z.entries = append(z.entries, e)
	}
	if len(b) != 0 || len(z.entries) == 0 {
		return Defect("", "压缩包的目录与它说的条数不符")
	}
	return nil
}

// widen replaces those of the fields that are all ones by the values of the
// zip64 extra field, which lists them in this order.
func widen(extra []byte, fields ...*int64) bool {
	var wide []byte
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			break
		}
		if id == 1 {
			wide = extra[4 : 4+n]
			break
		}
		extra = extra[4+n:]
	}
	for _, f := range fields {
		if *f != 0xFFFFFFFF {
			continue
		}
		if len(wide) < 8 {
			return false
		}
		*f = int64(binary.LittleEndian.Uint64(wide))
		wide = wide[8:]
		if *f < 0 {
			return false
		}
	}
	return true
}

// checkSizes holds what the directory declares against the limits, before
// anything is unpacked. verify sees to it that the declarations are true.
func (z *archive) checkSizes() error {
	total := int64(0)
	for i := range z.entries {
		e := &z.entries[i]
		total += e.size
		huge := ""
		switch {
		case e.size > z.lim.Entry:
			huge = fmt.Sprintf("其中“%s”展开后有 %s，超过可以读取的 %s", e.name, megabytes(e.size), megabytes(z.lim.Entry))
		case total > z.lim.Unpacked:
			huge = fmt.Sprintf("展开后超过可以读取的 %s", megabytes(z.lim.Unpacked))
		case e.size > ratioFrom && e.size/int64(z.lim.Ratio) > e.packed:
			huge = fmt.Sprintf("其中“%s”压缩了 %d 倍以上，正常的表到不了这个程度", e.name, z.lim.Ratio)
		default:
			continue
		}
		err := Refuse(DeclaredHuge, "这个工作簿大得不正常：%s。多半是文件已损坏、故意做坏，或者有整列整列的空白格式。请用 WPS 打开，把要用的行复制到新工作簿里另存再试。", huge)
		err.Entry = e.name
		return err
	}
	return nil
}

// readHeaders reads the local header of every entry, holds it against the
// directory and checks that entries do not overlap one another.
func (z *archive) readHeaders(dirOffset int64) error {
	for i := range z.entries {
		if err := z.readHeader(&z.entries[i], dirOffset); err != nil {
			return err
		}
	}
	order := make([]*entry, len(z.entries))
	for i := range z.entries {
		order[i] = &z.entries[i]
	}
	slices.SortFunc(order, func(a, b *entry) int {
		if a.header < b.header {
			return -1
		}
		return 1
	})
	for i, e := range order {
		next := dirOffset
		if i+1 < len(order) {
			next = order[i+1].header
		}
		if e.data+e.packed > next {
			return Defect(e.name, "它与别的部分重叠")
		}
	}
	return nil
}

func (z *archive) readHeader(e *entry, dirOffset int64) error {
	if e.flags&(flagEncrypted|flagStrong|flagMasked) != 0 {
		return Refuse(Encrypted, "这个文件是加了密码的压缩包，不是一般的工作簿。请用 WPS 打开后取消密码，另存为 .xlsx 再试。")
	}
	if e.method != stored && e.method != deflated {
		return Defect(e.name, "用了不认识的压缩方法（%d 号）", e.method)
	}
	differ := Defect(e.name, "压缩包里前后两处记录不一致")
	if e.header > dirOffset-localLength {
		return differ
	}
	b := make([]byte, localLength)
	if err := z.readAt(b, e.header); err != nil {
		return err
	}
	le := binary.LittleEndian
	name, extra := int(le.Uint16(b[26:])), int(le.Uint16(b[28:]))
	e.data = e.header + localLength + int64(name) + int64(extra)
	if le.Uint32(b) != localSignature || le.Uint16(b[8:]) != e.method || name != len(e.name) || e.data > dirOffset {
		return differ
	}
	rest := make([]byte, name+extra)
	if err := z.readAt(rest, e.header+localLength); err != nil {
		return err
	}
	if string(rest[:name]) != e.name {
		return differ
	}
	flags := le.Uint16(b[6:])
	if flags&(flagEncrypted|flagStrong|flagMasked) != 0 {
		return differ
	}
	if flags&flagTrailing != 0 {
		return nil // the fields here are empty or not, as the writer likes
	}
	crc, packed, size := le.Uint32(b[14:]), int64(le.Uint32(b[18:])), int64(le.Uint32(b[22:]))
	if !widen(rest[name:], &size, &packed) || crc != e.crc || packed != e.packed || size != e.size {
		return differ
	}
	return nil
}

// readAt fills b from offset at.
func (z *archive) readAt(b []byte, at int64) error {
	if at < 0 || at+int64(len(b)) > z.size {
		return Defect("", "文件不完整，后半截丢失，多半是没有复制完")
	}
	n, err := z.r.ReadAt(b, at)
	if n < len(b) {
		return FromDisk(err)
	}
	return nil
}
