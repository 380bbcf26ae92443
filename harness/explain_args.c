/* SPDX-License-Identifier: MIT */
/* explain_args.c: the arguments of a system call, for people. */
#include "explain_args.h"

#include <ctype.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>

#define STRING 40 /* bytes of a string that are shown */

/* One letter for each argument; see kinds[]. Calls that are not here are
 * written with hexadecimal numbers. */
static const struct {
	const char *call, *kinds;
} shapes[] = {
	{ "access", "so" },
	{ "arch_prctl", "xx" },
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
	{ "connect", "dpu" },
	{ "copy_file_range", "dpdpux" },
	{ "dup", "d" },
	{ "dup2", "dd" },
	{ "dup3", "ddO" },
	{ "epoll_create1", "x" },
	{ "epoll_ctl", "didp" },
	{ "epoll_pwait", "dpiip" },
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
	{ "pipe2", "pO" },
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
	{ "sendto", "dbuxpu" },
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

struct flag {
	unsigned bit;
	const char *name;
};

static const struct flag prots[] = {
	{ PROT_READ, "PROT_READ" },
	{ PROT_WRITE, "PROT_WRITE" },
	{ PROT_EXEC, "PROT_EXEC" },
	{ 0 },
};

static const struct flag maps[] = {
	{ MAP_SHARED, "MAP_SHARED" },
	{ MAP_PRIVATE, "MAP_PRIVATE" },
	{ MAP_FIXED, "MAP_FIXED" },
	{ MAP_ANONYMOUS, "MAP_ANONYMOUS" },
	{ MAP_DENYWRITE, "MAP_DENYWRITE" },
	{ MAP_NORESERVE, "MAP_NORESERVE" },
	{ MAP_STACK, "MAP_STACK" },
	{ 0 },
};

static const struct flag opens[] = {
	{ O_WRONLY, "O_WRONLY" },
	{ O_RDWR, "O_RDWR" },
	{ O_CREAT, "O_CREAT" },
	{ O_TRUNC, "O_TRUNC" },
	{ O_APPEND, "O_APPEND" },
	{ O_NONBLOCK, "O_NONBLOCK" },
	{ O_DIRECTORY, "O_DIRECTORY" },
	{ O_CLOEXEC, "O_CLOEXEC" },
	{ 0 },
};

/* Values, not bits. */
static const struct flag fcntls[] = {
	{ F_DUPFD, "F_DUPFD" },
	{ F_GETFD, "F_GETFD" },
	{ F_SETFD, "F_SETFD" },
	{ F_GETFL, "F_GETFL" },
	{ F_SETFL, "F_SETFL" },
	{ F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC" },
	{ 0 },
};

static const struct flag ioctls[] = {
	{ TCGETS, "TCGETS" },
	{ TCSETSW, "TCSETSW" },
	{ TIOCGPGRP, "TIOCGPGRP" },
	{ TIOCGWINSZ, "TIOCGWINSZ" },
	{ FIONREAD, "FIONREAD" },
	{ FIONBIO, "FIONBIO" },
	{ 0 },
};

static const char *const futex_ops[] = {
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

/* Text that is cut, never overrun. */
struct out {
	char *text;
	size_t size, n;
};

__attribute__((format(printf, 2, 3))) static void put(
	struct out *o, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(o->text + o->n, o->size - o->n, format, ap);
	va_end(ap);
	if (n > 0)
		o->n += (size_t)n;
	if (o->n >= o->size)
		o->n = o->size - 1;
}

static void put_flags(struct out *o, uint64_t value, const struct flag *flag,
	const char *none)
{
	const char *sep = "";

	for (; flag->name; flag++) {
		if ((value & flag->bit) != flag->bit)
			continue;
		put(o, "%s%s", sep, flag->name);
		value &= ~(uint64_t)flag->bit;
		sep = "|";
	}
	if (value)
		put(o, "%s0x%llx", sep, (unsigned long long)value);
	else if (!*sep)
		put(o, "%s", none);
}

static void put_value(struct out *o, uint64_t value, const struct flag *flag)
{
	while (flag->name && flag->bit != (unsigned)value)
		flag++;
	if (flag->name)
		put(o, "%s", flag->name);
	else
		put(o, "0x%x", (unsigned)value);
}

static void put_pointer(struct out *o, uint64_t value)
{
	if (value)
		put(o, "0x%llx", (unsigned long long)value);
	else
		put(o, "NULL");
}

/* SIZE bytes of memory, or up to a NUL when SIZE is -1. */
static void put_bytes(struct out *o, pid_t tid, uint64_t addr, uint64_t size)
{
	unsigned char buf[STRING + 1];
	struct iovec to = { buf, sizeof(buf) },
		     from = { (void *)addr, sizeof(buf) };
	bool string = size == (uint64_t)-1;
	ssize_t n;
	size_t i;

	if (size < sizeof(buf))
		from.iov_len = size;
	n = addr ? process_vm_readv(tid, &to, 1, &from, 1, 0) : 0;
	/* It may end at the end of its page. */
	if (n < 0) {
		from.iov_len = 4096 - (addr & 4095);
		if (from.iov_len < sizeof(buf))
			n = process_vm_readv(tid, &to, 1, &from, 1, 0);
	}
	if (n < 0 || !addr) {
		put_pointer(o, addr);
		return;
	}
	put(o, "\"");
	for (i = 0; i < (size_t)n && i < STRING && (buf[i] || !string); i++) {
		if (buf[i] == '\n')
			put(o, "\\n");
		else if (isascii(buf[i]) && isprint(buf[i]) && buf[i] != '"')
			put(o, "%c", buf[i]);
		else
			put(o, "\\x%02x", buf[i]);
	}
	put(o, "\"%s", i == STRING ? "..." : "");
}

static void put_futex_op(struct out *o, uint64_t value)
{
	unsigned op = value & 127;

	if (op < sizeof(futex_ops) / sizeof(*futex_ops) && futex_ops[op])
		put(o, "%s", futex_ops[op]);
	else
		put(o, "%u", op);
	if (value & FUTEX_PRIVATE_FLAG)
		put(o, "_PRIVATE");
	if (value & FUTEX_CLOCK_REALTIME)
		put(o, "|FUTEX_CLOCK_REALTIME");
	if ((uint32_t)value >> 9)
		put(o, "|0x%x", (uint32_t)value & ~511u);
}

static void put_signal(struct out *o, uint64_t value)
{
	const char *name = value < 65 ? sigabbrev_np((int)value) : NULL;

	if (name)
		put(o, "SIG%s", name);
	else
		put(o, "%d", (int)value);
}

static void put_fd(struct out *o, uint64_t value, bool dir)
{
	if (dir && (int)value == AT_FDCWD)
		put(o, "AT_FDCWD");
	else
		put(o, "%d", (int)value);
}

static void put_arg(
	struct out *o, pid_t tid, char kind, const uint64_t *arg, uint64_t next)
{
	switch (kind) {
	case 'd':
	case 'D':
		put_fd(o, *arg, kind == 'D');
		return;
	case 'c':
		put_value(o, *arg, fcntls);
		return;
	case 'I':
		put_value(o, *arg, ioctls);
		return;
	case 'i':
		put(o, "%d", (int)*arg);
		return;
	case 'u':
		put(o, "%llu", (unsigned long long)*arg);
		return;
	case 'o':
		put(o, "0%o", (unsigned)*arg);
		return;
	case 'p':
		put_pointer(o, *arg);
		return;
	case 's':
		put_bytes(o, tid, *arg, (uint64_t)-1);
		return;
	case 'b':
		put_bytes(o, tid, *arg, next);
		return;
	case 'F':
		put_futex_op(o, *arg);
		return;
	case 'S':
		put_signal(o, *arg);
		return;
	case 'P':
		put_flags(o, *arg, prots, "PROT_NONE");
		return;
	case 'M':
		put_flags(o, *arg, maps, "0");
		return;
	case 'O':
		put_flags(o, *arg, opens, "O_RDONLY");
		return;
	}
	put(o, "0x%llx", (unsigned long long)*arg);
}

void explain_args(pid_t tid, const char *call, const uint64_t args[6],
	char *text, size_t size)
{
	const char *kinds = "xxxxxx";
	struct out o = { text, size, 0 };

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (!strcmp(shapes[i].call, call))
			kinds = shapes[i].kinds;
	put(&o, "%s(", call);
	for (int i = 0; kinds[i]; i++) {
		put(&o, "%s", i ? ", " : "");
		put_arg(&o, tid, kinds[i], &args[i], i < 5 ? args[i + 1] : 0);
	}
	put(&o, ")");
}
