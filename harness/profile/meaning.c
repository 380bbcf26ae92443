/* SPDX-License-Identifier: MIT */
/* meaning.c: what the rules of a profile say of a call. */
#include "profile/meaning.h"

#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"

#define ALL_NUMBERS   0xffffffffu

/* i386's, and by the same numbers every other's: linux/net.h, linux/ipc.h. */
#define IS_SOCKET(nr) ((nr) <= -100 && (nr) >= -120)
#define IS_IPC(nr)    ((nr) <= -200 && (nr) >= -224)

/* The number of NAME itself, where the resolver gives the one that stands for
 * an operation of socketcall or ipc; -1: there is none. */
static int number_direct(uint32_t arch, const char *name)
{
	for (int nr = 0; nr < 1024; nr++) {
		char *known = seccomp_syscall_resolve_num_arch(arch, nr);
		bool same = known && !strcmp(known, name);

		free(known);
		if (same)
			return nr;
	}
	return -1;
}

static void add(struct meant_way *w, int nr, const struct profile_rule *rule,
	size_t index)
{
	struct meant_rule *r = &w->rules[w->n];

	if (nr < 0)
		return;
	*r = (struct meant_rule){ .nr = (uint32_t)nr,
		.action = rule->action,
		.nargs = rule->nargs,
		.rule = index };
	memcpy(r->args, rule->args, rule->nargs * sizeof(*r->args));
	w->n++;
}

/* libseccomp's abi_rule_add, src/syscalls.c: the operation takes the place of
 * what the rule says of argument 0. */
static void add_operation(struct meant_way *w, const char *call, unsigned op,
	const struct profile_rule *rule, size_t index)
{
	int nr = seccomp_syscall_resolve_name_arch(w->arch, call);
	size_t at = w->n;
	unsigned kept = 0;

	add(w, nr, rule, index);
	if (w->n == at)
		return;
	for (unsigned i = 0; i < rule->nargs; i++)
		if (rule->args[i].arg)
			w->rules[at].args[kept++] = rule->args[i];
	w->rules[at].args[kept++] =
		(struct scmp_arg_cmp){ 0, SCMP_CMP_EQ, op, 0 };
	w->rules[at].nargs = kept;
}

/* ARCH is libseccomp's, which tells x32 from x86-64. */
static void add_rule(struct meant_way *w, uint32_t arch, bool exact,
	const struct profile_rule *rule, size_t index)
{
	int nr = seccomp_syscall_resolve_name_arch(arch, rule->name);

	if (exact && nr < 0)
		return;
	if (seccomp_syscall_resolve_name(rule->name) == __NR_SCMP_ERROR)
		nr = profile_number(arch, rule->name);
	if (IS_SOCKET(nr))
		add_operation(
			w, "socketcall", (unsigned)-nr % 100, rule, index);
	if (IS_IPC(nr))
		add_operation(w, "ipc", (unsigned)-nr % 200, rule, index);
	if (IS_SOCKET(nr) || IS_IPC(nr))
		nr = number_direct(arch, rule->name);
	add(w, nr, rule, index);
}

static int compare(const void *a, const void *b)
{
	const struct meant_rule *x = a, *y = b;

	if (x->nr != y->nr)
		return x->nr < y->nr ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static bool fill(struct meant_way *w, const struct profile *p, uint32_t arch)
{
	w->rules = calloc(2 * p->nrules + 1, sizeof(*w->rules));
	if (!w->rules)
		return false;
	w->other = p->default_action;
	w->halves = !(arch & __AUDIT_ARCH_64BIT) ||
		    (arch & __AUDIT_ARCH_CONVENTION_MIPS64_N32);
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action != p->default_action)
			add_rule(w, arch, p->exact && p->narches > 1,
				&p->rules[i], i);
	qsort(w->rules, w->n, sizeof(*w->rules), compare);
	return true;
}

static struct meant_way *add_way(
	struct meaning *m, uint32_t arch, uint32_t first, uint32_t last)
{
	struct meant_way *w = &m->ways[m->n++];

	*w = (struct meant_way){
		.arch = arch, .first = first, .last = last, .other = m->foreign
	};
	return w;
}

static bool lists(const struct profile *p, uint32_t own, uint32_t arch)
{
	for (unsigned i = 0; i < p->narches; i++)
		if (p->arches[i] == arch)
			return true;
	return !p->narches && own == arch;
}

/*
 * Two architectures of libseccomp's are one to the kernel. -1 is no number of
 * x32's: a tracer leaves it to skip a call (libseccomp's src/gen_bpf.c).
 */
static bool add_x86_64(struct meaning *m, const struct profile *p, uint32_t own)
{
	const uint32_t arch = SCMP_ARCH_X86_64;
	bool home = lists(p, own, arch), x32 = lists(p, own, SCMP_ARCH_X32);
	struct meant_way *w;

	if (!home && !x32)
		return true;
	w = add_way(m, arch, 0, ARCH_X32_BIT - 1);
	if (home && !fill(w, p, arch))
		return false;
	w = add_way(m, arch, ARCH_X32_BIT, ALL_NUMBERS - 1);
	if (x32 && !fill(w, p, SCMP_ARCH_X32))
		return false;
	if (!x32 && p->x32_default)
		w->other = p->default_action;
	add_way(m, arch, ALL_NUMBERS, ALL_NUMBERS)->other = p->default_action;
	return true;
}

