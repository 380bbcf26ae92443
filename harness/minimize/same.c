/* SPDX-License-Identifier: MIT */
/* same.c: did a run do what it has to? */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/compare.h"
#include "minimize/trial.h"

/* Whether the user's check is content: it reads what the command wrote, and is
 * told how it ended, as a shell would tell it. */
static bool passes_check(const struct minimize *m, struct explain_seen *seen)
{
	char status[16];
	int ended;
	pid_t pid;

	snprintf(status, sizeof(status), "%d",
		WIFSIGNALED(seen->status) ? 128 + WTERMSIG(seen->status)
					  : WEXITSTATUS(seen->status));
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		lseek(seen->out, 0, SEEK_SET);
		dup2(seen->out, 0);
		dup2(2, 1);
		setenv("STATUS", status, 1);
		execl("/bin/sh", "sh", "-c", m->check, NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &ended, 0) < 0)
		if (errno != EINTR)
			return false;
	return pid > 0 && WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static bool tries_again(const struct minimize_case *c,
	const struct explain_seen *seen, char *how, size_t size)
{
	struct explain_tried t;

	if (!explain_tries_again(&seen->places, &c->real.places, &t))
		return false;
	snprintf(how, size, "%s is refused %lu times, against %lu made", t.call,
		t.is, t.was);
	return true;
}

/* The same where what it goes on with is allowed. The reference, with a stop
 * for each call, took rather more than it does bare. */
static bool burns(const struct minimize_case *c,
	const struct explain_seen *seen, char *how, size_t size)
{
	if (!seen->places.n || !explain_burns(seen->cpu_us, c->real.cpu_us))
		return false;
	snprintf(how, size, "it takes %.2f s of processor time, against %.2f",
		(double)seen->cpu_us / 1e6, (double)c->real.cpu_us / 1e6);
	return true;
}

static bool is_dear(const struct minimize_case *c,
	const struct explain_seen *seen, char *how, size_t size)
{
	return tries_again(c, seen, how, size) || burns(c, seen, how, size);
}

bool minimize_does_same(const struct minimize *m, const struct minimize_case *c,
	struct explain_seen *seen, char *how, size_t size)
{
	const struct explain_seen *real = &c->real;
	off_t at;

	explain_end(seen, how, size);
	if (!seen->ended || seen->hang || seen->timed_out)
		return false;
	if (m->check) {
		if (passes_check(m, seen))
			return !is_dear(c, seen, how, size);
		snprintf(how + strlen(how), size - strlen(how),
			", and the check fails");
		return false;
	}
	if (seen->status != real->status)
		return false;
	if (seen->nlost > real->nlost) {
		snprintf(how, size, "it loses a thread, and goes on");
		return false;
	}
	if (explain_io_same(seen->out, real->out, &at))
		return !is_dear(c, seen, how, size);
	snprintf(how, size, "its output differs from byte %lld on",
		(long long)at);
	return false;
}
