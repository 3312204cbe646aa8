package record

import (
	"touyan/assets"
	"touyan/store/field"
)

// tables are all code lists by name, read once from the embedded tables.
var tables, tableOrder = loadTables()

// The lists that fields draw on.
var (
	sexes          = tables["sex"]
	nations        = tables["ethnic"]
	educations     = tables["education"]
	politics       = tables["politics"]
	levels         = tables["level"]
	villageTypes   = tables["villagetype"]
	villageClasses = tables["villageclass"]
	positions      = tables["position"]
	statutories    = tables["statutory"]
	manners        = tables["manner"]
	leavings       = tables["leaving"]
	sources        = tables["source"]
	reserveStates  = tables["reservestate"]
	maturities     = tables["maturity"]
	directions     = tables["direction"]
	recommends     = tables["recommend"]
	exits          = tables["exit"]
	filings        = tables["filing"]
	materials      = tables["material"]
	fileTypes      = tables["filetype"]
	customKinds    = tables["customkind"]
	customTypes    = tables["customtype"]
	customReaches  = tables["customreach"]
	categories     = tables["category"]
	stages         = tables["stage"]
	verdicts       = tables["verdict"]
	coachings      = tables["coachkind"]
	conductSources = tables["conductsource"]
	findings       = tables["finding"]
	measures       = tables["measure"]
	conductStates  = tables["conductstate"]
	rechecks       = tables["recheck"]
	ratings        = tables["rating"]
	laxGrounds     = tables["laxground"]
	laxStates      = tables["laxstate"]
	quotas         = tables["quota"]
	hireStates     = tables["hirestate"]
	workStates     = tables["workstate"]
	grades         = tables["grade"]
	awayTypes      = tables["awaytype"]
	willingness    = tables["willing"]
	awayStates     = tables["awaystate"]
	touchWays      = tables["touchway"]
	unitTypes      = tables["unittype"]
	secondStates   = tables["secondstate"]
	benefitTypes   = tables["benefittype"]
	filingTypes    = tables["filingtype"]
	filingStates   = tables["filingstate"]
	occasions      = tables["occasion"]
	opinions       = tables["opinion"]
	nomineeStates  = tables["nomineestate"]
	relations      = tables["relation"]
	passings       = tables["passing"]
	ruleGroups     = tables["rulegroup"]

	conductClasses = wordsOf(ConductRules, nil)
	departments    = wordsOf(VettingRules, nil)
	bars           = wordsOf(BarRules, nil)
)

// loadTables panics where an embedded table is broken: such a program was
// built wrong and must not open a ledger.
func loadTables() (map[string]*field.CodeList, []*field.CodeList) {
	all, err := assets.Codes()
	if err != nil {
		panic(err)
	}
	byName := map[string]*field.CodeList{}
	var order []*field.CodeList
	for _, t := range all {
		items := make([]field.Item, len(t.Rows))
		for i, r := range t.Rows {
			items[i] = field.Item{Code: r.Code, Word: r.Word, Synonyms: r.Synonyms, Retired: r.Retired}
		}
		l := field.NewCodeList(t.Name, t.Label, t.Standard, items)
		byName[t.Name], order = l, append(order, l)
	}
	return byName, order
}

// CodeLists returns every code list, in the order of menus.
func CodeLists() []*field.CodeList { return append([]*field.CodeList(nil), tableOrder...) }
