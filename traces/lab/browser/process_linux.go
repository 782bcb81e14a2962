package browser

import "syscall"

// attributes put a process into a group of its own and let the kernel kill it if this one is gone, however that comes.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// halt keeps a process from doing anything.
const halt = syscall.SIGSTOP
