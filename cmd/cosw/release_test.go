package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"cosw/model/golden"
)

// TestReleaseWorkflow: it runs for tags, builds twice before it publishes, and only the job that publishes may write.
func TestReleaseWorkflow(t *testing.T) {
	text, err := os.ReadFile("../../.github/workflows/release.yml")
	if err != nil {
		t.Fatal(err)
	}
	var w struct {
		On struct {
			Push struct{ Tags []string }
		}
		Permissions map[string]string
		Defaults    struct{ Run struct{ Shell string } }
		Jobs        map[string]struct {
			Permissions map[string]string
			Steps       []struct {
				Uses, Run, If string
				With          map[string]any
				Env           map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	job := w.Jobs["binaries"]
	if len(w.Jobs) != 1 || !slices.Equal(w.On.Push.Tags, []string{"v*"}) || w.Defaults.Run.Shell != "bash" {
		t.Errorf("it has %d jobs, runs for tags %v, in %s", len(w.Jobs), w.On.Push.Tags, w.Defaults.Run.Shell)
	}
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" || len(job.Permissions) != 1 || job.Permissions["contents"] != "write" {
		t.Errorf("its permissions are %v, and those of its job %v", w.Permissions, job.Permissions)
	}
	var does []string
	for _, s := range job.Steps {
		does = append(does, s.Uses+s.Run)
	}
	order := []string{"actions/checkout@v4", "actions/setup-go@v5", ".ci/release dist", "diff dist/SHA256SUMS", "cosw-linux-amd64 version",
		"actions/upload-artifact@v4", "gh release create"}
	if len(does) != len(order) {
		t.Fatalf("it does %q", does)
	}
	for i, what := range order {
		if !strings.Contains(does[i], what) {
			t.Errorf("step %d does %q, not %s", i+1, does[i], what)
		}
	}
	if last := job.Steps[len(order)-1]; last.If != "github.ref_type == 'tag'" {
		t.Errorf("it publishes if %s", last.If)
	}
}

// TestRelease: what .ci/release builds has the checksum that it writes, says what it is, and is the same when it is built again.
func TestRelease(t *testing.T) {
	if !golden.Large() {
		t.Skip("it compiles everything anew, as releases have no paths in them: set COSW_LARGE=1")
	}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	sums := map[string]bool{}
	for range 2 {
		dir := t.TempDir()
		if out, err := exec.Command("../../.ci/release", dir, platform).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		name := "cosw-" + strings.ReplaceAll(platform, "/", "-")
		binary, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(binary)
		written, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
		if want := hex.EncodeToString(sum[:]) + "  " + name + "\n"; err != nil || string(written) != want {
			t.Errorf("checksums are %q, want %q", written, want)
		}
		sums[string(written)] = true
		version, err := exec.Command(filepath.Join(dir, name), "version").Output()
		if err != nil || !strings.HasPrefix(string(version), "cosw ") || !strings.Contains(string(version), runtime.Version()) {
			t.Errorf("it says %q, %v", version, err)
		}
		if root, err := filepath.Abs("../.."); err != nil || strings.Contains(string(binary), root+"/") {
			t.Errorf("it knows where it was built: %s, %v", root, err)
		}
	}
	if len(sums) > 1 {
		t.Errorf("built twice, it is not the same: %v", sums)
	}
}
