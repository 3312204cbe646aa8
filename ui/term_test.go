package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func date(t testing.TB, text string) field.Date {
	t.Helper()
	d, err := field.DateOf(text)
	ok(t, err)
	return d
}

// sunny is a village whose team was elected in 2021: 白音达来 as 书记 and 主任,
// 李秀云 as 副书记, 王建业 as a member of the 村委会, 乌云高娃 in the pool.
func sunny(s *station) (village string) {
	s.t.Helper()
	village = store.NewID(clock())
	ok(s.t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		people := map[string]string{}
		errs := []error{tx.Put(&record.Village{Head: field.Head{ID: village}, Name: "向阳嘎查", Office: store.OfficeID(s.desk.DB.Office().Code), Elected: date(s.t, "2021-03-15")})}
		for _, p := range []struct{ name, politics string }{{"白音达来", "01"}, {"李秀云", "01"}, {"王建业", "13"}, {"乌云高娃", "01"}} {
			who := &record.Person{Name: p.name, Birth: date(s.t, "1980-05"), Politics: p.politics}
			errs = append(errs, tx.Put(who))
			people[p.name] = who.ID
		}
		one := int64(1)
		for _, p := range []struct{ name, position string }{{"白音达来", record.Secretary}, {"李秀云", record.DeputySecretary}, {"白音达来", record.Head}, {"王建业", record.VillageCommitteeMember}} {
			errs = append(errs, tx.Put(&record.Post{Person: people[p.name], Village: village, Position: p.position, From: date(s.t, "2021-03"), Term: "第十届", Terms: &one, Manner: record.ByElection}))
		}
		return errors.Join(append(errs, tx.Put(&record.Reserve{Person: people["乌云高娃"], Village: village, Round: "2025年", Entered: date(s.t, "2025-01"), Maturity: "1"}))...)
	}))
	s.settle()
	return village
}

// team lists all posts of a village, by position and beginning.
func (s *station) team(village string) (out []string) {
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.Village != village || p.Void != "" {
				continue
			}
			terms := int64(0)
			if p.Terms != nil {
				terms = *p.Terms
			}
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s–%s %s %d届 %s %s", p.Position, tx.Name("person", p.Person), p.From.Office(), p.To.Office(), p.Term, terms, p.Flaw, p.Note)))
		}
		return nil
	})
	slices.Sort(out)
	return out
}

