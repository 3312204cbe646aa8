package exchange

import (
	"fmt"

	"touyan/store/field"
)

// unnamed finds, for a row that is a line of another record, that record where
// its kind has no name: by whom and where it is about, and by what else tells
// one such record from another. It is drafted if the ledger has none.
func (p *planner) unnamed(h *holder, at resolved, r *rowAt) (string, error) {
	if p.missingRef(h, at, r) {
		return unclear, nil
	}
	fields, wanted := p.telling(h, at, r)
	x, err := p.index(h.kind)
	if err != nil {
		return "", err
	}
	ids, err := p.having(x, fields, wanted)
	if err != nil {
		return "", err
	}
	switch {
	case len(ids) == 1:
		return ids[0], p.fill(h, ids[0], at, r)
	case len(ids) > 1:
		p.doubt(r.whole(), h.kind.Label, fmt.Sprintf("台账里有%d条“%s”都对得上这一行，请补填能分清它们的栏目（%s）。", len(ids), h.kind.Label, p.tellingLabels(h.kind)), "")
		return unclear, nil
	}
	d, err := p.draft(h.kind, p.newID(x, h, at, r))
	if err != nil {
		return "", err
	}
	d.typed = true
	for i, name := range fields {
		p.set(d, h.kind.Field(name), wanted[i], r.whole())
	}
	if err := p.fill(h, d.id, at, r); err != nil {
		return "", err
	}
	p.setRefs(d, h, at, r.whole())
	x.add(d.row)
	return d.id, nil
}

// telling is what the row says that tells one record of a kind from another.
func (p *planner) telling(h *holder, at resolved, r *rowAt) (fields, wanted []string) {
	for i := range h.kind.Fields {
		f := &h.kind.Fields[i]
		if !f.Match {
			continue
		}
		text := ""
		if f.Type == field.Ref {
			text = p.tx.Canonical(p.refOf(h, f.Name, at))
		} else if c := h.column(f.Name); c != nil {
			text = r.value(c.index).Text
		}
		if text != "" {
			fields, wanted = append(fields, f.Name), append(wanted, text)
		}
	}
	return fields, wanted
}

func (p *planner) tellingLabels(k *field.Kind) string {
	out := ""
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Match && f.Type != field.Ref {
			if out != "" {
				out += "、"
			}
			out += f.Label
		}
	}
	return out
}
