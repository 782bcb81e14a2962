package findings

import (
	"context"
	"os"
	"testing"
)

func TestGen(t *testing.T) {
	b, err := Write(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/findings.md", b, 0o644)
}
