/* SPDX-License-Identifier: MIT */
/* rules.c: the rules as data. README and SARIF readers use the ids. */
#include <string.h>

#include "lint/find.h"

const struct lint_rule lint_rules[] = {
	[RULE_NO_ARCH] = { "no-arch-check", LINT_ERROR,
		"the architecture decides nothing: the same numbers mean other "
		"calls by int 0x80",
		"load seccomp_data.arch first and refuse what is not yours",
		"escape/no-arch-check@none/glibc",
		.page = "https://docs.kernel.org/userspace-api/"
			"seccomp_filter.html" },
	[RULE_X32] = { "x32-hole", LINT_ERROR,
		"calls that are refused pass with the x32 bit in their number, "
		"under the same architecture",
		"refuse numbers from 0x40000000 on before any other check",
		"escape/x32@none/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_X32_OPEN] = { "x32-open", LINT_NOTE,
		"calls pass with the x32 bit in their number, where the kernel "
		"has x32 (CONFIG_X86_X32_ABI)",
		"leave SCMP_ARCH_X32 out unless x32 programs have to run",
		"escape/x32@four-eperm-abis/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_I386] = { "i386-open", LINT_WARNING,
		"calls pass by int 0x80 from 64-bit code, with 32-bit "
		"arguments "
		"and other numbers",
		"leave SCMP_ARCH_X86 out unless 32-bit programs have to run",
		"escape/int80@four-eperm-abis/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_DENY_LIST] = { "deny-list", LINT_ERROR,
		"numbers that no table has yet pass: each new kernel opens "
		"more",
		"list what passes and refuse by default",
		"futex/futex2-wait@none/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_HIGH_BITS] = { "high-bits", LINT_ERROR,
		"a value that is refused passes once bits are set that the "
		"kernel cuts off: of an int those from 32 on, of a mode those "
		"from 16 on",
		"compare under the mask 0xffffffff (SCMP_CMP_MASKED_EQ), or "
		"0xffff",
		"escape/ioctl-high-bits@deny-tiocsti/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_SIBLING] = { "sibling", LINT_WARNING,
		"what is refused is done by another call that passes",
		"treat them alike: refuse both, or narrow both the same way; "
		"clone3 and openat2 have their arguments behind a pointer, and "
		"cannot be narrowed",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_MASK] = { "value-outside-mask", LINT_ERROR,
		"a comparison under a mask has a value with other bits: to the "
		"letter it never holds; libseccomp cuts them off, and compares "
		"with what is left",
		"a value within the mask (SCMP_CMP_MASKED_EQ: value is the "
		"mask, valueTwo the value)",
		.page = "https://man7.org/linux/man-pages/man3/"
			"seccomp_rule_add.3.html" },
	[RULE_WHOLE_FLAGS] = { "flags-compared-whole", LINT_WARNING,
		"a set of flags is refused as one number: with another flag "
		"beside it is another number, and passes",
		"compare under a mask of the flags that are meant",
		.page = "https://man7.org/linux/man-pages/man3/"
			"seccomp_rule_add.3.html" },
	[RULE_POINTER] = { "pointer-compared", LINT_WARNING,
		"an address is compared with more than NULL: it says nothing "
		"of "
		"what stands there, and the caller chooses it",
		"compare no pointers; what they point to no filter sees",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_NO_ARGUMENT] = { "no-such-argument", LINT_WARNING,
		"an argument decides that the call has not: the kernel never "
		"looks at it, and it is what the caller's register held",
		"count arguments from 0",
		.page = "https://man7.org/linux/man-pages/man2/"
			"syscall.2.html" },
	[RULE_ERRNO_ZERO] = { "errno-zero", LINT_WARNING,
		"an errno of 0 says that a call was done that was not: who "
		"gives up rights goes on with them",
		"an errno that says so: 1 (EPERM), 38 (ENOSYS)",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_UPPER_HALF] = { "upper-half", LINT_ERROR,
		"only the upper half of an argument is looked at",
		"look at the lower half too; a mask and its value must overlap",
		"futex/wait-high-bits@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_LOWER_HALF] = { "lower-half", LINT_NOTE,
		"only the lower half of an argument is looked at: right for an "
		"int, a hole for a pointer, size or long",
		"for 64-bit arguments compare both halves",
		"futex/wait-high-bits@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_KILL_THREAD] = { "kill-thread", LINT_WARNING,
		"a refused call kills its thread alone: locks stay held, a "
		"leader stays as a zombie, and the process may still exit 0",
		"SCMP_ACT_KILL_PROCESS (SCMP_ACT_KILL means KILL_THREAD)",
		"thread/killed-mutex@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_EXIT_GROUP] = { "exit-without-exit_group", LINT_WARNING,
		"exit passes and exit_group does not: return from main, exit() "
		"and _exit() are refused",
		"allow exit_group", "exit/return@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"exit_group.2.html" },
	[RULE_NO_EXIT] = { "no-exit", LINT_WARNING,
		"neither exit nor exit_group passes: no way out but a signal",
		"allow exit_group and exit", "exit/no-exit@three-eperm/glibc",
		.page = "https://man7.org/linux/man-pages/man2/_exit.2.html" },
	[RULE_SIGRETURN] = { "no-sigreturn", LINT_WARNING,
		"a signal handler can run, but not return",
		"allow rt_sigreturn (and sigreturn on x86)",
		"signal/futex@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"sigreturn.2.html" },
	[RULE_RESTART] = { "no-restart", LINT_WARNING,
		"calls with a time-out pass, restart_syscall does not: stop "
		"and "
		"continue, suspend or a debugger make the kernel call it",
		"allow restart_syscall", "signal/stop-futex-timed@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"restart_syscall.2.html" },
	[RULE_ENOSYS] = { "not-enosys", LINT_WARNING,
		"a newer call is refused so that callers do not fall back to "
		"the "
		"older one, which passes",
		"answer newer calls with ENOSYS (errnoRet 38)",
		"thread/clone3@four+threads-clone3-eperm/glibc",
		.page = "https://github.com/moby/moby/pull/42681" },
	[RULE_FORECAST] = { "forecast", LINT_WARNING,
		"the libc that is asked for makes a call that is refused, "
		"beside or in place of one that passes, and the answer breaks "
		"the program",
		"allow it; or answer ENOSYS (errnoRet 38), where the libc goes "
		"on then",
		"gallery/clone3@no-clone3-eperm/glibc",
		.page = "https://github.com/moby/moby/pull/42681" },
	[RULE_SHADOWED] = { "shadowed", LINT_WARNING, "a rule changes nothing",
		"take it out, or take out what hides it",
		"io/write-shadowed@four-shadowed/glibc",
		.page = "https://man7.org/linux/man-pages/man3/"
			"seccomp_rule_add.3.html" },
	[RULE_UNKNOWN] = { "unknown-call", LINT_WARNING,
		"this libseccomp does not know the call: runtimes that build "
		"by name, as runc does, leave the rule out without a word",
		"a newer libseccomp, or a default answer that is right for the "
		"call",
		"escape/unknown-call@known-four+open_tree_attr/glibc",
		.page = "https://github.com/opencontainers/runtime-spec/blob/"
			"main/"
			"config-linux.md" },
	[RULE_TRACE] = { "trace", LINT_WARNING,
		"a tracer decides: none there means ENOSYS, and any tracer may "
		"let it pass",
		"SCMP_ACT_ERRNO, or SCMP_ACT_NOTIFY with a listener",
		"escape/trace-absent@four-trace/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_NOTIFY] = { "notify", LINT_NOTE,
		"a supervisor decides: memory that it reads can change before "
		"the kernel reads it again",
		"let the supervisor do the call itself, never continue it on "
		"what it read through a pointer",
		"escape/notify-race@four-notify/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp_unotify.2.html" },
	[RULE_URING] = { "io_uring", LINT_ERROR,
		"io_uring_enter passes: what its requests do, no filter sees",
		"refuse io_uring_setup, io_uring_enter and io_uring_register",
		"escape/io-uring@none/glibc",
		.page = "https://man7.org/linux/man-pages/man7/"
			"io_uring.7.html" },
	[RULE_PTRACE] = { "other-memory", LINT_ERROR,
		"calls pass that see or steer other processes of the same "
		"user, "
		"which may have no filter",
		"refuse ptrace, process_vm_writev and pidfd_getfd first",
		"escape/disarm-ptrace@none/glibc",
		.page = "https://man7.org/linux/man-pages/man2/ptrace.2.html" },
	[RULE_KERNEL] = { "kernel-code", LINT_ERROR,
		"calls pass that bring code of the caller's into the kernel, "
		"or "
		"let it reach the hardware past the kernel",
		"refuse them, but for the program whose work it is",
		.page = "https://man7.org/linux/man-pages/man7/"
			"capabilities.7.html" },
	[RULE_LEAVES] = { "leaves-sandbox", LINT_ERROR,
		"calls pass by which programs left their container or root",
		"refuse them, or narrow them to the arguments that are needed",
		.page = "https://man7.org/linux/man-pages/man2/"
			"open_by_handle_at.2.html" },
	[RULE_NAMESPACES] = { "namespaces", LINT_WARNING,
		"calls pass that make namespaces, enter them, or change what "
		"is "
		"mounted: in a user namespace of its own the caller has every "
		"capability, and meets kernel code that was written for root",
		"refuse them; clone under the mask 0x7e020000, clone3 with "
		"ENOSYS, so that libc takes clone",
		.page = "https://man7.org/linux/man-pages/man7/"
			"user_namespaces.7.html" },
	[RULE_SURFACE] = { "attack-surface", LINT_WARNING,
		"calls pass behind which is much kernel code that few programs "
		"need, and where bugs were",
		"refuse those that the program does not make",
		.page = "https://docs.docker.com/engine/security/seccomp/" },
	[RULE_MACHINE] = { "whole-machine", LINT_WARNING,
		"calls pass that change the machine for all who use it",
		"refuse them, and hold no such capability",
		.page = "https://man7.org/linux/man-pages/man7/"
			"capabilities.7.html" },
	[RULE_SIDE] = { "side-channel", LINT_NOTE,
		"calls pass that tell what others do, or where the kernel is",
		"refuse those that the program does not make",
		.page = "https://man7.org/linux/man-pages/man2/"
			"mincore.2.html" },
	[RULE_ABORT] = { "masked-crash", LINT_NOTE,
		"abort needs calls that are refused: assert, the stack "
		"protector "
		"and malloc's checks end as SIGSYS, their message lost",
		"allow rt_sigprocmask, getpid, gettid, tgkill, rt_sigaction "
		"and "
		"writev",
		"exit/abort@four/glibc",
		.page = "https://man7.org/linux/man-pages/man3/abort.3.html" },
	[RULE_CLOCK] = { "clock", LINT_NOTE,
		"clock_gettime is refused: it works as long as the vDSO can "
		"answer, which depends on the clock and the machine",
		"allow clock_gettime", "libc/clock-cpu@four/glibc",
		.page = "https://man7.org/linux/man-pages/man7/vdso.7.html" },
	[RULE_WRITE] = { "any-descriptor", LINT_NOTE,
		"write passes for every descriptor: whatever is open when the "
		"filter comes can be written, /proc/self/mem among it",
		"close what is not needed before, or narrow argument 0",
		"escape/mem-self@four/glibc",
		.page = "https://man7.org/linux/man-pages/man5/"
			"proc_pid_mem.5.html" },
	[RULE_FUTEX] = { "any-futex", LINT_NOTE,
		"every futex operation passes, the priority-inheriting and the "
		"requeueing ones too, where the kernel's worst futex bugs were",
		"narrow argument 1 to FUTEX_WAIT and FUTEX_WAKE "
		"(profile futex-wait-wake)",
		"futex/cve-2014-3153@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/futex.2.html" },
	[RULE_TSYNC] = { "no-tsync", LINT_NOTE,
		"threads that run when the filter comes stay without it",
		"SECCOMP_FILTER_FLAG_TSYNC, or load it before the first thread",
		"thread/uncovered@four/glibc",
		.page = "https://man7.org/linux/man-pages/man2/"
			"seccomp.2.html" },
	[RULE_UPROBE] = { "uprobe", LINT_NOTE,
		"on Linux 6.14 and on (and stable 6.12) uretprobe, 335, passes "
		"every filter, and later uprobe, 336: no profile can change it",
		"none; from user code they do nothing but end in SIGILL or "
		"return",
		"escape/uretprobe@four/glibc",
		.page = "https://docs.kernel.org/trace/uprobetracer.html" },
	[RULE_BUILT] = { "built-otherwise", LINT_ERROR,
		"libseccomp, with which runc and crun build filters, makes of "
		"the rules what they do not say",
		"one rule for the call, or equal values alone, below 2^32 for "
		"32-bit programs; quartet itself builds it right (quartet "
		"convert PROFILE bpf)",
		"io/write-either@plain-four-either/glibc",
		.page = "https://man7.org/linux/man-pages/man3/"
			"seccomp_rule_add.3.html" },
};

const size_t lint_nrules = sizeof(lint_rules) / sizeof(*lint_rules);

const struct lint_rule *lint_rule(const char *id)
{
	for (size_t i = 0; i < lint_nrules; i++)
		if (!strcmp(lint_rules[i].id, id))
			return &lint_rules[i];
	return NULL;
}

static const char *const levels[] = {
	[LINT_NOTE] = "note",
	[LINT_WARNING] = "warning",
	[LINT_ERROR] = "error",
};

const char *lint_level_name(enum lint_level level)
{
	return levels[level];
}

bool lint_level(const char *name, enum lint_level *level)
{
	for (int i = LINT_NOTE; i <= LINT_ERROR; i++)
		if (!strcmp(levels[i], name)) {
			*level = (enum lint_level)i;
			return true;
		}
	return false;
}
