/* SPDX-License-Identifier: MIT */
/* console.c: what a guest's kernel says on its console. */
#include "suite/console.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "sys/kernel_report.h"
#include "sys/text.h"

#define KEPT_MAX (4 << 20) /* a guest may say the same for ever */

int console_open(struct console *c, const char *path)
{
	memset(c, 0, sizeof(*c));
	c->fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			       0666)
		     : -1;
	return path && c->fd < 0 ? -errno : 0;
}

void console_close(struct console *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

void console_add(struct console *c, const char *bytes, size_t size)
{
	size_t drop;

	if (c->fd >= 0 && c->kept < KEPT_MAX &&
		write(c->fd, bytes, size) == (ssize_t)size)
		c->kept += size;
	if (size > CONSOLE_TAIL) {
		bytes += size - CONSOLE_TAIL;
		size = CONSOLE_TAIL;
	}
	drop = c->n + size > CONSOLE_TAIL ? c->n + size - CONSOLE_TAIL : 0;
	memmove(c->tail, c->tail + drop, c->n - drop);
	c->n -= drop;
	memcpy(c->tail + c->n, bytes, size);
	c->n += size;
	c->tail[c->n] = '\0';
}

/* Without the end of line, and what a terminal is told. */
static bool copy_line(const char *from, size_t n, char *to, size_t size)
{
	n = n < size ? n : size - 1;
	memcpy(to, from, n);
	while (n && (unsigned char)to[n - 1] <= ' ')
		n--;
	to[n] = '\0';
	return n > 0;
}

/* The guard's last word where somebody killed it: what is left of a user-mode
 * kernel then runs on for a moment, and panics. No kernel ends itself so. */
static bool was_killed(const char *line)
{
	return fnmatch("quartet: * was ended by SIGKILL", line, 0) == 0;
}

/* What it went on after is not what ended it, where something else comes: which
 * one is over, the end of its text tells. */
static bool is_over(const char *report, const char *line)
{
	return kernel_report_is_lockdep(report) ||
	       strstr(line, "---[ end trace ") || strstr(line, "==========");
}

/* It ends a kernel for a report that came before (panic_on_warn, oops=panic).
 */
static bool is_consequence(const char *line)
{
	return strstr(line, "panic_on_warn set") ||
	       strstr(line, "hung_task: blocked tasks") ||
	       strstr(line, "Fatal exception") || strstr(line, "Oops: ");
}

static bool is_fatal(const char *report)
{
	return !strncmp(report, "Kernel panic", 12) ||
	       !strncmp(report, "kernel BUG", 10) ||
	       !strncmp(report, "BUG: kernel NULL", 16) ||
	       !strncmp(report, "BUG: unable to", 14) ||
	       !strncmp(report, "general protection", 18);
}

struct cause {
	struct kernel_reports r;
	char report[KERNEL_REPORT];
	bool over;
};

static void take_report(struct cause *c)
{
	kernel_reports_end(&c->r);
	if (c->r.found[0] && (!c->report[0] || c->over)) {
		memcpy(c->report, c->r.found, sizeof(c->report));
		c->over = false;
	}
	memset(&c->r, 0, sizeof(c->r));
}

static void look_at(struct cause *c, const char *line)
{
	if (kernel_report_is(line)) {
		if (is_consequence(line) && (c->report[0] || c->r.open[0]))
			return;
		take_report(c);
	}
	kernel_reports_feed(&c->r, line);
	if (c->r.found[0])
		take_report(c);
	c->over = c->over || (c->report[0] && !is_fatal(c->report) &&
				     is_over(c->report, line));
}

void console_cause(const struct console *c, char *text, size_t size)
{
	char line[300], last[300] = "";
	const char *p = c->tail, *end = c->tail + c->n;
	struct cause cause = { .over = false };
	size_t n;

	for (; p < end; p += n + 1) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));

		n = (size_t)((eol ? eol : end) - p);
		if (!copy_line(p, n, line, sizeof(line)))
			continue;
		memcpy(last, line, sizeof(last));
		look_at(&cause, line);
	}
	take_report(&cause);
	text_show(cause.report[0] && !was_killed(last) ? cause.report : last,
		text, size);
}
