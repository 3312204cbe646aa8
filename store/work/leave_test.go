package work_test

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that leaving ends the posts on the day with the reason, and tells what
// stays open behind it.
func TestLeave(t *testing.T) {
	for _, c := range []struct {
		name  string
		leave func(*place) work.Leaving
		want  []string // warnings
		team  string   // the line of the post that ended
	}{
		{"a member resigns", func(p *place) work.Leaving {
			return work.Leaving{Posts: []string{p.third.ID}, On: day("2026-03"), Reason: "2"}
		}, nil, "王建业 村委会委员 2021.01–2026.03 辞职 第十届 1届"},
		{"the 书记 dies", func(p *place) work.Leaving {
			return work.Leaving{Posts: []string{p.secretary.ID}, On: day("2026-03-02"), Reason: record.Died}
		}, []string{"名下还有向阳嘎查村委会主任没有结束", "离任后向阳嘎查没有党组织书记，后备库里有1人可以考虑"}, "白音达来 党组织书记 2021.01–2026.03.02 去世 第十届 1届"},
		{"both posts of one person", func(p *place) work.Leaving {
			return work.Leaving{Posts: []string{p.secretary.ID, p.head.ID}, On: day("2026-03"), Reason: "9"}
		}, []string{"没有党组织书记"}, "白音达来 党组织书记 2021.01–2026.03 调离 第十届 1届"},
		{"an elected one is dismissed", func(p *place) work.Leaving {
			return work.Leaving{Posts: []string{p.third.ID}, On: day("2026-03"), Reason: record.Dismissed, Why: "县里通报"}
		}, []string{"王建业的村委会委员属于“村委会选举”，不适用“免职”"}, "王建业 村委会委员 2021.01–2026.03 免职 第十届 离任方式“免职”与岗位法定类型不符（原因：县里通报） 1届"},
		{"a party post by recall", func(p *place) work.Leaving {
			return work.Leaving{Posts: []string{p.second.ID}, On: day("2026-03"), Reason: "6"}
		}, []string{"不适用“罢免”"}, "李秀云 党组织副书记 2021.01–2026.03 罢免 第十届 离任方式“罢免”与岗位法定类型不符 1届"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			l := c.leave(p)
			p.view(func(tx *store.Tx) error {
				w, err := l.Check(tx)
				wantWarnings(t, "asked first", w, c.want...)
				return err
			})
			p.do("离任", func(tx *store.Tx) error {
				w, err := work.Leave(tx, l)
				wantWarnings(t, c.name, w, c.want...)
				return err
			})
			if got := p.team(p.sunny); !slices.Contains(got, c.team) {
				t.Errorf("%q\nlacks %q", got, c.team)
			}
		})
	}
}

// Ensure that leaving is refused without what it needs, before it began, and
// twice.
func TestLeaveRefuses(t *testing.T) {
	p := newPlace(t)
	ok := work.Leaving{Posts: []string{p.third.ID}, On: day("2026-03"), Reason: "2"}
	for _, c := range []struct {
		name, field, piece string
		spoil              func(*work.Leaving)
	}{
		{"no post", "", "请选择要登记离任的任职", func(l *work.Leaving) { l.Posts = nil }},
		{"no day", "to", "请填写离任时间", func(l *work.Leaving) { l.On = field.Date{} }},
		{"no reason", "reason", "请选择离任原因", func(l *work.Leaving) { l.Reason = "" }},
		{"an unknown reason", "reason", "请选择离任原因", func(l *work.Leaving) { l.Reason = "55" }},
		{"before it began", "to", "早于王建业的村委会委员的任职时间", func(l *work.Leaving) { l.On = day("2020-12") }},
		{"a post that is not there", "post", "没有这条任职记录", func(l *work.Leaving) { l.Posts = []string{p.leader.ID} }},
	} {
		l := ok
		c.spoil(&l)
		p.refused(c.name, c.field, c.piece, func(tx *store.Tx) error {
			_, err := work.Leave(tx, l)
			return err
		})
	}
	leave := func(tx *store.Tx) error {
		_, err := work.Leave(tx, ok)
		return err
	}
	p.do("离任", leave)
	p.refused("twice", "to", "已于2026.03离任", leave)
}

// Ensure that only lawful reasons are offered for a post.
func TestReasons(t *testing.T) {
	p := newPlace(t)
	p.view(func(tx *store.Tx) error {
		elected, party := work.Reasons(tx, p.third), work.Reasons(tx, p.secretary)
		if slices.Contains(elected, record.Dismissed) || !slices.Contains(elected, "6") || !slices.Contains(elected, "2") {
			t.Errorf("an elected post ends by %v", elected)
		}
		if !slices.Contains(party, record.Dismissed) || slices.Contains(party, "6") || slices.Contains(party, "7") {
			t.Errorf("a party post ends by %v", party)
		}
		return nil
	})
}

// Ensure that of those who could follow a 书记 only who is in the pool is
// counted: a clue has not been admitted yet.
func TestLeaveCountsThePool(t *testing.T) {
	p := newPlace(t)
	p.do("摸排", func(tx *store.Tx) error {
		return tx.Put(&record.Reserve{Person: p.farmer.ID, Village: p.sunny.ID, State: record.Judged})
	})
	l := work.Leaving{Posts: []string{p.secretary.ID}, On: day("2026-03"), Reason: "2"}
	p.view(func(tx *store.Tx) error {
		w, err := l.Check(tx)
		wantWarnings(t, "with a clue", w, "后备库里有1人可以考虑")
		return err
	})
}
