/* SPDX-License-Identifier: MIT */
/*
 * has.c: features are asked by a call that does nothing on a kernel that has
 * it: ENOSYS is the only answer that means no.
 */
#include "sys/has.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <unwind.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "sys/has_ask.h"
#include "sys/sys.h"

/* The headers may be older than the kernel. */
static bool has_call(const char *name)
{
	return sys(calls_number(ARCH_NATIVE, name), -1, -1, -1, -1, -1, -1) !=
	       -ENOSYS;
}

static bool has_root(void)
{
	return geteuid() == 0;
}

static bool has_clone3(void)
{
	return sys(calls_number(ARCH_NATIVE, "clone3"), 0, 0) != -ENOSYS;
}

static bool has_futex_waitv(void)
{
	return has_call("futex_waitv");
}

static bool has_futex2(void)
{
	return has_call("futex_wake");
}

static bool has_vmsplice(void)
{
	return has_call("vmsplice");
}

static bool has_copy_file_range(void)
{
	return has_call("copy_file_range");
}

static bool has_pidfd_getfd(void)
{
	return has_call("pidfd_getfd");
}

/* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, with a listener: where it is known
 * the missing program is what is wrong. */
static bool has_wait_killable(void)
{
	return sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 32 | 8, NULL) ==
	       -EFAULT;
}

/* uretprobe does something in its trampoline alone; elsewhere it is SIGILL. */
static bool has_child_call(const char *name)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0) {
		long ret =
			sys(calls_number(ARCH_NATIVE, name), 0, 0, 0, 0, 0, 0);

		_exit(ret == -ENOSYS);
	}
	if (waitpid(pid, &status, 0) != pid)
		return false;
	return !(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

static bool has_uretprobe(void)
{
	return has_child_call("uretprobe");
}

static bool has_uprobe(void)
{
	return has_child_call("uprobe");
}

static bool has_ia32(void)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0) {
		/* i386 getpid is 20; without the entry it is SIGSEGV. */
		long ret = 20;

		__asm__ volatile("int $0x80" : "+a"(ret) : : "memory");
		_exit(ret == getpid() ? 0 : 1);
	}
	if (waitpid(pid, &status, 0) != pid)
		return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool has_x32(void)
{
	return sys(0x40000000 | 39) > 0;
}

int has_child_status(int (*fn)(void))
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid == 0)
		_exit(fn());
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

#ifdef __x86_64__
/* vsyscall=none, or a kernel without it: SIGSEGV. */
static int call_vsyscall(void)
{
	long (*time_at)(long) = (long (*)(long))0xffffffffff600400;

	return time_at(0) > 0;
}

/* i386 exit(42); a processor whose kernel has no such entry says SIGILL. */
static int call_sysenter(void)
{
	__asm__ volatile("sysenter" : : "a"(1L), "b"(42L) : "memory");
	return 0;
}
#else
static int call_vsyscall(void)
{
	return 0;
}

static int call_sysenter(void)
{
	return 0;
}
#endif

/* From here on the call NR kills this process. */
static bool forbid(uint32_t nr)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(code) / sizeof(*code), code };

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	       !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

/*
 * Where the vDSO cannot read the clock source, it makes the call. Strict mode
 * cannot tell: it takes the time-stamp counter away too.
 */
static int call_vdso_clock(void)
{
	struct timespec t;

	return forbid(SYS_clock_gettime) && !clock_gettime(CLOCK_MONOTONIC, &t);
}

static bool has_vdso_clock(void)
{
	return has_child_status(call_vdso_clock) == 1;
}

static int call_vdso_clock_getres(void)
{
	struct timespec t;

	return forbid(SYS_clock_getres) && !clock_getres(CLOCK_MONOTONIC, &t);
}

/* That of a user-mode Linux (arch/x86/um/vdso/vdso.lds.S) has none. */
static bool has_vdso_clock_getres(void)
{
	return has_child_status(call_vdso_clock_getres) == 1;
}

static int call_vdso_coarse(void)
{
	struct timespec t;

	return forbid(SYS_clock_gettime) &&
	       !clock_gettime(CLOCK_REALTIME_COARSE, &t);
}

