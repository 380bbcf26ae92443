/* SPDX-License-Identifier: MIT */
/* reported.c: reads the kernel's log for reports, cell by cell. */
#include "suite/reported.h"

#include <stdio.h>

#include "sys/kernel_log.h"
#include "sys/kernel_report.h"

static int kmsg = -1;
static bool opened;

void reported_begin(void)
{
	if (!opened)
		kmsg = kernel_log_open(false);
	opened = true;
}

static bool was_in_cell(pid_t tid, const void *with)
{
	const struct evidence *ev = with;
	int n = ev->ntids < EV_TIDS ? ev->ntids : EV_TIDS;

	for (int i = 0; i < n; i++)
		if (ev->tids[i] == tid)
			return true;
	return false;
}

void reported_take(bool alone, struct evidence *ev)
{
	struct kernel_reports r = { .mine = alone ? NULL : was_in_cell,
		.with = ev };
	char line[1024];

	while (kmsg >= 0 && kernel_log_line(kmsg, line, sizeof(line)))
		kernel_reports_feed(&r, line);
	kernel_reports_end(&r);
	snprintf(ev->report, sizeof(ev->report), "%s", r.found);
}
