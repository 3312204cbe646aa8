package check

import "touyan/store/field"

// own lists what each record finds wrong with itself: either the empty cells
// that it needs, or the rest.
func (f *facts) own(empty bool) []Problem {
	var out []Problem
	for _, k := range f.kinds {
		for _, row := range f.rows[k.Name] {
			for _, p := range k.Check(row) {
				fd := k.Field(p.Field)
				missing := fd != nil && fd.Required && k.Value(row, p.Field) == ""
				if missing != empty {
					continue
				}
				l := Fault
				if p.Warning {
					l = Notice
				}
				out = append(out, Problem{Level: l, Kind: k.Name, Record: row.ID, Name: f.tx.NameOf(k, row), Field: p.Field, Message: f.tx.NameOf(k, row) + "：" + p.Message})
			}
		}
	}
	return out
}

// required: cells a complete record has.
func required(f *facts) []Problem { return f.own(true) }

// contradictions: what a record finds wrong with its own cells.
func contradictions(f *facts) []Problem { return f.own(false) }

// dangling: references to records that are voided or not in the ledger.
func dangling(f *facts) []Problem {
	var out []Problem
	for _, k := range f.kinds {
		for _, row := range f.rows[k.Name] {
			for i := range k.Fields {
				fd := &k.Fields[i]
				if fd.Type != field.Ref || row.Values[i] == "" || f.known[fd.Target+row.Values[i]] {
					continue
				}
				out = append(out, Problem{Level: Grave, Kind: k.Name, Record: row.ID, Name: f.tx.NameOf(k, row), Field: fd.Name,
					Message: k.Label + "“" + f.tx.NameOf(k, row) + "”的“" + fd.Label + "”指向的记录已作废或不在台账里，请重新选择，或把这条也作废。"})
			}
		}
	}
	return out
}
