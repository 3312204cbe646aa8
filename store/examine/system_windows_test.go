package examine

import (
	"os"
)

func asSomebodyElse() {}

func fall(string) { os.Exit(2) }
