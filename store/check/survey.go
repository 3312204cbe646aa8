package check

import (
	"touyan/store"
	"touyan/store/field"
)

// Survey is the ledger as of a day, read once for all that is told of it at a
// time. It is used within the reading it was made in.
type Survey struct{ f *facts }

// Look reads the ledger as of a day.
func Look(tx *store.Tx, asOf field.Date) (*Survey, error) {
	f, err := gather(tx, asOf)
	if err != nil {
		return nil, err
	}
	return &Survey{f}, nil
}
