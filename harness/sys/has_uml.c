/* SPDX-License-Identifier: MIT */
/* has_uml.c: what a kernel for real machines does, and a user-mode Linux does
 * not, or not wholly. */
#include "sys/has_ask.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/sys.h"

#define SYSEMU 31 /* PTRACE_SYSEMU: an enum in one libc, a macro in others */

static int stop_traced(void)
{
	return ptrace(PTRACE_TRACEME, 0, 0, 0) || raise(SIGSTOP);
}

/* A user-mode Linux answers EIO (arch_ptrace in arch/um/kernel/ptrace.c). */
bool has_sysemu(void)
{
	int status;
	pid_t pid = fork();
	bool is;

	if (pid < 0)
		return false;
	if (pid == 0)
		_exit(stop_traced());
	is = waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) &&
	     !ptrace(SYSEMU, pid, 0, 0);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return is;
}

/* CONFIG_RSEQ, which a user-mode Linux cannot have: no HAVE_RSEQ. Where it is,
 * nothing at all is EINVAL. */
bool has_rseq(void)
{
	return sys(calls_number(ARCH_NATIVE, "rseq"), 0, 0, 0, 0) != -ENOSYS;
}

/* Of a call that is under way, a user-mode Linux tells a filter an address of
 * its own (KSTK_EIP in arch/x86/um/asm/processor.h is of the switched-out
 * task). Its name is that of the processor (arch/um/kernel/um_arch.c,
 * show_cpuinfo). */
bool has_call_address(void)
{
	char line[128];
	FILE *f = fopen("/proc/cpuinfo", "re");
	bool uml = false;

	while (f && fgets(line, sizeof(line), f))
		uml |= strstr(line, "User Mode Linux") != NULL;
	if (f)
		fclose(f);
	return !uml;
}

/* Does NAME pass a filter that refuses it with EPERM? 1: it does. */
static int pass_refused(const char *name)
{
	int nr = calls_number(ARCH_NATIVE, name);
	struct sock_filter refuse[] = {
		{ BPF_LD | BPF_W | BPF_ABS, 0, 0,
			offsetof(struct seccomp_data, nr) },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)nr },
		{ BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM },
		{ BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW },
	};
	struct sock_fprog prog = { .len = 4, .filter = refuse };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog))
		return 0;
	return sys(nr, 0, 0, 0, 0, 0, 0) != -EPERM;
}

static int pass_uretprobe(void)
{
	return pass_refused("uretprobe");
}

static int pass_uprobe(void)
{
	return pass_refused("uprobe");
}

/* Where the kernel has the call, it ends in a signal. */
bool has_uretprobe_exempt(void)
{
	return has_child_status(pass_uretprobe) != 0;
}

bool has_uprobe_exempt(void)
{
	return has_child_status(pass_uprobe) != 0;
}
