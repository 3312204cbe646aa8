package page

import (
	"cmp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
)

// holdsColumns are the columns of a list that are no fields of its kind: what
// a person holds now, who leads a village now.
func holdsColumns(kind *field.Kind) []grid.Column {
	switch kind.Name {
	case "person":
		return []grid.Column{{Name: "holds.village", Label: headVillage, Type: field.Text, Width: 144, Find: true}, {Name: "holds.position", Label: headPosition, Type: field.Text, Width: 176, Find: true}}
	case "village":
		return []grid.Column{{Name: "holds.secretary", Label: headSecretary, Type: field.Text, Width: 110, Find: true}, {Name: "holds.head", Label: headChair, Type: field.Text, Width: 110, Find: true}}
	}
	return nil
}

// holdings returns what stands in those columns, by record.
func holdings(tx *store.Tx, kind *field.Kind) (func(id string) []string, error) {
	if holdsColumns(kind) == nil {
		return func(string) []string { return nil }, nil
	}
	posts, err := presentPosts(tx)
	if err != nil {
		return nil, err
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	post := tx.Kinds().Kind("post")
	person, village, position := post.Field("person"), post.Field("village"), post.Field("position")
	lists := map[string][2][]string{}
	add := func(id string, column int, text string) {
		l := lists[id]
		if text != "" && !slices.Contains(l[column], text) {
			l[column] = append(l[column], text)
		}
		lists[id] = l
	}
	for _, p := range posts {
		switch {
		case kind.Name == "person":
			add(p.Person, 0, names.show(village, p.Village))
			add(p.Person, 1, names.show(position, p.Position))
		case p.Position == record.Secretary:
			add(p.Village, 0, names.show(person, p.Person))
		case p.Position == record.Head:
			add(p.Village, 1, names.show(person, p.Person))
		}
	}
	return func(id string) []string {
		l := lists[id]
		return []string{strings.Join(l[0], "、"), strings.Join(l[1], "、")}
	}, nil
}

// presentPosts are the posts that have not ended, the weightiest first.
func presentPosts(tx *store.Tx) ([]*record.Post, error) {
	var out []*record.Post
	for p, err := range store.All[record.Post](tx) {
		if err != nil {
			return nil, err
		}
		if p.To.IsZero() {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
	return out, nil
}

// postsOf are the posts a person holds now, the weightiest first.
func postsOf(tx *store.Tx, person string) ([]*record.Post, error) {
	links, err := tx.Referring(person)
	if err != nil {
		return nil, err
	}
	var out []*record.Post
	for _, l := range links {
		if l.Kind != "post" {
			continue
		}
		p, err := store.Get[record.Post](tx, l.ID)
		if err != nil {
			return nil, err
		}
		if p.To.IsZero() && p.Void == "" {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
	return out, nil
}
