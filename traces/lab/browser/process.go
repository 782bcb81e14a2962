package browser

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// processes are all that belong to one browser. Each has a mark in its environment that its descendants inherit, so that
// those which leave their group, as a crash handler does, are found as well.
type processes struct {
	mark string
	dir  string // their home, and all that they write
	ends []chan struct{}
	done chan struct{} // closed by quit
}

const markName = "COSW_LAB"

func newProcesses() (*processes, error) {
	if runtime.GOOS != "linux" {
		return nil, errors.New("browsers are driven on Linux only; cosw lab serve takes any browser")
	}
	dir, err := os.MkdirTemp("", "cosw-lab-")
	if err != nil {
		return nil, err
	}
	return &processes{mark: markName + "=" + rand.Text(), dir: dir, done: make(chan struct{})}, nil
}

// start starts a program in a group of its own, which does not get the signals that a terminal sends to this one. It ends
// with this process in any case.
func (p *processes) start(program string, args, env []string, extra ...*os.File) error {
	log, err := os.OpenFile(p.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), append(env, p.mark, "HOME="+p.dir, "XDG_CONFIG_HOME="+p.dir, "XDG_CACHE_HOME="+p.dir,
		"XDG_DATA_HOME="+p.dir, "TMPDIR="+p.dir)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = p.dir, log, log, extra
	cmd.SysProcAttr = attributes()
	started, ended := make(chan error), make(chan struct{})
	go func() {
		// The kernel ends a child with the thread that started it, not with the process.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	p.ends = append(p.ends, ended)
	return nil
}

// died returns an error if a program that was started has ended, with the last that it said.
func (p *processes) died() error {
	for _, ended := range p.ends {
		select {
		case <-ended:
			return fmt.Errorf("it died%s", p.lastWords())
		default:
		}
	}
	return nil
}

func (p *processes) log() string { return filepath.Join(p.dir, "output.log") }

// lastWords returns the last line of output, as a clause.
func (p *processes) lastWords() string {
	f, err := os.Open(p.log())
	if err != nil {
		return ""
	}
	defer f.Close()
	last := ""
	for scanner := bufio.NewScanner(f); scanner.Scan(); {
		if text := strings.TrimSpace(scanner.Text()); text != "" {
			last = text
		}
	}
	if last == "" {
		return ""
	}
	return fmt.Sprintf(", saying %.200q", last)
}

// quit kills all that is left, and removes what it wrote. It halts all processes before it kills the first, as a child whose
// parent is dead is not found any more.
func (p *processes) quit() {
	halted := map[int]bool{}
	for more := true; more; {
		more = false
		for _, pid := range p.all() {
			if !halted[pid] {
				halted[pid], more = true, true
				signal(pid, halt)
			}
		}
	}
	for pid := range halted {
		kill(pid)
	}
	for pid := range halted {
		for range 500 { // it is gone as soon as the kernel has cleared up
			if !runs(pid) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	for _, ended := range p.ends {
		<-ended
	}
	os.RemoveAll(p.dir)
}

// kill ends a process at once.
func kill(pid int) error { return signal(pid, os.Kill) }

func signal(pid int, s os.Signal) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Signal(s)
}

// runs tells whether a process is there and not dead.
func runs(pid int) bool {
	state := stat(pid, 0)
	return state != "" && state != "Z" && state != "X"
}

// all returns the processes with the mark and their descendants, the oldest first: some overwrite their environment.
func (p *processes) all() []int {
	parent, ours := map[int]int{}, map[int]bool{}
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || !runs(pid) {
			continue
		}
		env, _ := os.ReadFile(file) // that of somebody else's process cannot be read
		ours[pid] = bytes.Contains(env, []byte(p.mark))
		parent[pid] = number(stat(pid, 1))
	}
	var all []int
	for pid := range parent {
		for at := pid; at > 1; at = parent[at] {
			if ours[at] {
				all = append(all, pid)
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(number(stat(a, startTime)), number(stat(b, startTime))), cmp.Compare(a, b))
	})
	return all
}

// named returns those whose command line contains a word, the newest first.
func (p *processes) named(word string) []int {
	all := slices.DeleteFunc(p.all(), func(pid int) bool {
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		return err != nil || !bytes.Contains(line, []byte(word))
	})
	slices.Reverse(all)
	return all
}

const startTime = 19 // in ticks since the machine was started

// stat returns a field of a process, counted from its state, or nothing if it is gone.
func stat(pid, field int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // the name may have spaces
	if len(fields) <= field {
		return ""
	}
	return fields[field]
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// until calls ready again and again until it is true, a program has died, or ctx is done.
func (p *processes) until(ctx context.Context, ready func() bool) error {
	for !ready() {
		if err := p.died(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

// output returns what a program prints.
func output(ctx context.Context, program string, args, env []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, commandLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	text, err := cmd.Output()
	return strings.TrimSpace(string(text)), err
}
