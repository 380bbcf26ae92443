/* SPDX-License-Identifier: MIT */
/*
 * kernel_log.h: whom seccomp filters killed, as the kernel noted it: an audit
 * record of type 1326 (AUDIT_SECCOMP, include/uapi/linux/audit.h), which is
 * written for a kill unless /proc/sys/kernel/seccomp/actions_logged leaves it
 * out (seccomp(2)). It is in the kernel's log where no audit daemon takes it,
 * and no more than some a second are (printk_ratelimit): a kill may be missing.
 */
#ifndef SYS_KERNEL_LOG_H
#define SYS_KERNEL_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define KERNEL_KILLS 8

struct kernel_kill {
	pid_t pid;     /* of the process, whichever thread it was */
	char comm[32]; /* the thread's name, fit to be shown */
	uint32_t arch; /* AUDIT_ARCH_* */
	int nr;
	uint64_t ip;
	uint32_t action; /* SECCOMP_RET_KILL_PROCESS, or _KILL_THREAD */
	uint64_t us;	 /* since the machine's start */
};

/*
 * Opens the log: at its beginning, or at what is still to come. A descriptor,
 * or -1 where it cannot be read, or processes have other numbers in it: outside
 * the first PID namespace.
 */
int kernel_log_open(bool all);

/* The next kill. False: none is there yet. */
bool kernel_log_next(int log, struct kernel_kill *kill);

/* Reads a record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg). False: it
 * tells of no kill. */
bool kernel_log_parse(const char *record, struct kernel_kill *kill);

#endif
