package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
)

// A list shows, beside the fields of its kind, what stands in its records'
// neighbours: a person's posts, a village's leaders. All of it is worked out in
// one pass over posts and pool each time the rows are read.

// The columns that are no fields. Their names stand in kept views.
const (
	besideVillage   = "holds.village"
	besidePosition  = "holds.position"
	besideSince     = "holds.since"
	besideFiling    = "holds.filing"
	besideRole      = "holds.role"
	besideAge       = "holds.age"
	besideSecretary = "holds.secretary"
	besideHead      = "holds.head"
	besideBoth      = "holds.both"
	besideTeam      = "holds.team"
	besideReserves  = "holds.reserves"
	besideTerm      = "holds.term"
	besideNow       = "holds.now"
)

// besideColumns are those of a kind.
func besideColumns(kind *field.Kind) []grid.Column {
	switch kind.Name {
	case "person":
		return []grid.Column{
			{Name: besideVillage, Label: headVillage, Type: field.Text, Width: 130, Find: true},
			{Name: besidePosition, Label: headDuties, Type: field.Text, Width: 168, Find: true, Plain: true},
			{Name: besideSince, Label: headSince, Type: field.Day},
			{Name: besideFiling, Label: headFiling, Type: field.Text, Width: 136},
			{Name: besideRole, Label: headRole, Type: field.Code, Width: 92},
			{Name: besideAge, Label: headAge, Type: field.Number, Width: 72},
		}
	case "village":
		return []grid.Column{
			{Name: besideSecretary, Label: headSecretaryNow, Type: field.Text, Width: 104, Find: true},
			{Name: besideHead, Label: headHeadNow, Type: field.Text, Width: 104, Find: true},
			{Name: besideBoth, Label: wordBoth, Type: field.Code, Width: 84},
			{Name: besideTeam, Label: headTeam, Type: field.Number, Width: 104},
			{Name: besideReserves, Label: headReserves, Type: field.Number, Width: 104},
			{Name: besideTerm, Label: headTermEnd, Type: field.Day},
		}
	case "post":
		return []grid.Column{{Name: besideNow, Label: headInOffice, Type: field.Code, Width: 72}}
	case "reserve":
		return []grid.Column{{Name: besideNow, Label: headInPool, Type: field.Code, Width: 72}}
	}
	return nil
}

// about is what a person's or a village's neighbours say.
type about struct {
	posts []*record.Post // in office, the weightiest first
	had   bool           // a person: a post that has ended
	pool  int            // a person or a village: how often in the pool
}

// surroundings read the neighbours of all records of a kind.
type surroundings struct {
	kind  *field.Kind
	today field.Date
	seen  veil
	names nameBook
	by    map[string]*about
	at    map[string]int // fields of the kind, by name
}

func surround(tx *store.Tx, kind *field.Kind, today field.Date, seen veil) (*surroundings, error) {
	s := &surroundings{kind: kind, today: today, seen: seen, names: nameBook{tx: tx, known: map[string]string{}, seen: seen},
		by: map[string]*about{}, at: map[string]int{}}
	for _, name := range []string{"birth", "elected", "to"} {
		s.at[name] = kind.Index(name)
	}
	if kind.Name != "person" && kind.Name != "village" {
		return s, nil
	}
	if err := s.readPosts(tx); err != nil {
		return nil, err
	}
	return s, s.readPool(tx)
}

func (s *surroundings) of(id string) *about {
	a := s.by[id]
	if a == nil {
		a = &about{}
		s.by[id] = a
	}
	return a
}

