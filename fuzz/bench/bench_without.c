/* SPDX-License-Identifier: MIT */
/*
 * bench_without.c: what a part of the form of programs is worth: bench_without
 * N SEED [WORD...] -- FILE...: N programs varied from the FILES by our mutator,
 * kept where they showed something new, as AFL++ keeps them; every step of a
 * kind or an operation that a WORD names is left out, and memory that it names
 * is private; no wait is timed for more than 2 ms. Prints the behaviours, those
 * of futex calls, and the processor time of a program in us. The same SEED, the
 * same dice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "oracle/check.h"
#include "program/behaviour.h"
#include "program/facts.h"
#include "program/mutate.h"
#include "program/words.h"
#include "session/program_file.h"
#include "sys/arch.h"

#define KEPT	   20000
#define LONGEST_US 2000

static struct program kept[KEPT];
static int nkept;
static bool seen[BEHAVIOURS];
static long behaviours, of_calls;
static char **words;
static int nwords;

static bool is_out(const char *name)
{
	bool out = false;

	for (int i = 0; i < nwords; i++)
		out |= !strcmp(words[i], name);
	return out;
}

static bool step_is_out(const struct step *s)
{
	if (s->kind != STEP_FUTEX)
		return is_out(step_names[s->kind]);
	return facts_cmd(s) < OP_NAMES && is_out(op_names[facts_cmd(s)]);
}

/* What is left is a program, and one that is soon over. */
static void leave_out(struct program *p)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	int n = 0;

	for (int i = 0; i < p->nwords; i++)
		if (is_out(memory_names[p->words[i].memory]))
			p->words[i].memory = MEMORY_PRIVATE;
	for (int i = 0; i < p->nsteps; i++) {
		struct step *s = &p->steps[i];

		if (program_times_out(s->op) && s->fourth > LONGEST_US)
			s->fourth = LONGEST_US;
		if (!step_is_out(s))
			p->steps[n++] = *s;
	}
	p->nsteps = n;
	program_decode(p, data, program_encode(p, data));
}

/* True when it showed what none before it did. */
static bool is_new(const struct program *p, const struct result *r)
{
	struct behaviour found[BEHAVIOURS_OF_RUN];
	int n = behaviour_of(p, r, found);
	bool new = false;

	for (int i = 0; i < n; i++) {
		if (seen[found[i].place])
			continue;
		seen[found[i].place] = new = true;
		behaviours++;
		of_calls += found[i].op != BEHAVIOUR_OPS - 1;
	}
	return new;
}

static void run(struct checker *c, const struct program *p)
{
	struct result r;
	struct finding f;

	if (checker_run(c, p, &r, &f) < 0)
		exit(111);
	if (is_new(p, &r) && nkept < KEPT)
		kept[nkept++] = *p;
}

static double used(void)
{
	struct rusage own, children;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &children);
	return (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec +
			children.ru_utime.tv_sec + children.ru_stime.tv_sec) *
		       1e6 +
	       (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec +
			children.ru_utime.tv_usec + children.ru_stime.tv_usec);
}

static void load(const char *path, struct program *p)
{
	struct failure f;

	if (program_file_load(path, p, &f)) {
		fprintf(stderr, "quartet: bench: %s\n", f.text);
		exit(100);
	}
	leave_out(p);
}

static void vary(struct checker *c, long n, struct dice *dice)
{
	for (long i = 0; i < n && nkept; i++) {
		struct program p = kept[dice_below(dice, (uint32_t)nkept)];

		mutate(&p, &kept[dice_below(dice, (uint32_t)nkept)], dice);
		leave_out(&p);
		run(c, &p);
	}
}

static struct checker *open_checker(void)
{
	static struct filter bpf;
	struct profile_error err;
	const char *dir = getenv("PROFILES");
	struct profile *four;
	struct checker *c;

	four = profile_load(dir ? dir : "build/profiles", "four", &err);
	if (!four || profile_build(four, ARCH_NATIVE, &bpf, &err)) {
		fprintf(stderr, "quartet: bench: %s\n", err.text);
		exit(100);
	}
	profile_free(four);
	c = checker_open(&bpf);
	if (!c) {
		perror("quartet: bench: checker");
		exit(111);
	}
	return c;
}

int main(int argc, char **argv)
{
	struct program p;
	struct checker *c;
	struct dice dice;
	int i = 3;

	while (i < argc && strcmp(argv[i], "--") != 0)
		i++;
	if (argc < 5 || i == argc)
		return 100;
	words = argv + 3;
	nwords = i - 3;
	dice.state = (uint64_t)atol(argv[2]) * 2 + 1;
	c = open_checker();
	for (i++; i < argc; i++) {
		load(argv[i], &p);
		run(c, &p);
	}
	vary(c, atol(argv[1]), &dice);
	checker_close(c);
	printf("%ld %ld %.0f\n", behaviours, of_calls,
		used() / (double)atol(argv[1]));
	return 0;
}
