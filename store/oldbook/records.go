package oldbook

import (
	"encoding/binary"
	"math"

	"touyan/store/xlsx"
)

// Records of BIFF8 that are read ([MS-XLS] 2.3); all others are passed over.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDate1904   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recSheet      = 0x0085 // BOUNDSHEET
	recMulRK      = 0x00BD
	recMulBlank   = 0x00BE
	recDBCell     = 0x00D7
	recRString    = 0x00D6
	recXF         = 0x00E0
	recMerged     = 0x00E5 // MERGEDCELLS
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recArray      = 0x0221
	recSharedFmla = 0x04BC
	recBlank      = 0x0201
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recDataTable  = 0x0236
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809

	// Those that stand among cells and are none.
	recUncalced  = 0x005E
	recPublisher = 0x0091
	recNote      = 0x001C
	recObject    = 0x005D
	recDrawing   = 0x00EC
	recTextShape = 0x01B6
	recHyperlink = 0x01B8
	recTooltip   = 0x0800 // of a hyperlink

	// Those that an encrypted workbook has in clear.
	recInterfaceHead = 0x00E1
	recRevisionHead  = 0x0138
	recUserExclusive = 0x0194
	recFileLock      = 0x0195
	recRevisionInfo  = 0x0196
)

// mostRecord is the longest content a record of BIFF8 has.
const mostRecord = 8224

// record is one record; its content lies in the stream.
type record struct {
	id   uint16
	at   int // of its content in the stream
	body []byte
}

// records reads the stream of a workbook record by record.
type records struct {
	stream []byte
	pos    int
	record
	opener *opener // of an encrypted workbook
	plain  []byte  // the decrypted body
}

// next reads a record. A stream that ends within one, or before EOF says so, is
// cut.
func (r *records) next() error {
	if len(r.stream)-r.pos < 4 {
		return cutRecord()
	}
	id, n := binary.LittleEndian.Uint16(r.stream[r.pos:]), int(binary.LittleEndian.Uint16(r.stream[r.pos+2:]))
	from := r.pos + 4
	if n > mostRecord || n > len(r.stream)-from {
		return cutRecord()
	}
	r.record = record{id, from, r.stream[from : from+n]}
	r.pos = from + n
	if r.opener != nil {
		r.plain = r.opener.open(r.plain[:0], r.record)
		r.body = r.plain
	}
	return nil
}

func cutRecord() error {
	return xlsx.Defect("", "里面的内容到一半就断了，或前后接不上")
}

// peek is the id of the record that follows, 0 at the end.
func (r *records) peek() uint16 {
	if len(r.stream)-r.pos < 4 {
		return 0
	}
	return binary.LittleEndian.Uint16(r.stream[r.pos:])
}

// exactly refuses a record that is not of the one length it may have.
func (r *records) exactly(n int) error {
	if len(r.body) != n {
		return xlsx.Defect("", "里面有一项内容不是应有的长度（%04X）", r.id)
	}
	return nil
}

// need refuses a record shorter than it must be.
func (r *records) need(n int) error {
	if len(r.body) < n {
		return xlsx.Defect("", "里面有一项内容比应有的短（%04X）", r.id)
	}
	return nil
}

func (r *records) u16(at int) int    { return int(binary.LittleEndian.Uint16(r.body[at:])) }
func (r *records) u32(at int) uint32 { return binary.LittleEndian.Uint32(r.body[at:]) }
func (r *records) f64(at int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(r.body[at:]))
}
