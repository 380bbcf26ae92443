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
#include <stddef.h>
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
	/* By the log's clock, which counts from the machine's start, stands
	 * still while it is suspended, and is corrected by nobody. */
	uint64_t us;
	uint64_t wall_us; /* by CLOCK_REALTIME, as it was set then */
};

/* Clocks that were read at one time, in microseconds. */
struct kernel_clocks {
	uint64_t boot;	/* CLOCK_BOOTTIME: what /proc/PID/stat counts by */
	uint64_t awake; /* CLOCK_MONOTONIC: without suspends */
	uint64_t wall;	/* CLOCK_REALTIME */
	bool shifted;	/* by a time namespace (time_namespaces(7)) */
};

void kernel_log_clocks(struct kernel_clocks *now);

/*
 * Was KILL noted after START, by NOW's clock boot, without a doubt? Its own
 * clock may be seconds off; its wall clock decides where that does not, unless
 * it was set since. START is 0 for what is gone: false. Pure.
 */
bool kernel_log_is_since(const struct kernel_kill *kill, uint64_t start,
	const struct kernel_clocks *now);

/*
 * Opens the log: at its beginning, or at what is still to come. A descriptor,
 * or -1 where it cannot be read, or processes have other numbers in it: outside
 * the first PID namespace.
 */
int kernel_log_open(bool all);

/* The next kill. False: none is there yet. */
bool kernel_log_next(int log, struct kernel_kill *kill);

/* The next line that the kernel itself wrote, whatever it tells. False: there
 * is none yet. */
bool kernel_log_line(int log, char *line, size_t size);

/* Reads a record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg). False: it
 * tells of no kill. */
bool kernel_log_parse(const char *record, struct kernel_kill *kill);

#endif
