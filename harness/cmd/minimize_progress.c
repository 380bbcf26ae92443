/* SPDX-License-Identifier: MIT */
/* minimize_progress.c: how far `quartet minimize` is, for who waits. */
#include <stdio.h>
#include <string.h>

#include "cmd/minimize.h"
#include "minimize/minimize.h"
#include "sys/clock.h"
#include "sys/terminal.h"

/* As the runs up to now went, from where their number is known. */
static void put_time_left(const struct minimize *m, char *to, size_t size)
{
	static uint64_t began;
	static int at;
	uint64_t now = clock_us();
	double left;

	*to = '\0';
	if (!m->left) {
		began = 0;
		return;
	}
	if (!began) {
		began = now;
		at = m->nruns;
	}
	if (m->nruns == at)
		return;
	left = (double)(now - began) / (m->nruns - at) * (double)m->left / 1e6;
	if (left < 100)
		snprintf(to, size, ", at most %.0f s left", left + 0.5);
	else
		snprintf(to, size, ", at most %.0f min left", left / 60 + 0.5);
}

void cmd_minimize_progress(const struct minimize *m)
{
	char left[60], line[200];

	put_time_left(m, left, sizeof(left));
	snprintf(line, sizeof(line), "%d runs: %.60s%s", m->nruns, m->trying,
		left);
	terminal_progress(line);
}

void cmd_minimize_progress_end(void)
{
	terminal_clear();
}
