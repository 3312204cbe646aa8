package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// maxSpins bounds the rounds of key derivation a file may ask for; Excel and
// WPS write 100,000.
const maxSpins = 1_000_000

// NeedsPassword is the refusal of an encrypted workbook without its password.
func NeedsPassword() *Error {
	return Refuse(Encrypted, "这个工作簿加了密码，没有密码读不了。请输入打开密码；也可以用 WPS 打开后取消密码，另存为 .xlsx 再选。")
}

// RefusePassword is the refusal of a wrong one.
func RefusePassword() *Error {
	return Refuse(WrongPassword, "密码不对，打不开这个工作簿。请核对密码（注意大小写和输入法）后再试。")
}

// ProtectedPassword encrypts workbooks of which only the structure was to be
// protected: other programs open them without asking, and so do we.
const ProtectedPassword = "VelvetSweatshop"

// OpenEncrypted opens a workbook with its password, or with ProtectedPassword.
// One that is not encrypted is opened as it is.
//
// excelize only decrypts. It does not check the seal of the package, but the
// zip inside is verified like any other, so that a flipped bit is found there.
func OpenEncrypted(path, password string, lim Limits) (*Book, error) {
	b, err := Open(path, lim)
	var refused *Error
	if !errors.As(err, &refused) || refused.Code != Encrypted {
		return b, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, FromDisk(err)
	}
	if err := lim.FitsFile(info.Size()); err != nil {
		return nil, err
	}
	sealed, err := os.ReadFile(path)
	if err != nil {
		return nil, FromDisk(err)
	}
	plain, err := decrypt(sealed, ProtectedPassword)
	if err != nil && password != "" {
		plain, err = decrypt(sealed, password)
	}
	if err != nil {
		return nil, err
	}
	return NewReader(bytes.NewReader(plain), int64(len(plain)), lim)
}

func decrypt(sealed []byte, password string) (plain []byte, err error) {
	defer Rescue(&err, nil)
	if !bytes.HasPrefix(sealed, []byte(oleMagic)) {
		return nil, Refuse(Encrypted, "这个文件是加了密码的压缩包，不是一般的工作簿。请用 WPS 打开后取消密码，另存为 .xlsx 再试。")
	}
	if spins(sealed) > maxSpins {
		return nil, Defect("", "加密的方式不合常规")
	}
	wrong := RefusePassword()
	plain, err = excelize.Decrypt(sealed, &excelize.Options{Password: password})
	if errors.Is(err, excelize.ErrWorkbookPassword) {
		return nil, wrong
	}
	if err != nil || len(plain) == 0 {
		e := Defect("", "解不开它的加密，可能是不认识的加密方式")
		e.Err = fmt.Errorf("decrypt workbook: %w", err)
		return nil, e
	}
	if !bytes.HasPrefix(plain, []byte(zipMagic)) {
		return nil, wrong
	}
	return plain, nil
}

// spins gives the largest number of rounds the file asks for, 0 if it names none.
func spins(sealed []byte) int {
	most := 0
	mark := []byte(`spinCount="`)
	for {
		at := bytes.Index(sealed, mark)
		if at < 0 {
			return most
		}
		sealed = sealed[at+len(mark):]
		end := bytes.IndexByte(sealed[:min(len(sealed), 20)], '"')
		if end < 0 {
			return maxSpins + 1
		}
		n, err := strconv.Atoi(string(sealed[:end]))
		if err != nil {
			return maxSpins + 1
		}
		most = max(most, n)
	}
}
