package work_test

import (
	"reflect"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that an appointment makes a post of the lawful type and of the term of
// the team in office, and that undoing it leaves nothing.
func TestAppoint(t *testing.T) {
	p := newPlace(t)
	before := p.team(p.sunny)
	var seq uint64
	p.do("任命", func(tx *store.Tx) error {
		seq = tx.Seq()
		_, warnings, err := work.Appoint(tx, work.Appointment{Person: p.member.ID, Village: p.sunny.ID, Position: record.Head, From: day("2026-03-01"), Manner: record.ByBallotLate,
			InPlaceOf: []string{p.head.ID}, Reason: "2"})
		wantWarnings(t, "任命", warnings)
		return err
	})
	p.wantTeam(p.sunny,
		"白音达来 党组织书记 2021.01– 第十届 1届",
		"白音达来 村委会主任 2021.01–2026.03.01 辞职 第十届 1届",
		"李秀云 党组织副书记 2021.01– 第十届 1届",
		"王建业 村委会委员 2021.01– 第十届 1届",
		"王建业 村委会主任 2026.03.01– 第十届")
	if _, err := p.db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	p.wantTeam(p.sunny, before...)
}

// Ensure that what cannot be is refused, and nothing of it is written.
func TestAppointRefuses(t *testing.T) {
	p := newPlace(t)
	before := p.team(p.sunny)
	ok := work.Appointment{Person: p.member.ID, Village: p.sunny.ID, Position: record.PartyCommitteeMember, From: day("2026-03")}
	gone := &record.Village{Name: "旧村", To: day("2020-01")}
	p.do("录入", func(tx *store.Tx) error { return tx.Put(gone) })
	p.do("作废", func(tx *store.Tx) error { return tx.Void("person", p.farmer.ID, "重复") })
	for _, c := range []struct {
		name, field, piece string
		spoil              func(*work.Appointment)
	}{
		{"no day", "from", "请填写任职时间", func(a *work.Appointment) { a.From = field.Date{} }},
		{"ends before it begins", "to", "早于", func(a *work.Appointment) { a.To = day("2025") }},
		{"no position", "position", "请选择职务", func(a *work.Appointment) { a.Position = "" }},
		{"an unknown position", "position", "请选择职务", func(a *work.Appointment) { a.Position = "77" }},
		{"nobody", "person", "请选择人员", func(a *work.Appointment) { a.Person = "" }},
		{"somebody voided", "person", "已经作废", func(a *work.Appointment) { a.Person = p.farmer.ID }},
		{"nowhere", "village", "没有这条嘎查村记录", func(a *work.Appointment) { a.Village = store.NewID(p.db.Now()) }},
		{"a village that is no more", "village", "撤并", func(a *work.Appointment) { a.Village = gone.ID }},
		{"what is held already", "person", "自2021.01起已经担任向阳嘎查的党组织书记", func(a *work.Appointment) { a.Person, a.Position = p.leader.ID, record.Secretary }},
		{"in his own place", "person", "接替的是白音达来本人", func(a *work.Appointment) {
			a.Person, a.Position, a.InPlaceOf, a.Reason = p.leader.ID, record.Secretary, []string{p.secretary.ID}, "2"
		}},
		{"in place of somebody without a reason", "reason", "请选择离任原因", func(a *work.Appointment) { a.InPlaceOf = []string{p.second.ID} }},
		{"in place of somebody who came later", "to", "早于李秀云的党组织副书记的任职时间", func(a *work.Appointment) {
			a.From, a.InPlaceOf, a.Reason = day("2020-12"), []string{p.second.ID}, "2"
		}},
		{"in place of somebody elsewhere", "village", "不在红柳嘎查", func(a *work.Appointment) { a.Village, a.InPlaceOf, a.Reason = p.willow.ID, []string{p.second.ID}, "2" }},
	} {
		a := ok
		c.spoil(&a)
		p.refused(c.name, c.field, c.piece, func(tx *store.Tx) error {
			_, _, err := work.Appoint(tx, a)
			return err
		})
		p.refused(c.name+", asked first", c.field, c.piece, func(tx *store.Tx) error {
			_, err := a.Check(tx)
			return err
		})
	}
	p.wantTeam(p.sunny, before...)
}

// Ensure that what breaks a rule and happened is written, told, and marked with
// its reason where it is a 程序瑕疵; asking first tells the same.
func TestAppointWarns(t *testing.T) {
	for _, c := range []struct {
		name string
		a    func(*place) work.Appointment
		want []string
		mark string
	}{
		{"a second 书记", func(p *place) work.Appointment {
			return work.Appointment{Person: p.deputy.ID, Position: record.Secretary}
		}, []string{"白音达来还在任向阳嘎查的党组织书记"}, ""},
		{"a 书记 outside the Party", func(p *place) work.Appointment {
			return work.Appointment{Person: p.member.ID, Position: record.Secretary, InPlaceOf: []string{p.secretary.ID}, Reason: "2", Why: "党员外出务工"}
		}, []string{"应是中共正式党员"}, "书记不是中共正式党员（原因：党员外出务工）"},
		{"somebody of sixty", func(p *place) work.Appointment {
			return work.Appointment{Person: p.farmer.ID, Position: "44"}
		}, []string{"63岁，已满60周岁（默认值）"}, ""},
		{"a 主任 by order", func(p *place) work.Appointment {
			return work.Appointment{Person: p.member.ID, Position: record.Head, Manner: record.ByOrder, InPlaceOf: []string{p.head.ID}, Reason: "2"}
		}, []string{"由村民选举产生"}, "选举产生的职务没有经过选举"},
		{"the wrong lawful type", func(p *place) work.Appointment {
			return work.Appointment{Person: p.farmer.ID, Position: record.PartyCommitteeMember, Statutory: record.ElectedPost}
		}, []string{"一般属于“党内任命或选举”", "已满60"}, "岗位法定类型与职务不符"},
		{"村监委 and 村委会", func(p *place) work.Appointment {
			return work.Appointment{Person: p.member.ID, Position: record.Overseer}
		}, []string{"不允许交叉任职"}, "村委会与村监委交叉任职"},
		{"one more than there are seats", func(p *place) work.Appointment {
			p.do("更正", func(tx *store.Tx) error { p.sunny.PartySeats = n(2); return tx.Put(p.sunny) })
			return work.Appointment{Person: p.member.ID, Position: record.PartyCommitteeMember}
		}, []string{"党组织应配2职，任命后有3职"}, "超职数配备"},
		{"somebody in the pool", func(p *place) work.Appointment {
			return work.Appointment{Person: p.reserve.ID, Position: record.VillageCommitteeMember}
		}, []string{"还在向阳嘎查的后备库里"}, ""},
		{"somebody in the pool as 会计", func(p *place) work.Appointment {
			return work.Appointment{Person: p.reserve.ID, Position: "43"}
		}, nil, ""},
		{"主任 elsewhere", func(p *place) work.Appointment {
			return work.Appointment{Person: p.leader.ID, Position: record.Head, Village: p.willow.ID}
		}, []string{"同时担任向阳嘎查的党组织书记", "同时担任向阳嘎查的村委会主任"}, ""},
		{"an elected 主任 who was dismissed", func(p *place) work.Appointment {
			return work.Appointment{Person: p.member.ID, Position: record.Head, InPlaceOf: []string{p.head.ID}, Reason: record.Dismissed}
		}, []string{"不适用“免职”"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			a := c.a(p)
			a.From = day("2026-03")
			if a.Village == "" {
				a.Village = p.sunny.ID
			}
			var asked, told []work.Warning
			p.view(func(tx *store.Tx) (err error) {
				asked, err = a.Check(tx)
				return err
			})
			var id string
			p.do("任命", func(tx *store.Tx) (err error) {
				id, told, err = work.Appoint(tx, a)
				return err
			})
			wantWarnings(t, c.name, told, c.want...)
			if !reflect.DeepEqual(asked, told) {
				t.Errorf("asked first %+v", asked)
			}
			p.view(func(tx *store.Tx) error {
				post, err := store.Get[record.Post](tx, id)
				if err == nil && post.Flaw != c.mark {
					t.Errorf("marked %q, want %q", post.Flaw, c.mark)
				}
				return err
			})
		})
	}
}

// Ensure that who is appointed out of the pool leaves it, and that the first
// time in a position is kept.
func TestAppointFromThePool(t *testing.T) {
	p := newPlace(t)
	p.do("任命", func(tx *store.Tx) error {
		_, warnings, err := work.Appoint(tx, work.Appointment{Person: p.reserve.ID, Village: p.sunny.ID, Position: record.Secretary, From: day("2026-03"),
			InPlaceOf: []string{p.secretary.ID}, Reason: "10", Release: true})
		wantWarnings(t, "任命", warnings)
		return err
	})
	p.view(func(tx *store.Tx) error {
		r, err := store.Get[record.Reserve](tx, p.pool.ID)
		if err == nil && (r.State != record.MadeLeader || r.Exit != record.ExitLeader || r.Left != day("2026-03")) {
			t.Errorf("the pool still says %+v", r)
		}
		return err
	})
	p.do("任命", func(tx *store.Tx) error {
		_, _, err := work.Appoint(tx, work.Appointment{Person: p.leader.ID, Village: p.sunny.ID, Position: record.Secretary, From: day("2026-05")})
		return err
	})
	p.wantTeam(p.sunny,
		"乌云高娃 党组织书记 2026.03– 第十届",
		"李秀云 党组织副书记 2021.01– 第十届 1届",
		"王建业 村委会委员 2021.01– 第十届 1届",
		"白音达来 党组织书记 2021.01–2026.03 退休 第十届 1届",
		"白音达来 党组织书记 2026.05– 第十届 初任2021.01",
		"白音达来 村委会主任 2021.01– 第十届 1届")
}

// Ensure that who entered the pool after the day of the appointment, and so
// cannot leave it on that day, is told of: the pool is not left in silence.
func TestAppointBeforeThePool(t *testing.T) {
	p := newPlace(t)
	a := work.Appointment{Person: p.reserve.ID, Village: p.sunny.ID, Position: record.VillageCommitteeMember, From: day("2023-03"), Manner: record.ByElection, Release: true}
	p.do("任命", func(tx *store.Tx) error {
		_, w, err := work.Appoint(tx, a)
		found := false
		for _, one := range w {
			found = found || strings.Contains(one.Message, "2024.05") && strings.Contains(one.Message, "出库")
		}
		if !found {
			t.Errorf("warned of %v", w)
		}
		return err
	})
}
