package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
)

// tracedCalls are the system calls that make, fill and name files, and those
// that move the place in a file that a copy inside the kernel reads from.
const tracedCalls = "pwrite64,write,writev,fdatasync,fsync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat," +
	"openat,close,lseek,read,copy_file_range,sendfile"

// what a program did to a folder, as far as a disk can tell.
type what byte

const (
	created   what = iota // a name, and an empty file under it
	written               // data at off
	truncated             // to off
	renamed               // name to other, over what was there
	linked                // name also as other
	unlinked              // name
	synced                // a file's data
	dirSynced             // the names in a folder
	said                  // a line to whoever started the program
)

// event is one thing that happened. Files are numbered in the order of their
// making: a file outlives its name.
type event struct {
	what what
	file int
	name string // within the folder; "." is the folder itself
	to   string
	off  int64
	data []byte
}

// handle is an open descriptor of the traced program.
type handle struct {
	file int // -1: a folder
	dir  string
	at   int64
}

// tracer reads strace's lines into events of one folder.
type tracer struct {
	folder  string
	events  []event
	names   map[string]int // file by name, now
	content [][]byte       // of each file, as the program sees it
	open    map[int]*handle
	pending map[string]string // begun calls, by thread
}

var errTrace = errors.New("a line of the trace is not understood")

// readTrace reads the log of strace -f -y -xx. before are the files that lay in
// the folder when the program began; they come first, in that order.
func readTrace(log io.Reader, folder string, before []string, content map[string][]byte) ([]event, error) {
	t := &tracer{folder: folder, names: map[string]int{}, open: map[int]*handle{}, pending: map[string]string{}}
	for _, name := range before {
		t.names[name] = len(t.content)
		t.content = append(t.content, append([]byte(nil), content[name]...))
	}
	lines := bufio.NewReaderSize(log, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return t.events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read trace: %w", err)
		}
		if err := t.line(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, fmt.Errorf("%w: %.300s", err, line)
		}
	}
}

// line takes one line: a call, its first half, or its second.
func (t *tracer) line(line string) error {
	thread, call, ok := strings.Cut(line, " ")
	if !ok {
		return nil
	}
	call = strings.TrimLeft(call, " ")
	if head, ok := strings.CutSuffix(call, " <unfinished ...>"); ok {
		t.pending[thread] = head
		return nil
	}
	if strings.HasPrefix(call, "<... ") {
		_, tail, ok := strings.Cut(call, " resumed>")
		if !ok {
			return errTrace
		}
		call = t.pending[thread] + tail
		delete(t.pending, thread)
	}
	name, rest, ok := strings.Cut(call, "(")
	if !ok {
		return nil // a signal, an exit
	}
	at := strings.LastIndex(rest, " = ")
	if at < 0 {
		return nil // never came back: the program ended in it
	}
	result, err := strconv.ParseInt(leading(rest[at+3:]), 10, 64)
	if err != nil || result < 0 {
		return nil // failed: nothing happened
	}
	args, err := arguments(strings.TrimRight(rest[:at], " "))
	if err != nil {
		return err
	}
	return t.call(name, args, result)
}

// leading is the number a result begins with; after it stand a path or words.
func leading(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r != '-' && (r < '0' || r > '9') })
	if end < 0 {
		return s
	}
	return s[:end]
}

// arguments splits what stands in the brackets of a call. Texts are in hex, so
// that no comma stands in one.
func arguments(s string) ([]string, error) {
	s, ok := strings.CutSuffix(s, ")")
	if !ok {
		return nil, errTrace
	}
	return strings.Split(s, ", "), nil
}

// unhex reads a text in quotes of \x.. alone; a cut one ends in dots.
func unhex(s string) ([]byte, error) {
	body, ok := strings.CutPrefix(s, `"`)
	if !ok || !strings.HasSuffix(body, `"`) || len(body)%4 != 1 {
		return nil, errTrace
	}
	out := make([]byte, 0, len(body)/4)
	for i := 0; i+4 <= len(body); i += 4 {
		n, err := strconv.ParseUint(body[i+2:i+4], 16, 8)
		if err != nil {
			return nil, errTrace
		}
		out = append(out, byte(n))
	}
	return out, nil
}

// descriptor is the number before the path in 5</a/b>.
func descriptor(s string) int {
	n, err := strconv.Atoi(leading(s))
	if err != nil {
		return -1
	}
	return n
}

// inside is a path's name within the folder.
func (t *tracer) inside(arg string) (name string, ok bool, err error) {
	b, err := unhex(arg)
	if err != nil {
		return "", false, err
	}
	path := filepath.Clean(string(b))
	name, err = filepath.Rel(t.folder, path)
	if err != nil || !filepath.IsLocal(name) {
		return "", false, nil
	}
	return name, true, nil
}

func (t *tracer) add(e event) { t.events = append(t.events, e) }

// arity is how many arguments each call has at least; the rest are not looked at.
var arity = map[string]int{
	"openat": 3, "rename": 2, "renameat": 4, "renameat2": 4, "link": 2, "linkat": 4, "unlinkat": 2,
	"write": 2, "writev": 2, "pwrite64": 4, "ftruncate": 2, "copy_file_range": 4, "sendfile": 3,
}

