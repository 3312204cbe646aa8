package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
)

// A recovery code is seven groups of five symbols, of which the last checks the
// other four: 140 random bits, and a slip of the pen is found in its group.
const (
	codeSymbols = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" // without 0 O 1 I
	codeGroups  = 7
	groupData   = 4
)

// NewCode makes a recovery code, as it is printed.
func NewCode() string {
	var groups []string
	for i := range codeGroups {
		var b [groupData]byte
		rand.Read(b[:]) // never fails
		group := make([]byte, groupData)
		for j := range b {
			group[j] = codeSymbols[int(b[j])%len(codeSymbols)]
		}
		groups = append(groups, string(group)+checkSymbol(i, string(group)))
	}
	return strings.Join(groups, "-")
}

func checkSymbol(group int, data string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "touyan code %d %s", group, data))
	return codeSymbols[sum[0]%32 : sum[0]%32+1]
}

// CodeError says where a typed recovery code is wrong.
type CodeError struct {
	Groups int   // how many groups were typed
	Wrong  []int // the groups that are not what was printed, from 1
}

func (e *CodeError) Error() string {
	if e.Groups != codeGroups {
		return fmt.Sprintf("恢复码应有 %d 组、每组 %d 个字，现在是 %d 组，请照信封里的那张重新输入", codeGroups, groupData+1, e.Groups)
	}
	var words []string
	for _, g := range e.Wrong {
		words = append(words, strconv.Itoa(g))
	}
	return fmt.Sprintf("恢复码第 %s 组与打印的不符，请照信封里的那张逐字核对", strings.Join(words, "、"))
}

var errNoCode error = &CodeError{}

// ReadCode reads a recovery code as somebody types it: in small letters, with or
// without lines between the groups, full width. It returns the code as printed.
func ReadCode(typed string) (string, error) {
	symbols := strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z') {
			return r
		}
		return -1
	}, typed)
	if symbols == "" {
		return "", errNoCode
	}
	var groups []string
	wrong := &CodeError{}
	for i := 0; len(symbols) > 0; i++ {
		group := symbols[:min(groupData+1, len(symbols))]
		symbols = symbols[len(group):]
		if len(group) != groupData+1 || !codeOnly(group) || checkSymbol(i, group[:groupData]) != group[groupData:] {
			wrong.Wrong = append(wrong.Wrong, i+1)
		}
		groups = append(groups, group)
	}
	if wrong.Groups = len(groups); wrong.Groups != codeGroups || len(wrong.Wrong) > 0 {
		return "", wrong
	}
	return strings.Join(groups, "-"), nil
}

func codeOnly(group string) bool {
	return !strings.ContainsFunc(group, func(r rune) bool { return !strings.ContainsRune(codeSymbols, r) })
}
