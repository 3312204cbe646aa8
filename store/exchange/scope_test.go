package exchange_test

import (
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