func (s *station) mustHave(village string, want ...string) {
	s.t.Helper()
	if got := s.team(village); !slices.Equal(got, want) {
		s.t.Errorf("the team is\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// term opens 换届 of a village and types its day.
func (s *station) term(village, day string) {
	s.t.Helper()
	s.desk.ChangeTerm(village)
	s.settle()
	s.write(day)
	s.key(fyne.KeyTab)
}

// place goes on to the n-th place of the table, from the 届.
func (s *station) place(n int) {
	s.t.Helper()
	for range n {
		s.key(fyne.KeyReturn)
	}
}

// Ensure that where everybody stays but one it takes the day, the name and 完成:
// the reserve is found by pinyin, old posts end and new ones begin by one
// operation, and the village's page follows.
func TestTermChangeOfOne(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	before := s.everything()
	s.term(village, "2026.02.20")
	s.mustSay("向阳嘎查换届", "上次换届 2021.03.15", "第十一届", "完成后登记：留任3人、新任0人、离任0人。")
	s.place(2)
	s.write("wygw")
	s.mustSay("乌云高娃", "本村后备")
	s.key(fyne.KeyReturn)
	s.mustSay("完成后登记：留任2人、新任1人、离任1人。", "离任、新任", "换届离任")
	if got := strings.Join(s.everything(), "\n"); got != strings.Join(before, "\n") {
		t.Error("something is written before 完成")
	}
	s.key(fyne.KeyTab)
	s.write("外出务工")
	s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	s.settle()
	s.mustHave(village,
		"11 白音达来 2021.03–2026.02.20 第十届 1届",
		"11 白音达来 2026.02.20– 第十一届 2届",
		"12 乌云高娃 2026.02.20– 第十一届 1届",
		"12 李秀云 2021.03–2026.02.20 第十届 1届  去向：外出务工",
		"21 白音达来 2021.03–2026.02.20 第十届 1届",
		"21 白音达来 2026.02.20– 第十一届 2届",
		"23 王建业 2021.03–2026.02.20 第十届 1届",
		"23 王建业 2026.02.20– 第十一届 2届")
	if got := s.lastOp(); got != "换届" {
		t.Errorf("the last operation is %s", got)
	}
	if got := s.shell.Page().Title(); got != "向阳嘎查" {
		t.Errorf("shows %s", got)
	}
	s.mustSay("已登记向阳嘎查换届：留任2人、新任1人、离任1人。")
	s.link("撤销")
	if got := strings.Join(s.everything(), "\n"); got != strings.Join(before, "\n") {
		t.Error("taken back, the ledger is another")
	}
}

// Ensure that somebody the ledger lacks is typed with a few facts, stays with the
// table as a draft that counts nowhere and outlives closing, and is made once by
// 完成 for both posts.
func TestTermChangeMakesSomebody(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	before := s.everything()
	s.term(village, "2026.02.20")
	s.place(1)
	s.write("孟和")
	s.mustSay("新增“孟和”…")
	s.key(fyne.KeyReturn)
	s.mustSay("新增“孟和”", "先记在换届表里")
	s.write("150426198003121225")
	s.key(fyne.KeyTab)
	s.mustSay("1980.03.12")
	s.tap("完成")
	s.mustSay("完成后登记：留任3人、新任1人、离任0人。")
	s.keys(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	s.mustSay("换届没有完成，已留作草稿。")
	if got := strings.Join(s.everything(), "\n"); got != strings.Join(before, "\n") {
		t.Fatal("a draft is in the ledger")
	}
	s.desk.ChangeTerm(village)
	s.settle()
	s.mustSay("这是上次没有完成的草稿", "孟和", "2026.02.20", "完成后登记：留任3人、新任1人、离任0人。")
	s.write("2026.02.20")
	s.place(3)
	s.key(fyne.KeyReturn)
	s.write("孟和")
	s.key(fyne.KeyTab)
	s.mustSay("白音达来 2021.03起", "完成后登记：留任2人、新任1人、离任1人。")
	s.tap("完成")
	if s.lastOp() != "换届" {
		s.tap("完成")
	}
	n := 0
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == "孟和" {
				n++
				if p.IDNo != "150426198003121225" || p.Sex != "2" {
					t.Errorf("made is %+v", p)
				}
			}
		}
		return nil
	})
	got := strings.Join(s.team(village), "\n")
	if n != 1 || !strings.Contains(got, "11 孟和 2026.02.20") || !strings.Contains(got, "21 孟和 2026.02.20") {
		t.Errorf("made %d times; the team is\n%s", n, got)
	}
	found, err := s.desk.DB.Draft("village/"+village+"/term", new(struct{}))
	if ok(t, err); found {
		t.Error("what is done is still a draft")
	}
}

// Ensure that what the rules have against a row is told beside it as it is
// typed, that a flaw is marked and asks for its reason, which is stored, and
// that a refusal keeps the table from being written.
func TestTermChangeTellsBesideTheRow(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.term(village, "2026.06.20")
	s.mustSay("程序瑕疵", "上一届应于2026.03.15届满，换届时已经超期", "瑕疵原因")
	s.place(1) // the reason of the flaw comes before the first place
	s.write("因疫情延期")
	s.key(fyne.KeyReturn)
	s.write("王建业")
	s.key(fyne.KeyTab)
	s.mustSay("程序瑕疵：党组织书记应是中共正式党员，王建业", "卸任、新任 · 程序瑕疵", "完成后登记：留任3人、新任0人、离任0人。")
	s.tap("完成")
	const late = "超过任期才换届"
	s.mustHave(village,
		"11 王建业 2026.06.20– 第十一届 1届 "+late+"；书记不是中共正式党员（原因：因疫情延期）",
		"11 白音达来 2021.03–2026.06.20 第十届 1届",
		"12 李秀云 2021.03–2026.06.20 第十届 1届",
		"12 李秀云 2026.06.20– 第十一届 2届 "+late+"（原因：因疫情延期）",
		"21 白音达来 2021.03–2026.06.20 第十届 1届",
		"21 白音达来 2026.06.20– 第十一届 2届 "+late+"（原因：因疫情延期）",
		"23 王建业 2021.03–2026.06.20 第十届 1届",
		"23 王建业 2026.06.20– 第十一届 2届 "+late+"（原因：因疫情延期）")
}

// Ensure that what cannot be is told beside its cell and keeps the table from
// being written until it is mended: a day not later than the last election, one
// person twice in a position.
func TestTermChangeRefuses(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	before := s.everything()
	s.term(village, "2020.02")
	s.mustSay("不比它晚")
	s.tap("完成")
	if got := strings.Join(s.everything(), "\n"); got != strings.Join(before, "\n") {
		t.Fatal("a table that cannot be is written")
	}
	s.write("2026.02.20")
	s.key(fyne.KeyTab)
	s.press("添加职位")
	s.tap("村委会委员")
	s.mustSay("（空缺）", "空缺1席")
	s.write("王建业") // the keyboard is there
	s.key(fyne.KeyTab)
	s.mustSay("两次任村委会委员")
	s.tap("完成")
	if s.lastOp() == "换届" {
		t.Fatal("a table with somebody twice is written")
	}
	s.write("乌云高娃")
	s.key(fyne.KeyTab)
	s.tap("完成")
	if got := s.team(village); s.lastOp() != "换届" || !slices.Contains(got, "23 乌云高娃 2026.02.20– 第十一届 1届") {
		t.Errorf("the team is\n  %s", strings.Join(got, "\n  "))
	}
}

// newTermRoster is the roster of the team elected after sunny's.
const newTermRoster = `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|政治面貌|职务|任现职时间|届次|联系方式
1|向阳嘎查|乌云高娃|女|1980.05|中共党员|党支部书记|2026.01|第十一届|
2|向阳嘎查|赵丰|男|1985.06|中共党员|党支部副书记|2026.01|第十一届|
3|向阳嘎查|乌云高娃|女|1980.05|中共党员|村委会主任|2026.01|第十一届|
4|向阳嘎查|王建业|男|1980.05|群众|村委会委员|2026.01|第十一届|
`

// Ensure that the roster of a new term, once it is taken in, is said to be one,
// that the button opens the table filled in and writes nothing by itself, and
// that 完成 ends the old team.
func TestTermChangeAfterImport(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.drop(sheetOf(t, newTermRoster))
	if s.says("没有对上") {
		s.press("继续核对")
	}
	s.press("接受全部")
	s.mustSay("已写入", "向阳嘎查的名单是新一届班子。")
	before := s.everything()
	s.link("按换届登记…")
	s.place(2)
	s.write("李秀云") // whom the roster does not have there
	s.key(fyne.KeyTab)
	s.mustSay("新一届的名单里这一职务是乌云高娃")
	s.tap("完成")
	s.write("乌云高娃")
	s.key(fyne.KeyTab)
	s.mustSay("已按导入的花名册填好", "第十一届", "2026.01", "完成后登记：留任1人、新任2人、离任2人。")
	if got := strings.Join(s.everything(), "\n"); got != strings.Join(before, "\n") {
		t.Error("something is written before 完成")
	}
	s.tap("完成")
	if got := s.lastOp(); got != "换届" {
		t.Errorf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	s.mustHave(village,
		"11 乌云高娃 2026.01– 第十一届 1届",
		"11 白音达来 2021.03–2026.01 第十届 1届",
		"12 李秀云 2021.03–2026.01 第十届 1届",
		"12 赵丰 2026.01– 第十一届 1届",
		"21 乌云高娃 2026.01– 第十一届 1届",
		"21 白音达来 2021.03–2026.01 第十届 1届",
		"23 王建业 2021.03–2026.01 第十届 1届",
		"23 王建业 2026.01– 第十一届 2届")
}

// Ensure that the command asks for the village, those with a term due first, and
// opens the table of the one chosen by the keyboard.
func TestTermChangeAsksForTheVillage(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.shell.Search("换届")
	s.settle()
	s.key(fyne.KeyReturn)
	s.mustSay("给哪个嘎查村登记换届", "2026.03.15 届满")
	s.key(fyne.KeyReturn)
	if got := s.shell.Page().Title(); got != "向阳嘎查换届" {
		t.Fatalf("shows %s, not %s", got, village)
	}
	s.write("2026.02.20")
	s.keys(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	s.desk.ChangeTerm("")
	s.settle()
	s.mustSay("有没完成的草稿")
}

// Ensure that the table is covered on a wall with nobody's name left to read,
// that what was typed is there afterwards, and that the page and the form for
// somebody new fit the smallest screen in every look and speak Chinese.
func TestTermChangeFits(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.term(village, "2026.02.20")
	s.desk.Wall()
	s.settle()
	for _, name := range []string{"白音达来", "李秀云", "王建业"} {
		if s.says(name) {
			t.Errorf("%s can be read on the wall", name)
		}
	}
	s.desk.Wall()
	s.settle()
	s.mustSay("白音达来", "2026.02.20")
	for _, density := range []theme.Density{theme.Dense, theme.Roomy, theme.Large} {
		look := page.KeptLook()
		look.Density = density
		s.desk.Dress(look)
		s.settle()
		s.chinese("换届")
		if least := s.win.Content().MinSize(); least.Width > 1366 || least.Height > 768 {
			t.Errorf("at density %v it wants %v", density, least)
		}
	}
}
