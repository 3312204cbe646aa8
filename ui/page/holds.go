package page

import (
	"cmp"
	"slices"

	"touyan/store"
	"touyan/store/record"
)

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
	all, err := store.Referrers[record.Post](tx, person, "person")
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(all, func(p *record.Post) bool { return !p.To.IsZero() })
	slices.SortStableFunc(out, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
	return out, nil
}
