package sample

import (
	"fmt"

	"touyan/store/field"
	"touyan/store/record"
)

// hired gives a village somebody of 乡招村用. A few villages have nobody now: who
// was sent there left, or works elsewhere for a time.
func (b *builder) hired(l *lived, n int) {
	if n%12 == 7 {
		return
	}
	p := b.person(l.village, wanted{woman: b.chance(50), least: 24, most: 31, mongol: b.mongol(l.village), member: b.chance(55)})
	p.Recruited, p.Education, p.School = "1", "21", b.pick(schools)+" "+b.pick(majors)
	p.Workplace, p.Skill = "苏木乡镇党群服务中心", b.pick(skills)
	b.put("person", p)
	ago := 1 + b.rng.IntN(5)
	reported := b.back(12*ago, 3)
	h := &record.Hire{Person: p.ID, Village: l.village.ID, Year: number(int64(reported.Year)), Batch: "第一批", Quota: "1", Unit: "苏木乡镇党群服务中心",
		Reported: reported, Until: field.Date{Year: reported.Year + 5, Month: reported.Month}, State: record.HireServing,
		Document: fmt.Sprintf("%s人社发〔%d〕12号", b.prefix, reported.Year)}
	switch {
	case n%13 == 4:
		h.State, h.Where = record.HireLent, "旗县区农牧局"
	case n%19 == 11:
		h.State, h.Left, h.Where = "3", b.back(2, 12), "旗县区融媒体中心"
	}
	b.put("hire", h)
	b.put("service", &record.Service{Hire: h.ID, Village: l.village.ID, Role: "党建助理", From: reported, To: h.Left})
	for half := 1; half <= 3; half++ {
		if half == 1 && (h.State != record.HireServing || b.chance(15)) {
			continue
		}
		d := b.back(6*half-4, 10+n)
		if d.Before(reported) {
			continue
		}
		period := fmt.Sprintf("%d年上半年", d.Year)
		if d.Month > 6 {
			period = fmt.Sprintf("%d年下半年", d.Year)
		}
		b.put("tracking", &record.Tracking{Hire: h.ID, Period: period, Date: d, State: b.weighted("1", 85, "2", 8, "4", 7),
			Work: "参与“两委”值班，帮助整理村级档案，联系电商销售农畜产品", Rating: b.weighted("1", 35, "2", 55, "3", 10), By: b.leader()})
	}
	if ago >= 2 && h.State == record.HireServing && n%3 == 1 && !l.flaws.blank {
		b.put("reserve", &record.Reserve{Person: p.ID, Village: l.village.ID, Round: fmt.Sprintf("%d年", b.now.Year()-1), Source: "3", Category: "5", Manner: "3",
			Entered: b.back(9, 6), Maturity: b.weighted("2", 50, "3", 50), Direction: "5", Contact: b.leader(), Measures: b.pick(measures), State: record.InTraining})
	}
}

// away lists who lives elsewhere, at several points of the way back.
func (b *builder) away(mine []*lived) {
	needs := words("创业场地 子女入学 产业贷款贴息 医疗社保接续")
	for i, l := range mine {
		if i%2 == 1 && i%3 > 0 {
			continue
		}
		p := b.person(l.village, wanted{woman: b.chance(30), least: 25, most: 46, mongol: b.mongol(l.village), member: b.chance(60)})
		p.Residence, p.Workplace = b.pick(words("锡林浩特 通辽 沈阳 呼和浩特 北京")), b.pick(words("物流公司经理 装修工程队负责人 餐饮店店主 肉食加工厂技术员 大学毕业待业"))
		b.put("person", p)
		a := &record.Away{Person: p.ID, Village: l.village.ID, Type: b.weighted("1", 25, "2", 30, "3", 30, "4", 15), Willing: b.weighted("1", 30, "2", 40, "3", 20, "4", 10),
			Needs: b.pick(needs), Contact: b.leader(), State: []string{record.AwayListed, record.AwayTouched, record.AwayWilling, record.AwayTalks, record.AwayServing, record.AwayNoMore}[i%6]}
		if a.State == record.AwayServing {
			a.Returned, a.Willing = b.back(16, 8), "1"
		}
		b.put("away", a)
		if a.State != record.AwayListed {
			for n := range 1 + b.rng.IntN(2) {
				b.put("touch", &record.Touch{Away: a.ID, Date: b.back(2+7*n, 6+i), Way: b.weighted("1", 70, "2", 20, "3", 10), Text: "介绍了本村产业和回引政策", By: b.leader()})
			}
		}
		if a.State == record.AwayTalks || a.State == record.AwayServing {
			b.promised(a, i)
		}
		if a.State == record.AwayServing {
			b.put("post", &record.Post{Person: p.ID, Village: l.village.ID, Position: record.PartyCommitteeMember, Statutory: record.Statutory(record.PartyCommitteeMember),
				From: b.month(b.now.AddDate(0, -15, 0)), Manner: record.ByBallotLate, Terms: number(1), Again: "0"})
		}
	}
}

