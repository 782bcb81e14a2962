package site

import _ "cosw/model/golden" // for go test ./... -update
