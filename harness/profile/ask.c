/* SPDX-License-Identifier: MIT */
/*
 * ask.c: follows the paths of a filter that a call can take. Words that are
 * loaded, masked and compared with constants are followed; of a filter that
 * does more, calls for some verdicts are found.
 */
#include "profile/ask.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "profile/boxes.h"
#include "profile/paths.h"
#include "profile/read_minijail.h"

struct search {
	const struct asker *k;
	struct ask_answers *a;
	uint64_t found; /* verdicts, as in struct graph */
	bool apart;	/* one verdict may come of several rules */
};

static void add(struct search *s, const struct seccomp_data *data)
{
	const struct filter *bpf = s->k->bpf;
	struct ask_answers *a = s->a;
	const uint32_t verdict = bpf_run(bpf->insns, bpf->ninsns, data);
	const struct meant_rule *r =
		s->k->m ? meaning_rule(s->k->m, data, verdict) : NULL;
	const size_t rule = r ? r->rule : SIZE_MAX;

	for (unsigned i = 0; i < a->n; i++)
		if (a->list[i].verdict == verdict && a->list[i].rule == rule)
			return;
	if (a->n == ASK_ANSWERS)
		a->whole = false;
	else
		a->list[a->n++] = (struct ask_answer){ verdict, *data, rule };
}

static bool skip(void *context, const struct paths *w, uint32_t a, uint32_t b)
{
	const struct search *s = context;
	const struct graph_node *n = &w->g->nodes[a];

	(void)b;
	return !s->apart && !n->unknown && !(n->verdicts & ~s->found);
}

static bool end(void *context, struct paths *w, uint32_t a, uint32_t b)
{
	struct search *s = context;
	struct seccomp_data data;

	(void)b;
	if (region_some(&w->r, &w->tests, &data))
		add(s, &data);
	else
		s->a->whole = false;
	if (a == GRAPH_UNKNOWN)
		s->a->whole = false;
	else
		s->found |= w->g->nodes[a].verdicts &
			    ~((uint64_t)1 << GRAPH_VERDICTS);
	return true;
}

/* What is known, and 0 for the others. */
static struct seccomp_data one_call(const struct ask_call *call)
{
	struct seccomp_data data = { .nr = call->nr, .arch = call->arch };

	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		data.args[i] = call->known[i] ? call->args[i] : 0;
	if (call->bits.mask)
		data.args[call->bits.arg] = call->bits.value;
	return data;
}

static struct region_test bits_test(const struct ask_call *call)
{
	return (struct region_test){ .word = WORD_LOW(call->bits.arg),
		.mask = call->bits.mask,
		.op = REGION_EQ,
		.k = call->bits.value,
		.truth = true };
}

static bool has_rules(const struct meaning *m, const struct seccomp_data *data)
{
	const struct meant_way *w = m ? meaning_way(m, data) : NULL;
	const struct meant_rule *first;

	return w && meaning_rules(w, (uint32_t)data->nr, &first) > 1;
}

bool ask_begin(
	struct asker *k, const struct filter *bpf, const struct meaning *m)
{
	*k = (struct asker){ .bpf = bpf, .m = m };
	if (!graph_begin(&k->g))
		return false;
	k->root = graph_add(&k->g, bpf);
	return true;
}

void ask_end(struct asker *k)
{
	graph_end(&k->g);
}

/* Whether one run says it: nothing that the filter looks at may be any. */
static bool is_settled(const struct asker *k, const struct ask_call *call)
{
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (!call->known[i])
			return false;
	for (size_t pc = 0; pc < k->bpf->ninsns; pc++) {
		const struct sock_filter *f = &k->bpf->insns[pc];

		if (f->code == (BPF_LD | BPF_W | BPF_ABS) &&
			(f->k / 4 == 2 || f->k / 4 == 3))
			return false;
	}
	return true;
}

