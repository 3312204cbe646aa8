package field

import (
	"regexp"
	"strings"
)

// ValidID reports whether an 18-character 公民身份号码 is right by GB 11643:
// digits, a real birth date and the check character.
func ValidID(id string) bool {
	if len(id) != 18 {
		return false
	}
	for i := 0; i < 17; i++ {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
	}
	birth := BirthOf(id)
	return !birth.IsZero() && id[17] == checkSymbol(id[:17])
}

// checkSymbol is the 18th character of GB 11643 (ISO 7064 mod 11-2).
func checkSymbol(first17 string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(first17[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// CompleteID adds the check character to the first 17 digits.
func CompleteID(first17 string) string { return first17 + string(checkSymbol(first17)) }

// UpgradeID turns a 15-digit number of before 1999 into its 18-character
// successor; people of that time were all born in the 1900s.
func UpgradeID(old string) (string, bool) {
	if len(old) != 15 || strings.Trim(old, "0123456789") != "" {
		return "", false
	}
	id := CompleteID(old[:6] + "19" + old[6:])
	return id, ValidID(id)
}

// BirthOf returns the birth date an 18-character number states, zero if it
// states no real date.
func BirthOf(id string) Date {
	if len(id) != 18 {
		return Date{}
	}
	d, err := DateOf(id[6:10] + "-" + id[10:12] + "-" + id[12:14])
	if err != nil || d.Year < 1850 {
		return Date{}
	}
	return d
}

// SexOf returns the GB/T 2261.1 code an 18-character number states: "1" male,
// "2" female, empty if it is too short.
func SexOf(id string) string {
	if len(id) != 18 {
		return ""
	}
	if (id[16]-'0')%2 == 1 {
		return "1"
	}
	return "2"
}

var floated = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?0?1[4-8]$`)

// readID reads an ID number as offices write it. A number that Excel turned
// into a float has lost its last three digits for good: it is refused, never
// guessed.
func readID(f *Field, in Input) (string, *Problem) {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\'' || r == '’' || r == '`' {
			return -1
		}
		return r
	}, Tidy(in.Text)))
	s = strings.ReplaceAll(s, "Х", "X") // Cyrillic
	if floated.MatchString(s) || in.Number && len(s) >= 16 {
		return "", refuse(f, "“"+in.Text+"”的后三位已被表格改成0，无法恢复，请对照证件重新填写，并先把单元格设为文本。")
	}
	if upgraded, ok := UpgradeID(s); ok {
		return "", refuse(f, "“"+s+"”是15位旧号码，请核对后改为18位“"+upgraded+"”。", upgraded)
	}
	if p := checkID(f, s); p != nil {
		return "", p
	}
	return s, nil
}

func checkID(f *Field, s string) *Problem {
	switch {
	case len(s) != 18:
		return refuse(f, "“"+s+"”不是18位，请对照证件核对公民身份号码。")
	case BirthOf(s).IsZero():
		return refuse(f, "“"+s+"”里的出生日期不存在，请对照证件核对公民身份号码。")
	case !ValidID(s):
		return refuse(f, "“"+s+"”的校验码不对，至少有一位写错，请对照证件核对公民身份号码。")
	}
	return nil
}
