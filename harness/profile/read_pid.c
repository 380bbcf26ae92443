/* SPDX-License-Identifier: MIT */
/* read_pid.c: a profile that is on a process: pid:PID, pid:PID/N. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/rules.h"
#include "sys/taken.h"

#define PREFIX "pid:"

bool profile_is_pid(const char *name)
{
	return !strncmp(name, PREFIX, strlen(PREFIX));
}

static int refuse(struct profile_error *err, const char *name, const char *what)
{
	snprintf(err->text, sizeof(err->text), "%s: %s", name, what);
	return -1;
}

/* What NAME says: *NTH is 0 when it does not say which. */
static bool read_name(const char *name, int *pid, int *nth)
{
	const char *digits = "0123456789", *at = name + strlen(PREFIX);
	const size_t n = strspn(at, digits);
	const char *slash = at + n;

	if (!n || n > 9 || (*slash && *slash != '/'))
		return false;
	*pid = atoi(at);
	*nth = *slash ? atoi(slash + 1) : 0;
	return *pid && (!*slash || (*nth && strlen(slash + 1) < 6 &&
					   strspn(slash + 1, digits) ==
						   strlen(slash + 1)));
}

int profile_read_pid(
	struct profile *p, const char *name, struct profile_error *err)
{
	static struct filter bpf;
	char text[80];
	int pid, nth, n;

	if (!read_name(name, &pid, &nth))
		return refuse(err, name,
			"expected pid:PID, or pid:PID/N: its Nth filter, 1 "
			"being the newest");
	n = taken_filter(pid, nth ? nth : 1, &bpf);
	if (n < 0)
		return refuse(err, name, taken_why(-n));
	snprintf(text, sizeof(text),
		n == 0	  ? "no filter is on it"
		: n < nth ? "there is no such filter: on it are %d"
			  : "%d filters are on it, all in force: say which, "
			    "pid:%d/1 being the newest",
		n, pid);
	if (n < (nth ? nth : 1) || (!nth && n > 1))
		return refuse(err, name, text);
	p->insns = malloc(bpf.ninsns * sizeof(*bpf.insns));
	if (!p->insns)
		return refuse(err, name, "out of memory");
	memcpy(p->insns, bpf.insns, bpf.ninsns * sizeof(*bpf.insns));
	p->ninsns = bpf.ninsns;
	return 0;
}
