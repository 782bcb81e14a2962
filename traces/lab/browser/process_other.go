//go:build !linux

package browser

import "syscall"

func attributes() *syscall.SysProcAttr { return nil }

const halt = syscall.SIGKILL // never sent: there are no processes
