/* SPDX-License-Identifier: MIT */
/* check.c: runs programs through the oracles. */
#include "oracle/check.h"

#include <asm/unistd.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/hash.h"
#include "program/facts.h"
#include "oracle/oracle.h"

#define REPEATS 8 /* before two runs are said to differ */
#define STOPS	5 /* in a row, as no machine has them in one program */

struct checker {
	struct filter bpf;
	struct executor *filtered, *spread, *free;
	struct executor *hashed; /* of a hash of its own; when it is needed */
};

static bool allows(const struct filter *bpf, int nr, uint64_t op)
{
	const struct seccomp_data data = {
		.nr = nr,
		.arch = ARCH_NATIVE,
		.args = { 0x10000, op },
	};
	uint32_t verdict;

	if (bpf->mode == FILTER_NONE)
		return true;
	verdict = bpf_run(bpf->insns, bpf->ninsns, &data);
	return (verdict & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
}

void check_allows(const struct filter *bpf, const struct program *p,
	bool allowed[PROGRAM_STEPS])
{
	for (int i = 0; i < p->nsteps; i++)
		allowed[i] = p->steps[i].kind != STEP_FUTEX ||
			     allows(bpf, __NR_futex, p->steps[i].op);
}

void checker_allows(const struct checker *c, const struct program *p,
	bool allowed[PROGRAM_STEPS])
{
	check_allows(&c->bpf, p, allowed);
}

struct checker *checker_open(const struct filter *bpf)
{
	static const struct filter none = { .mode = FILTER_NONE };
	struct checker *c;
	int err;

	if (bpf->mode == FILTER_STRICT || !allows(bpf, __NR_read, 0) ||
		!allows(bpf, __NR_write, 0) || !allows(bpf, __NR_exit, 0) ||
		!allows(bpf, __NR_futex, FUTEX_WAIT_PRIVATE) ||
		!allows(bpf, __NR_futex, FUTEX_WAKE_PRIVATE)) {
		errno = EPERM;
		return NULL;
	}
	c = calloc(1, sizeof(*c));
	if (!c)
		return NULL;
	c->bpf = *bpf;
	c->filtered = executor_open(bpf, false);
	c->spread = executor_open(bpf, true);
	c->free = executor_open(&none, false);
	if (c->filtered && c->spread && c->free)
		return c;
	err = errno;
	checker_close(c);
	errno = err;
	return NULL;
}

void checker_close(struct checker *c)
{
	if (!c)
		return;
	executor_close(c->filtered);
	executor_close(c->spread);
	executor_close(c->free);
	executor_close(c->hashed);
	free(c);
}

static bool same_results(
	const struct program *p, const struct result *a, const struct result *b)
{
	size_t n = (size_t)p->nsteps;

	return !memcmp(a->state, b->state, n) &&
	       !memcmp(a->ret, b->ret, n * sizeof(*a->ret));
}

/* Each step began and ended at its place in the one order of all. */
static bool same_order(
	const struct program *p, const struct result *a, const struct result *b)
{
	size_t n = (size_t)p->nsteps * sizeof(*a->begin);

	return !memcmp(a->begin, b->begin, n) && !memcmp(a->end, b->end, n);
}

static int first_difference(
	const struct program *p, const struct result *a, const struct result *b)
{
	for (int i = 0; i < p->nsteps; i++)
		if (a->state[i] != b->state[i] || a->ret[i] != b->ret[i])
			return i;
	return -1;
}

/* A program returns the same each time, with and without the filter, when
 * nothing in it races: what came REPEATS times each is no race. */
static int steady(struct executor *e, const struct program *p,
	const struct result *first, bool *is)
{
	struct result again;
	int err = 0;

	*is = true;
	for (int i = 0; i < REPEATS && *is && !err; i++) {
		err = executor_run(e, p, &again);
		*is = !err && same_results(p, first, &again);
	}
	return err;
}

/* The same number for the same program: what only some go through, each goes
 * through always or never. */
static uint32_t pick(const struct program *p)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size = program_encode(p, data);

	return hash32(HASH32, data, size) >> 16;
}

