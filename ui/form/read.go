package form

import "touyan/store/field"

// Read turns a text typed into a cell of a table into its canonical one, as a
// form does where it is chosen from a list: 今天 is a date, and a code is told
// by its word, its number, its pinyin or the initials. Where several words fit,
// it returns them instead. It reads no references: those need records.
func Read(fd *field.Field, text string, now field.Date) (canonical string, several []string, problem *field.Problem) {
	if fd.Type == field.Day && field.Tidy(text) == today && !now.IsZero() {
		return now.String(), nil, nil
	}
	value, bad := fd.Read(field.Input{Text: text})
	if bad == nil || fd.Type != field.Code {
		return value, nil, bad
	}
	c := codeChooser(fd.Codes)
	found := c.find(text)
	switch len(found) {
	case 0:
		return "", nil, bad
	case 1:
		return found[0].ID, nil, nil
	}
	for _, choice := range found[:min(len(found), mostNamed)] {
		several = append(several, choice.Text)
	}
	return "", several, nil
}

// mostNamed is how many words a sentence lists.
const mostNamed = 6
