package work_test

import (
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/work"
)

// values are what stands in a cell of all people.
func (p *place) values(name string) (out []string) {
	p.view(func(tx *store.Tx) error {
		k := tx.Kinds().Kind("person")
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			out = append(out, k.Value(row, name))
		}
		return nil
	})
	return out
}

// Ensure that a field that an office added is one of its kind from then on, also
// after the ledger was opened anew; that steps which know nothing of it leave its
// values alone; that it goes when it is voided or undone, and comes back with
// what stood under it.
func TestDefine(t *testing.T) {
	p := newPlace(t)
	c := &record.Custom{On: "person", Label: "是否持证", Type: record.CustomChoice, Words: "有证、无证，在考"}
	p.do("自定义项", func(tx *store.Tx) error { return work.Define(tx, c) })
	name := record.CustomName(c.ID)
	field := func() bool { return p.db.Kinds().Kind("person").Index(name) >= 0 }
	if !field() {
		t.Fatal("the kind lacks the field")
	}
	var who *record.Person
	p.do("修改", func(tx *store.Tx) error {
		who = someone("哈斯", "1980-02-03", "")
		if err := tx.Put(who); err != nil {
			return err
		}
		k := tx.Kinds().Kind("person")
		row, _, err := tx.Row("person", who.ID)
		if err != nil {
			return err
		}
		row.Values[k.Index(name)] = "在考"
		_, err = tx.PutRow("person", row)
		return err
	})
	p.do("修改", func(tx *store.Tx) error {
		who.Phone = "13800000001"
		return tx.Put(who)
	})
	want := func(why, value string, there bool) {
		t.Helper()
		if got := p.values(name); field() != there || got[len(got)-1] != value {
			t.Errorf("%s: the cell says %q, the field is there: %v", why, got[len(got)-1], field())
		}
	}
	want("after a step", "在考", true)
	p.reopen()
	want("opened anew", "在考", true)
	p.do("作废", func(tx *store.Tx) error {
		return work.Void(tx, work.Voiding{Kind: "custom", ID: c.ID, Why: "不再统计"})
	})
	want("voided", "在考", false)
	again := &record.Custom{On: "person", Label: "是否持证", Type: record.CustomChoice, Words: "有证、无证、在考"}
	p.do("自定义项", func(tx *store.Tx) error { return work.Define(tx, again) })
	want("taken up again", "在考", true)
	c.ID, c.Label = again.ID, "持证情况"
	p.do("自定义项", func(tx *store.Tx) error { return work.Define(tx, c) })
	if f := p.db.Kinds().Kind("person").Field(name); f == nil || f.Label != "持证情况" {
		t.Errorf("renamed it is %+v", f)
	}
	want("renamed", "在考", true)
}

// Ensure that a field is refused, with what to do, that lacks something, that the
// kind has already, or that would change what stands under it.
func TestDefineRefuses(t *testing.T) {
	p := newPlace(t)
	c := &record.Custom{On: "person", Label: "特长类别", Type: record.CustomText}
	p.do("自定义项", func(tx *store.Tx) error { return work.Define(tx, c) })
	for _, bad := range []struct {
		name, field, piece string
		record.Custom
	}{
		{"no name", "label", "栏名", record.Custom{On: "person", Type: record.CustomText}},
		{"no kind", "on", "哪一种台账", record.Custom{Label: "甲", Type: record.CustomText}},
		{"no type", "type", "怎样填", record.Custom{On: "person", Label: "甲"}},
		{"one word", "words", "至少两项", record.Custom{On: "person", Label: "甲", Type: record.CustomChoice, Words: "好"}},
		{"a head it has", "label", "已有“姓名”", record.Custom{On: "person", Label: "姓 名", Type: record.CustomText}},
		{"an own one", "label", "已有自定义项", record.Custom{On: "person", Label: "特长类别", Type: record.CustomNumber}},
	} {
		p.refused(bad.name, bad.field, bad.piece, func(tx *store.Tx) error { return work.Define(tx, &bad.Custom) })
	}
	c.Type = record.CustomNumber
	p.refused("another type", "type", "不能再改", func(tx *store.Tx) error { return work.Define(tx, c) })
}