bool meaning_read(struct meaning *m, const struct profile *p, uint32_t arch)
{
	const uint32_t *arches = p->narches ? p->arches : &arch;
	unsigned n = p->narches ? p->narches : 1;
	bool ok;

	m->n = 0;
	m->foreign = p->foreign;
	ok = add_x86_64(m, p, arch);
	for (unsigned i = 0; i < n && ok; i++)
		if (arches[i] != SCMP_ARCH_X86_64 && arches[i] != SCMP_ARCH_X32)
			ok = fill(add_way(m, arches[i], 0, ALL_NUMBERS), p,
				arches[i]);
	return ok;
}

void meaning_free(struct meaning *m)
{
	for (unsigned i = 0; i < m->n; i++)
		free(m->ways[i].rules);
	m->n = 0;
}

const struct meant_way *meaning_way(
	const struct meaning *m, const struct seccomp_data *data)
{
	const uint32_t nr = (uint32_t)data->nr;

	for (unsigned i = 0; i < m->n; i++)
		if (m->ways[i].arch == data->arch && nr >= m->ways[i].first &&
			nr <= m->ways[i].last)
			return &m->ways[i];
	return NULL;
}

size_t meaning_rules(
	const struct meant_way *w, uint32_t nr, const struct meant_rule **first)
{
	size_t low = 0, high = w->n, end;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (w->rules[mid].nr < nr)
			low = mid + 1;
		else
			high = mid;
	}
	for (end = low; end < w->n && w->rules[end].nr == nr;)
		end++;
	*first = w->n ? &w->rules[low] : NULL;
	return end - low;
}

bool meaning_is_for_all(const struct meant_way *w, const struct meant_rule *r)
{
	for (unsigned i = 0; i < r->nargs; i++) {
		uint64_t mask = r->args[i].datum_a;

		if (r->args[i].op != SCMP_CMP_MASKED_EQ ||
			(w->halves ? mask & UINT32_MAX : mask) != 0 ||
			(mask & r->args[i].datum_b) != 0)
			return false;
	}
	return true;
}

bool meaning_holds(const struct scmp_arg_cmp *cmp, uint64_t value)
{
	switch (cmp->op) {
	case SCMP_CMP_NE:
		return value != cmp->datum_a;
	case SCMP_CMP_LT:
		return value < cmp->datum_a;
	case SCMP_CMP_LE:
		return value <= cmp->datum_a;
	case SCMP_CMP_EQ:
		return value == cmp->datum_a;
	case SCMP_CMP_GE:
		return value >= cmp->datum_a;
	case SCMP_CMP_GT:
		return value > cmp->datum_a;
	default: /* datum_a is the mask */
		return (value & cmp->datum_a) == (cmp->datum_b & cmp->datum_a);
	}
}

bool meaning_takes(const struct meant_way *w, const struct meant_rule *r,
	const struct seccomp_data *data)
{
	for (unsigned i = 0; i < r->nargs; i++) {
		uint64_t value = data->args[r->args[i].arg];

		if (!meaning_holds(
			    &r->args[i], w->halves ? (uint32_t)value : value))
			return false;
	}
	return true;
}

/* WANT: the verdict that is asked after, or NULL. NULL: no rule takes it. */
static const struct meant_rule *find(const struct meant_way *w,
	const struct seccomp_data *data, const uint32_t *want)
{
	const struct meant_rule *rules, *taken = NULL;
	size_t n;

	n = meaning_rules(w, (uint32_t)data->nr, &rules);
	for (size_t i = 0; i < n; i++)
		if (meaning_is_for_all(w, &rules[i]))
			return &rules[i];
	for (size_t i = 0; i < n; i++) {
		if (!meaning_takes(w, &rules[i], data))
			continue;
		if (!taken || (want && rules[i].action == *want))
			taken = &rules[i];
	}
	return taken;
}

static uint32_t say(const struct meaning *m, const struct seccomp_data *data,
	const uint32_t *want)
{
	const struct meant_way *w = meaning_way(m, data);
	const struct meant_rule *taken = w ? find(w, data, want) : NULL;

	if (!w)
		return m->foreign;
	return taken ? taken->action : w->other;
}

const struct meant_rule *meaning_rule(const struct meaning *m,
	const struct seccomp_data *data, uint32_t verdict)
{
	const struct meant_way *w = meaning_way(m, data);
	const struct meant_rule *taken = w ? find(w, data, &verdict) : NULL;

	return taken && taken->action == verdict ? taken : NULL;
}

uint32_t meaning_verdict(
	const struct meaning *m, const struct seccomp_data *data)
{
	return say(m, data, NULL);
}

bool meaning_is(const struct meaning *m, const struct seccomp_data *data,
	uint32_t verdict)
{
	return say(m, data, &verdict) == verdict;
}
