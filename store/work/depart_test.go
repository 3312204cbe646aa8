package work_test

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that one step ends all that somebody holds and is on the way to, tells
// it before, and leaves open what was found of him.
func TestDepart(t *testing.T) {
	p := newPlace(t)
	p.take("filing", "拟任", "", "person="+p.leader.ID, "village="+p.sunny.ID, "type=2", "proposed=2026-01-20")
	hire, _ := p.take("hire", "登记聘用", "", "person="+p.leader.ID, "year=2020")
	p.take("hire", "派村", hire, "village="+p.sunny.ID, "from=2020-09-05")
	p.take("conduct", "登记负面情形", "", "person="+p.leader.ID, "class=带富能力弱", "noticed=2026-01-10")
	d := work.Departure{Person: p.leader.ID, Cause: record.Died, On: day("2026-02-18")}
	p.view(func(tx *store.Tx) error {
		endings, warnings, err := d.Check(tx)
		var texts []string
		for _, e := range endings {
			texts = append(texts, e.Text)
		}
		if want := []string{"向阳嘎查党组织书记", "向阳嘎查村委会主任", "乡招村用", "向阳嘎查书记备案"}; !slices.Equal(texts, want) {
			t.Errorf("ends %q, want %q", texts, want)
		}
		wantWarnings(t, "去世", warnings, "没有党组织书记", "负面情形没有办结")
		return err
	})
	p.do("去世", func(tx *store.Tx) error {
		_, err := work.Depart(tx, d)
		return err
	})
	p.wantTeam(p.sunny, "白音达来 党组织书记 2021.01–2026.02.18 去世 第十届 1届", "白音达来 村委会主任 2021.01–2026.02.18 去世 第十届 1届",
		"李秀云 党组织副书记 2021.01– 第十届 1届", "王建业 村委会委员 2021.01– 第十届 1届")
	p.shows("hire", hire, "state=调出", "left=2026.02.18")
	p.refused("没有原因", "reason", "调离、退休、迁出还是去世", func(tx *store.Tx) error {
		_, err := work.Depart(tx, work.Departure{Person: p.deputy.ID, Cause: "5", On: day("2026-02-18")})
		return err
	})
}

// Ensure that who moves away leaves the pool, too, for its own reason.
func TestDepartFromPool(t *testing.T) {
	p := newPlace(t)
	p.do("迁出", func(tx *store.Tx) error {
		_, err := work.Depart(tx, work.Departure{Person: p.reserve.ID, Cause: "11", On: day("2026-02-18")})
		return err
	})
	p.shows("reserve", p.pool.ID, "state=自然出库", "exit=迁出", "left=2026.02.18")
}

// Ensure that a village merged into another stays for earlier years, that posts
// chosen go on with their first day, that the others end, and that the pool and
// the numbers go over.
func TestMergeVillages(t *testing.T) {
	p := newPlace(t)
	p.do("补资料", func(tx *store.Tx) error {
		p.sunny.Households, p.willow.Households = n(300), n(120)
		p.put(tx, p.sunny, p.willow)
		return nil
	})
	m := work.Merging{From: []string{p.sunny.ID}, Into: p.willow.ID, On: day("2026-02-20"), Carry: []string{p.secretary.ID, p.third.ID}}
	p.do("撤并", func(tx *store.Tx) error {
		warnings, err := work.Merge(tx, m)
		wantWarnings(t, "撤并", warnings, "白音达来的向阳嘎查村委会主任随撤并结束")
		return err
	})
	p.wantTeam(p.willow, "白音达来 党组织书记 2026.02.20– 第十届 1届 初任2021.01", "王建业 村委会委员 2026.02.20– 第十届 1届 初任2021.01")
	p.shows("village", p.willow.ID, "households=420", "former=向阳嘎查")
	p.shows("village", p.sunny.ID, "to=2026.02.20", "note=并入红柳嘎查")
	p.shows("reserve", p.pool.ID, "village=红柳嘎查")
	p.refused("再撤并", "village", "已于", func(tx *store.Tx) error {
		_, err := work.Merge(tx, m)
		return err
	})
}

// Ensure that a village keeps the name it had, and takes none that is taken.
func TestRenameVillage(t *testing.T) {
	p := newPlace(t)
	p.refused("更名", "name", "请办撤并", func(tx *store.Tx) error {
		return work.Rename(tx, p.sunny.ID, "红柳嘎查", day("2026-02-01"), "")
	})
	p.do("更名", func(tx *store.Tx) error { return work.Rename(tx, p.sunny.ID, "朝阳嘎查", day("2026-02-01"), "") })
	p.shows("village", p.sunny.ID, "name=朝阳嘎查", "former=向阳嘎查")
}
