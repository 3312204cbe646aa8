package work_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// void tells what counts no longer, by kind.
func (p *place) void() map[string]int {
	p.t.Helper()
	count := map[string]int{}
	p.view(func(tx *store.Tx) error {
		for _, k := range tx.Kinds() {
			for row, err := range tx.EveryRow(k.Name) {
				if err != nil {
					return err
				}
				if row.Void != "" {
					count[k.Name]++
				}
			}
		}
		return nil
	})
	return count
}

// Ensure that a record is voided with what is nothing without it and nothing
// else, that this is told before, and that undoing brings all of it back.
func TestVoid(t *testing.T) {
	for _, c := range []struct {
		name string
		what func(*place) work.Voiding
		want map[string]int
	}{
		{"a post", func(p *place) work.Voiding { return work.Voiding{Kind: "post", ID: p.third.ID} }, map[string]int{"post": 1}},
		{"somebody with posts and a paper", func(p *place) work.Voiding {
			p.do("附件", func(tx *store.Tx) error { return tx.Put(&record.Paper{Person: p.leader.ID, Title: "毕业证书"}) })
			return work.Voiding{Kind: "person", ID: p.leader.ID}
		}, map[string]int{"person": 1, "post": 2, "paper": 1}},
		{"somebody whose post is void already", func(p *place) work.Voiding {
			p.do("作废", func(tx *store.Tx) error { return tx.Void("post", p.third.ID, "登记有误") })
			return work.Voiding{Kind: "person", ID: p.member.ID}
		}, map[string]int{"person": 1, "post": 1}},
		{"a village", func(p *place) work.Voiding { return work.Voiding{Kind: "village", ID: p.sunny.ID} },
			map[string]int{"village": 1, "post": 4, "reserve": 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			v := c.what(p)
			v.Why = "重复登记"
			before := p.void()
			var told map[string]int
			p.view(func(tx *store.Tx) (err error) {
				told, err = v.Check(tx)
				return err
			})
			var seq uint64
			p.do("作废", func(tx *store.Tx) error {
				seq = tx.Seq()
				return work.Void(tx, v)
			})
			if got := p.void(); !maps.Equal(got, c.want) {
				t.Errorf("void are %v", got)
			}
			told[v.Kind]++
			for kind, n := range before {
				told[kind] += n
			}
			if !maps.Equal(told, c.want) {
				t.Errorf("told before: %v", told)
			}
			if _, err := p.db.Undo(seq, clerk, false); err != nil {
				t.Fatal(err)
			}
			if got := p.void(); !maps.Equal(got, before) {
				t.Errorf("undone, and void are still %v", got)
			}
		})
	}
}

// Ensure that voiding is refused, with a sentence and nothing written, where it
// would leave records that point to nothing, where there is no reason or no such
// record, and for the office itself.
func TestVoidRefuses(t *testing.T) {
	p := newPlace(t)
	other := &record.Office{Name: "月亮苏木", Code: "150426299", Level: "1"}
	p.do("录入", func(tx *store.Tx) error {
		p.put(tx, other)
		p.willow.Office = other.ID
		p.put(tx, p.willow)
		return tx.Void("post", p.third.ID, "登记有误")
	})
	for says, v := range map[string]work.Voiding{
		"还有1条嘎查村记录写着“月亮苏木”": {Kind: "office", ID: other.ID, Why: "重复登记"},
		"本单位自己的记录，不能作废":     {Kind: "office", ID: store.OfficeID(p.db.Office().Code), Why: "重复登记"},
		"请写明作废的原因":          {Kind: "person", ID: p.member.ID, Why: " "},
		"已经作废（登记有误）":        {Kind: "post", ID: p.third.ID, Why: "重复登记"},
		"台账里没有这条任职记录":       {Kind: "post", ID: p.member.ID, Why: "重复登记"},
	} {
		err := p.db.Do("作废", clerk, func(tx *store.Tx) error { return work.Void(tx, v) })
		if refused, is := errors.AsType[*field.Problem](err); !is || !strings.Contains(refused.Message, says) {
			t.Errorf("%+v: %v", v, err)
		}
	}
	if got := p.void(); !maps.Equal(got, map[string]int{"post": 1}) {
		t.Errorf("void are %v", got)
	}
}
