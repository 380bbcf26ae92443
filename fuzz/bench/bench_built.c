/* SPDX-License-Identifier: MIT */
/*
 * bench_built PROFILES [SEED]: random profiles with rules of one call, built by
 * libseccomp and by profile_build. How many libseccomp builds otherwise than
 * the rules say, how many of those a proof does not see, and how many of what
 * profile_build makes differ still: both are looked for with calls drawn here,
 * which the proof knows nothing of. Then each filter has one instruction
 * changed, and a change that shows at a drawn call must be seen.
 */
#include <inttypes.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/random.h"
#include "profile/profile.h"
#include "profile/prove.h"
#include "sys/arch.h"

#define CALLS 2000

struct tally {
	unsigned long profiles, refused, stuck, wrong, wide, unseen, still,
		sampled;
	unsigned long mutants, shown, missed;
};

/* A drawn call that BPF judges otherwise than M. */
static bool differs(const struct meaning *m, const struct filter *bpf,
	const struct random_calls *calls, struct seccomp_data *data)
{
	for (int i = 0; i < CALLS; i++) {
		random_call(calls, data);
		if (!meaning_is(
			    m, data, bpf_run(bpf->insns, bpf->ninsns, data)))
			return true;
	}
	return false;
}

static void show(const char *what, const struct profile *p,
	const struct seccomp_data *data)
{
	fprintf(stderr, "%s: call %d of %x (", what, data->nr, data->arch);
	for (int i = 0; i < 3; i++)
		fprintf(stderr, "%" PRIx64 " ", (uint64_t)data->args[i]);
	fputs(")\n", stderr);
	profile_write_oci(p, stderr, &(struct profile_error){ "" });
}

/* One instruction of a filter that is right says something else. */
static void mutate(struct filter *bpf)
{
	struct sock_filter *f = &bpf->insns[random_below(bpf->ninsns)];
	const unsigned left = (unsigned)(bpf->insns + bpf->ninsns - f) - 1;

	switch (random_below(3)) {
	case 0:
		f->k ^= (uint32_t)1 << random_below(32);
		break;
	case 1:
		f->jt = (uint8_t)random_below(left < 255 ? left + 1 : 255);
		break;
	default:
		f->jf = (uint8_t)random_below(left < 255 ? left + 1 : 255);
	}
}

static void plant(struct tally *t, const struct profile *p,
	const struct meaning *m, struct filter *bpf,
	const struct random_calls *calls)
{
	static struct differences d;
	struct seccomp_data data;
	size_t bad;

	mutate(bpf);
	if (bpf_check(bpf->insns, bpf->ninsns, &bad))
		return;
	t->mutants++;
	if (!differs(m, bpf, calls, &data))
		return;
	t->shown++;
	prove_filter(m, bpf, &d);
	t->missed += d.n == 0;
	if (!d.n)
		show("a planted error was not seen", p, &data);
}

static void try(struct tally *t, const struct profile *p, uint32_t arch)
{
	static struct filter plain, right;
	static struct differences d;
	struct profile_error err;
	struct random_calls calls;
	struct seccomp_data data;
	struct meaning m;
	int stuck;

	t->profiles++;
	stuck = profile_build_apart(p, arch, &plain, &err);
	if (stuck < 0) {
		t->refused++; /* two actions for one comparison */
		return;
	}
	if (!meaning_read(&m, p, arch))
		exit(111);
	random_calls(&calls, &m);
	t->stuck += stuck;
	if (!stuck) {
		prove_filter(&m, &plain, &d);
		t->wrong += d.n > 0;
		t->wide += d.n > 0 && arch == ARCH_NATIVE;
		t->sampled += !d.whole;
	}
	if (!stuck && !d.n && differs(&m, &plain, &calls, &data)) {
		t->unseen++;
		show("an error of libseccomp was not seen", p, &data);
	}
	if (profile_build(p, arch, &right, &err)) {
		fprintf(stderr, "%s\n", err.text);
		t->still++;
	} else if (differs(&m, &right, &calls, &data)) {
		t->still++;
		show("what was built differs still", p, &data);
	} else {
		plant(t, p, &m, &right, &calls);
	}
	meaning_free(&m);
}

int main(int argc, char **argv)
{
	const long n = argc > 1 ? atol(argv[1]) : 1000;
	struct tally t = { 0 };

	random_seed(argc > 2 ? (uint64_t)atol(argv[2]) : 1);
	seccomp_api_set(6);
	for (long i = 0; i < n; i++) {
		static struct profile p;

		random_profile(&p);
		try(&t, &p, i % 4 ? ARCH_NATIVE : ARCH_COMPAT);
		free(p.rules);
	}
	printf("%lu profiles: libseccomp refused %lu, did not end with %lu, "
	       "built %lu otherwise than "
	       "their rules say, %lu of them for "
	       "64-bit programs (%lu not seen by the proof, %lu not followed "
	       "to the end); built right by quartet: all but %lu\n"
	       "%lu filters changed: %lu show it at %d drawn calls, the proof "
	       "missed %lu\n",
		t.profiles, t.refused, t.stuck, t.wrong, t.wide, t.unseen,
		t.sampled, t.still, t.mutants, t.shown, CALLS, t.missed);
	return t.unseen || t.still || t.missed || t.sampled;
}
