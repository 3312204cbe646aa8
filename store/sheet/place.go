package sheet

import (
	"regexp"
	"strings"

	"touyan/store/field"
)

// findPlace looks for the village of a table without such a column: in its
// title, else in the name of its sheet. Lines between the rows may name others.
func (d *data) findPlace() {
	for i, c := range d.t.Form.Columns {
		if c.Path == "village.name" && !d.t.Has[i] {
			d.place = i
		}
	}
	if d.place < 0 {
		return
	}
	for _, text := range []string{d.t.Title, d.r.name} {
		if name := placeIn(text); name != "" {
			d.places = append(d.places, Value{Raw: strings.TrimSpace(text), Text: name})
			return
		}
	}
}

var (
	leadNumber = regexp.MustCompile(`^(?:第?[0-9一二三四五六七八九十]+[、.．年度]+|[(（][0-9一二三四五六七八九十]+[)）])`)
	inPlace    = regexp.MustCompile(`^(.*?(?:嘎查村|嘎查|行政村|村|社区|分场))(?:党支部|党总支|党组织|村民委员会|村委会|委员会|两委|“|"|班子|后备|[:：(（].*|$)`)
	overPlace  = regexp.MustCompile(`^.+?(苏木|镇|乡|旗|县|区|街道|单位[:：])(.+)$`)
)

// placeIn is the village that a line over some rows, a title or a sheet's name
// speaks of; empty if it speaks of none.
func placeIn(text string) string {
	s := strings.TrimSpace(leadNumber.ReplaceAllString(field.TidyName(text), ""))
	m := inPlace.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	name := m[1]
	for m := overPlace.FindStringSubmatch(name); m != nil; m = overPlace.FindStringSubmatch(name) {
		if common[m[2]] && (m[1] != "旗" && m[1] != "县" && m[1] != "区" || m[2] == "嘎查村") {
			return "" // of all villages there
		}
		if common[m[2]] {
			break // 红旗嘎查
		}
		name = m[2]
	}
	if common[name] || len([]rune(name)) > 10 {
		return ""
	}
	return name
}

// common are words for any village, no village's name.
var common = map[string]bool{"嘎查村": true, "嘎查": true, "村": true, "行政村": true, "社区": true, "分场": true, "全村": true, "各村": true, "各嘎查村": true, "本村": true, "农村": true}
