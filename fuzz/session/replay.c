/* SPDX-License-Identifier: MIT */
/* replay.c: runs a futex program often, and tells each step. */
#include "session/replay.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "model/order.h"

static void count(struct replay *r, int step, const struct result *result)
{
	uint8_t state = result->state[step];
	int32_t ret = result->ret[step];
	bool doubt = state == STEP_DRAINED && result->doubt;

	for (int i = 0; i < REPLAY_OUTCOMES; i++) {
		struct replay_outcome *o = &r->seen[step][i];

		if (o->times && (o->state != state || o->ret != ret ||
					o->doubt != doubt))
			continue;
		o->state = state;
		o->ret = ret;
		o->doubt = doubt;
		o->times++;
		return;
	}
}

static void note_run(struct replay *r, const struct result *result,
	const struct finding *finding, bool broken)
{
	if (broken && !r->broken++)
		r->finding = *finding;
	if (!r->broken || r->broken == 1)
		r->last = *result;
	r->stuck += result->stuck;
	r->lost += result->lost != 0;
	r->died += result->status != 0;
	r->status = result->status ? result->status : r->status;
	for (int k = 0; k < r->p.nsteps; k++)
		count(r, k, result);
}

int replay_run(struct replay *r, const struct filter *bpf, struct failure *f)
{
	struct checker *c = checker_open(bpf);
	struct finding finding;
	struct result result;
	int ret = 0;

	if (!c && errno == EPERM)
		return failure_set(f, FAILURE_USAGE,
			"the profile must allow read, write, futex and exit: "
			"the\nprogram's threads live on them");
	if (!c)
		return failure_set(f, FAILURE_SYSTEM,
			"cannot start an executor: %s", strerror(errno));
	checker_allows(c, &r->p, r->allowed);
	for (int i = 0; i < r->times && ret >= 0; i++) {
		ret = checker_run(c, &r->p, &result, &finding);
		if (ret >= 0)
			note_run(r, &result, &finding, ret == 1);
	}
	checker_close(c);
	if (ret < 0)
		return failure_set(
			f, FAILURE_SYSTEM, "executor: %s", strerror(-ret));
	return 0;
}

static void print_outcome(FILE *to, const struct replay_outcome *o, bool only)
{
	if (o->state == STEP_NOT_RUN)
		fputs("not reached", to);
	else if (o->ret < 0)
		fputs(program_errno_name(-o->ret), to);
	else
		fprintf(to, "%d", o->ret);
	if (o->state == STEP_DRAINED)
		fputs(o->doubt ? " (slept until the end, or was only late)"
			       : " (slept until the end)",
			to);
	if (!only)
		fprintf(to, " x%d", o->times);
}

/* One that only lacks the time in which to return is no other outcome, as long
 * as some run had it. */
static bool is_wanted(const struct step *s, const struct replay_outcome *all,
	const struct replay_outcome *o)
{
	bool returned = false;

	for (int k = 0; k < REPLAY_OUTCOMES && all[k].times; k++)
		returned |=
			all[k].state == STEP_RETURNED && all[k].ret == s->want;
	return o->ret == s->want &&
	       (o->state == STEP_RETURNED || (o->doubt && returned));
}

/* What was due in the last run, or in the one that broke a promise. */
static void print_due(
	FILE *to, const struct replay *r, const struct order *o, int i)
{
	const struct due *due = &o->due[i];

	if (r->p.steps[i].kind != STEP_FUTEX || !due->why || !*due->why)
		return;
	fputs("     due ", to);
	if (due->sleeps)
		fputs("to sleep", to);
	else if (due->ret < 0)
		fputs(program_errno_name(-due->ret), to);
	else
		fprintf(to, "%d", due->ret);
	fprintf(to, ": %s\n", due->why);
}

/* True when the step returned what it must, each time. */
static bool print_step(
	FILE *to, const struct replay *r, const struct order *order, int i)
{
	const struct step *s = &r->p.steps[i];
	const struct replay_outcome *o = r->seen[i];
	bool good = true;

	fprintf(to, "t%u ", s->thread);
	program_print_step(s, to);
	fputs("\n     ", to);
	for (int k = 0; k < REPLAY_OUTCOMES && o[k].times; k++) {
		fputs(k ? ", " : "-> ", to);
		print_outcome(to, &o[k], o[k].times == r->times);
		if (s->expects && !is_wanted(s, o, &o[k]))
			good = false;
	}
	if (!good)
		fprintf(to, "   DIFFERS: must be %s",
			s->want < 0 ? program_errno_name(-s->want) : "");
	if (!good && s->want >= 0)
		fprintf(to, "%d", s->want);
	putc('\n', to);
	print_due(to, r, order, i);
	return good;
}

static void tell_broken(FILE *to, const struct replay *r)
{
	const struct finding *f = &r->finding;

	fprintf(to, "BROKEN %d of %d times: %s: ", r->broken, r->times,
		f->oracle);
	if (f->step >= 0) {
		fprintf(to, "t%u ", r->p.steps[f->step].thread);
		program_print_step(&r->p.steps[f->step], to);
		fputs(": ", to);
	}
	fprintf(to, "%s\n", f->text);
}

/* The machine has refused a priority: what comes of it is not as declared. */
static bool was_refused(const struct replay *r)
{
	for (int i = 0; i < r->p.nsteps; i++)
		for (int k = 0; k < REPLAY_OUTCOMES; k++)
			if (r->p.steps[i].kind == STEP_PRIO &&
				r->seen[i][k].times &&
				r->seen[i][k].ret == -EPERM)
				return true;
	return false;
}

enum replay_told replay_tell(const struct replay *r, FILE *to)
{
	static struct order order;
	int bad = 0;

	order_find(&r->p, &r->last, r->allowed, &order);
	for (int i = 0; i < r->p.nsteps; i++)
		bad += !print_step(to, r, &order, i);
	if (order.verdict == ORDER_UNKNOWN)
		fprintf(to, "the model tells nothing: %s\n", order.unknown);
	if (r->died)
		fprintf(to, "the process died %d of %d times, by SIG%s\n",
			r->died, r->times,
			WIFSIGNALED(r->status)
				? sigabbrev_np(WTERMSIG(r->status))
				: "?");
	if (r->lost)
		fprintf(to, "the filter killed a thread alone %d of %d times\n",
			r->lost, r->times);
	if (r->stuck)
		fprintf(to,
			"the process had to be killed %d of %d times: some "
			"wait did not end\n",
			r->stuck, r->times);
	if (r->broken)
		tell_broken(to, r);
	if (!r->broken && (r->died || r->stuck || r->lost))
		return REPLAY_UNKNOWN;
	if (!r->broken && was_refused(r)) {
		fprintf(to,
			"%d runs, skipped: no real-time priority is to be "
			"had (ulimit -r)\n",
			r->times);
		return REPLAY_AS_DECLARED;
	}
	fprintf(to, "%d runs, %s\n", r->times,
		r->broken ? "and a promise is broken"
		: bad	  ? "and some step differs"
			  : "as declared");
	return bad || r->broken ? REPLAY_DIFFERS : REPLAY_AS_DECLARED;
}

void replay_emit(const struct replay *r, const struct filter *bpf,
	const char *profile, void (*emit)(const struct emit *e, FILE *to),
	FILE *to)
{
	struct emit e = { .p = &r->p, .bpf = bpf, .profile = profile };

	if (r->broken)
		e.note = r->finding.text;
	for (int i = 0; i < r->p.nsteps; i++) {
		e.returned[i] = r->last.state[i] == STEP_RETURNED;
		e.ret[i] = r->last.ret[i];
	}
	emit(&e, to);
}
