package assets

import _ "embed"

// Icon is the program's icon, a PNG of 256 by 256 pixels: wild geese in
// flight, the leading one ahead (头雁).
//
//go:embed icon.png
var Icon []byte
