// Package work holds the steps an office takes, one verb a file: appoint,
// leave, replace, admit, release, change the term, void. Each is run by db.Do
// under the office's word for it (任命, 离任, 换人, 入库, 出库, 换届, 作废) and is
// one operation, undone as one.
//
// A step refuses what cannot be: the error is a *field.Problem, a sentence tied
// to the field it is about, and nothing is written. What breaks a rule and
// happened all the same is written as it happened: it comes back as a Warning,
// and if it is a 程序瑕疵 it is marked so on the post, with the reason given. A
// screen asks a step's Check first, in a reading, for the same answers.
//
// Limits and what a whole team is are those of store/check. Facts that need no
// step (a phone number) are simply put.
package work
