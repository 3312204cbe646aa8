// Package sample invents an office: villages, who leads them, who led them
// before, who could lead them next, with the gaps and mistakes that a real
// ledger has. Tests, pictures, courses and the demo verb stand on it.
//
// Build fills an empty ledger that was created as 示例数据 and nothing else. The
// same seed and clock give the same office, but for the ids of records.
//
// Nothing in it is real. Names of people and places are put together from
// parts; numbers of 公民身份号码 begin with 150499, a region that was never
// assigned, and phones with 1540000, a range no operator was given.
package sample
