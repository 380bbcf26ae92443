/* SPDX-License-Identifier: MIT */
/*
 * fix_prove.c: each verdict that differs has to be one that a change is for.
 * And where no change may be at work, by its call and its argument, none
 * differs: both filters are compared with a head that ends the others at once.
 * Pure.
 */
#include <stdio.h>
#include <string.h>

#include "lint/find.h"
#include "lint/fix.h"
#include "profile/ask.h"
#include "profile/diff.h"
#include "sys/arch.h"
#include "sys/calls.h"

struct proof {
	const struct fix *fix;
	bool beside; /* where no change of a call is at work */
	char *why;
	size_t size;
};

static enum fix_effect effect_of(const struct verdict_case *v)
{
	const bool was = ask_lets_pass(v->a), is = ask_lets_pass(v->b);

	return was == is ? FIX_SAYS : is ? FIX_OPENS : FIX_SHUTS;
}

static bool is_for(const struct proof *t, const struct fix_change *c,
	const char *call, const struct verdict_case *v)
{
	if (c->effect != effect_of(v))
		return false;
	if (!*c->call)
		return v->a == c->from && v->b == c->to;
	return !t->beside && !strcmp(c->call, call) &&
	       (!c->to || v->b == c->to);
}

static bool is_meant(
	const struct proof *t, const char *call, const struct verdict_case *v)
{
	for (size_t i = 0; i < t->fix->n; i++)
		if (is_for(t, &t->fix->list[i], call, v))
			return true;
	return false;
}

static bool is_call_meant(struct proof *t, uint32_t arch, int nr,
	const struct cases *cases, bool named)
{
	static const char *const words[] = { "is refused in another way",
		"passes", "is refused" };
	char name[64];
	const char *call = name;

	calls_name(arch, nr, name, sizeof(name));
	if (!strncmp(name, "x32:", 4))
		call += 4;
	for (size_t i = 0; i < cases->n; i++) {
		const struct verdict_case *v = &cases->list[i];

		if (is_meant(t, named ? call : "", v))
			continue;
		snprintf(t->why, t->size, "%s %s%s, as no finding says", name,
			words[effect_of(v)], t->beside ? " by more" : "");
		return false;
	}
	return true;
}

/* More numbers than these are of no calls. */
#define MANY 1024

static bool is_change_meant(
	struct proof *t, const struct change *c, const struct cases *cases)
{
	if (c->last - c->first > MANY)
		return is_call_meant(t, c->arch, (int)c->first, cases, false);
	for (uint32_t i = 0; i <= c->last - c->first; i++)
		if (!is_call_meant(
			    t, c->arch, (int)(c->first + i), cases, true))
			return false;
	return true;
}

static bool prove(struct proof *t, const struct filter *before,
	const struct filter *after)
{
	const struct diff_of all = { 0 };
	bool ok = true;
	struct diff d;

	if (!diff_filters(&d, before, after, &all) || !d.whole) {
		snprintf(t->why, t->size,
			"not all of its calls could be compared");
		ok = false;
	}
	for (size_t i = 0; i < d.n && ok; i++)
		ok = is_change_meant(
			t, &d.list[i], &d.cases[d.list[i].cases].c);
	diff_free(&d);
	return ok;
}

static void put(struct filter *f, uint16_t code, uint32_t k)
{
	if (f->ninsns < BPF_MAXINSNS)
		f->insns[f->ninsns] = (struct sock_filter)BPF_STMT(code, k);
	f->ninsns++;
}

/* The last jumps by so many where it holds, and where not. */
static void jumps(struct filter *f, uint8_t holds, uint8_t fails)
{
	if (f->ninsns > BPF_MAXINSNS)
		return;
	f->insns[f->ninsns - 1].jt = holds;
	f->insns[f->ninsns - 1].jf = fails;
}

/* Ends with the same verdict where C may be at work: call NR of ARCH. */
static void put_end(
	struct filter *f, const struct fix_change *c, uint32_t arch, int nr)
{
	const uint8_t rest = c->mask ? c->all ? 7 : 5 : 1;

	put(f, BPF_LD | BPF_W | BPF_ABS, 4);
	put(f, BPF_JMP | BPF_JEQ | BPF_K, arch);
	jumps(f, 0, rest + 2);
	put(f, BPF_LD | BPF_W | BPF_ABS, 0);
	put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr);
	jumps(f, 0, rest);
	for (int half = 0; half < 2 && c->mask; half++) {
		const uint32_t bits = (uint32_t)(c->mask >> 32 * half);

		put(f, BPF_LD | BPF_W | BPF_ABS,
			16 + 8 * c->arg + 4 * (uint32_t)half);
		if (c->all) {
			put(f, BPF_ALU | BPF_AND | BPF_K, bits);
			put(f, BPF_JMP | BPF_JEQ | BPF_K, bits);
			jumps(f, 0, half ? 1 : 4);
		} else {
			put(f, BPF_JMP | BPF_JSET | BPF_K, bits);
			jumps(f, half ? 0 : 2, half ? 1 : 0);
		}
	}
	put(f, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
}

/* F behind a head. False: it is too long. */
static bool beside(
	struct filter *out, const struct filter *f, const struct fix *fix)
{
	out->mode = f->mode;
	out->ninsns = 0;
	for (size_t i = 0; i < fix->n; i++) {
		const struct fix_change *c = &fix->list[i];
		const struct call *call = calls_find(c->call);

		if (call && call->nr[CALLS_X86_64] >= 0)
			put_end(out, c, AUDIT_ARCH_X86_64,
				call->nr[CALLS_X86_64]);
		if (call && call->nr[CALLS_X32] >= 0)
			put_end(out, c, AUDIT_ARCH_X86_64,
				call->nr[CALLS_X32] | ARCH_X32_BIT);
		if (call && call->nr[CALLS_I386] >= 0)
			put_end(out, c, AUDIT_ARCH_I386, call->nr[CALLS_I386]);
	}
	put(out, BPF_LD | BPF_IMM, 0);
	if (out->ninsns + f->ninsns > BPF_MAXINSNS)
		return false;
	memcpy(&out->insns[out->ninsns], f->insns,
		f->ninsns * sizeof(*f->insns));
	out->ninsns += f->ninsns;
	return true;
}

bool fix_prove(const struct filter *before, const struct filter *after,
	const struct fix *fix, char *why, size_t size)
{
	static struct filter one, two;
	struct proof t = { fix, false, why, size };

	if (!prove(&t, before, after))
		return false;
	t.beside = true;
	if (!beside(&one, before, fix) || !beside(&two, after, fix)) {
		snprintf(why, size, "it is too long to be compared");
		return false;
	}
	return prove(&t, &one, &two);
}
