/* SPDX-License-Identifier: MIT */
/* tracing.c: ptrace(2) by those who lose what they look at when it fails. */
#include "sys/tracing.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>

static char failed[100];

long tracing(int request, pid_t tid, unsigned long addr, void *data)
{
	long ret = ptrace(request, tid, addr, data);
	int err = errno;

	if (ret < 0 && err != ESRCH && !failed[0])
		snprintf(failed, sizeof(failed),
			"ptrace request 0x%x failed: %s", (unsigned)request,
			strerror(err));
	errno = err;
	return ret;
}

const char *tracing_failed(void)
{
	return failed[0] ? failed : NULL;
}

void tracing_begin(void)
{
	failed[0] = '\0';
}
