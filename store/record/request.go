package record

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"touyan/store/field"
)

// Request asks an office below to look at a cell again (退回). It is a record
// like any other, so that it travels with the next book, and its answer back.
// It is open until the cell says something else than it did, or the office says
// why it stays.
type Request struct {
	field.Head
	Office string // who is asked
	Name   string // of the record, as people call it
	Sheet  string // label of its kind
	Column string // label of the cell
	Seen   string // what the cell said, in words; empty for what few people may read
	Reason string // what is wrong with it
	Asked  field.Date
	Period string // of the report it is about
	Answer string // why it stays as it is
	Target string // kind, id, stored name of the cell, and the digest of what it said
	Note   string
}

// Fields lists the cells of a request.
func (r *Request) Fields() []field.Field {
	return []field.Field{
		field.Link(&r.Office, "office", "退回给", "office", field.Required, field.Match, field.Alias("单位", "苏木乡镇")),
		field.Words(&r.Name, "name", "名称", field.Required, field.Max(100), field.Alias("姓名")),
		field.Words(&r.Sheet, "sheet", "台账", field.Max(20)),
		field.Words(&r.Column, "column", "栏目", field.Required, field.Max(60)),
		field.Words(&r.Seen, "seen", "现在的内容", field.Private),
		field.Words(&r.Reason, "reason", "退回原因", field.Required, field.Alias("原因")),
		field.On(&r.Asked, "asked", "退回日期", field.Match),
		field.Words(&r.Period, "period", "报送期", field.Max(10)),
		field.Words(&r.Answer, "answer", "不改的理由", field.Alias("答复", "说明")),
		field.Words(&r.Target, "target", "定位码", field.Match, field.Max(120)),
		field.Words(&r.Note, "note", "备注"),
	}
}

// Open reports whether the request still waits, given what its cell says now: it
// is dealt with once that is something else, or the office said why it stays.
func (r *Request) Open(now string) bool {
	_, _, _, digest, ok := r.Points()
	return r.Void == "" && r.Answer == "" && (!ok || SeenDigest(now) == digest)
}

// SeenDigest stands for what a cell said, where the value itself may be for few
// people's eyes.
func SeenDigest(value string) string {
	sum := sha256.Sum256([]byte("seen\x00" + value))
	return hex.EncodeToString(sum[:6])
}

// Points is where the request points: the kind and id of a record, the stored
// name of its cell, and the digest of what it said. ok is false for a request
// that was typed by hand and points nowhere.
func (r *Request) Points() (kind, id, name, digest string, ok bool) {
	p := strings.Split(r.Target, "/")
	if len(p) != 4 {
		return "", "", "", "", false
	}
	return p[0], p[1], p[2], p[3], true
}