func (b *builder) promised(a *record.Away, i int) {
	b.put("promise", &record.Promise{Away: a.ID, Name: "产业贷款贴息", Text: "两年内按实际利息补贴一半", Amount: number(1_200_000), Due: b.back(4, 5), Kept: b.back(3, 5)})
	second := &record.Promise{Away: a.ID, Name: "养殖场用地", Text: "协调集体建设用地5亩", Due: b.back(1, 5)}
	if i%4 == 0 {
		second.Kept = b.back(0, 2)
	}
	b.put("promise", second)
}

// seconded are people of offices held ready, and one sent to the first village
// that has nobody of its own.
func (b *builder) seconded(mine []*lived) {
	units := words("旗县区农牧局 旗县区财政局 旗县区文旅局 旗县区供销社")
	var blank *lived
	for _, l := range mine {
		if l.flaws.blank && blank == nil {
			blank = l
		}
	}
	for i := range 3 {
		at := mine[0].village // whose pool they are in until they are matched
		if i > 0 && blank != nil {
			at = blank.village
		}
		p := b.person(at, wanted{woman: i == 1, least: 29, most: 43, member: true, mongol: b.chance(50)})
		p.Education, p.School, p.Workplace = "21", b.pick(schools)+" "+b.pick(majors), units[i]+"干部"
		p.Domicile, p.Residence = "旗县区所在地", "旗县区所在地"
		b.put("person", p)
		s := &record.Secondment{Person: p.ID, Unit: units[i], UnitType: "1", Former: "四级主任科员", Document: fmt.Sprintf("%s组发〔%d〕9号", b.prefix, b.now.Year()-1),
			State: record.SecondReady}
		if i > 0 && blank != nil {
			s.Village, s.Position, s.State = blank.village.ID, record.FirstSecretary, record.SecondMatched
		}
		if i == 2 && blank != nil {
			s.State, s.From, s.Midway = record.SecondServing, b.back(13, 5), "2"
			s.To = field.Date{Year: s.From.Year + 2, Month: s.From.Month}
		}
		b.put("secondment", s)
		b.put("reserve", &record.Reserve{Person: p.ID, Village: at.ID, Round: fmt.Sprintf("%d年", b.now.Year()-1), Source: "5", Manner: "4", Entered: b.back(14, 3),
			Maturity: "2", Direction: "1", Contact: b.leader(), Measures: b.pick(measures), State: record.InTraining})
		if s.State != record.SecondServing {
			continue
		}
		b.put("post", &record.Post{Person: p.ID, Village: at.ID, Position: record.FirstSecretary, Statutory: "4", From: s.From, Manner: record.BySending, Document: s.Document})
		for n, kind := range []string{"1", "2", "3", "4"} {
			g := &record.Benefit{Secondment: s.ID, Type: kind, Text: []string{"每月驻村补助", "任期满优先晋升职级", "年度优秀不占单位指标", "优先提拔使用"}[n], Due: b.back(1-6*n, 5), Document: s.Document}
			if n == 0 {
				g.Done, g.Amount = b.back(1, 5), number(1_440_000)
			}
			b.put("benefit", g)
		}
	}
}
