/* SPDX-License-Identifier: MIT */
/* trial.c: does the command do the same? */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "minimize/trial.h"

/* A trial may take so many times as long as a run without a filter, and so
 * many milliseconds. */
#define SLOWER	       20
#define SLOWER_BY      3000
/* The result may take as long where the reference, with a stop for each call,
 * took longer. */
#define SLOWER_CONFIRM 10
#define BARE_FROM      200000 /* microseconds */

int minimize_fail(struct minimize *m, enum failure_kind kind, const char *what,
	const char *why)
{
	return failure_set(&m->failure, kind, "%s: %s", what, why);
}

bool minimize_kills(const struct minimize *m)
{
	return m->refuse == SCMP_ACT_KILL_PROCESS ||
	       m->refuse == SCMP_ACT_KILL_THREAD;
}

static bool interrupted(const struct explain_seen *seen)
{
	return explain_stopped() ||
	       (WIFSIGNALED(seen->status) && WTERMSIG(seen->status) == SIGINT);
}

/* What is closed at exec stays so. */
static int put_back(struct minimize *m)
{
	if (!m->own)
		return 0;
	if (dup2(m->own, 0) < 0)
		return -errno;
	return m->own_closes ? fcntl(0, F_SETFD, FD_CLOEXEC) : 0;
}

/* Standard input as C has it. 0 or a negative errno. */
static int enter_input(struct minimize *m, const struct minimize_case *c)
{
	int fd;

	if (!c->input)
		return put_back(m);
	if (!m->own) {
		m->own_closes = fcntl(0, F_GETFD) & FD_CLOEXEC;
		m->own = fcntl(0, F_DUPFD_CLOEXEC, 3);
		if (m->own < 0)
			return -errno;
	}
	fd = open(c->input, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || dup2(fd, 0) < 0)
		return -errno;
	close(fd);
	return 0;
}

/* One run on the input of CASE. 0, or -1 and m->failure tells. */
static int run(struct minimize *m, struct minimize_case *c,
	enum explain_mode mode, struct explain_seen *seen)
{
	int ret = enter_input(m, c);

	if (ret)
		return minimize_fail(m, FAILURE_SYSTEM,
			c->input ? c->input : "standard input", strerror(-ret));
	m->plan.stdio = &c->in;
	m->plan.argv = c->argv;
	m->plan.path = c->path;
	m->command = c->command;
	if (m->progress)
		m->progress(m);
	m->nruns++;
	ret = explain_run(&m->plan, mode, seen, &m->failure);
	if (!ret && seen->broken[0])
		ret = minimize_fail(
			m, FAILURE_EVIDENCE, "broken", seen->broken);
	m->stopped = m->stopped || (!ret && interrupted(seen));
	if (!ret && m->stopped)
		ret = minimize_fail(
			m, FAILURE_SYSTEM, m->command, "interrupted");
	if (ret)
		explain_seen_free(seen);
	return ret;
}

/* The call that another filter than the base refused; NULL: none was. */
static const struct explain_place *refused_before(
	const struct explain_seen *seen)
{
	for (int i = 0; i < seen->places.n; i++)
		if (seen->places.list[i]->whose == EXPLAIN_BEFORE)
			return seen->places.list[i];
	return NULL;
}

static int check_reference(struct minimize *m, const struct minimize_case *c)
{
	const struct explain_seen *real = &c->real;
	const struct explain_place *before = refused_before(real);
	const char *under =
		m->base && !m->lift ? "under the base" : "without a filter";
	char end[120], note[200];

	if (!real->armed)
		return minimize_fail(
			m, FAILURE_EVIDENCE, m->when, "that moment never came");
	explain_end(real, end, sizeof(end));
	if (before)
		return failure_set(&m->failure, FAILURE_EVIDENCE,
			"%s: %s refuses it %s:\nrun outside of that",
			m->command, explain_whose(before), before->call);
	if (real->under_another)
		m->note("a filter was there before quartet: what that answers "
			"counts as if it were without a filter");
	if (!real->ended || real->hang)
		return failure_set(&m->failure, FAILURE_EVIDENCE, "%s: %s %s",
			m->command, end, under);
	if (m->base && !m->lift &&
		(real->nlost || (WIFSIGNALED(real->status) &&
					WTERMSIG(real->status) == SIGSYS)))
		return minimize_fail(m, FAILURE_EVIDENCE, m->command,
			real->under_another
				? "the base kills it, or a filter that was "
				  "there before quartet"
				: "the base kills it");
	if (real->cut)
		m->note("it writes more than 64 MiB: only these are compared");
	if (real->status) {
		snprintf(note, sizeof(note), "%s %s: so it has to", end, under);
		m->note(note);
	}
	return 0;
}

static const struct profile nothing = { .mode = FILTER_BPF,
	.name = "nothing",
	.where = "nothing",
	.default_action = SCMP_ACT_KILL_PROCESS };

/* One run with each call noted. */
static int run_noted(
	struct minimize *m, struct minimize_case *c, struct explain_seen *seen)
{
	int ret;

	m->plan.base = m->lift ? NULL : m->base;
	m->plan.profile = m->lift ? m->base : &nothing;
	m->uses->looked = false;
	m->plan.told = minimize_note;
	m->plan.to = m->uses;
	ret = run(m, c, EXPLAIN_LET, seen);
	m->plan.base = NULL;
	m->plan.told = NULL;
	if (!ret && m->uses->from.err.text[0])
		ret = failure_set_alone(&m->failure, FAILURE_EVIDENCE, "%s",
			m->uses->from.err.text);
	return ret;
}

