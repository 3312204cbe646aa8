package exchange_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// Ensure that a book is written only for an office over or under ours: by our
// own code, or by a record of the ledger.
func TestAddresseeStandsOverOrUnderUs(t *testing.T) {
	city := store.Office{Code: "150400", Name: "赤云市", Level: field.City}
	for _, c := range []struct {
		own  store.Office
		word string
		want store.Office // without a code: refused
	}{
		{township, "150426", store.Office{Code: "150426", Name: "150426", Level: field.County}},
		{township, "1504", store.Office{Code: "1504", Name: "1504", Level: field.City}},
		{township, "150400", store.Office{Code: "150400", Name: "150400", Level: field.City}},
		{township, "150426201", township},
		{township, "150426201000", township},
		{township, "own", township},
		{township, "150425", store.Office{}},    // a neighbouring county
		{township, "150426202", store.Office{}}, // a neighbouring township
		{township, "150426201003", store.Office{}},
		{township, "150499", store.Office{Code: "150499", Name: "联合党工委", Level: field.County}}, // over us by record only
		{township, "1", store.Office{}},
		{county, "150426201", store.Office{Code: "150426201", Name: "沙湖镇", Level: field.Township}},
		{county, "150426299", store.Office{}}, // no record of it
		{county, "150425201", store.Office{}}, // recorded, and another county's
		{county, "150499001", store.Office{Code: "150499001", Name: "园区", Level: field.Township}}, // under us by record only
		{city, "150000", store.Office{Code: "150000", Name: "150000", Level: field.City}},
		{city, "150426", store.Office{}},
	} {
		db := newOffice(t, t.TempDir(), c.own, clock())
		closeAll(t, db)
		ownID := store.OfficeID(c.own.Code)
		do(t, db, func(tx *store.Tx) error {
			offices := map[string][]*record.Office{
				township.Code: {
					{Head: field.Head{ID: ownID}, Code: township.Code, Name: township.Name, Level: "1", Parent: store.OfficeID("150499")},
					{Head: field.Head{ID: store.OfficeID("150499")}, Code: "150499", Name: "联合党工委", Level: "2"},
				},
				county.Code: {
					{Code: "150426201", Name: "沙湖镇", Level: "1"},
					{Code: "150425201", Name: "邻旗的镇", Level: "1"},
					{Code: "150499001", Name: "园区", Level: "1", Parent: ownID},
				},
			}
			for _, o := range offices[c.own.Code] {
				if err := tx.Put(o); err != nil {
					return err
				}
			}
			return nil
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := exchange.Addressee(tx, c.word)
			switch {
			case c.want.Code == "" && (err == nil || !strings.Contains(err.Error(), "没有代码为"+c.word+"的上级或下级单位，请核对")):
				t.Errorf("%s to %s: %+v, %v", c.own.Name, c.word, got, err)
			case c.want.Code != "" && (err != nil || got != c.want):
				t.Errorf("%s to %s: %+v, %v", c.own.Name, c.word, got, err)
			}
			return nil
		})
	}
}

// Ensure that a township hears of it when the county voids one of its villages
// with what is in it, and is left in peace when the county only takes back the
// book it had them from.
func TestVoidedVillageTravelsDown(t *testing.T) {
	for _, c := range []struct {
		name string
		void bool
	}{{"voided", true}, {"taken back", false}} {
		t.Run(c.name, func(t *testing.T) {
			dir, now := t.TempDir(), clock()
			a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
			closeAll(t, a, b)
			threeVillages(t, a)
			up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
			send(t, a, county, up)
			r := receive(t, b, up)
			send(t, b, township, filepath.Join(dir, "before.xlsx"))
			before := ledger(t, a)
			if c.void {
				voidVillage(t, b, "泉水嘎查")
			} else if seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64); err != nil {
				t.Fatal(err)
			} else if _, err := b.Undo(seq, clerk, false); err != nil {
				t.Fatal(err)
			}
			send(t, b, township, down)
			receive(t, a, down)
			switch got := ledger(t, a); {
			case c.void && (got != ledger(t, b) || strings.Contains(got, "泉水嘎查")):
				t.Errorf("the township has\n%s\nwant\n%s", got, ledger(t, b))
			case !c.void && got != before:
				t.Errorf("the township has\n%s\nwant\n%s", got, before)
			}
		})
	}
}

// voidVillage voids a village and the posts in it.
func voidVillage(t failer, db *store.DB, name string) {
	do(t, db, func(tx *store.Tx) error {
		ids := map[string]string{}
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			ids[v.Name] = v.ID
		}
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.Village != ids[name] {
				continue
			}
			if err := tx.Void("post", p.ID, "重复登记"); err != nil {
				return err
			}
		}
		return tx.Void("village", ids[name], "重复登记")
	})
}
