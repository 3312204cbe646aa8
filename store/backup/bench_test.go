package backup

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"

	"go.etcd.io/bbolt"
)

// people is a ledger of so many people with some twenty filled cells each.
func people(b *testing.B, n int) *store.DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), "台账.touyan")
	opts := store.Options{Kinds: record.Kinds(), Machine: "test"}
	if err := store.Create(path, township, false, opts); err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	k := record.Kinds().Kind("person")
	_, err = db.Stage(b.Context(), "导入", clerk, func(s *store.Stage) error {
		for i := range n {
			id := strconv.Itoa(100000 + i)
			row := k.Take(&record.Person{Name: "某人" + id, IDNo: "150426198503" + id, Sex: "1", Ethnic: "02", Politics: "01", Education: "21",
				Birth: field.Date{Year: 1985, Month: 3}, Joined: field.Date{Year: 2008, Month: 7, Day: 1}, Native: "内蒙古自治区赤峰市", School: "某某农业大学畜牧兽医专业",
				LaterEducation: "11", LaterSchool: "某某党校行政管理专业", Skill: "养殖、兽医、摄影", Workplace: "白音花苏木某某嘎查党支部书记", Veteran: "是", Rich: "是",
				Domicile: "白音花苏木某某嘎查一组" + id, Residence: "白音花苏木某某嘎查一组" + id, Phone: "13847" + id, Industry: "肉牛养殖", Honours: "2021 年旗级优秀党务工作者", Appraisals: "称职、优秀、称职"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkMake makes copies of a ledger of 20,000 people: written, synced, read
// through value by value, named and read back from the medium.
func BenchmarkMake(b *testing.B) {
	db := people(b, 20_000)
	for b.Loop() {
		c, err := Make(b.Context(), db, Folder(db.Path()), ByHand, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(c.Size)
		os.Remove(c.Path)
	}
}

// BenchmarkPlainCopy is its peer: what bbolt itself offers, and a sync.
func BenchmarkPlainCopy(b *testing.B) {
	db := people(b, 20_000)
	path := db.Path()
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	plain, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close()
	to := filepath.Join(b.TempDir(), "b.touyan")
	for b.Loop() {
		f, err := os.Create(to)
		if err != nil {
			b.Fatal(err)
		}
		var n int64
		err = plain.View(func(tx *bbolt.Tx) error {
			n, err = tx.WriteTo(f)
			return err
		})
		if err == nil {
			err = f.Sync()
		}
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
		b.SetBytes(n)
	}
}

// BenchmarkRestore puts the newest copy of 20,000 people back, everything
// included.
func BenchmarkRestore(b *testing.B) {
	db := people(b, 20_000)
	c, err := Make(b.Context(), db, Folder(db.Path()), ByHand, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(c.Size)
	for b.Loop() {
		done, err := Restore(b.Context(), Restoring{From: c.Path, Ledger: db.Path(), Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		os.Remove(done.Aside)
	}
}
