/* SPDX-License-Identifier: MIT */
/*
 * order.c: no program's effects reach another's result: order PROFILE N SEED.
 * N programs of one thread, which cannot race, run in one order, then in
 * another with racing programs of several threads between them, in the same
 * executor: each must return the same. 1 where one does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "executor/executor.h"
#include "program/facts.h"
#include "program/mutate.h"
#include "profile/profile.h"

#define PROGRAMS 2000

static struct program programs[PROGRAMS];
static struct result results[PROGRAMS];

static void make_program(struct program *p, bool races, struct dice *dice)
{
	unsigned char data[PROGRAM_BINARY_MAX];

	memset(p, 0, sizeof(*p));
	p->nwords = 1;
	for (int i = 0; i < 6; i++)
		mutate(p, NULL, dice);
	for (int i = 0; i < p->nsteps; i++) {
		if (!races)
			p->steps[i].thread = 0;
		/* Signals are the outer side's, and slow. */
		if (p->steps[i].kind == STEP_STOP)
			p->steps[i].kind = STEP_STORE;
	}
	program_decode(p, data, program_encode(p, data));
}

static bool same(
	const struct program *p, const struct result *a, const struct result *b)
{
	for (int i = 0; i < p->nsteps; i++)
		if (a->state[i] != b->state[i] ||
			(a->state[i] == STEP_RETURNED &&
				a->ret[i] != b->ret[i]))
			return false;
	return true;
}

static int run_all(struct executor *e, int n)
{
	for (int i = 0; i < n; i++)
		if (executor_run(e, &programs[i], &results[i]))
			return 111;
	return 0;
}

/* From the last to the first, a racing one before each. */
static int run_again(struct executor *e, int n, struct dice *dice)
{
	int differ = 0, compared = 0;

	for (int i = n - 1; i >= 0; i--) {
		struct program other;
		struct result r;

		make_program(&other, true, dice);
		if (executor_run(e, &other, &r) ||
			executor_run(e, &programs[i], &r))
			return 111;
		if (facts_counts_with_tids(&programs[i]))
			continue;
		compared++;
		if (same(&programs[i], &results[i], &r))
			continue;
		differ = 1;
		printf("# returned otherwise, after another program:\n");
		program_print(&programs[i], stdout);
		for (int k = 0; k < programs[i].nsteps; k++)
			printf("# step %d: %d, then %d\n", k + 1,
				results[i].ret[k], r.ret[k]);
	}
	printf("# %d of %d compared\n", compared, n);
	return differ;
}

int main(int argc, char **argv)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile *profile;
	struct executor *e;
	struct dice dice;
	int n, ret;

	if (argc != 4)
		return 100;
	profile = profile_load("build/profiles", argv[1], &err);
	if (!profile || profile_build(profile, ARCH_NATIVE, &bpf, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 100;
	}
	profile_free(profile);
	e = executor_open(&bpf, false);
	if (!e)
		return 111;
	n = atoi(argv[2]) > PROGRAMS ? PROGRAMS : atoi(argv[2]);
	dice.state = (uint64_t)atol(argv[3]) * 2 + 1;
	for (int i = 0; i < n; i++)
		make_program(&programs[i], false, &dice);
	ret = run_all(e, n);
	ret = ret ? ret : run_again(e, n, &dice);
	executor_close(e);
	return ret;
}
