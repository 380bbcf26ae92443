/* SPDX-License-Identifier: MIT */
/*
 * probe_lib.c: what probe.h offers beside the declaration: threads, partners,
 * naps. It calls no libc and runs armed.
 */
#include "probe/probe.h"

#include <limits.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <linux/sched.h>

#define STACK_SIZE (64 * 1024)

long probe_wait(volatile int *word, int val, long timeout_ns)
{
	struct sys_timespec ts = { timeout_ns / 1000000000,
		timeout_ns % 1000000000 };

	return sys_futex(
		word, FUTEX_WAIT, val, timeout_ns < 0 ? NULL : &ts, NULL, 0);
}

long probe_wake(volatile int *word, int count)
{
	return sys_futex(word, FUTEX_WAKE, count, NULL, NULL, 0);
}

long probe_wait_timed(volatile int *word, int val)
{
	struct sys_timespec hour = { 3600, 0 };

	return sys_futex(word, FUTEX_WAIT, val, &hour, NULL, 0);
}

void probe_nap(long ns)
{
	int word = 0;

	probe_wait(&word, 0, ns);
}

void probe_open(int *gate)
{
	__atomic_store_n(gate, 1, __ATOMIC_SEQ_CST);
	probe_wake(gate, INT_MAX);
}

void probe_pass(int *gate)
{
	while (!__atomic_load_n(gate, __ATOMIC_SEQ_CST))
		probe_wait(gate, 0, -1);
}

void probe_join(int *done)
{
	int val;

	/* Not private: the kernel's wake at thread end is not (fork.c,
	 * mm_release). */
	while ((val = __atomic_load_n(done, __ATOMIC_SEQ_CST)))
		probe_wait(done, val, -1);
}

static void *map(long size, int flags)
{
	long at = sys_mmap(size, 3, flags, -1, 0);

	return sys_failed(at) ? NULL : (void *)at;
}

void *probe_shared(void)
{
	return map(4096, MAP_SHARED | MAP_ANONYMOUS);
}

/*
 * The child starts on TOP, where fn and arg lie; only assembly may run
 * between the two sides of the clone, for they share the caller's frame.
 */
static long clone_onto(unsigned long flags, void **top, int *done)
{
	long ret;

#ifdef __x86_64__
	register int *ctid __asm__("r10") = done;

	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "pop %%rax\n\t"
			 "pop %%rdi\n\t"
			 "call *%%rax\n\t"
			 "mov %[exit], %%eax\n\t"
			 "xor %%edi, %%edi\n\t"
			 "syscall\n\t"
			 "hlt\n"
			 "1:"
			 : "=a"(ret)
			 : "0"((long)__NR_clone), "D"(flags), "S"(top), "d"(0L),
			 "r"(ctid), [exit] "i"(__NR_exit)
			 : "rcx", "r11", "memory");
#else
	__asm__ volatile("int $0x80\n\t"
			 "test %%eax, %%eax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "pop %%eax\n\t"
			 "call *%%eax\n\t"
			 "mov %[exit], %%eax\n\t"
			 "xor %%ebx, %%ebx\n\t"
			 "int $0x80\n\t"
			 "hlt\n"
			 "1:"
			 : "=a"(ret)
			 : "0"((long)__NR_clone), "b"(flags), "c"(top), "d"(0L),
			 "S"(0L), "D"(done), [exit] "i"(__NR_exit)
			 : "memory");
#endif
	return ret;
}

long probe_thread(void (*fn)(void *), void *arg, int *done)
{
	unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES |
			      CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	char *stack = map(STACK_SIZE, MAP_PRIVATE | MAP_ANONYMOUS);
	void **top;

	if (!stack)
		return -ENOMEM;
	if (done) {
		*done = 1;
		flags |= CLONE_CHILD_CLEARTID;
	}
	/* 16-byte aligned where the ABI wants it: at the call. */
#ifdef __x86_64__
	top = (void **)(stack + STACK_SIZE) - 2;
#else
	top = (void **)(stack + STACK_SIZE - 16) - 1;
#endif
	top[0] = (void *)fn;
	top[1] = arg;
	return clone_onto(flags, top, done);
}

