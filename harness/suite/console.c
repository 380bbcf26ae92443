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

void console_cause(const struct console *c, char *text, size_t size)
{
	char line[300], last[300] = "", report[300] = "";
	const char *p = c->tail, *end = c->tail + c->n;
	size_t n;

	for (; p < end; p += n + 1) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));

		n = (size_t)((eol ? eol : end) - p);
		if (!copy_line(p, n, line, sizeof(line)))
			continue;
		memcpy(last, line, sizeof(last));
		if (!report[0] && kernel_report_is(line))
			memcpy(report, line, sizeof(report));
	}
	text_show(report[0] && !was_killed(last) ? report : last, text, size);
}