/* The time of the last tick, for which no clock source is read. */
static bool has_vdso_coarse(void)
{
	return has_child_status(call_vdso_coarse) == 1;
}

static int call_vdso_getcpu(void)
{
	return forbid(SYS_getcpu) && sched_getcpu() >= 0;
}

/* Or rseq's: without a call. */
static bool has_vdso_getcpu(void)
{
	return has_child_status(call_vdso_getcpu) == 1;
}

static _Unwind_Reason_Code unwind_step(struct _Unwind_Context *at, void *arg)
{
	(void)at;
	(void)arg;
	return _URC_NO_REASON;
}

static int call_unwind(void)
{
	if (!forbid(SYS_futex))
		return 1;
	_Unwind_Backtrace(unwind_step, NULL);
	return 1;
}

/* Some libgcc settle a table at the first unwind, by a pthread_once. */
static bool has_unwind_once(void)
{
	return has_child_status(call_unwind) < 0;
}

static bool has_vsyscall(void)
{
	return has_child_status(call_vsyscall) == 1;
}

static int call_vsyscall_forbidden(void)
{
	return forbid(SYS_time) && call_vsyscall();
}

/* The page is another kernel's, and that one is not asked: as in a user-mode
 * Linux. */
static bool has_vsyscall_outside(void)
{
	return has_child_status(call_vsyscall_forbidden) == 1;
}

static bool has_sysenter(void)
{
	return has_child_status(call_sysenter) == 42;
}

/* A ring whose kernel thread polls it: no call is needed to use it. */
static bool has_io_uring(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_SQPOLL };
	long fd = sys(__NR_io_uring_setup, 1, &params);

	if (fd >= 0)
		close((int)fd);
	return fd >= 0;
}

/* CONFIG_CHECKPOINT_RESTORE, and the privilege. */
static bool has_suspend_seccomp(void)
{
	pid_t pid = fork();
	long ret;

	if (pid < 0)
		return false;
	if (pid == 0)
		for (;;)
			pause();
	ret = ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_SUSPEND_SECCOMP);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, __WALL) == pid)
		ptrace(PTRACE_CONT, pid, 0, 0);
	return ret == 0;
}

/* /proc/PID/mem writes to pages that are read-only (PROC_MEM_ALWAYS_FORCE). */
static bool has_mem_force(void)
{
	static const volatile char target = 0;
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	bool forced =
		fd >= 0 && pwrite(fd, "", 1, (off_t)(uintptr_t)&target) == 1;

	if (fd >= 0)
		close(fd);
	return forced;
}

/* The interface lo is up: not so in a new network namespace. */
static bool has_loopback(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool up = fd >= 0 && !connect(fd, (struct sockaddr *)&at, sizeof(at));

	if (fd >= 0)
		close(fd);
	return up;
}

/* The C++ runtime, as a library of the runner's own architecture. */
static bool has_cxx(void)
{
	void *lib = dlopen("libstdc++.so.6", RTLD_LAZY);

	if (lib)
		dlclose(lib);
	return lib != NULL;
}

/* libseccomp: a call of Linux 6.15. */
static bool has_known_open_tree_attr(void)
{
	return seccomp_syscall_resolve_name("open_tree_attr") !=
	       __NR_SCMP_ERROR;
}

/* libseccomp: after a comparison that fails, the next rule's compares the word
 * that it names, not the one that is loaded. */
static bool has_right_unions(void)
{
	const struct seccomp_data data = {
		.nr = __NR_write, .arch = ARCH_NATIVE, .args = { 2 }
	};
	struct sock_filter insns[64];
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL);
	int fd = memfd_create("quartet-has", MFD_CLOEXEC);
	ssize_t n = -1;

	if (ctx && fd >= 0 &&
		!seccomp_rule_add(ctx, SCMP_ACT_ALLOW, __NR_write, 2,
			SCMP_A0_64(SCMP_CMP_LE, 2),
			SCMP_A2_64(SCMP_CMP_GT, 100)) &&
		!seccomp_rule_add(ctx, SCMP_ACT_ALLOW, __NR_write, 1,
			SCMP_A0_64(SCMP_CMP_GE, 1)) &&
		!seccomp_export_bpf(ctx, fd))
		n = pread(fd, insns, sizeof(insns), 0);
	if (fd >= 0)
		close(fd);
	seccomp_release(ctx);
	return n > 0 && bpf_run(insns, (size_t)n / sizeof(*insns), &data) ==
				SECCOMP_RET_ALLOW;
}

