/* SPDX-License-Identifier: MIT */
/* kernel_report.c: the lines by which a kernel tells that it is not well. */
#include "sys/kernel_report.h"

#include <ctype.h>
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
	"[[] BUG: *",
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

/* "[   12.345678] ", "[  T81] ", "<4>" and what stands before "BUG" of a task;
 * "[ BUG: " is of lockdep. */
static const char *skip_time(const char *line)
{
	size_t n;

	if (*line == '<' && strchr(line, '>'))
		line = strchr(line, '>') + 1;
	while (*line == '[') {
		n = strspn(line + 1, " .TC0123456789");
		if (line[1 + n] != ']')
			break;
		line += n + 2;
	}
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

#define REPORT_LINES 40 /* until a report has named its process */

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

/* kernel/locking/lockdep.c, where it calls debug_locks_off(). */
static const char *const of_lockdep[] = {
	"WARNING: possible * detected*",
	"WARNING: inconsistent lock state*",
	"WARNING: * lock order detected*",
	"WARNING: bad unlock balance detected!*",
	"WARNING: bad contention detected!*",
	"WARNING: Nested lock was not taken*",
	"WARNING: held lock freed!*",
	"WARNING: lock held when returning to user space!*",
	"WARNING: * still has locks held!*",
	"[[] BUG: Invalid wait context []]*",
};

bool kernel_report_is_lockdep(const char *line)
{
	line = skip_time(line);
	for (size_t i = 0; i < sizeof(of_lockdep) / sizeof(*of_lockdep); i++)
		if (!fnmatch(of_lockdep[i], line, 0))
			return true;
	return false;
}

/* By what a report is made, and what it waited in or for: the next in the
 * stack is the one. */
static const char passed[] =
	"*dump_stack* show_stack* show_regs* __warn* warn_slowpath* "
	"report_bug* handle_bug* *panic* die* oops_* no_context "
	"page_fault_oops "
	"exc_* asm_exc_* *asan_* *ubsan* print_* check_memory_region *lockdep* "
	"*lock_acquire* check_noncircular check_prev* validate_chain "
	"mark_lock* "
	"lock_release* _raw_* __raw_* do_raw_* __might_* __schedule* schedule* "
	"io_schedule* rt_mutex_* __rt_mutex_* mutex_lock* __mutex_* mem* "
	"__mem* kfree kmalloc* kmem_* watchdog* rcu_* nmi_* trigger_* "
	"*hung_task* kthread* ret_from_fork* do_syscall_64 entry_SYSCALL* "
	"do_fault* do_error* fault_in* handle_*";

bool kernel_report_function(const char *line, char *name, size_t size)
{
	const char *sign = strstr(skip_time(line), "+0x"), *from = sign;
	bool told = kernel_report_is(line) || strstr(line, "RIP: 0010:");
	size_t n;

	/* "? " stands before what may be left of an earlier call. */
	if (!sign || !isxdigit((unsigned char)sign[3]))
		return false;
	while (from > line &&
		(isalnum((unsigned char)from[-1]) || strchr("_.", from[-1])))
		from--;
	n = (size_t)(sign - from);
	if (!n || n >= size || (from - line >= 2 && from[-2] == '?'))
		return false;
	memcpy(name, from, n);
	name[n] = '\0';
	/* "f.cold", "f.isra.0": parts of f. */
	name[strcspn(name, ".")] = '\0';
	return told || !text_matches(passed, name);
}

void kernel_reports_end(struct kernel_reports *r)
{
	struct text t;

	if (!r->is_mine || r->found[0])
		return;
	t = text_in(r->found, sizeof(r->found));
	text_put(&t, "%s", r->open);
	if (r->function[0] && !strstr(r->open, r->function))
		text_put(&t, ", in %s", r->function);
	if (kernel_report_is_lockdep(r->open))
		text_put(&t, "; lockdep tells no more in this boot");
	text_mark_cut(&t);
	r->open[0] = '\0';
	r->is_mine = false;
}

/* Of a fault it is the second line, not another report. */
static bool goes_on(const char *line)
{
	line = skip_time(line);
	return !fnmatch("Oops: *", line, 0) || !fnmatch("KASAN: *", line, 0);
}

static void begin(struct kernel_reports *r, const char *line)
{
	text_show(skip_time(line), r->open, sizeof(r->open));
	r->function[0] = '\0';
	r->is_mine = !r->mine;
	r->left = REPORT_LINES;
}

void kernel_reports_feed(struct kernel_reports *r, const char *line)
{
	pid_t pid;

	if (r->found[0])
		return;
	if (kernel_report_is(line) && !(r->open[0] && goes_on(line))) {
		kernel_reports_end(r);
		if (!r->found[0])
			begin(r, line);
	}
	if (!r->open[0])
		return;
	if (!r->function[0] &&
		!kernel_report_function(line, r->function, sizeof(r->function)))
		r->function[0] = '\0';
	if (!r->is_mine)
		r->is_mine =
			kernel_report_pid(line, &pid) && r->mine(pid, r->with);
	if (r->is_mine && r->function[0])
		kernel_reports_end(r);
	else if (r->left-- == 0 && !r->is_mine)
		r->open[0] = '\0';
	else if (r->left < 0)
		kernel_reports_end(r);
}
