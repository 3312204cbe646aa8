package check_test

import (
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

// Ensure that who can step in comes first, by maturity, direction and training,
// each with its reasons, and that an open case or no Party card comes last.
func TestSuccession(t *testing.T) {
	db := create(t, false)
	someone := func(tx *store.Tx, name, birth, politics string) string {
		p := &record.Person{Name: name, Birth: day(birth), Politics: politics}
		put(t, tx, p)
		return p.ID
	}
	v := &record.Village{Name: "前进嘎查"}
	if err := db.Do("录入", clerk, func(tx *store.Tx) error {
		put(t, tx, v)
		pooled := func(person, maturity, direction string) *record.Reserve {
			return &record.Reserve{Person: person, Village: v.ID, State: record.InTraining, Maturity: maturity, Direction: direction, Entered: day("2024-01")}
		}
		near := pooled(someone(tx, "乌云高娃", "1990-06", "01"), "1", "1")
		cased := someone(tx, "王海", "1985-01", "01")
		put(t, tx, near, pooled(someone(tx, "赵小丰", "1995-01", "01"), "3", ""), pooled(someone(tx, "李晓红", "1988-01", "13"), "1", "1"), pooled(cased, "1", "1"),
			&record.Conduct{Person: cased, Village: v.ID, Class: "工作责任心差", State: record.ConductMend},
			&record.Post{Person: someone(tx, "陈建国", "1982-01", "01"), Village: v.ID, Position: record.DeputySecretary, From: day("2021-01")})
		put(t, tx, &record.Coaching{Reserve: near.ID, Date: day("2025-06-01"), Text: "列席两委会议"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.View(func(tx *store.Tx) error {
		list, err := check.Succession(tx, v.ID, record.Secretary, day("2026-03-01"))
		var got []string
		for _, c := range list {
			line := c.Name + " " + strings.Join(c.For, "、")
			if !c.Able {
				line += " 但" + strings.Join(c.Against, "、")
			}
			got = append(got, line)
		}
		want := []string{
			"乌云高娃 成熟度“近期可用”（30分）、培养方向“党组织书记”（15分）、近两年培养1次（3分）",
			"赵小丰 成熟度“远期储备”（10分）",
			"陈建国 现任党组织副书记（8分）",
			"李晓红 成熟度“近期可用”（30分）、培养方向“党组织书记”（15分） 但不是中共正式党员",
			"王海 成熟度“近期可用”（30分）、培养方向“党组织书记”（15分） 但有负面情形没有办结",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, tx *store.Tx, recs ...field.Record) {
	t.Helper()
	for _, r := range recs {
		if err := tx.Put(r); err != nil {
			t.Fatal(err)
		}
	}
}
