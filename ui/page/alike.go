package page

import (
	"strconv"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// option is a record that is ticked, or chosen, by its text.
type option struct {
	id, text string
	aside    string // tells it from others of the same text; may be empty
}

// byText gives the texts of options, in their order, and what each stands for.
// Those of one text say what tells them apart, and are numbered where nothing
// does: two villages, or two people, may share a name.
func byText(options []option) (texts []string, ids map[string]string) {
	alike := map[string]int{}
	for _, o := range options {
		alike[o.text]++
	}
	ids = map[string]string{}
	for _, o := range options {
		text := o.text
		if alike[text] > 1 && o.aside != "" {
			text += between + o.aside
		}
		one := text
		for n := 2; ids[text] != ""; n++ {
			text = one + between + strconv.Itoa(n)
		}
		texts, ids[text] = append(texts, text), o.id
	}
	return texts, ids
}

// asideOf tells a village from others of its name: by its township.
func asideOf(tx *store.Tx, village string) string {
	v, err := store.Get[record.Village](tx, village)
	if err != nil {
		return ""
	}
	return tx.Name("office", v.Office)
}

// beganOn tells posts of one name apart.
func beganOn(from field.Date) string {
	if from.IsZero() {
		return ""
	}
	return saySince(from.Office())
}
