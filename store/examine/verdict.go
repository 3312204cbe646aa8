package examine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/disk"
)

// State is what a look found.
type State string

// What a look can find.
const (
	Good         State = "good"
	Missing      State = "missing"
	Empty        State = "empty"     // not a byte in it
	Truncated    State = "truncated" // its end is missing
	Damaged      State = "damaged"   // its pages do not hang together
	Foreign      State = "foreign"   // it never was a ledger
	Newer        State = "newer"     // of a later program
	InUse        State = "in use"    // of another window or program
	ReadOnlyFile State = "read-only file"
	ReadOnlyDisk State = "read-only disk"
	NoPermission State = "no permission"
	Directory    State = "directory"
	NotFolder    State = "not folder" // what should be its folder is a file
	NotPlain     State = "not plain"  // a pipe or a device
	Gone         State = "gone"       // the disk does not answer
	Unreadable   State = "unreadable"
	Hung         State = "hung"    // the look did not end in time
	Stopped      State = "stopped" // by who asked for it
	Unseen       State = "unseen"  // the child could not be started: opening has to do without
)

// Verdict is what a look found, and what it saw.
type Verdict struct {
	State    State  `json:"state"`
	Previous bool   `json:"previous,omitempty"` // it is damaged, and what it was before its last operation is whole in it
	Size     int64  `json:"size,omitempty"`     // bytes
	Tx       uint64 `json:"tx,omitempty"`       // number of the last transaction

	Copies []string `json:"-"` // names of files beside a good one that look like second copies of it

	path  string
	cause error
}

// told are the errors a state is told by; those of the disk are told by disk.
var told = map[State]error{
	Missing: store.ErrMissing, Empty: store.ErrEmpty, Truncated: store.ErrCut, Damaged: store.ErrDamaged, Foreign: store.ErrForeign,
	Newer: store.ErrNewer, InUse: store.ErrInUse, Hung: store.ErrHung,
}

var refused = map[State]disk.Cause{
	ReadOnlyFile: disk.Fixed, ReadOnlyDisk: disk.ReadOnly, NoPermission: disk.Denied, Directory: disk.Folder, NotFolder: disk.NotFolder,
	NotPlain: disk.NotPlain, Gone: disk.Gone, Unreadable: disk.Other,
}

// Err is why the ledger is not to be opened, as a sentence with what to do; nil
// if it may be.
func (v Verdict) Err() error {
	if err, ok := told[v.State]; ok {
		return store.Refuse(v.path, err)
	}
	if cause, ok := refused[v.State]; ok {
		return disk.Refused(v.path, cause)
	}
	if v.State == Stopped {
		return v.cause
	}
	return nil
}

// Opened is the verdict on a ledger that was not looked at, or found good, and
// did not open all the same.
func Opened(path string, err error) Verdict {
	v := Verdict{}.found(path, err)
	v.path, v.cause = path, err
	return v
}

// Lost reports whether a backup is what helps: the file was a ledger, or should
// be one, and cannot be made to open.
func (v Verdict) Lost() bool {
	return slices.Contains([]State{Missing, Empty, Truncated, Damaged, Foreign, Hung}, v.State)
}

// Beside tells of files beside a good ledger that look like second copies of
// it, empty if there are none.
func (v Verdict) Beside() string {
	if len(v.Copies) == 0 {
		return ""
	}
	return fmt.Sprintf("台账旁边还有“%s”，像是网盘同步或复制留下的另一份；请核对哪一份是新的，只留一份来用。", strings.Join(v.Copies, "”“"))
}

// parse reads a child's answer. What is no answer comes of a child that fell.
func parse(b []byte) Verdict {
	var v Verdict
	if err := json.Unmarshal(b, &v); err != nil {
		return Verdict{State: Damaged, cause: fmt.Errorf("read answer: %w", err)}
	}
	_, known := told[v.State]
	_, ofDisk := refused[v.State]
	if v.State != Good && !known && !ofDisk || v.Size < 0 {
		return Verdict{State: Damaged, cause: fmt.Errorf("answer %q", v.State)}
	}
	return v
}
