// Package record holds every kind of record of the ledger, one file each: a
// plain struct whose Fields lists its cells once, bound to itself, with label,
// other heads, code list and rules. Kinds is the only registry, Forms the 表
// that offices know.
//
// Glossary: office 区划与单位 (市, 旗县区, 苏木乡镇) · village 嘎查村 ·
// person 人员 · post 任职 (one person's time in one position of one village) ·
// position 职务 · statutory 岗位法定类型 · term 届 · filing 备案 ·
// reserve 后备力量 · paper 附件 · team 两委 · secretary 党组织书记 · head 村委会主任、嘎查达.
//
// A stored name and a code are chosen once and never reused. Record.Check
// finds what no single cell can show; what needs several records is the
// business of store/check.
package record