static int run_reference(struct minimize *m, struct minimize_case *c)
{
	char how[160];
	int ret = run_noted(m, c, &c->real);

	if (!ret)
		ret = check_reference(m, c);
	if (!ret && m->check &&
		!minimize_does_same(m, c, &c->real, how, sizeof(how)))
		ret = failure_set(&m->failure, FAILURE_EVIDENCE,
			"--check: fails %s already: %s:\n"
			"nothing can be found that passes it; it reads what "
			"the command wrote to standard output",
			m->base && !m->lift ? "under the base"
					    : "without a filter",
			how);
	return ret;
}

const char *minimize_advice(const struct minimize *m)
{
	return m->check ? "let --check ask for less, for what is the same in "
			  "each run"
			: "say with --check CMD what does";
}

/* How long it takes by itself. Where that cannot be long, or no hang is likely
 * to wait for its end, the reference tells enough. */
static int run_bare(struct minimize *m, struct minimize_case *c)
{
	struct explain_seen seen;
	int ret;

	c->bare_us = c->real.us;
	if (c->real.us < BARE_FROM || m->refuse == SCMP_ACT_KILL_PROCESS)
		return 0;
	m->plan.profile = &nothing;
	m->plan.base = m->base;
	ret = run(m, c, EXPLAIN_BARE, &seen);
	m->plan.base = NULL;
	if (ret)
		return ret;
	c->bare_us = seen.us;
	explain_seen_free(&seen);
	return 0;
}

static int run_again(struct minimize *m, struct minimize_case *c)
{
	struct explain_seen seen;
	char how[160];
	int ret = run_noted(m, c, &seen);

	if (ret)
		return ret;
	if (!minimize_does_same(m, c, &seen, how, sizeof(how)))
		ret = failure_set(&m->failure, FAILURE_EVIDENCE,
			"%s: run again, with nothing refused, %s: what counts\n"
			"is not the same each time; %s",
			m->command, how, minimize_advice(m));
	if (!ret && m->uses->full)
		ret = minimize_fail(m, FAILURE_EVIDENCE, m->command,
			"too many different calls");
	explain_seen_free(&seen);
	return ret;
}

int minimize_learn(struct minimize *m)
{
	int ret = 0;

	snprintf(m->trying, sizeof(m->trying), "what it does");
	m->uses->from.profile = m->from;
	m->uses->first = true;
	for (size_t i = 0; i < m->ncases && !ret; i++)
		ret = run_reference(m, &m->cases[i]);
	m->uses->first = false;
	for (size_t i = 0; i < m->ncases && !ret; i++)
		ret = run_again(m, &m->cases[i]);
	for (size_t i = 0; i < m->ncases && !ret; i++)
		ret = run_bare(m, &m->cases[i]);
	return ret;
}

void minimize_keep_first(struct minimize *m)
{
	for (size_t i = 0; i < m->uses->n; i++) {
		if (m->uses->list[i].again)
			continue;
		m->keep[i] = true;
		m->nfirst++;
	}
}

/* Milliseconds. What hangs in a trial costs them all; the result must not fail
 * for want of a few. */
static long limit_of(const struct minimize *m, const struct minimize_case *c)
{
	long limit = (long)(c->bare_us / 1000) * SLOWER;
	long noted = (long)(c->real.us / 1000) * SLOWER_CONFIRM;

	return (m->plan.plain || limit > noted ? limit : noted) + SLOWER_BY;
}

int minimize_try_case(struct minimize *m, struct minimize_case *c,
	const bool *keep, char *how, size_t size)
{
	struct profile_error err;
	struct profile *p = minimize_build(m, keep, &err);
	struct explain_seen seen;
	int ret;

	if (!p)
		return failure_set_alone(
			&m->failure, FAILURE_EVIDENCE, "%s", err.text);
	m->plan.profile = p;
	m->plan.timeout = limit_of(m, c);
	ret = run(m, c, EXPLAIN_REAL, &seen);
	m->plan.timeout = 0;
	profile_free(p);
	if (ret)
		return ret;
	ret = minimize_does_same(m, c, &seen, how, size);
	explain_seen_free(&seen);
	return ret;
}

static void note_missed(void *to, const struct explain_refusal *r,
	const struct explain_place *place)
{
	struct minimize *m = to;
	const struct minimize_use *u = minimize_met(m->uses, r);

	(void)place;
	if (u)
		m->missed[u - m->uses->list] = ++m->nmissed;
}

int minimize_try_cases(struct minimize *m, struct minimize_tried *t)
{
	int ret = 1;

	m->nmissed = 0;
	m->plan.told = note_missed;
	m->plan.to = m;
	m->plan.plain = true;
	for (size_t i = 0; i < m->ncases && ret == 1; i++) {
		memset(m->missed, 0, sizeof(m->missed));
		ret = minimize_try_case(
			m, &m->cases[i], t->keep, t->how, sizeof(t->how));
		for (size_t k = 0; k < t->n; k++)
			if (m->missed[k] || ret != 1)
				t->missed[k] = m->missed[k];
	}
	m->plan.told = NULL;
	m->plan.plain = false;
	return ret;
}