/* Of programs of one thread, of which each ends the same way, one in four is
 * compared; of the others, one in eight. */
static bool has_twin(const struct seen *s)
{
	for (int i = 0; i < s->p->nsteps; i++)
		if (!s->allowed[i])
			return false;
	/* Who was stopped may be in his wait again, or not yet: with more
	 * calls to the filter he is later, each time. */
	if (facts_counts_with_tids(s->p) || facts_stops(s->p) || s->p->hash)
		return false;
	return pick(s->p) % (facts_one_thread(s->p) ? 4 : 8) == 0;
}

static int check_twin(
	struct checker *c, const struct seen *s, struct finding *f)
{
	struct result twin;
	bool one, other;
	int err, at;

	if (c->bpf.mode == FILTER_NONE || !has_twin(s))
		return 0;
	err = executor_run(c->free, s->p, &twin);
	if (err || same_results(s->p, s->r, &twin) ||
		!same_order(s->p, s->r, &twin))
		return err;
	err = steady(c->filtered, s->p, s->r, &one);
	if (err || !one)
		return err;
	err = steady(c->free, s->p, &twin, &other);
	if (err || !other)
		return err;
	at = first_difference(s->p, s->r, &twin);
	return oracle_broken(f, "twin", at,
		"returned %d under the filter, %d without one", s->r->ret[at],
		twin.ret[at]);
}

const struct oracle oracles[ORACLES] = {
	{ "sandbox", "the filter kills nobody for a call that it allows",
		oracle_sandbox },
	{ "liveness", "every wait ends when all that can be woken was woken",
		oracle_liveness },
	{ "isolation",
		"no other process is woken, no descriptor or thread appears",
		oracle_isolation },
	{ "results", "each value or errno is one that the arguments allow",
		oracle_results },
	{ "conservation",
		"each wake that was told of woke one waiter, and only such",
		oracle_conservation },
	{ "memory", "no byte changes but by a step's or a robust list's rule",
		oracle_memory },
	{ "model",
		"some order of the steps, each between its begin and end, does "
		"in a model of futex what was seen",
		oracle_model },
	{ "twin", "without a filter the same program returns the same", NULL },
};

static bool did_not_end(const struct result *r)
{
	return r->stuck || r->status || r->lost;
}

int check_broken(const struct seen *s, struct finding *f)
{
	for (int i = 0; i < ORACLES; i++)
		if (oracles[i].is_broken && oracles[i].is_broken(s, f))
			return i;
	return -1;
}

int check_once(struct executor *e, const struct seen *s, struct result *result,
	struct finding *f)
{
	for (int stops = 0;; stops++) {
		int err = executor_run(e, s->p, result), broken;

		if (err)
			return err;
		broken = check_broken(s, f);
		if (broken < 0)
			return 0;
		if (stops == STOPS || !result->stood || did_not_end(result))
			return 1 + broken;
	}
}

/* NULL with errno set. */
static struct executor *executor_for(struct checker *c, const struct program *p)
{
	if (p->hash && !c->hashed)
		c->hashed = executor_open(&c->bpf, false);
	if (p->hash)
		return c->hashed;
	return pick(p) % 8 == 1 && !facts_one_thread(p) ? c->spread
							: c->filtered;
}

int checker_run(struct checker *c, const struct program *p,
	struct result *result, struct finding *finding)
{
	struct seen s = { .p = p, .r = result };
	struct executor *e = executor_for(c, p);
	int ret;

	if (!e)
		return -errno;
	checker_allows(c, p, s.allowed);
	ret = check_once(e, &s, result, finding);
	if (ret)
		return ret < 0 ? ret : 1;
	return did_not_end(result) ? 0 : check_twin(c, &s, finding);
}
