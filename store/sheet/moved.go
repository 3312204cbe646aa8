package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	refAttribute = regexp.MustCompile(`( (?:ref|sqref|topLeftCell|activeCell)=")([^"]*)(")`)
	ruleFormula  = regexp.MustCompile(`(?s)(<(?:\w+:)?formula[12]?>)(.*?)(</(?:\w+:)?formula[12]?>)`)
	rowBreaks    = regexp.MustCompile(`(?s)<(?:\w+:)?rowBreaks.*?</(?:\w+:)?rowBreaks>`)
	breakID      = regexp.MustCompile(`( id=")(\d+)(")`)
	mergeCells   = regexp.MustCompile(`(?s)<(?:\w+:)?mergeCells.*?</(?:\w+:)?mergeCells>`)
	mergeCell    = regexp.MustCompile(`<((?:\w+:)?)mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"\s*(?:/>|></(?:\w+:)?mergeCell>)`)
	mergeCount   = regexp.MustCompile(` count="\d+"`)
)

// attributes has what the rest of a worksheet says of cells follow the rows that
// came in: merged cells, drop-lists, conditional formats, filters, page breaks.
func (s inserted) attributes(part []byte) []byte {
	if at := mergeCells.FindIndex(part); at != nil {
		return slices.Concat(s.attributes(part[:at[0]]), s.merges(part[at[0]:at[1]]), s.attributes(part[at[1]:]))
	}
	part = refAttribute.ReplaceAllFunc(part, func(m []byte) []byte {
		p := refAttribute.FindSubmatch(m)
		var refs []string
		for _, ref := range strings.Fields(string(p[2])) {
			refs = append(refs, s.move(ref, "", true))
		}
		return fmt.Appendf(nil, "%s%s%s", p[1], strings.Join(refs, " "), p[3])
	})
	part = ruleFormula.ReplaceAllFunc(part, func(m []byte) []byte {
		p := ruleFormula.FindSubmatch(m)
		return fmt.Appendf(nil, "%s%s%s", p[1], escape.Replace(s.move(unescape.Replace(string(p[2])), "", true)), p[3])
	})
	return rowBreaks.ReplaceAllFunc(part, func(m []byte) []byte {
		return breakID.ReplaceAllFunc(m, func(m []byte) []byte {
			p := breakID.FindSubmatch(m)
			n, _ := strconv.Atoi(string(p[2]))
			return fmt.Appendf(nil, "%s%d%s", p[1], s.row(n), p[3])
		})
	})
}

// merges has the merged cells of a sheet follow; the rows that came in get those
// of the row they are like.
func (s inserted) merges(part []byte) []byte {
	part = mergeCell.ReplaceAllFunc(part, func(m []byte) []byte {
		p := mergeCell.FindSubmatch(m)
		first, _ := strconv.Atoi(string(p[3]))
		last, _ := strconv.Atoi(string(p[5]))
		out := fmt.Appendf(nil, `<%smergeCell ref="%s%d:%s%d"/>`, p[1], p[2], s.row(first), p[4], s.row(last))
		for i := 1; i <= s.more && first == s.after && last == s.after; i++ {
			out = fmt.Appendf(out, `<%smergeCell ref="%s%d:%s%d"/>`, p[1], p[2], first+i, p[4], last+i)
		}
		return out
	})
	n := len(mergeCell.FindAll(part, -1))
	return mergeCount.ReplaceAll(part, fmt.Appendf(nil, ` count="%d"`, n))
}
