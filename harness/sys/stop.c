/* SPDX-License-Identifier: MIT */
/* stop.c: stop a thread that is traced, and look at it. */
#include "sys/stop.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/tracing.h"

#define POLL_US 100

bool stop_thread(pid_t tid, uint64_t us, int *status)
{
	uint64_t until = clock_us() + us;
	pid_t got;

	if (tracing(PTRACE_INTERRUPT, tid, 0, 0))
		return false;
	/* In the kernel for good, it does not stop: never wait without end. */
	for (;;) {
		got = waitpid(tid, status, __WALL | WNOHANG);
		if (got == tid)
			return true;
		if ((got < 0 && errno != EINTR) || clock_us() > until)
			return false;
		usleep(POLL_US);
	}
}

bool stop_is_plain(int status)
{
	return WIFSTOPPED(status) && status >> 16 == PTRACE_EVENT_STOP;
}
