/* SPDX-License-Identifier: MIT */
/* gallery/syslog.c: the log is a socket, opened late. */
#include "probe.h"

#include <syslog.h>

static int run(void)
{
	syslog(LOG_DEBUG, "quartet: a probe");
	return 0;
}

PROBE = {
	.about = "the first syslog() without socket",
	.run = run,
	.under = "no-socket",
	.symptom = "the privileged part is killed when it has something to "
		   "say",
	.diagnosis = "the filter killed it at socket*: syslog",
	.expect = {
		{ DIES("socket|socketcall") },
	},
	.seen = { "https://github.com/lldpd/lldpd/issues/70" },
};