static struct {
	const char *name;
	bool (*ask)(void);
	int known; /* 0 not asked, 1 present, -1 absent */
} features[] = {
	{ "root", has_root, 0 },
	{ "clone3", has_clone3, 0 },
	{ "futex_waitv", has_futex_waitv, 0 },
	{ "futex2", has_futex2, 0 },
	{ "futex2_numa", has_futex2_numa, 0 },
	{ "futex_hash", has_futex_hash, 0 },
	{ "lock_pi2", has_lock_pi2, 0 },
	{ "last_status", has_last_status, 0 },
	{ "addfd_send", has_addfd_send, 0 },
	{ "robust_unlock", has_robust_unlock, 0 },
	{ "rseq_slice", has_rseq_slice, 0 },
	{ "robust_list32", has_robust_list32, 0 },
	{ "realtime", has_realtime, 0 },
	{ "thousand_threads", has_thousand_threads, 0 },
	{ "user_dispatch", has_user_dispatch, 0 },
	{ "pidfd_getfd", has_pidfd_getfd, 0 },
	{ "pid_namespace", has_pid_namespace, 0 },
	{ "wait_killable", has_wait_killable, 0 },
	{ "uretprobe", has_uretprobe, 0 },
	{ "uprobe", has_uprobe, 0 },
	{ "uretprobe_exempt", has_uretprobe_exempt, 0 },
	{ "uprobe_exempt", has_uprobe_exempt, 0 },
	{ "sysemu", has_sysemu, 0 },
	{ "rseq", has_rseq, 0 },
	{ "call_address", has_call_address, 0 },
	{ "ia32", has_ia32, 0 },
	{ "x32", has_x32, 0 },
	{ "vsyscall", has_vsyscall, 0 },
	{ "vsyscall_outside", has_vsyscall_outside, 0 },
	{ "vdso_clock", has_vdso_clock, 0 },
	{ "vdso_coarse", has_vdso_coarse, 0 },
	{ "vdso_getcpu", has_vdso_getcpu, 0 },
	{ "vdso_clock_getres", has_vdso_clock_getres, 0 },
	{ "sysenter", has_sysenter, 0 },
	{ "io_uring", has_io_uring, 0 },
	{ "suspend_seccomp", has_suspend_seccomp, 0 },
	{ "mem_force", has_mem_force, 0 },
	{ "loopback", has_loopback, 0 },
	{ "gvisor", has_gvisor, 0 },
	{ "strict_mode", has_strict_mode, 0 },
	{ "listener", has_listener, 0 },
	{ "kill_process", has_kill_process, 0 },
	{ "ret_log", has_ret_log, 0 },
	{ "requeue_pi", has_requeue_pi, 0 },
	{ "mem_write", has_mem_write, 0 },
	{ "vmsplice", has_vmsplice, 0 },
	{ "copy_file_range", has_copy_file_range, 0 },
	{ "cxx", has_cxx, 0 },
	{ "unwind_once", has_unwind_once, 0 },
	{ "known_open_tree_attr", has_known_open_tree_attr, 0 },
	{ "right_unions", has_right_unions, 0 },
};

#define NFEATURES (int)(sizeof(features) / sizeof(*features))

const char *has_name(int i)
{
	return i < NFEATURES ? features[i].name : NULL;
}

bool has_known(const char *feature)
{
	for (int i = 0; i < NFEATURES; i++)
		if (!strcmp(features[i].name, feature))
			return true;
	return false;
}

bool has_feature(const char *feature)
{
	for (int i = 0; i < NFEATURES; i++) {
		if (strcmp(features[i].name, feature))
			continue;
		if (!features[i].known)
			features[i].known = features[i].ask() ? 1 : -1;
		return features[i].known > 0;
	}
	return false;
}
