package record

import (
	"reflect"
	"regexp"
	"strconv"
	"testing"

	"touyan/store/field"
)

// sample is a canonical text a field of any kind may hold, another for each n.
func sample(f *field.Field, n int) string {
	switch f.Type {
	case field.Number, field.Money:
		return strconv.Itoa(n + 1)
	case field.Day:
		return []string{"1985", "1985-03", "1985-03-12"}[n%3]
	case field.Code:
		return f.Codes.Items[n%len(f.Codes.Items)].Code
	case field.IDNumber:
		return field.CompleteID("15042619850312" + strconv.Itoa(100+n))
	case field.Phone:
		return "138" + strconv.Itoa(10000000+n)
	}
	return f.Name + strconv.Itoa(n)
}

// full is a row of the kind with a different text in every cell that allows it.
func full(k *field.Kind) field.Row {
	r := field.Row{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Void: "重复", Values: make([]string, len(k.Fields))}
	for i := range k.Fields {
		r.Values[i] = sample(&k.Fields[i], i)
	}
	return r
}

// Ensure that every struct field is listed exactly once: setting one listed
// cell changes one struct field, and no struct field stays untouched.
func TestEveryStructFieldIsListedOnce(t *testing.T) {
	for _, k := range Kinds() {
		claimed := map[string]string{}
		for i := range k.Fields {
			rec := k.New()
			f := rec.Fields()[i]
			f.SetValue(sample(&f, i))
			changed := nonZero(rec)
			if len(changed) != 1 {
				t.Errorf("%s.%s is bound to %v, want one struct field", k.Name, f.Name, changed)
				continue
			}
			if other := claimed[changed[0]]; other != "" {
				t.Errorf("%s.%s and %s are bound to the same struct field %s", k.Name, f.Name, other, changed[0])
			}
			claimed[changed[0]] = f.Name
		}
		s := reflect.TypeOf(k.New()).Elem()
		for i := range s.NumField() {
			if name := s.Field(i).Name; name != "Head" && claimed[name] == "" {
				t.Errorf("%s: struct field %s is not listed", k.Name, name)
			}
		}
	}
}

func nonZero(rec field.Record) []string {
	var out []string
	v := reflect.ValueOf(rec).Elem()
	for i := range v.NumField() {
		if !v.Field(i).IsZero() {
			out = append(out, v.Type().Field(i).Name)
		}
	}
	return out
}

// Ensure that stored names are lower-case English and, like labels, name one
// field of a kind, and that no other head of a column belongs to two fields.
func TestNamesAreUnique(t *testing.T) {
	lower := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	kinds := map[string]bool{}
	for _, k := range Kinds() {
		if kinds[k.Name] || kinds[k.Label] || !lower.MatchString(k.Name) {
			t.Errorf("kind %s (%s): taken, or not lower-case English", k.Name, k.Label)
		}
		kinds[k.Name], kinds[k.Label] = true, true
		names, heads := map[string]bool{}, map[string]string{}
		for i := range k.Fields {
			f := &k.Fields[i]
			if names[f.Name] || !lower.MatchString(f.Name) {
				t.Errorf("%s.%s: taken, or not lower-case English", k.Name, f.Name)
			}
			names[f.Name] = true
			for _, h := range f.Heads() {
				if h == "" || heads[h] != "" {
					t.Errorf("%s.%s: head %q is empty or belongs to %q", k.Name, f.Name, h, heads[h])
				}
				heads[h] = f.Name
			}
		}
		if k.Named != "" && k.Field(k.Named) == nil {
			t.Errorf("%s is called by %s, which it lacks", k.Name, k.Named)
		}
	}
}

// Ensure that the list of fields is the same for an empty and a full record.
func TestFieldsDoNotDependOnValues(t *testing.T) {
	for _, k := range Kinds() {
		rec := k.New()
		k.Fill(rec, full(k))
		got := rec.Fields()
		if len(got) != len(k.Fields) {
			t.Errorf("%s lists %d fields when full, %d when empty", k.Name, len(got), len(k.Fields))
			continue
		}
		for i, f := range got {
			if f.Name != k.Fields[i].Name || f.Type != k.Fields[i].Type || f.Codes != k.Fields[i].Codes {
				t.Errorf("%s: field %d is %s when full, %s when empty", k.Name, i, f.Name, k.Fields[i].Name)
			}
		}
	}
}

// Ensure that references lead to kinds, coded fields have their list, and a
// kind with one natural identity marks it.
func TestTargetsAndCodesExist(t *testing.T) {
	ks := Kinds()
	for _, k := range ks {
		matches := 0
		for _, f := range k.Fields {
			if f.Type == field.Ref && ks.Kind(f.Target) == nil {
				t.Errorf("%s.%s leads to %q, which is no kind", k.Name, f.Name, f.Target)
			}
			if f.Type == field.Code && f.Codes == nil {
				t.Errorf("%s.%s has no code list", k.Name, f.Name)
			}
			if f.Match {
				matches++
			}
		}
		if matches == 0 {
			t.Errorf("%s: nothing tells one record from another", k.Name)
		}
	}
}

// Ensure that row -> record -> row loses nothing, cell by cell, for full and
// empty rows.
func TestFillAndTakeLoseNothing(t *testing.T) {
	for _, k := range Kinds() {
		for _, want := range []field.Row{full(k), {Values: make([]string, len(k.Fields))}} {
			rec := k.New()
			k.Fill(rec, full(k)) // what was there before must not shine through
			k.Fill(rec, want)
			got := k.Take(rec)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: took %+v, want %+v", k.Name, got, want)
			}
		}
	}
}

// Ensure that no single cell of a full sample row is refused, so that the
// rules and the samples speak of the same types.
func TestSampleCellsPassTheirOwnCheck(t *testing.T) {
	for _, k := range Kinds() {
		r := full(k)
		for i := range k.Fields {
			f := &k.Fields[i]
			if f.Type == field.Text && f.Max < len([]rune(r.Values[i])) && f.Max != 0 {
				continue
			}
			if f.Least < f.Most {
				continue
			}
			if p := f.Check(r.Values[i]); p != nil {
				t.Errorf("%s.%s refuses %q: %s", k.Name, f.Name, r.Values[i], p.Message)
			}
		}
	}
}

// Ensure that an empty record gives one problem per required cell and no other,
// so that a new record does not greet its clerk with contradictions.
func TestEmptyRecordsLackOnlyWhatIsRequired(t *testing.T) {
	for _, k := range Kinds() {
		want := 0
		for _, f := range k.Fields {
			if f.Required {
				want++
			}
		}
		if got := k.Check(field.Row{Values: make([]string, len(k.Fields))}); len(got) != want {
			t.Errorf("%s: %d problems, want %d: %v", k.Name, len(got), want, got)
		}
	}
}

// BenchmarkTake and its neighbours measure the copies through which every
// import, screen and bundle goes, for the widest kind, bound once as loops do.
func BenchmarkTake(b *testing.B) {
	k := Kinds().Kind("person")
	bound := k.Bind(k.New())
	bound.Fill(full(k))
	b.ReportAllocs()
	for b.Loop() {
		bound.Take()
	}
}

func BenchmarkFill(b *testing.B) {
	k := Kinds().Kind("person")
	r, bound := full(k), k.Bind(k.New())
	b.ReportAllocs()
	for b.Loop() {
		bound.Fill(r)
	}
}

func BenchmarkCheck(b *testing.B) {
	k := Kinds().Kind("person")
	r, bound := full(k), k.Bind(k.New())
	b.ReportAllocs()
	for b.Loop() {
		bound.Check(r)
	}
}
