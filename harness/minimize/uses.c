/* SPDX-License-Identifier: MIT */
/* uses.c: what a command needs, as rules that could allow it. */
#include <string.h>

#include "explain/args.h"
#include "explain/filter.h"
#include "profile/profile.h"
#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "minimize/kin.h"
#include "minimize/trial.h"

/* The argument that tells what a call does. */
static const struct {
	const char *call;
	int arg;
	bool descriptor;
} tells[] = {
	{ "arch_prctl", 0 },
	{ "clock_getres", 0 },
	{ "clock_gettime", 0 },
	{ "clock_nanosleep", 0 },
	{ "close", 0, true },
	{ "fadvise64", 0, true },
	{ "fcntl", 1 },
	{ "fcntl64", 1 },
	{ "fstat", 0, true },
	{ "fstat64", 0, true },
	{ "futex", 1 },
	{ "futex_time64", 1 },
	{ "getrandom", 2 },
	{ "ioctl", 1 },
	{ "kill", 1 },
	{ "lseek", 0, true },
	{ "madvise", 2 },
	{ "membarrier", 0 },
	{ "mmap", 2 },
	{ "mmap2", 2 },
	{ "mprotect", 2 },
	{ "newfstatat", 0, true },
	{ "pkey_mprotect", 2 },
	{ "prctl", 0 },
	{ "prlimit64", 1 },
	{ "pwrite64", 0, true },
	{ "pread64", 0, true },
	{ "read", 0, true },
	{ "readv", 0, true },
	{ "rt_sigaction", 0 },
	{ "rt_sigprocmask", 0 },
	{ "shutdown", 1 },
	{ "socket", 0 },
	{ "socketpair", 0 },
	{ "tgkill", 2 },
	{ "write", 0, true },
	{ "writev", 0, true },
};

#define NTELLS (sizeof(tells) / sizeof(*tells))

bool minimize_has_conditions(const struct profile *base, const char *call)
{
	for (size_t i = 0; base && i < base->nrules; i++)
		if (base->rules[i].nargs && !strcmp(base->rules[i].name, call))
			return true;
	return false;
}

static struct minimize_use use_of(
	const struct minimize_uses *uses, const struct explain_refusal *r)
{
	struct minimize_use u = { .arch = r->arch, .nr = r->nr, .arg = -1 };

	calls_name(r->arch, r->nr, u.call, sizeof(u.call));
	u.as_base = minimize_has_conditions(uses->base, u.call);
	for (size_t i = 0; i < NTELLS && !u.as_base && !uses->whole; i++) {
		if (strcmp(tells[i].call, u.call) != 0)
			continue;
		u.arg = tells[i].arg;
		u.value = r->args[u.arg];
		if (calls_cuts(u.call, (unsigned)u.arg))
			u.value = (uint32_t)u.value;
		if (tells[i].descriptor && u.value > 2)
			u.arg = -1;
		/* A clock of one process or thread: its number is in it
		 * (include/linux/posix-timers_types.h). */
		if (u.arg == 0 && !strncmp(u.call, "clock_", 6) &&
			(int32_t)u.value < 0)
			u.arg = -1;
	}
	return u;
}

static bool same_call(
	const struct minimize_use *a, const struct minimize_use *b)
{
	return a->nr == b->nr && a->arch == b->arch;
}

struct minimize_use *minimize_find(
	struct minimize_uses *uses, const struct minimize_use *u)
{
	for (size_t i = 0; i < uses->n; i++) {
		struct minimize_use *v = &uses->list[i];

		if (same_call(v, u) &&
			(v->arg < 0 || (u->arg >= 0 && v->value == u->value)))
			return v;
	}
	return NULL;
}

struct minimize_use *minimize_met(
	struct minimize_uses *uses, const struct explain_refusal *r)
{
	struct minimize_use u = use_of(uses, r);

	return minimize_find(uses, &u);
}

/* How many values of its argument are told apart. */
static size_t count_values(
	const struct minimize_uses *uses, const struct minimize_use *u)
{
	size_t n = 0;

	for (size_t i = 0; i < uses->n; i++)
		n += same_call(&uses->list[i], u);
	return n;
}

/* From now on the values of its argument are one. NULL: it had none. */
static struct minimize_use *widen(
	struct minimize_uses *uses, const struct minimize_use *u)
{
	struct minimize_use *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < uses->n; i++) {
		struct minimize_use *v = &uses->list[i];

		if (first && same_call(v, u)) {
			first->count += v->count;
			first->again = first->again || v->again;
			first->brings |= v->brings;
			continue;
		}
		uses->list[n] = *v;
		if (!first && same_call(v, u)) {
			first = &uses->list[n];
			first->arg = -1;
		}
		n++;
	}
	uses->n = n;
	return first;
}

bool minimize_varies(
	const struct minimize_uses *uses, const struct minimize_use *u)
{
	return u->arg < 0 || count_values(uses, u) >= MINIMIZE_VALUES;
}

bool minimize_paper_allows(struct minimize_paper *p, uint32_t arch,
	const struct seccomp_data *data)
{
	if (!p->profile)
		return false;
	if (!p->built && !p->err.text[0])
		p->built =
			!profile_build(p->profile, arch, &p->filter, &p->err);
	return p->built &&
	       explain_allows(bpf_run(p->filter.insns, p->filter.ninsns, data));
}

static bool is_had(struct minimize_uses *uses, const struct explain_refusal *r)
{
	struct seccomp_data data = {
		.nr = r->nr, .arch = r->arch, .instruction_pointer = r->ip
	};

	for (int i = 0; i < 6; i++)
		data.args[i] = r->args[i];
	return minimize_paper_allows(&uses->from, r->arch, &data);
}

unsigned *minimize_brought(struct minimize_uses *uses, uint32_t arch)
{
	return &uses->brings[arch == ARCH_COMPAT];
}

/* Which libc it has, and whether it has threads. */
static void look_at_program(
	struct minimize_uses *uses, const struct explain_refusal *r)
{
	if (!uses->looked || uses->image != r->image) {
		uses->libcs |= minimize_libc(r->tid);
		*minimize_brought(uses, r->arch) |= minimize_imports(r->tid);
	}
	uses->looked = true;
	uses->image = r->image;
	if (r->thread > 0)
		*minimize_brought(uses, r->arch) |= KIN_WAITS | KIN_THREADS;
}

void minimize_note(void *to, const struct explain_refusal *r,
	const struct explain_place *place)
{
	struct minimize_uses *uses = to;
	struct minimize_use u = use_of(uses, r), *known;

	look_at_program(uses, r);
	u.brings = minimize_brings(u.call, r);
	if (is_had(uses, r)) {
		*minimize_brought(uses, r->arch) |= u.brings;
		return;
	}
	known = minimize_find(uses, &u);
	if (!known && minimize_varies(uses, &u)) {
		u.arg = -1;
		known = widen(uses, &u);
	}
	if (!known && uses->n == MINIMIZE_USES) {
		uses->full = true;
		return;
	}
	if (!known) {
		explain_args(r->tid, r->arch, u.call, r->args, u.text,
			sizeof(u.text));
		if (place)
			explain_chain(place, u.by, sizeof(u.by));
		u.need = place ? place->need : "";
		known = &uses->list[uses->n++];
		*known = u;
	}
	known->count++;
	known->brings |= u.brings;
	known->again = known->again || !uses->first;
}
