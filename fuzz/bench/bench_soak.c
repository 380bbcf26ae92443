/* SPDX-License-Identifier: MIT */
/*
 * bench_soak.c: N random programs, always the same for a SEED, through executor
 * and oracles: bench_soak PROFILE N SEED. Says what was found, and the peak of
 * memory used after each tenth.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "sys/arch.h"
#include "oracle/check.h"
#include "profile/profile.h"

static uint32_t state;

static uint32_t any(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static uint32_t value(void)
{
	static const uint32_t edges[] = { 0, 0, 0, 1, 1, 2, 9, 0x7fffffff,
		0x80000000, 0xffffffff, 0x40000000 };

	return edges[any(sizeof(edges) / sizeof(*edges))];
}

static void make_step(struct program *p, struct step *s, uint32_t threads)
{
	static const uint8_t kinds[] = { STEP_STORE, STEP_ADD, STEP_SLEEPS,
		STEP_SLEEPS, STEP_READ, STEP_WRITE, STEP_OWN, STEP_LINK,
		STEP_PENDING, STEP_CORRUPT, STEP_EXIT, STEP_DROP, STEP_FORK };

	memset(s, 0, sizeof(*s));
	s->thread = (uint8_t)any(threads);
	s->kind = any(3) ? STEP_FUTEX : kinds[any(sizeof(kinds))];
	s->op = (uint16_t)(any(14) | (any(2) ? 128 : 0) | (any(9) ? 0 : 256));
	s->word = (uint8_t)any((uint32_t)p->nwords);
	s->word2 = (uint8_t)any((uint32_t)p->nwords);
	s->val = s->kind == STEP_SLEEPS ? any(threads) : value();
	s->val3 = any(3) ? value() : any(1u << 24) << 8;
	s->fourth = program_times_out(s->op) ? (int32_t)any(200) - 100
					     : (int32_t)value();
	if (program_times_out(s->op) && s->fourth < TIMEOUT_FAULT)
		s->fourth = TIMEOUT_NONE;
}

static void make_program(struct program *p)
{
	uint32_t threads = 1 + any(4);

	memset(p, 0, sizeof(*p));
	p->nwords = 1 + (int)any(4);
	for (int i = 0; i < p->nwords; i++) {
		p->words[i].memory =
			(uint8_t)(any(3) ? any(3) : any(MEMORY_KINDS));
		p->words[i].value = any(3) ? 0 : value();
		p->words[i].of =
			(uint8_t)(any(3) ? (uint32_t)i : any((uint32_t)i + 1));
	}
	p->nsteps = 1 + (int)any(12);
	for (int i = 0; i < p->nsteps; i++)
		make_step(p, &p->steps[i], threads);
}

static void through_binary(struct program *p)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size = program_encode(p, data);

	program_decode(p, data, size);
}

int main(int argc, char **argv)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile *profile;
	struct checker *c;
	struct program p;
	struct result r;
	struct finding f;
	long n, found = 0;
	char *dir;

	if (argc != 4)
		return 100;
	dir = getenv("PROFILES");
	profile = profile_load(dir ? dir : "build/profiles", argv[1], &err);
	if (!profile || profile_build(profile, ARCH_NATIVE, &bpf, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 100;
	}
	c = checker_open(&bpf);
	if (!c) {
		perror("checker");
		return 111;
	}
	n = atol(argv[2]);
	state = (uint32_t)atol(argv[3]);
	for (long i = 0; i < n; i++) {
		struct rusage use;

		make_program(&p);
		through_binary(&p);
		if (checker_run(c, &p, &r, &f) == 1) {
			found++;
			printf("# %ld: %s, step %d: %s\n", i, f.oracle, f.step,
				f.text);
			for (int k = 0; k < p.nsteps; k++)
				printf("#   step %d: state %d, returned %d, "
				       "%u to %u\n",
					k, r.state[k], r.ret[k], r.begin[k],
					r.end[k]);
			program_print(&p, stdout);
		}
		if (n >= 10 && i % (n / 10) == n / 10 - 1) {
			getrusage(RUSAGE_SELF, &use);
			printf("# %ld programs, %ld findings, %ld KiB\n", i + 1,
				found, use.ru_maxrss);
		}
	}
	checker_close(c);
	profile_free(profile);
	return found > 0;
}
