package xlsx

import (
	"bufio"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// verify reads every entry to its end.
func (z *archive) verify() error {
	buf := make([]byte, 64<<10)
	for i := range z.entries {
		r := z.open(&z.entries[i])
		for {
			_, err := r.Read(buf)
			if err == io.EOF {
				break
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// open gives the unpacked bytes of an entry. The reader ends with io.EOF only if
// length and CRC were right, with an *Error otherwise: also the second time, when
// it is parsed, because a failing disk may answer otherwise than the first.
func (z *archive) open(e *entry) *entryReader {
	raw := io.NewSectionReader(z.r, e.data, e.packed)
	r := &entryReader{e: e}
	if e.method == stored {
		r.r = raw
	} else {
		r.r = flate.NewReader(bufio.NewReaderSize(raw, 32<<10))
	}
	return r
}

type entryReader struct {
	e    *entry
	r    io.Reader
	done int64
	crc  uint32
}

func (r *entryReader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.done += int64(n)
	if r.done > r.e.size {
		return 0, damaged(r.e.name, "展开后比记录的长")
	}
	r.crc = crc32.Update(r.crc, crc32.IEEETable, b[:n])
	if err == nil {
		return n, nil
	}
	if err != io.EOF {
		bad := damaged(r.e.name, "压缩的数据读不通")
		bad.Err = err
		return 0, bad
	}
	if r.done != r.e.size || r.crc != r.e.crc {
		return 0, damaged(r.e.name, "校验不符，内容已变")
	}
	return n, io.EOF
}
