package main

import (
	"os"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

// created is what init and demo answer.
type created struct {
	Ledger string         `json:"ledger"`
	Level  string         `json:"level"`
	Office string         `json:"office"`
	Name   string         `json:"name"`
	Sample bool           `json:"sample"`
	Seed   *uint64        `json:"seed,omitempty"`
	Counts map[string]int `json:"counts,omitempty"` // records by kind

	Recovery string `json:"recovery,omitempty"` // of a ledger with a password; told this once
}

func initLedger(c *command, args []string) error {
	fs := c.flags()
	level := fs.String("level", "", "`层级`：township 苏木乡镇、county 旗县区、city 市")
	office := fs.String("office", "", "单位的区划`代码`")
	name := fs.String("name", "", "单位`名称`")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	o := store.Office{Code: strings.TrimSpace(*office), Name: field.TidyName(*name)}
	var err error
	if o.Level, err = levelNamed(*level); err != nil {
		return err
	}
	if o.Name == "" {
		return wrong("请用 --name 写明单位名称")
	}
	if err := checkCode(o); err != nil {
		return err
	}
	path, err := c.path()
	if err != nil {
		return err
	}
	password := os.Getenv(passwordEnv)
	protect := password != ""
	if protect && !c.named() {
		return wrong("设密码的台账要有第一名用户，请用 --user 写明姓名")
	}
	code := ""
	err = store.CreateFilled(path, o, false, options(), func(db *store.DB) (err error) {
		if err := c.enterOffice(db, o); err != nil || !protect {
			return err
		}
		code, err = db.Protect(c.ctx, c.who().Name, store.Roles, password)
		return err
	})
	if err != nil {
		return err
	}
	c.say("已为%s新建台账：%s", o.Name, path)
	if protect && !c.json {
		return c.showCode(code)
	}
	return c.answer(created{Ledger: path, Level: levelWord(o.Level), Office: o.Code, Name: o.Name, Recovery: code})
}

// enterOffice records whose ledger it is, under the id every ledger gives that
// office.
func (c *command) enterOffice(db *store.DB, o store.Office) error {
	return db.Do("建立台账", c.who(), func(tx *store.Tx) error {
		return tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(o.Code)}, Code: o.Code, Name: o.Name, Level: strconv.Itoa(int(o.Level))})
	})
}

// answer writes the JSON of a call that says the same in words otherwise.
func (c *command) answer(v any) error {
	if !c.json {
		return nil
	}
	return c.emit(v)
}

func demo(c *command, args []string) error {
	fs := c.flags()
	level := fs.String("level", "township", "`层级`：township 苏木乡镇（不写就是它）、county 旗县区、city 市")
	seed := fs.Uint64("seed", 1, "同一个`数`生成同样的人和村，不写就是1")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	l, err := levelNamed(*level)
	if err != nil {
		return err
	}
	path, err := c.path()
	if err != nil {
		return err
	}
	o := sample.OfficeAt(l)
	var counts map[string]int
	err = store.CreateFilled(path, o, true, options(), func(db *store.DB) (err error) {
		counts, err = c.fillDemo(db, *seed)
		return err
	})
	if err != nil {
		return err
	}
	c.say("已新建示例台账：%s（%s，%d个嘎查村，%d人）。里面的人和村都是虚构的。", path, o.Name, counts["village"], counts["person"])
	return c.answer(created{Ledger: path, Level: levelWord(l), Office: o.Code, Name: o.Name, Sample: true, Seed: seed, Counts: counts})
}

func (c *command) fillDemo(db *store.DB, seed uint64) (map[string]int, error) {
	if err := sample.Build(c.ctx, db, c.who(), seed); err != nil {
		return nil, err
	}
	counts := map[string]int{}
	err := db.View(func(tx *store.Tx) error {
		for _, k := range db.Kinds() {
			for _, err := range tx.Rows(k.Name) {
				if err != nil {
					return err
				}
				counts[k.Name]++
			}
		}
		return nil
	})
	return counts, err
}

var levelWords = map[field.Level]string{field.Township: "township", field.County: "county", field.City: "city"}

func levelWord(l field.Level) string { return levelWords[l] }

// levelNamed reads a level in English or as offices call it.
func levelNamed(text string) (field.Level, error) {
	for _, list := range record.CodeLists() {
		if list.Name != "level" {
			continue
		}
		if code, ok := list.Find(text); ok {
			return field.Level(code[0] - '0'), nil
		}
	}
	if text == "" {
		return field.NoLevel, wrong("请用 --level 写明层级：township、county 或 city")
	}
	return field.NoLevel, wrong("没有“%s”这个层级，请写 township、county 或 city", text)
}

// checkCode holds an office's code to the length its level has.
func checkCode(o store.Office) error {
	if o.Code == "" {
		return wrong("请用 --office 写明单位的区划代码")
	}
	digits := map[field.Level][]int{field.Township: {9, 12}, field.County: {6}, field.City: {4, 6}}[o.Level]
	if strings.Trim(o.Code, "0123456789") == "" {
		for _, n := range digits {
			if len(o.Code) == n {
				return nil
			}
		}
	}
	return wrong("区划代码“%s”不对：苏木乡镇是9位数字，旗县区是6位，市是4位或6位", o.Code)
}
