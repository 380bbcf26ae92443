/* SPDX-License-Identifier: MIT */
/* kernel_report.c: the lines by which a kernel tells that it is not well. */
#include "sys/kernel_report.h"

#include <fnmatch.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sys/text.h"

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

/* How a name is followed by the process's number: "CPU: 1 PID: 12 Comm: a" of
 * dump_stack(), since 6.17 "CPU#1: a/12" of a warning, "by task a/12" of KASAN
 * and KCSAN, "a/12 is trying to" of lockdep, "task a:12 blocked" of a hang. */
static const struct {
	const char *before, *sign, *after;
} names[] = {
	{ "", "PID: ", "" },
	{ "CPU#", "/", "" },
	{ "by task ", "/", "" },
	{ "", "/", " is trying to " },
	{ "INFO: task ", ":", " blocked for " },
};

static const char *find_last(const char *in, const char *what)
{
	const char *at = NULL;

	for (const char *p = in; (p = strstr(p, what)); p++)
		at = p;
	return at;
}

bool kernel_report_pid(const char *line, pid_t *pid)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *at = strstr(line, names[i].before);
		char *end;

		/* A name may hold the sign: the last one counts. */
		at = at ? find_last(at, names[i].sign) : NULL;
		at = at ? at + strlen(names[i].sign) : NULL;
		if (!at || *at < '0' || *at > '9')
			continue;
		*pid = (pid_t)strtol(at, &end, 10);
		if (strncmp(end, names[i].after, strlen(names[i].after)) == 0)
			return true;
	}
	return false;
}

#define REPORT_LINES 40 /* until a report has named its process */

void kernel_reports_feed(struct kernel_reports *r, const char *line)
{
	pid_t pid;

	if (r->found[0])
		return;
	if (kernel_report_is(line)) {
		text_show(skip_time(line), r->open, sizeof(r->open));
		r->left = REPORT_LINES;
	}
	if (!r->open[0])
		return;
	if (!r->mine ||
		(kernel_report_pid(line, &pid) && r->mine(pid, r->with)))
		memcpy(r->found, r->open, sizeof(r->found));
	else if (r->left-- == 0)
		r->open[0] = '\0';
}