long probe_partner(int (*fn)(void))
{
	long pid = sys(__NR_fork);

	if (pid)
		return pid;
	pid = fn();
	sys(__NR_exit_group, pid);
	sys_exit((int)pid);
}

/* "/proc/TID/task/TID/NAME"; the thread's own folder is found by /proc/TID
 * too. */
static long open_task(long tid, const char *name)
{
	char digits[24], path[96], *p = path;
	const char *part[] = { "/proc/", digits, "/task/", digits, "/", name };
	int n = sizeof(digits) - 1;
	const char *q;

	digits[n] = 0;
	do
		digits[--n] = (char)('0' + tid % 10);
	while (tid /= 10);
	part[1] = part[3] = digits + n;
	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++)
		for (q = part[i]; *q; q++)
			*p++ = *q;
	*p = 0;
	return sys(__NR_open, path, 0);
}

static long read_task(long tid, const char *name, char *buf, long size)
{
	long fd = open_task(tid, name), n;

	if (fd < 0)
		return fd;
	n = sys(__NR_read, fd, buf, size - 1);
	sys(__NR_close, fd);
	if (n >= 0)
		buf[n] = 0;
	return n;
}

/* What stands behind KEY in TEXT, which starts a line; NULL: it is not there.
 */
static const char *value_of(const char *text, const char *key)
{
	for (; *text; text++) {
		size_t i = 0;

		while (key[i] && text[i] == key[i])
			i++;
		if (!key[i])
			return text + i;
	}
	return NULL;
}

/* Its state as /proc writes it, 'X' when it is no more; *SWITCHES: how often it
 * gave up the processor by itself. */
static char state_of(long tid, long *switches)
{
	char buf[4096];
	long n = read_task(tid, "status", buf, sizeof(buf));
	const char *state, *count;

	*switches = 0;
	if (n < 0)
		return n == -ENOENT || n == -ESRCH ? 'X' : '?';
	state = value_of(buf, "\nState:\t");
	count = value_of(buf, "\nvoluntary_ctxt_switches:\t");
	for (; count && *count >= '0' && *count <= '9'; count++)
		*switches = *switches * 10 + *count - '0';
	/* gVisor counts none. */
	return state ? *state : '?';
}

static bool has_ended(char state)
{
	return state == 'Z' || state == 'X';
}

int probe_wait_asleep(long tid)
{
	for (;;) {
		long first, again;
		char state = state_of(tid, &first);

		if (has_ended(state))
			return ESRCH;
		probe_nap(100000);
		if (state == 'S' && state_of(tid, &again) == 'S' &&
			first == again)
			return 0;
	}
}

void probe_wait_ended(long tid)
{
	long switches;

	while (!has_ended(state_of(tid, &switches)))
		probe_nap(100000);
}

/* Stopped by a signal, or held by its tracer for it. */
static void wait_stopped(long tid)
{
	long switches;
	char state;

	while ((state = state_of(tid, &switches)) != 'T' && state != 't' &&
		!has_ended(state))
		probe_nap(100000);
}

static struct {
	long tid;
	int sig;
	int (*then)(void);
} call;

static int signal_asleep(void)
{
	long pid = sys(__NR_getppid);

	if (probe_wait_asleep(call.tid) || sys(__NR_kill, pid, call.sig))
		return 1;
	if (call.sig == SIGSTOP) {
		wait_stopped(call.tid);
		sys(__NR_kill, pid, SIGCONT);
	}
	if (!call.then)
		return 0;
	/* It was awake before kill() returned: asleep again means handled. */
	return probe_wait_asleep(call.tid) ? 1 : call.then();
}

int probe_signal_me(int sig, int (*then)(void))
{
	long pid;

	call.tid = sys(__NR_gettid);
	call.sig = sig;
	call.then = then;
	pid = probe_partner(signal_asleep);
	return pid < 0 ? (int)-pid : 0;
}