func (t *tracer) call(name string, args []string, result int64) error {
	if len(args) < arity[name] {
		return errTrace
	}
	switch name {
	case "openat":
		return t.opened(args, int(result))
	case "close":
		delete(t.open, descriptor(args[0]))
		return nil
	case "rename":
		return t.renamed(args[0], args[1])
	case "renameat", "renameat2":
		return t.renamed(args[1], args[3])
	case "link":
		return t.linked(args[0], args[1])
	case "linkat":
		return t.linked(args[1], args[3])
	case "unlink":
		return t.unlinked(args[0])
	case "unlinkat":
		return t.unlinked(args[1])
	}
	return t.onFile(name, args, result)
}

func (t *tracer) opened(args []string, fd int) error {
	name, ok, err := t.inside(args[1])
	if !ok || err != nil {
		return err
	}
	file, there := t.names[name]
	flags := args[2]
	switch {
	case !there && strings.Contains(flags, "O_CREAT"):
		file = len(t.content)
		t.content = append(t.content, nil)
		t.names[name] = file
		t.add(event{what: created, file: file, name: name})
	case !there:
		t.open[fd] = &handle{file: -1, dir: name}
		return nil
	case strings.Contains(flags, "O_TRUNC") && len(t.content[file]) > 0:
		t.content[file] = nil
		t.add(event{what: truncated, file: file})
	}
	h := &handle{file: file}
	if strings.Contains(flags, "O_APPEND") {
		h.at = int64(len(t.content[file]))
	}
	t.open[fd] = h
	return nil
}

func (t *tracer) renamed(from, to string) error {
	a, inA, err := t.inside(from)
	if err != nil {
		return err
	}
	b, inB, err := t.inside(to)
	if err != nil || !inA && !inB {
		return err
	}
	if !inA || !inB {
		return fmt.Errorf("%w: a file enters or leaves the folder", errTrace)
	}
	t.names[b] = t.names[a]
	delete(t.names, a)
	t.add(event{what: renamed, name: a, to: b})
	return nil
}

func (t *tracer) linked(from, to string) error {
	a, inA, err := t.inside(from)
	if err != nil || !inA {
		return err
	}
	b, inB, err := t.inside(to)
	if err != nil || !inB {
		return err
	}
	t.names[b] = t.names[a]
	t.add(event{what: linked, name: a, to: b})
	return nil
}

func (t *tracer) unlinked(arg string) error {
	name, ok, err := t.inside(arg)
	if err != nil || !ok {
		return err
	}
	delete(t.names, name)
	t.add(event{what: unlinked, name: name})
	return nil
}

// onFile takes the calls that begin with a descriptor.
func (t *tracer) onFile(name string, args []string, result int64) error {
	fd := descriptor(args[0])
	h := t.open[fd]
	switch {
	case fd == 1 && (name == "write" || name == "writev"):
		text, err := spoken(args)
		if err == nil {
			t.add(event{what: said, data: text})
		}
		return err
	case name == "copy_file_range" || name == "sendfile":
		return t.copied(name, args, result)
	case h == nil:
		return nil
	case h.file < 0:
		if name == "fsync" || name == "fdatasync" {
			t.add(event{what: dirSynced, name: h.dir})
		}
		return nil
	}
	switch name {
	case "fsync", "fdatasync":
		t.add(event{what: synced, file: h.file})
	case "ftruncate":
		size, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return errTrace
		}
		t.content[h.file] = resized(t.content[h.file], size)
		t.add(event{what: truncated, file: h.file, off: size})
	case "lseek":
		h.at = result
	case "read":
		h.at += result
	case "write", "pwrite64":
		return t.wrote(h, name, args, result)
	}
	return nil
}

func (t *tracer) wrote(h *handle, name string, args []string, n int64) error {
	data, err := unhex(args[1])
	if err != nil || int64(len(data)) < n {
		return errTrace
	}
	off := h.at
	if name == "pwrite64" {
		if off, err = strconv.ParseInt(args[3], 10, 64); err != nil {
			return errTrace
		}
	} else {
		h.at += n
	}
	t.put(h.file, off, data[:n])
	return nil
}

func (t *tracer) put(file int, off int64, data []byte) {
	t.content[file] = overwritten(t.content[file], off, data)
	t.add(event{what: written, file: file, off: off, data: data})
}

// copied is a copy inside the kernel, whose data the trace does not show.
func (t *tracer) copied(name string, args []string, n int64) error {
	in, out := 0, 2
	if name == "sendfile" {
		in, out = 1, 0
	}
	to := t.open[descriptor(args[out])]
	from := t.open[descriptor(args[in])]
	if n == 0 || to == nil || to.file < 0 {
		return nil
	}
	if from == nil || from.file < 0 {
		return fmt.Errorf("%w: copied from outside the folder", errTrace)
	}
	source := t.content[from.file]
	if from.at+n > int64(len(source)) {
		return fmt.Errorf("%w: copied more than there is", errTrace)
	}
	data := append([]byte(nil), source[from.at:from.at+n]...)
	from.at += n
	t.put(to.file, to.at, data)
	to.at += n
	return nil
}

// spoken is what a write to standard output says; a writev lists its parts.
func spoken(args []string) ([]byte, error) {
	text := args[1]
	if _, part, ok := strings.Cut(text, "iov_base="); ok {
		text = part
	}
	return unhex(text)
}

func overwritten(content []byte, off int64, data []byte) []byte {
	if end := off + int64(len(data)); end > int64(len(content)) {
		content = resized(content, end)
	}
	copy(content[off:], data)
	return content
}

func resized(content []byte, size int64) []byte {
	if size <= int64(len(content)) {
		return content[:size:size]
	}
	return append(content, make([]byte, size-int64(len(content)))...)
}