func (s *surroundings) readPosts(tx *store.Tx) error {
	for p, err := range store.All[record.Post](tx) {
		if err != nil {
			return err
		}
		id := p.Village
		if s.kind.Name == "person" {
			id = p.Person
		}
		if a := s.of(id); p.To.IsZero() {
			a.posts = append(a.posts, p)
		} else {
			a.had = true
		}
	}
	for _, a := range s.by {
		slices.SortStableFunc(a.posts, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
	}
	return nil
}

func (s *surroundings) readPool(tx *store.Tx) error {
	for r, err := range store.All[record.Reserve](tx) {
		if err != nil {
			return err
		}
		if !check.InPool(r, s.today) {
			continue
		}
		id := r.Village
		if s.kind.Name == "person" {
			id = r.Person
		}
		s.of(id).pool++
	}
	return nil
}

// cells are what stands in the columns of a record, by column: as shown and as
// compared.
func (s *surroundings) cells(row field.Row) (cells, keys []string) {
	add := func(shown, key string) {
		cells, keys = append(cells, shown), append(keys, key)
	}
	a := s.by[row.ID]
	if a == nil {
		a = &about{}
	}
	switch s.kind.Name {
	case "person":
		s.person(a, row, add)
	case "village":
		s.village(a, row, add)
	case "post":
		word := wordInOffice
		if row.Values[s.at["to"]] != "" {
			word = wordLeft
		}
		add(word, word)
	case "reserve":
		word := wordNo
		r := record.Reserve{}
		s.kind.Fill(&r, row)
		if check.InPool(&r, s.today) {
			word = wordYes
		}
		add(word, word)
	}
	return cells, keys
}

func (s *surroundings) person(a *about, row field.Row, add func(shown, key string)) {
	post := s.names.tx.Kinds().Kind("post")
	var villages, positions []string
	since, filing, filed := "", "", ""
	for _, p := range a.posts {
		villages = appendNew(villages, s.names.show(post.Field("village"), p.Village))
		positions = appendNew(positions, post.Field("position").Show(p.Position))
		if filing == "" && p.Filing != "" {
			filing, filed = post.Field("filing").Show(p.Filing), p.Filed.Office()
		}
	}
	if len(a.posts) > 0 {
		since = a.posts[0].From.String()
	}
	village, position := strings.Join(villages, "、"), strings.Join(positions, " ")
	add(village, village)
	add(position, position)
	add(post.Field("from").Show(since), since)
	filing = strings.TrimSpace(filing + " " + filed)
	add(filing, filing)
	role := a.role()
	add(role, role)
	born, _ := field.DateOf(row.Values[s.at["birth"]])
	switch years, known := born.Age(s.today); {
	case !known:
		add("", "")
	case s.seen.wall:
		add(veiled, "")
	default:
		add(strconv.Itoa(years), strconv.Itoa(years))
	}
}

// role is what a person is to the villages, in one word to filter by.
func (a *about) role() string {
	secretary, head, team := false, false, false
	for _, p := range a.posts {
		secretary = secretary || p.Position == record.Secretary
		head = head || p.Position == record.Head
		team = team || record.InTeam(p.Position)
	}
	switch {
	case secretary && head:
		return wordBoth
	case secretary:
		return wordSecretary
	case head:
		return wordHead
	case team:
		return wordTeam
	case len(a.posts) > 0:
		return wordOtherPost
	case a.pool > 0:
		return wordReserve
	case a.had:
		return wordLeft
	}
	return ""
}

func (s *surroundings) village(a *about, row field.Row, add func(shown, key string)) {
	person := s.names.tx.Kinds().Kind("post").Field("person")
	var secretaries, heads, team []string
	both := ""
	for _, p := range a.posts {
		switch p.Position {
		case record.Secretary:
			secretaries = appendNew(secretaries, p.Person)
		case record.Head:
			heads = appendNew(heads, p.Person)
			if slices.Contains(secretaries, p.Person) {
				both = wordYes
			}
		}
		if record.InTeam(p.Position) {
			team = appendNew(team, p.Person)
		}
	}
	if both == "" && len(secretaries)+len(heads) > 0 {
		both = wordNo
	}
	for _, ids := range [][]string{secretaries, heads} {
		var list []string
		for _, id := range ids {
			list = append(list, s.names.show(person, id))
		}
		add(strings.Join(list, "、"), strings.Join(list, "、"))
	}
	add(both, both)
	for _, n := range []int{len(team), a.pool} {
		add(strconv.Itoa(n), strconv.Itoa(n))
	}
	end := field.Date{}
	if elected, err := field.DateOf(row.Values[s.at["elected"]]); err == nil && !elected.IsZero() {
		end = check.After(elected, 12*check.TermYears)
	}
	add(end.Office(), end.String())
}

func appendNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
