package work

import (
	"fmt"
	"slices"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Define adds a field of the office's own to a kind (自定义项), or changes one: c
// has the id of the latter. What a field is for and of which type it is stays as
// it was made, for cells stand under it.
//
// One that was taken out is taken up again with all that stands under it. c.ID
// is set.
func Define(tx *store.Tx, c *record.Custom) error {
	c.Label = field.TidyName(c.Label)
	kind := tx.Kinds().Kind(c.On)
	switch {
	case c.Label == "":
		return refuse("label", "请填写这一项的名称，它就是表格里的栏名。")
	case kind == nil:
		return refuse("on", "请选择这一项用在哪一种台账上。")
	case c.Type == "":
		return refuse("type", "请选择这一项怎样填。")
	}
	if p := c.Check(); len(p) > 0 {
		return &p[0]
	}
	if c.ID == "" {
		if err := newCustom(tx, c, kind); err != nil {
			return err
		}
	} else if err := sameCustom(tx, c); err != nil {
		return err
	}
	if taken := headOf(kind, c.Label, c.ID); taken != "" {
		return refuse("label", "%s已有“%s”这一栏，请直接使用它，或者换一个名称。", kind.Label, taken)
	}
	if c.Reach == "" {
		c.Reach = record.ReachOwn
	}
	c.Void = ""
	return tx.Put(c)
}

// newCustom gives a new one its id: the same wherever offices add a field of this
// name to this kind.
func newCustom(tx *store.Tx, c *record.Custom, kind *field.Kind) error {
	for n := 1; ; n++ {
		key := record.CustomKey(c.On, c.Label)
		if n > 1 {
			key = append(key, fmt.Sprint(n))
		}
		c.ID = store.DerivedID(time.UnixMilli(0), key...)
		row, held, err := tx.Row("custom", c.ID)
		if err != nil || !held {
			return err
		}
		k := tx.Kinds().Kind("custom")
		if row.Void == "" && k.Value(row, "label") == c.Label {
			return refuse("label", "%s已有自定义项“%s”。", kind.Label, c.Label)
		}
		if row.Void != "" && k.Value(row, "type") == c.Type {
			return nil
		}
	}
}

// sameCustom refuses to change what cells stand under.
func sameCustom(tx *store.Tx, c *record.Custom) error {
	was, err := get[record.Custom](tx, "custom", c.ID, "请选择自定义项")
	if err != nil {
		return err
	}
	if was.On != c.On || was.Type != c.Type {
		return refuse("type", "“%s”用在哪里、怎样填，定下以后不能再改；请作废它，另加一项。", was.Label)
	}
	return nil
}

// headOf finds the field of a kind, other than the one that the definition of
// that id adds, that has a head of that name.
func headOf(kind *field.Kind, head, id string) string {
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if f.Name != record.CustomName(id) && slices.Contains(f.Heads(), head) {
			return f.Label
		}
	}
	return ""
}
