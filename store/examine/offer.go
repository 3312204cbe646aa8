package examine

import (
	"context"
	"fmt"
	"time"
)

// Offer is what can take the place of a ledger that does not open: a backup, or
// what the ledger itself was before its last operation.
type Offer struct {
	From    string    // the backup's file, or the ledger's
	Earlier bool      // it is the ledger; nothing below is known then
	Made    time.Time // when the backup was
	Counted bool      // Count is known
	Count   int       // operations that are in the ledger and not in it
	Last    time.Time // the last of them, or when the ledger's file was last written to; zero: not known
}

// Words says what it is, and what would be missing.
func (o Offer) Words() string {
	if o.Earlier {
		return "台账文件里最后一次保存没有写完整，在它之前的内容都完好。恢复后最多缺少最后一步操作。"
	}
	const moment = "2006年1月2日 15:04"
	text := "最新的完好备份是 " + o.Made.Local().Format(moment) + " 的。"
	last := o.Last.Local().Format(moment)
	switch {
	case o.Counted && o.Count == 0:
		return text + "在它之后没有做过别的，恢复后什么都不缺。"
	case o.Counted && !o.Last.IsZero():
		return text + fmt.Sprintf("恢复后会缺少在它之后做的 %d 步操作，最后一步在 %s。", o.Count, last)
	case o.Counted:
		return text + fmt.Sprintf("恢复后会缺少在它之后做的 %d 步操作。", o.Count)
	case !o.Last.IsZero():
		return text + "台账文件最后改动在 " + last + "，在两者之间做的会缺少，要重新录入。"
	}
	return text + "在它之后做的会缺少，要重新录入。"
}

// Rescue is what helps where a ledger does not open. Its zero value offers
// nothing.
type Rescue struct {
	Find    func(ctx context.Context, ledger string) (Offer, bool)
	Restore func(ctx context.Context, ledger string, o Offer, tell func(done, total int64)) error
}

// For finds what to offer after a look, what lacks the least first; nothing
// where none of it would help.
func (r Rescue) For(ctx context.Context, v Verdict) (list []Offer) {
	if r.Find == nil || !v.Lost() {
		return nil
	}
	if v.Previous {
		list = append(list, Offer{From: v.path, Earlier: true})
	}
	if o, ok := r.Find(ctx, v.path); ok {
		list = append(list, o)
	}
	return list
}

// Settled tells that an operation was saved though the disk failed on it.
func Settled(op string) string {
	return "存“" + op + "”的时候磁盘出过错，重新打开台账核对过：已经存下。请尽快备份，并请人看看这块磁盘。"
}
