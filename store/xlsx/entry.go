package xlsx

import (
	"bufio"
	"errors"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// verify reads every entry to its end.
func (z *archive) verify() error {
	raw := bufio.NewReaderSize(nil, packedBlock)
	inflate := flate.NewReader(raw)
	for i := range z.entries {
		e := &z.entries[i]
		check := &entryCheck{e: e}
		raw.Reset(z.section(e))
		var r io.Reader = raw
		if e.method == deflated {
			inflate.(flate.Resetter).Reset(raw, nil)
			r = inflate
		}
		if _, err := io.Copy(check, r); err != nil {
			return check.failure(err)
		}
		if err := check.end(); err != nil {
			return err
		}
	}
	return nil
}

// packedBlock is how much of an entry is read from the disk at once.
const packedBlock = 32 << 10

// section gives the packed bytes of an entry.
func (z *archive) section(e *entry) io.Reader {
	return io.NewSectionReader(z.r, e.data, e.packed)
}

// open gives the unpacked bytes of an entry. The reader ends with io.EOF only if
// length and CRC were right, with an *Error otherwise: also the second time, when
// it is parsed, because a failing disk may answer otherwise than the first.
func (z *archive) open(e *entry) io.Reader {
	r := z.section(e)
	if e.method == deflated {
		r = flate.NewReader(bufio.NewReaderSize(r, int(min(e.packed, packedBlock))))
	}
	return &entryReader{entryCheck{e: e}, r}
}

// entryCheck holds the bytes written to it against what the zip says of an entry.
type entryCheck struct {
	e    *entry
	done int64
	crc  uint32
}

func (c *entryCheck) Write(b []byte) (int, error) {
	if c.done += int64(len(b)); c.done > c.e.size {
		return 0, Defect(c.e.name, "展开后比记录的长")
	}
	c.crc = crc32.Update(c.crc, crc32.IEEETable, b)
	return len(b), nil
}

// end judges the entry once all of it was written.
func (c *entryCheck) end() error {
	if c.done != c.e.size || c.crc != c.e.crc {
		return Defect(c.e.name, "校验不符，内容已变")
	}
	return nil
}

// failure gives the reading error err as an *Error: packed data that makes no
// sense, or a disk that stopped.
func (c *entryCheck) failure(err error) error {
	var refused *Error
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &refused):
		return err
	case errors.As(err, &corrupt), errors.Is(err, io.ErrUnexpectedEOF):
		bad := Defect(c.e.name, "压缩的数据读不通")
		bad.Err = err
		return bad
	}
	return FromDisk(err)
}

type entryReader struct {
	entryCheck
	r io.Reader
}

func (r *entryReader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	if _, long := r.Write(b[:n]); long != nil {
		return 0, long
	}
	if err == io.EOF {
		if wrong := r.end(); wrong != nil {
			return 0, wrong
		}
	} else if err != nil {
		return 0, r.failure(err)
	}
	return n, err
}
