/* SPDX-License-Identifier: MIT */
/* shapes.c: what the arguments of system calls are; names of flags. */
#include "explain/shapes.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static const struct {
	const char *call, *kinds;
} shapes[] = {
	{ "access", "so" },
	{ "arch_prctl", "xx" },
	{ "bind", "dau" },
	{ "brk", "p" },
	{ "chdir", "s" },
	{ "chmod", "so" },
	{ "clock_getres", "ip" },
	{ "clock_gettime", "ip" },
	{ "clock_gettime64", "ip" },
	{ "clock_nanosleep", "iipp" },
	{ "clone", "xpppp" },
	{ "clone3", "pu" },
	{ "close", "d" },
	{ "close_range", "uux" },
	{ "connect", "dau" },
	{ "copy_file_range", "dpdpux" },
	{ "dup", "d" },
	{ "dup2", "dd" },
	{ "dup3", "ddC" },
	{ "epoll_create1", "x" },
	{ "epoll_ctl", "didp" },
	{ "epoll_pwait", "dpiipu" },
	{ "epoll_wait", "dpii" },
	{ "eventfd2", "ux" },
	{ "execve", "spp" },
	{ "exit", "i" },
	{ "exit_group", "i" },
	{ "faccessat", "Dso" },
	{ "faccessat2", "Dsox" },
	{ "fadvise64", "duui" },
	{ "fcntl", "dcx" },
	{ "fcntl64", "dcx" },
	{ "fstat", "dp" },
	{ "fstat64", "dp" },
	{ "ftruncate", "du" },
	{ "futex", "pFuppu" },
	{ "futex_time64", "pFuppu" },
	{ "getcwd", "pu" },
	{ "getdents64", "dpu" },
	{ "geteuid", "" },
	{ "getegid", "" },
	{ "getgid", "" },
	{ "getpid", "" },
	{ "getppid", "" },
	{ "getrandom", "pux" },
	{ "getrlimit", "ip" },
	{ "gettid", "" },
	{ "getuid", "" },
	{ "ioctl", "dIp" },
	{ "kill", "iS" },
	{ "lseek", "dii" },
	{ "lstat", "sp" },
	{ "lstat64", "sp" },
	{ "madvise", "pui" },
	{ "membarrier", "ixi" },
	{ "mkdir", "so" },
	{ "mmap", "puPMdx" },
	{ "mmap2", "puPMdx" },
	{ "mprotect", "puP" },
	{ "mremap", "puuxp" },
	{ "munmap", "pu" },
	{ "nanosleep", "pp" },
	{ "newfstatat", "Dspx" },
	{ "open", "sOo" },
	{ "openat", "DsOo" },
	{ "pause", "" },
	{ "pipe", "p" },
	{ "pipe2", "pC" },
	{ "poll", "pui" },
	{ "prctl", "ixxxx" },
	{ "pread64", "dpuu" },
	{ "prlimit64", "iipp" },
	{ "pwrite64", "dbuu" },
	{ "read", "dpu" },
	{ "readlink", "spu" },
	{ "readlinkat", "Dspu" },
	{ "readv", "dpi" },
	{ "recvfrom", "dpuxpp" },
	{ "rename", "ss" },
	{ "restart_syscall", "" },
	{ "rseq", "puxx" },
	{ "rt_sigaction", "Sppu" },
	{ "rt_sigprocmask", "ippu" },
	{ "rt_sigreturn", "" },
	{ "sched_getaffinity", "iup" },
	{ "sched_yield", "" },
	{ "sendfile", "ddpu" },
	{ "sendto", "dbuxau" },
	{ "set_robust_list", "pu" },
	{ "set_tid_address", "p" },
	{ "setitimer", "ipp" },
	{ "sigaltstack", "pp" },
	{ "sigreturn", "" },
	{ "socket", "iii" },
	{ "splice", "dpdpux" },
	{ "stat", "sp" },
	{ "stat64", "sp" },
	{ "statx", "Dsxxp" },
	{ "sysinfo", "p" },
	{ "tgkill", "iiS" },
	{ "tkill", "iS" },
	{ "uname", "p" },
	{ "unlink", "s" },
	{ "unlinkat", "Dsx" },
	{ "vfork", "" },
	{ "wait4", "ipip" },
	{ "write", "dbu" },
	{ "writev", "dpi" },
};

