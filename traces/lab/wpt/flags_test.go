package wpt

import _ "cosw/model/golden" // for go test ./... -update
