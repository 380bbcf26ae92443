/* SPDX-License-Identifier: MIT */
/* terminal.c: a line that tells how far a verb is, on standard error. */
#include "sys/terminal.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* One less than there are: behind the last column some terminals wrap. */
static int columns(void)
{
	struct winsize w;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) || w.ws_col < 2)
		return 79;
	return w.ws_col - 1;
}

void terminal_progress(const char *line)
{
	fprintf(stderr, "\r%.*s\033[K", columns(), line);
}

void terminal_clear(void)
{
	fputs("\r\033[K", stderr);
}