const struct flag explain_prots[] = {
	{ PROT_READ, "PROT_READ" },
	{ PROT_WRITE, "PROT_WRITE" },
	{ PROT_EXEC, "PROT_EXEC" },
	{ 0 },
};

const struct flag explain_maps[] = {
	{ MAP_SHARED, "MAP_SHARED" },
	{ MAP_PRIVATE, "MAP_PRIVATE" },
	{ MAP_FIXED, "MAP_FIXED" },
	{ MAP_ANONYMOUS, "MAP_ANONYMOUS" },
	{ MAP_DENYWRITE, "MAP_DENYWRITE" },
	{ MAP_NORESERVE, "MAP_NORESERVE" },
	{ MAP_STACK, "MAP_STACK" },
	{ 0 },
};

/* But for the access mode. Bits that hold others come first. */
const struct flag explain_opens[] = {
	{ O_CREAT, "O_CREAT" },
	{ O_EXCL, "O_EXCL" },
	{ O_NOCTTY, "O_NOCTTY" },
	{ O_TRUNC, "O_TRUNC" },
	{ O_APPEND, "O_APPEND" },
	{ O_NONBLOCK, "O_NONBLOCK" },
	{ O_SYNC, "O_SYNC" },
	{ O_DSYNC, "O_DSYNC" },
	{ O_ASYNC, "O_ASYNC" },
	{ O_DIRECT, "O_DIRECT" },
	{ 0100000, "O_LARGEFILE" }, /* 0 in the headers for x86-64 */
	{ O_TMPFILE, "O_TMPFILE" },
	{ O_DIRECTORY, "O_DIRECTORY" },
	{ O_NOFOLLOW, "O_NOFOLLOW" },
	{ O_NOATIME, "O_NOATIME" },
	{ O_CLOEXEC, "O_CLOEXEC" },
	{ O_PATH, "O_PATH" },
	{ 0 },
};

/* Values, not bits. */
const struct flag explain_fcntls[] = {
	{ F_DUPFD, "F_DUPFD" },
	{ F_GETFD, "F_GETFD" },
	{ F_SETFD, "F_SETFD" },
	{ F_GETFL, "F_GETFL" },
	{ F_SETFL, "F_SETFL" },
	{ F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC" },
	{ 0 },
};

const struct flag explain_ioctls[] = {
	{ TCGETS, "TCGETS" },
	{ TCSETSW, "TCSETSW" },
	{ TIOCGPGRP, "TIOCGPGRP" },
	{ TIOCGWINSZ, "TIOCGWINSZ" },
	{ FIONREAD, "FIONREAD" },
	{ FIONBIO, "FIONBIO" },
	{ 0 },
};

const char *const explain_futex_ops[EXPLAIN_FUTEX_OPS] = {
	[FUTEX_WAIT] = "FUTEX_WAIT",
	[FUTEX_WAKE] = "FUTEX_WAKE",
	[FUTEX_FD] = "FUTEX_FD",
	[FUTEX_REQUEUE] = "FUTEX_REQUEUE",
	[FUTEX_CMP_REQUEUE] = "FUTEX_CMP_REQUEUE",
	[FUTEX_WAKE_OP] = "FUTEX_WAKE_OP",
	[FUTEX_LOCK_PI] = "FUTEX_LOCK_PI",
	[FUTEX_UNLOCK_PI] = "FUTEX_UNLOCK_PI",
	[FUTEX_TRYLOCK_PI] = "FUTEX_TRYLOCK_PI",
	[FUTEX_WAIT_BITSET] = "FUTEX_WAIT_BITSET",
	[FUTEX_WAKE_BITSET] = "FUTEX_WAKE_BITSET",
	[FUTEX_WAIT_REQUEUE_PI] = "FUTEX_WAIT_REQUEUE_PI",
	[FUTEX_CMP_REQUEUE_PI] = "FUTEX_CMP_REQUEUE_PI",
	[13] = "FUTEX_LOCK_PI2",
};

const char *explain_shape(const char *call)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (!strcmp(shapes[i].call, call))
			return shapes[i].kinds;
	return NULL;
}
