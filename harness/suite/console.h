/* SPDX-License-Identifier: MIT */
/* console.h: what a guest's kernel says on its console: kept, and read for what
 * became of it. */
#ifndef SUITE_CONSOLE_H
#define SUITE_CONSOLE_H

#include <stddef.h>

#define CONSOLE_TAIL 16384

struct console {
	int fd; /* where it is kept; -1: nowhere */
	size_t kept;
	size_t n;
	char tail[CONSOLE_TAIL + 1]; /* the last that was said */
};

/* Goes on in PATH, or keeps nothing where that is NULL. 0 or a negative
 * errno; C can be used all the same. */
int console_open(struct console *c, const char *path);
void console_close(struct console *c);

/* SIZE bytes more. */
void console_add(struct console *c, const char *bytes, size_t size);

/*
 * What the kernel died of, as far as the end of its console tells: that
 * somebody killed it, where that is said last; else the first report in it (a
 * panic, an oops, a BUG, a warning), else the last line that is not empty; ""
 * when it said nothing. Fit to be shown. Pure.
 */
void console_cause(const struct console *c, char *text, size_t size);

#endif
