/* SPDX-License-Identifier: MIT */
/* same.c: did a run do what it has to? */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "minimize/trial.h"
#include "sys/arch.h"
#include "sys/calls.h"

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

#define CALLS 1024 /* numbers of calls that are counted */

/* How often each call was noted. */
struct counted {
	unsigned long calls[2][CALLS]; /* of ARCH_NATIVE, of ARCH_COMPAT */
};

static void count(struct counted *n, const struct explain_places *places)
{
	memset(n, 0, sizeof(*n));
	for (int i = 0; i < places->n; i++) {
		const struct explain_place *p = places->list[i];

		if (p->nr >= 0 && p->nr < CALLS)
			n->calls[p->arch == ARCH_COMPAT][p->nr] += p->count;
	}
}

/*
 * A wait that is refused returns at once, and is made again, and again. A
 * program may try a call a few times, and take another for it more often.
 */
static bool tries_again(const struct minimize_case *c,
	const struct explain_seen *seen, char *how, size_t size)
{
	static struct counted real, here;
	char call[32];

	if (!seen->places.n || c->real.places.unplaced)
		return false;
	count(&real, &c->real.places);
	count(&here, &seen->places);
	for (int i = 0; i < 2 * CALLS; i++) {
		unsigned long was = real.calls[i / CALLS][i % CALLS],
			      is = here.calls[i / CALLS][i % CALLS];

		if (is <= 10 * was + 100)
			continue;
		calls_name(i < CALLS ? ARCH_NATIVE : ARCH_COMPAT, i % CALLS,
			call, sizeof(call));
		snprintf(how, size, "%s is refused %lu times, against %lu made",
			call, is, was);
		return true;
	}
	return false;
}

/* The same where what it goes on with is allowed. The reference, with a stop
 * for each call, took rather more than it does bare. */
static bool burns(const struct minimize_case *c,
	const struct explain_seen *seen, char *how, size_t size)
{
	if (!seen->places.n || seen->cpu_us <= 4 * c->real.cpu_us + 100000)
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
