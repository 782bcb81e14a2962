package conform_test

import _ "cosw/model/golden" // for go test ./... -update
