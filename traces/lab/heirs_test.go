package lab

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// heirloom is a variable of the environment that everything started by a test inherits. It is not the one by which package
// browser finds processes, which is under test.
const heirloom = "COSW_LAB_TEST"

// heirs returns the processes that a test has started and that still run.
func heirs() []int {
	mark := []byte(heirloom + "=" + os.Getenv(heirloom))
	var all []int
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		env, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(env, mark) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file))); err == nil && pid != os.Getpid() {
			all = append(all, pid)
		}
	}
	return all
}

// awaitProcess waits until a few processes run: a driver and a browser at least.
func awaitProcess(t *testing.T) {
	for range 1000 {
		if len(heirs()) >= 3 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("no browser starts")
}

// nothingLeft reports processes and profiles that were left behind.
func nothingLeft(t *testing.T) {
	t.Helper()
	for _, pid := range heirs() {
		line, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
		t.Errorf("process %d is left behind: %s", pid, bytes.ReplaceAll(line, []byte{0}, []byte{' '}))
	}
}
