package store

import (
	"strconv"

	"touyan/store/field"
)

// Figure is a number that was reported.
type Figure struct {
	Label string `json:"label"` // in office words; names nobody
	N     int64  `json:"n"`
	Money bool   `json:"money,omitempty"` // N counts 分
}

// Show is the number as offices write it, money in 元.
func (f Figure) Show(n int64) string {
	of := field.Field{Type: field.Number}
	if f.Money {
		of.Type = field.Money
	}
	return of.Show(strconv.FormatInt(n, 10))
}
