package work_test

import (
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// taking is a step with what is filled in: cells as "name=value".
func taking(kind, step, id string, cells ...string) *work.Taking {
	t := &work.Taking{Step: work.StepNamed(kind, step), ID: id, Cells: map[string]string{}}
	for _, c := range cells {
		name, value, _ := strings.Cut(c, "=")
		t.Cells[name] = value
	}
	return t
}

// take takes a step, asked first without writing.
func (p *place) take(kind, step, id string, cells ...string) (string, []work.Warning) {
	p.t.Helper()
	var asked, told []work.Warning
	p.view(func(tx *store.Tx) (err error) {
		asked, err = taking(kind, step, id, cells...).Check(tx)
		return err
	})
	p.do(step, func(tx *store.Tx) (err error) {
		id, told, err = work.Take(tx, taking(kind, step, id, cells...))
		return err
	})
	if !slices.Equal(asked, told) {
		p.t.Errorf("%s: asked first %+v, told %+v", step, asked, told)
	}
	return id, told
}

func (p *place) refusedStep(kind, step, id, fieldName, piece string, cells ...string) {
	p.t.Helper()
	p.refused(step, fieldName, piece, func(tx *store.Tx) error {
		_, _, err := work.Take(tx, taking(kind, step, id, cells...))
		return err
	})
}

// shows expects cells of a record, as they are shown.
func (p *place) shows(kind, id string, cells ...string) {
	p.t.Helper()
	p.view(func(tx *store.Tx) error {
		k := tx.Kinds().Kind(kind)
		row, _, err := tx.Row(kind, id)
		for _, c := range cells {
			name, want, _ := strings.Cut(c, "=")
			got := k.Field(name).Show(k.Value(row, name))
			if k.Field(name).Type == field.Ref {
				got = tx.Name(k.Field(name).Target, k.Value(row, name))
			}
			if got != want {
				p.t.Errorf("%s.%s is %q, want %q", kind, name, got, want)
			}
		}
		return err
	})
}

// may lists the steps that may be taken with a record at the office's level.
func (p *place) may(kind, id string) (out []string) {
	p.t.Helper()
	p.view(func(tx *store.Tx) error {
		k := tx.Kinds().Kind(kind)
		row, _, err := tx.Row(kind, id)
		for _, s := range work.Steps(kind) {
			if s.Fits(k, row, tx.Office().Level) {
				out = append(out, s.Name)
			}
		}
		return err
	})
	return out
}

func (p *place) wantSteps(kind, id string, want ...string) {
	p.t.Helper()
	if got := p.may(kind, id); !slices.Equal(got, want) {
		p.t.Errorf("%s may go on by %q, want %q", kind, got, want)
	}
}

// Ensure that every step asks for cells that are there, begins and ends in
// states that are, and is called once by its kind.
func TestStepsAreWhole(t *testing.T) {
	ks := record.Kinds()
	for _, k := range ks {
		names := map[string]bool{}
		for _, s := range work.Steps(k.Name) {
			if names[s.Name] {
				t.Errorf("%s has two steps %s", k.Name, s.Name)
			}
			names[s.Name] = true
			states := k.Field(work.StateField)
			for _, from := range append(slices.Clone(s.From), s.To) {
				if from != "" && (states == nil || !states.Codes.Has(from)) {
					t.Errorf("%s %s: no state %q", k.Name, s.Name, from)
				}
			}
			asked := ks.Kind(s.Asked())
			if asked == nil {
				t.Fatalf("%s %s makes %q, which is no kind", k.Name, s.Name, s.Makes)
			}
			for _, name := range s.Ask {
				if asked.Field(name) == nil {
					t.Errorf("%s %s asks for %s, which %s lacks", k.Name, s.Name, name, asked.Name)
				}
			}
			for _, name := range s.Need {
				if !slices.Contains(s.Ask, name) {
					t.Errorf("%s %s needs %s and does not ask for it", k.Name, s.Name, name)
				}
			}
		}
	}
}

// Ensure that somebody comes into the pool by 线索, 初核, 研判 and, at the county,
// 审核, each with its review.
func TestIntoThePool(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("reserve", "登记线索", "", "person="+p.member.ID, "village="+p.willow.ID, "source=1")
	p.wantSteps("reserve", id, "初核", "研判")
	p.take("reserve", "初核", id, "date=2026-02-01", "verdict=1", "text=群众基础好")
	p.take("reserve", "研判", id, "date=2026-02-20", "verdict=1", "meeting=苏木党委会", "score=88")
	p.shows("reserve", id, "state=乡镇党委研判")
	p.refusedStep("reserve", "县级审核", id, "", "由旗县区办理", "date=2026-03-01", "verdict=1")
	p.refusedStep("reserve", "登记线索", "", "person", "不用再登记线索", "person="+p.member.ID, "village="+p.willow.ID)
	p.view(func(tx *store.Tx) error {
		reviews, err := store.Referrers[record.Review](tx, id, "reserve")
		if len(reviews) != 2 || reviews[0].Stage != record.FirstLook || reviews[1].Stage != record.ByTownship {
			t.Errorf("reviews %+v", reviews)
		}
		return err
	})
}

// Ensure that a bad verdict closes the 期, and that the person may be found anew
// in another.
func TestReentry(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("reserve", "登记线索", "", "person="+p.member.ID, "village="+p.willow.ID, "round=2025年")
	_, warned := p.take("reserve", "初核", id, "date=2026-02-01", "verdict=2")
	wantWarnings(t, "初核", warned, "另开一期")
	p.shows("reserve", id, "state=调整出库", "left=2026.02.01", "exit=不再适合培养")
	p.wantSteps("reserve", id)
	again, _ := p.take("reserve", "登记线索", "", "person="+p.member.ID, "village="+p.willow.ID, "round=2026年")
	if again == id {
		t.Error("the closed 期 was opened again")
	}
}

// Ensure that a case goes from the sign to the file, that nothing is done
// without a finding, and that 免职 ends the party post alone of who holds an
// elected one too.
func TestConduct(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("conduct", "登记负面情形", "", "person="+p.leader.ID, "class=带富能力弱", "noticed=2026-01-10", "facts=两年没有新增集体收入")
	p.shows("conduct", id, "village=向阳嘎查", "position=党组织书记", "state=线索")
	p.wantSteps("conduct", id, "核实")
	_, warned := p.take("conduct", "核实", id, "verified=2026-01-20", "finding=1", "facts=属实")
	wantWarnings(t, "核实", warned, "听取本人的说明")
	_, warned = p.take("conduct", "组织处理", id, "measure=6", "decided=2026-02-10", "authority=中共星露苏木委员会", "document=星党发〔2026〕3号")
	wantWarnings(t, "组织处理", warned, "村委会主任不适用“免职”", "没有党组织书记")
	p.wantTeam(p.sunny, "白音达来 党组织书记 2021.01–2026.02.10 免职 第十届 1届", "白音达来 村委会主任 2021.01– 第十届 1届",
		"李秀云 党组织副书记 2021.01– 第十届 1届", "王建业 村委会委员 2021.01– 第十届 1届")
	p.take("conduct", "归档", id, "closed=2026-03-01")
	p.wantSteps("conduct", id)
}

// Ensure that a 免职 of an elected post, a measure without a finding, and one
// against somebody of whom nothing was found are refused with a way out.
func TestConductRefuses(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("conduct", "登记负面情形", "", "person="+p.member.ID, "class=工作责任心差", "noticed=2026-01-10")
	p.refusedStep("conduct", "限期整改", id, "state", "不能办", "decided=2026-02-01", "due=2026-05-01")
	p.take("conduct", "核实", id, "verified=2026-01-20", "finding=1", "facts=属实", "statement=家中有病人")
	p.refusedStep("conduct", "组织处理", id, "measure", "依法罢免", "measure=6", "decided=2026-02-10", "authority=党委")
	p.refusedStep("conduct", "限期整改", id, "due", "早于", "decided=2026-02-01", "due=2026-01-01")
	p.take("conduct", "限期整改", id, "decided=2026-02-01", "due=2026-05-01")
	p.take("conduct", "复核", id, "rechecked=2026-05-06", "recheck=1")
	p.shows("conduct", id, "state=解除")
	other, _ := p.take("conduct", "登记负面情形", "", "person="+p.deputy.ID, "class=群众意见大", "noticed=2026-01-10")
	p.take("conduct", "核实", other, "verified=2026-01-20", "finding=2", "facts=查无此事", "statement=没有")
	p.shows("conduct", other, "state=不成立")
	p.wantSteps("conduct", other, "归档")
}

// Ensure that the ways out of a post follow its 岗位法定类型: nobody but villagers
// takes from office whom villagers elected.
func TestRoutes(t *testing.T) {
	p := newPlace(t)
	p.view(func(tx *store.Tx) error {
		titles := func(post *record.Post) (out []string) {
			for _, r := range work.Routes(tx, post) {
				out = append(out, r.Title)
				if len(r.Papers) == 0 || r.Basis == "" {
					t.Errorf("%s names no papers or no basis", r.Title)
				}
			}
			return out
		}
		if got := titles(p.head); !slices.Equal(got, []string{"本人辞职", "劝其自愿辞职", "依法罢免", "职务自行终止"}) {
			t.Errorf("a 主任 may go by %q", got)
		}
		if got := titles(p.secretary); !slices.Contains(got, "免职") || slices.Contains(got, "依法罢免") {
			t.Errorf("a 书记 may go by %q", got)
		}
		recall := work.Routes(tx, p.head)[2]
		if !strings.Contains(recall.Needs[0], "五分之一以上") || !strings.Contains(recall.Needs[0], "三分之一以上") {
			t.Errorf("罢免 needs %q", recall.Needs)
		}
		return nil
	})
}

// Ensure that 软弱涣散 is struck off the list only after it was looked at.
func TestLax(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("lax", "认定软弱涣散", "", "village="+p.willow.ID, "year=2025", "ground=1", "found=2025-03-01", "due=2025-12-31")
	p.wantSteps("lax", id, "申请验收")
	p.take("lax", "申请验收", id, "result=书记已选配")
	p.take("lax", "验收不合格", id, "result=组织生活还不正常", "due=2026-03-31")
	p.take("lax", "申请验收", id, "result=已补齐")
	p.take("lax", "验收销号", id, "result=合格", "closed=2026-02-20")
	p.wantSteps("lax", id)
	p.shows("lax", id, "state=已销号")
}

// Ensure that 乡招村用 serve one village at a time, and none after they went.
func TestHire(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("hire", "登记聘用", "", "person="+p.reserve.ID, "year=2023", "reported=2023-09-01")
	p.refusedStep("hire", "登记聘用", "", "person", "现在在岗", "person="+p.reserve.ID, "year=2024")
	p.take("hire", "派村", id, "village="+p.sunny.ID, "role=党建助理", "from=2023-09-05")
	p.take("hire", "派村", id, "village="+p.willow.ID, "role=党建助理", "from=2025-01-10")
	p.refusedStep("hire", "派村", id, "from", "请核对", "village="+p.sunny.ID, "from=2024-01-01")
	p.take("hire", "跟踪", id, "date=2025-06-30", "state=1", "rating=1")
	p.take("hire", "调出", id, "left=2026-01-31", "where=旗农牧局")
	p.shows("hire", id, "village=红柳嘎查", "state=调出")
	p.view(func(tx *store.Tx) error {
		services, err := store.Referrers[record.Service](tx, id, "hire")
		if len(services) != 2 || services[0].To != day("2025-01-10") || services[1].To != day("2026-01-31") {
			t.Errorf("services %+v", services)
		}
		return err
	})
	p.wantSteps("hire", id)
}

// Ensure that somebody away counts as 到村任职 with a post, and is in touch,
// promised and told of what was not kept before.
func TestAway(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("away", "登记在外人才", "", "person="+p.farmer.ID, "village="+p.willow.ID, "type=3")
	p.take("away", "记联系", id, "date=2025-02-01", "way=1")
	p.shows("away", id, "state=已联系")
	p.take("away", "洽谈政策", id, "name=创业贷款贴息", "due=2025-12-31")
	p.shows("away", id, "state=洽谈政策")
	_, warned := p.take("away", "返乡", id, "returned=2026-02-01")
	wantWarnings(t, "返乡", warned, "还没有登记兑现")
	p.refusedStep("away", "到村任职", id, "from", "请填写", "village="+p.willow.ID, "position=23")
	p.take("away", "到村任职", id, "village="+p.willow.ID, "position=23", "from=2026-02-20", "manner=2")
	p.shows("away", id, "state=到村任职")
	p.wantTeam(p.willow, "赵丰 村委会委员 2026.02.20–")
}

// Ensure that matching warns where a village has somebody of its own, and that
// sending makes the post.
func TestSecondment(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("secondment", "单位推荐", "", "person="+p.deputy.ID, "unit=旗农牧局")
	p.take("secondment", "审核储备", id)
	_, warned := p.take("secondment", "匹配", id, "village="+p.sunny.ID, "position=51")
	wantWarnings(t, "匹配", warned, "乌云高娃")
	_, warned = p.take("secondment", "匹配", id, "village="+p.willow.ID, "position=51")
	wantWarnings(t, "匹配", warned)
	p.take("secondment", "派出", id, "village="+p.willow.ID, "position=51", "from=2026-02-25")
	p.wantTeam(p.willow, "李秀云 第一书记 2026.02.25–")
	p.take("secondment", "兑现四优", id, "type=1", "done=2026-03-01", "amount=300000")
	p.shows("secondment", id, "state=在派", "from=2026.02.25")
}

// Ensure that a candidate whom a department bars is neither nominated nor filed
// nor admitted, until that department says otherwise.
func TestBarred(t *testing.T) {
	p := newPlace(t)
	vetting := func(opinion, on string) {
		p.do("录入", func(tx *store.Tx) error {
			p.put(tx, &record.Vetting{Person: p.member.ID, Village: p.willow.ID, Department: "公安机关", Sent: day("2026-01-05"), Opinion: opinion, Answered: day(on)})
			return nil
		})
	}
	vetting(record.OpinionBarred, "2026-01-10")
	nominate := []string{"person=" + p.member.ID, "village=" + p.willow.ID, "position=21", "term=第十一届"}
	p.refusedStep("nominee", "提名", "", "person", "一票否决", nominate...)
	p.refusedStep("filing", "拟任", "", "person", "一票否决", "person="+p.member.ID, "village="+p.willow.ID, "type=1", "proposed=2026-02-01")
	p.refused("入库", "person", "一票否决", func(tx *store.Tx) error {
		_, _, err := work.AdmitReserve(tx, work.Admission{Person: p.member.ID, Village: p.willow.ID, Entered: day("2026-02-01")})
		return err
	})
	vetting(record.OpinionClear, "2026-02-15")
	p.take("nominee", "提名", "", nominate...)
}

// Ensure that nominees are vetted by every department of the year's rules once,
// and that nothing is concluded before all have answered.
func TestNominee(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("nominee", "提名", "", "person="+p.deputy.ID, "village="+p.sunny.ID, "position=11", "term=第十一届")
	p.take("nominee", "送联审", id, "sent=2026-02-01")
	p.take("nominee", "送联审", id, "sent=2026-02-02")
	p.refusedStep("nominee", "联审结论", id, "", "还没有答复")
	p.answer(t, "nominee", id, 7)
	p.take("nominee", "联审结论", id)
	p.shows("nominee", id, "state=联审通过")
}

// answer lets every department say 无异议.
func (p *place) answer(t *testing.T, owner, id string, want int) {
	t.Helper()
	p.do("联审", func(tx *store.Tx) error {
		all, err := store.Referrers[record.Vetting](tx, id, owner)
		if len(all) != want {
			t.Errorf("%d vettings, want %d", len(all), want)
		}
		for _, v := range all {
			v.Opinion, v.Answered = record.OpinionClear, day("2026-02-20")
			p.put(tx, v)
		}
		return err
	})
}

// Ensure that 备案 goes from township to county and back, each level taking its
// own steps, and that the post carries what the county answered.
func TestFiling(t *testing.T) {
	p := newPlace(t)
	id, _ := p.take("filing", "拟任", "", "person="+p.deputy.ID, "village="+p.willow.ID, "type=1", "proposed=2026-01-20")
	p.shows("filing", id, "position=党组织书记")
	_, warned := p.take("filing", "党委研究", id, "meeting=2026-01-25")
	wantWarnings(t, "党委研究", warned, "还没有送联审")
	p.take("filing", "报送", id, "submitted=2026-01-28")
	p.wantSteps("filing", id)
	p.refusedStep("filing", "受理", id, "", "由旗县区办理", "received=2026-02-01")
	p.do("县里答复", func(tx *store.Tx) error {
		f, err := store.Get[record.Filing](tx, id)
		f.State, f.Outcome, f.Answered, f.Number = record.FilingAgreed, record.OutcomeAgreed, day("2026-02-10"), "敖组备〔2026〕7号"
		p.put(tx, f)
		return err
	})
	p.wantSteps("filing", id, "任职", "登记已在任", "注销")
	p.take("filing", "任职", id, "village="+p.willow.ID, "from=2026-02-15", "manner=3")
	p.shows("filing", id, "state=已任职", "appointed=2026.02.15")
	p.view(func(tx *store.Tx) error {
		posts, err := store.Referrers[record.Post](tx, p.willow.ID, "village")
		if len(posts) != 1 || posts[0].FilingNo != "敖组备〔2026〕7号" || posts[0].Position != record.Secretary {
			t.Errorf("posts %+v", posts)
		}
		return err
	})
}
