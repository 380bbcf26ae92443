/* SPDX-License-Identifier: MIT */
/* kernel_report.c: the lines by which a kernel tells that it is not well. */
#include "sys/kernel_report.h"

#include <fnmatch.h>
#include <stddef.h>
#include <string.h>

/*
 * As the kernel writes them: kernel/panic.c (panic, __warn), lib/bug.c,
 * mm/kasan/report.c, lib/ubsan.c, kernel/locking/lockdep.c, kernel/hung_task.c,
 * kernel/watchdog.c, kernel/rcu/tree_stall.h, kernel/exit.c, mm/oom_kill.c does
 * not count: what a cell may do.
 */
static const char *const starts[] = {
	"Kernel panic - not syncing*",
	"BUG:*",
	"kernel BUG at *",
	"WARNING:*",
	"Oops*",
	"general protection fault*",
	"UBSAN:*",
	"KASAN:*",
	"KCSAN:*",
	"Unable to handle kernel *",
	"INFO: task * blocked for more than *",
	"watchdog: BUG:*",
	"rcu: INFO: *detected stall*",
	"INFO: rcu_*detected stall*",
	"Fixing recursive fault but reboot is needed*",
};

/* "[   12.345678] ", "<4>" and what stands before "BUG" of a task. */
static const char *skip_time(const char *line)
{
	if (*line == '<' && strchr(line, '>'))
		line = strchr(line, '>') + 1;
	if (*line == '[' && strchr(line, ']'))
		line = strchr(line, ']') + 1;
	return line + strspn(line, " ");
}

bool kernel_report_is(const char *line)
{
	line = skip_time(line);
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (!fnmatch(starts[i], line, 0))
			return true;
	return false;
}
