package connect

import _ "cosw/model/golden" // for go test ./... -update
