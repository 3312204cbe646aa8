package page

import (
	"strings"
	"time"

	"touyan/store/exchange"
	"touyan/store/field"
)

// dispute is a conflict as it stands on the screen, open or to come.
type dispute struct {
	exchange.Dispute
	base, shown, shownBy string
	others               []otherValue // one for each value against the one shown, at least one
}

// otherValue is what stands against the value shown, and who said it.
type otherValue struct{ value, text, by string }

// onScreen puts a conflict into the words of the screen. Where masking hides
// what differs, values are shown whole: nobody can choose between two rows of
// dots.
func onScreen(of exchange.Dispute, now time.Time) dispute {
	masked := func(s exchange.Saying) string {
		if of.Field == nil || of.Field.Type == field.Ref {
			return s.Text
		}
		return of.Field.Mask(s.Value)
	}
	show, seen := masked, map[string]bool{masked(of.Shown): true}
	for _, s := range of.Others {
		seen[masked(s)] = true
	}
	if len(seen) <= len(of.Others) {
		show = func(s exchange.Saying) string { return s.Text }
	}
	d := dispute{Dispute: of, base: or(show(of.Base), sayNothing), shown: or(show(of.Shown), sayBlank), shownBy: saidBy(of.Shown, now)}
	for _, s := range of.Others {
		d.others = append(d.others, otherValue{s.Value, or(show(s), sayBlank), saidBy(s, now)})
	}
	return d
}

// against is what stands against the value shown, in a cell: the first value,
// and whether there are more.
func (d *dispute) against() string {
	if n := len(d.others) - 1; n > 0 {
		return sayFurther(n) + d.others[0].text
	}
	return d.others[0].text
}

func or(text, nothing string) string {
	if text == "" {
		return nothing
	}
	return text
}

// saidBy tells who wrote a value, when, and in which book. This office is not
// called by its name.
func saidBy(s exchange.Saying, now time.Time) string {
	o := s.Origin
	if s.Own {
		o.Name = wordOwn
	}
	var parts []string
	for _, p := range []string{o.Name, o.Who} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if !o.At.IsZero() {
		parts = append(parts, sayWhen(o.At, now))
	}
	if o.Book != "" {
		parts = append(parts, "《"+o.Book+"》")
	}
	return or(strings.Join(parts, " "), sayUnknown)
}
