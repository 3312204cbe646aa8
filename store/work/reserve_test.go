package work_test

import (
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

func (p *place) entry(id string) (r *record.Reserve) {
	p.t.Helper()
	p.view(func(tx *store.Tx) (err error) {
		r, err = store.Get[record.Reserve](tx, id)
		return err
	})
	return r
}

// Ensure that somebody enters the pool anew, or goes on in the record that knew
// him as a clue.
func TestAdmitReserve(t *testing.T) {
	p := newPlace(t)
	clue := &record.Reserve{Person: p.member.ID, Village: p.sunny.ID, State: "1", Source: "2"}
	judged := &record.Reserve{Person: p.deputy.ID, Village: p.sunny.ID, State: record.Judged}
	p.do("录入", func(tx *store.Tx) error { p.put(tx, clue, judged); return nil })
	admit := func(a work.Admission, want ...string) (id string) {
		t.Helper()
		p.do("入库", func(tx *store.Tx) error {
			asked, err := a.Check(tx)
			if err != nil {
				return err
			}
			var w []work.Warning
			id, w, err = work.AdmitReserve(tx, a)
			wantWarnings(t, "入库", w, want...)
			wantWarnings(t, "asked first", asked, want...)
			return err
		})
		return id
	}
	on := day("2026-03")
	if id := admit(work.Admission{Person: p.member.ID, Village: p.sunny.ID, Entered: on, Direction: "1"}, "没有经过乡镇党委研判", "请安排入党培养"); id != clue.ID {
		t.Errorf("a clue goes on as %s, want %s", id, clue.ID)
	}
	if r := p.entry(clue.ID); r.State != record.InTraining || r.Source != "2" || r.Entered != on || r.Direction != "1" {
		t.Errorf("%+v", r)
	}
	if id := admit(work.Admission{Person: p.deputy.ID, Village: p.sunny.ID, Entered: on, State: record.Admitted}); id != judged.ID {
		t.Errorf("one who was judged goes on as %s", id)
	}
	admit(work.Admission{Person: p.farmer.ID, Village: p.willow.ID, Entered: on}, "已满50周岁")
	admit(work.Admission{Person: p.reserve.ID, Village: p.willow.ID, Entered: on}, "还在向阳嘎查的后备库里")
}

// Ensure that nobody enters a pool twice, without a day, or in a state that is
// none of the pool's; who left comes back in a new record.
func TestAdmitReserveRefuses(t *testing.T) {
	p := newPlace(t)
	ok := work.Admission{Person: p.reserve.ID, Village: p.sunny.ID, Entered: day("2026-03")}
	admit := func(a work.Admission) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			_, _, err := work.AdmitReserve(tx, a)
			return err
		}
	}
	p.refused("in it already", "person", "已经在向阳嘎查的后备库里", admit(ok))
	for _, c := range []struct {
		field, piece string
		spoil        func(*work.Admission)
	}{
		{"entered", "请填写入库时间", func(a *work.Admission) { a.Entered = field.Date{} }},
		{"state", "只能是", func(a *work.Admission) { a.State = record.MadeLeader }},
		{"person", "请选择人员", func(a *work.Admission) { a.Person = "" }},
		{"village", "请选择嘎查村", func(a *work.Admission) { a.Village = "" }},
	} {
		a := ok
		c.spoil(&a)
		p.refused(c.field, c.field, c.piece, admit(a))
	}
	p.do("出库", func(tx *store.Tx) error {
		_, err := work.ReleaseReserve(tx, work.Release{Reserve: p.pool.ID, On: day("2026-02"), Exit: "8"})
		return err
	})
	p.do("入库", admit(ok))
	if r := p.entry(p.pool.ID); r.State != record.LeftPool {
		t.Errorf("the old entry is %+v", r)
	}
}

// Ensure that who leaves the pool is left in the state the reason means.
func TestReleaseReserve(t *testing.T) {
	for _, c := range []struct {
		exit, state string
		warning     []string
	}{
		{"1", record.MadeLeader, []string{"还没有乌云高娃的任职"}},
		{"2", record.MadeMember, []string{"还没有乌云高娃的任职"}},
		{"3", record.AgedOutPool, nil}, {"5", record.AgedOutPool, nil},
		{"6", record.LeftPool, nil}, {"9", record.LeftPool, nil},
	} {
		p := newPlace(t)
		release := func(tx *store.Tx) error {
			w, err := work.ReleaseReserve(tx, work.Release{Reserve: p.pool.ID, On: day("2026-03"), Exit: c.exit, Note: "经研究"})
			if err == nil {
				wantWarnings(t, c.exit, w, c.warning...)
			}
			return err
		}
		p.do("出库", release)
		if r := p.entry(p.pool.ID); r.State != c.state || r.Left != day("2026-03") || r.Note != "经研究" {
			t.Errorf("%s: %+v", c.exit, r)
		}
		p.refused("twice", "reserve", "已经出库", release)
	}
	p := newPlace(t)
	for _, c := range []struct {
		l            work.Release
		field, piece string
	}{
		{work.Release{}, "reserve", "请选择"},
		{work.Release{Reserve: p.pool.ID, Exit: "8"}, "left", "请填写出库时间"},
		{work.Release{Reserve: p.pool.ID, On: day("2026-03")}, "exit", "请选择出库原因"},
		{work.Release{Reserve: p.pool.ID, On: day("2023"), Exit: "8"}, "left", "早于乌云高娃的入库时间"},
	} {
		p.refused(c.piece, c.field, c.piece, func(tx *store.Tx) error {
			_, err := c.l.Check(tx)
			return err
		})
	}
}