/* What is left of the filter where all is given that is known. */
static uint32_t node_of(struct asker *k, const struct ask_call *call)
{
	uint32_t node =
		graph_call(&k->g, k->root, k->bpf, call->arch, call->nr);

	for (unsigned i = 0; i < PROFILE_ARGS; i++) {
		if (!call->known[i])
			continue;
		node = graph_restrict(
			&k->g, node, WORD_LOW(i), (uint32_t)call->args[i]);
		node = graph_restrict(&k->g, node, WORD_LOW(i) + 1,
			(uint32_t)(call->args[i] >> 32));
	}
	return node;
}

/* Whether it is asked for all arguments. */
static bool is_open(const struct ask_call *call)
{
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (call->known[i])
			return false;
	return !call->bits.mask;
}

/* The answers of another number, of which the same is left: NODE. */
static bool is_known(const struct asker *k, const struct ask_call *call,
	uint32_t node, struct ask_answers *a)
{
	if (k->m || node == GRAPH_UNKNOWN || node != k->node || !is_open(call))
		return false;
	*a = k->last;
	for (unsigned i = 0; i < a->n; i++) {
		a->list[i].data.arch = call->arch;
		a->list[i].data.nr = call->nr;
	}
	return true;
}

void ask(struct asker *k, const struct ask_call *call, struct ask_answers *a)
{
	const struct seccomp_data data = one_call(call);
	struct search s = { .k = k, .a = a, .apart = has_rules(k->m, &data) };
	struct paths w;
	uint32_t node;

	a->n = 0;
	a->whole = true;
	if (is_settled(k, call)) {
		add(&s, &data);
		return;
	}
	node = node_of(k, call);
	if (is_known(k, call, node, a))
		return;
	paths_begin(&w, &k->g, call->arch, (uint32_t)call->nr);
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (call->known[i]) {
			paths_set(&w, WORD_LOW(i), (uint32_t)call->args[i]);
			paths_set(&w, WORD_LOW(i) + 1,
				(uint32_t)(call->args[i] >> 32));
		}
	if (call->bits.mask)
		paths_add(&w, bits_test(call));
	w.context = &s;
	w.skip = skip;
	w.end = end;
	if (!paths_follow(&w, node, GRAPH_UNKNOWN) || w.tests.lost)
		a->whole = false;
	if (!a->n)
		add(&s, &data);
	paths_end(&w);
	if (is_open(call)) {
		k->node = node;
		k->last = *a;
	}
}

const char *ask_verdict(uint32_t verdict, char text[ASK_VERDICT])
{
	static const struct {
		uint32_t action;
		const char *name;
	} names[] = {
		{ SECCOMP_RET_KILL_PROCESS, "kill process" },
		{ SECCOMP_RET_KILL_THREAD, "kill thread" },
		{ SECCOMP_RET_TRAP, "trap" },
		{ SECCOMP_RET_USER_NOTIF, "notify" },
		{ SECCOMP_RET_TRACE, "trace" },
		{ SECCOMP_RET_LOG, "log" },
		{ SECCOMP_RET_ALLOW, "allow" },
	};
	const uint32_t action = verdict & SECCOMP_RET_ACTION_FULL;
	const uint32_t data = verdict & SECCOMP_RET_DATA;
	const char *name = strerrorname_np((int)data);

	/* kernel/seccomp.c: an action that it has not kills the process. */
	snprintf(text, ASK_VERDICT, "kill process (0x%x)", verdict);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].action == action)
			snprintf(text, ASK_VERDICT, "%s", names[i].name);
	if (action == SECCOMP_RET_TRACE)
		snprintf(text, ASK_VERDICT, "trace %u", data);
	if (action == SECCOMP_RET_ERRNO && name)
		snprintf(text, ASK_VERDICT, "errno %s", name);
	else if (action == SECCOMP_RET_ERRNO)
		snprintf(text, ASK_VERDICT, "errno %u",
			data < 4095 ? data : 4095);
	return text;
}

bool ask_lets_pass(uint32_t verdict)
{
	const uint32_t action = verdict & SECCOMP_RET_ACTION_FULL;

	return action == SECCOMP_RET_ALLOW || action == SECCOMP_RET_LOG;
}

bool ask_value(const char *text, uint64_t *value, struct profile_error *err)
{
	return policy_value_of(text, value, err);
}
