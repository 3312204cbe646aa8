package sample

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// builder is one invented office on its way into the ledger.
type builder struct {
	rng   *rand.Rand
	now   time.Time
	kinds field.Kinds
	stage *store.Stage
	err   error // the first that a record met; the rest are not written

	made      int64 // records so far
	elected   field.Date
	counties  map[string]string // first character of a county's name, by id
	places    map[string]bool   // keys of village names
	ids       map[string]bool   // numbers given
	phones    int
	filings   int
	prefix    string   // first character of the name, for its document numbers
	leaders   []string // of the township at hand
	lastChair string   // a name to give once more
	ownField  string   // that the office added to people
	lived     []*lived // the villages so far, with what was put for each
}

// Build fills an empty ledger made as 示例数据 with the office its Office says,
// as one operation. Ages and terms are counted to the ledger's clock.
func Build(ctx context.Context, db *store.DB, who store.Actor, seed uint64) error {
	if err := mayFill(db); err != nil {
		return err
	}
	now := db.Now()
	b := &builder{rng: rand.New(rand.NewPCG(seed, 0)), now: now, kinds: db.Kinds(),
		counties: map[string]string{}, places: map[string]bool{}, ids: map[string]bool{},
		elected: field.Date{Year: now.Year() - 2, Month: 3, Day: 18}}
	_, err := db.Stage(ctx, "生成示例数据", who, func(s *store.Stage) error {
		b.stage = s
		b.fill(db.Office())
		return b.err
	})
	return err
}

// mayFill keeps invented people out of anybody's real ledger.
func mayFill(db *store.DB) error {
	if !db.Sample() {
		return errors.New("这本台账不是示例台账，不能放进示例数据；请用 demo 另建一本")
	}
	return db.View(func(tx *store.Tx) error {
		for _, k := range db.Kinds() {
			for _, err := range tx.EveryRow(k.Name) {
				if err == nil {
					err = errors.New("这本示例台账里已经有数据，请另建一本")
				}
				return err
			}
		}
		return nil
	})
}

func (b *builder) fill(own store.Office) {
	b.define(own)
	townships := b.offices(own)
	each := villagesOfMany
	if own.Level == field.Township {
		each = villagesOfTownship
	}
	deal := b.deal(len(townships) * each)
	for i, t := range townships {
		b.leaders, b.prefix = nil, b.counties[t.Parent]
		b.township(t, deal[i*each:(i+1)*each], i)
	}
	b.grow(own, townships)
}

func (b *builder) township(t *record.Office, deal []flaws, i int) {
	var before *record.Person // in the pool of a village before
	due := false              // somebody is to be in two pools
	begun := len(b.lived)
	defer func() {
		for _, l := range b.lived[begun:] {
			l.leaders = b.leaders
		}
	}()
	for n, f := range deal {
		if b.err != nil {
			return
		}
		v := b.village(t, n, f)
		b.lived = append(b.lived, &lived{village: v, flaws: f})
		people := b.team(v, f, i+n)
		last := b.pool(v, f, people)
		due = due || f.twoPools
		if last == nil {
			continue
		}
		if due && before != nil {
			b.reserve(v, before, false)
			due = false
		}
		before = last
	}
}

// put stages a record under a new id. Ids grow in the order of making, as
// they would have with a clerk.
func (b *builder) put(kind string, rec field.Record) {
	if b.err != nil {
		return
	}
	b.made++
	rec.Header().ID = store.NewID(b.now.Add(time.Duration(b.made)*time.Millisecond - time.Hour))
	if o, ok := rec.(*record.Office); ok {
		rec.Header().ID = store.OfficeID(o.Code)
	}
	if len(b.lived) > 0 {
		b.lived[len(b.lived)-1].keep(rec)
	}
	row := b.kinds.Kind(kind).Take(rec)
	if kind == "person" && b.made%oneOf == 0 {
		row.Extra = map[string]string{b.ownField: "1"}
	}
	b.err = b.stage.Create(kind, row)
}

// oneOf is of how many records one, if it is a person's, has something in the
// office's own field.
const oneOf = 7

// define adds a field of the office's own (自定义项) to people.
func (b *builder) define(own store.Office) {
	c := &record.Custom{On: "person", Label: "是否网格员", Type: record.CustomYesNo, Reach: record.ReachOwn, Note: "担任嘎查村网格员的填“是”"}
	if own.Level > field.Township {
		c.Reach = record.ReachBelow
	}
	c.ID = store.DerivedID(time.UnixMilli(0), record.CustomKey(c.On, c.Label)...)
	b.ownField = record.CustomName(c.ID)
	if b.err == nil {
		b.err = b.stage.Create("custom", b.kinds.Kind("custom").Take(c))
	}
}

// chance is true in so many of a hundred cases.
func (b *builder) chance(percent int) bool { return b.rng.IntN(100) < percent }

func (b *builder) pick(from []string) string { return from[b.rng.IntN(len(from))] }

// weighted picks one of pairs of a text and its weight.
func (b *builder) weighted(pairs ...any) string {
	sum := 0
	for i := 1; i < len(pairs); i += 2 {
		sum += pairs[i].(int)
	}
	n := b.rng.IntN(sum)
	for i := 0; ; i += 2 {
		if n -= pairs[i+1].(int); n < 0 {
			return pairs[i].(string)
		}
	}
}

func number(n int64) *int64 { return &n }

func words(s string) []string { return strings.Fields(s) }
