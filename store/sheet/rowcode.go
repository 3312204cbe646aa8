package sheet

import (
	"crypto/sha256"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// rowSymbols are the symbols of row codes. 0 O 1 I are left out: on paper and
// in a careless font they are one another.
const rowSymbols = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// rowLength is the number of symbols of a row code, the check symbol included.
const rowLength = 12

// RowCode is the 行码 of a record: eleven symbols drawn from a hash of its id
// and a check symbol. Two records share a code about once in 2^55 pairs; who
// maps codes back asks where it happens.
func RowCode(id string) string {
	sum := sha256.Sum256([]byte("row:" + id))
	var out [rowLength]byte
	bits, have, next := uint(0), 0, 0
	for i := 0; i < rowLength-1; i++ {
		for have < 5 {
			bits, have, next = bits<<8|uint(sum[next]), have+8, next+1
		}
		have -= 5
		out[i] = rowSymbols[bits>>have&31]
	}
	out[rowLength-1] = rowSymbols[checkSum(out[:rowLength-1])]
	return string(out[:])
}

// checkSum weights the symbols in the field of 32 elements, each place with
// another power of its generator. In that field, unlike among the numbers
// modulo 32, all weights and all their differences have inverses: any single
// wrong symbol and any two exchanged ones change the sum.
func checkSum(symbols []byte) byte {
	sum := byte(0)
	for _, s := range symbols {
		sum = double(sum ^ byte(strings.IndexByte(rowSymbols, s)))
	}
	return sum
}

// double multiplies by the generator, modulo x^5+x^2+1.
func double(x byte) byte {
	x <<= 1
	if x&32 != 0 {
		x ^= 37
	}
	return x
}

// ParseRowCode reads a row code as people return it: width, case and spaces do
// not matter. Nothing is guessed: a code with a wrong symbol is not ok.
func ParseRowCode(text string) (code string, ok bool) {
	code = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\t', '\n', '\r', '-', '\u200b', '\ufeff', '\'':
			return -1
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(text)))
	if len(code) != rowLength {
		return "", false
	}
	for i := range rowLength {
		if strings.IndexByte(rowSymbols, code[i]) < 0 {
			return "", false
		}
	}
	if code[rowLength-1] != rowSymbols[checkSum([]byte(code[:rowLength-1]))] {
		return "", false
	}
	return code, true
}
