package check

import (
	"fmt"
	"slices"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

func (f *facts) aboutVillage(v *record.Village, l Level, message string) Problem {
	return Problem{Level: l, Kind: "village", Record: v.ID, Name: v.Name, Message: message}
}

// blankVillages: every village keeps reserves (农村基层组织工作条例 2018).
func blankVillages(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		if len(f.pool[v.ID]) == 0 {
			out = append(out, f.aboutVillage(v, Grave, f.place(v.ID)+"没有后备力量在库，请摸排人选并入库。"))
		}
	}
	return out
}

// noLocal: the pool should hold people of the place.
func noLocal(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		if pool := f.pool[v.ID]; len(pool) > 0 && !slices.ContainsFunc(pool, local) {
			out = append(out, f.aboutVillage(v, Notice, f.place(v.ID)+"在库的后备都不是本土人选，请继续摸排本土人选。"))
		}
	}
	return out
}

// vacancies: a village needs a 书记; 主持工作 does not fill the post.
func vacancies(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		if len(f.holders(v.ID, record.Secretary)) > 0 {
			continue
		}
		out = append(out, f.aboutVillage(v, Grave, f.place(v.ID)+f.vacancy(v.ID)+"，请尽快选配。"))
	}
	return out
}

// vacancy tells of a village without 书记, for how long and who stands in.
func (f *facts) vacancy(village string) string {
	text := "没有党组织书记"
	if acting := f.holders(village, record.ActingSecretary); len(acting) > 0 {
		text += "，现由" + f.names(acting) + "主持工作"
	}
	if since := f.vacantSince(village); !since.IsZero() {
		text += "，自" + since.Office() + "起空缺"
		if months := f.rules.Limit(rule.VacancyMonths); months > 0 && After(since, months).Before(f.asOf) {
			text += fmt.Sprintf("，已超过%d个月", months)
		}
	}
	return text
}

// vacantSince is when the last 书记 left, zero if the ledger does not tell.
func (f *facts) vacantSince(village string) field.Date {
	var last field.Date
	for _, p := range f.posts {
		if p.Village != village || p.Position != record.Secretary || f.asOf.Before(p.To) {
			continue
		}
		if last.IsZero() || last.Before(p.To) {
			last = p.To
		}
	}
	return last
}

// twoHolders: 书记, 主任 and 村监委主任 are one person each.
func twoHolders(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		for _, position := range Singles {
			posts := f.holders(v.ID, position)
			if len(posts) < 2 {
				continue
			}
			word := f.word("post", "position", position)
			message := f.place(v.ID) + "有" + fmt.Sprint(len(posts)) + "条在任的“" + word + "”（" + f.names(posts) + "），请给离任的填上离任时间，重复的作废。"
			out = append(out, f.aboutVillage(v, Grave, message))
		}
	}
	return out
}

// terms: a term is five years; it is listed a year before it ends.
func terms(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		if v.Elected.IsZero() {
			continue
		}
		end := After(v.Elected, 12*TermYears)
		p := f.aboutVillage(v, Notice, "")
		p.Field = "elected"
		switch {
		case end.Before(f.asOf):
			p.Level, p.Message = Fault, f.place(v.ID)+"本届“两委”已于"+end.Office()+"届满，请核对本届产生日期，尽快安排换届。"
		case !After(f.asOf, f.rules.Limit(rule.TermNotice)).Before(end):
			p.Message = f.place(v.ID) + "本届“两委”将于" + end.Office() + "届满，请提前准备换届。"
		default:
			continue
		}
		out = append(out, p)
	}
	return out
}
