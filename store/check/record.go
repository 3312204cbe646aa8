package check

import "touyan/store/field"

// examine asks each record what is wrong with its own cells.
func (f *facts) examine() {
	if f.examined {
		return
	}
	f.examined = true
	for _, k := range f.kinds {
		bound := k.Bind(k.New())
		for _, row := range f.rows[k.Name] {
			for _, p := range bound.Check(row) {
				f.file(k, row, p)
			}
		}
	}
}

// file keeps one finding, an empty cell the record needs apart from the rest.
func (f *facts) file(k *field.Kind, row field.Row, p field.Problem) {
	name := f.tx.NameOf(k, row)
	found := Problem{Level: Fault, Kind: k.Name, Record: row.ID, Name: name, Field: p.Field, Message: name + "：" + p.Message}
	if p.Warning {
		found.Level = Notice
	}
	if fd := k.Field(p.Field); fd != nil && fd.Required && k.Value(row, p.Field) == "" {
		f.empty = append(f.empty, found)
		return
	}
	f.wrong = append(f.wrong, found)
}

// required: cells a complete record has.
func required(f *facts) []Problem {
	f.examine()
	return f.empty
}

// contradictions: what a record finds wrong with its own cells.
func contradictions(f *facts) []Problem {
	f.examine()
	return f.wrong
}

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
