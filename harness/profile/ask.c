/* SPDX-License-Identifier: MIT */
/*
 * ask.c: follows the paths of a filter that a call can take. Words that are
 * loaded, masked and compared with constants are followed; of a filter that
 * does more, the verdicts it can reach at all are found, and calls for some.
 */
#include "profile/ask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/read_minijail.h"
#include "profile/region.h"

#define BUDGET 2000000 /* instructions and tests */
#define WHOLE  0xffffffffu

struct search {
	const struct filter *bpf;
	const struct meaning *m;
	struct ask_answers *a;
	struct region_tests tests;
	unsigned budget;
};

/* As in prove.c: the accumulator is a word under a mask. */
struct path {
	size_t pc;
	unsigned word;
	uint32_t mask;
	struct region r;
};

static void add(struct search *s, const struct seccomp_data *data)
{
	struct ask_answers *a = s->a;
	const uint32_t verdict = bpf_run(s->bpf->insns, s->bpf->ninsns, data);
	const struct meant_rule *r =
		s->m ? meaning_rule(s->m, data, verdict) : NULL;
	const size_t rule = r ? r->rule : SIZE_MAX;

	for (unsigned i = 0; i < a->n; i++)
		if (a->list[i].verdict == verdict && a->list[i].rule == rule)
			return;
	if (a->n == ASK_ANSWERS)
		a->whole = false;
	else
		a->list[a->n++] = (struct ask_answer){ verdict, *data, rule };
}

static void end(struct search *s, const struct region *r)
{
	struct seccomp_data data;

	if (region_some(r, &s->tests, &data))
		add(s, &data);
	else
		s->a->whole = false;
}

static void follow(struct search *s, struct path *p);

static void follow_jump(
	struct search *s, const struct path *p, const struct sock_filter *f)
{
	const bool set = BPF_OP(f->code) == BPF_JSET;
	struct region_test test = {
		.word = p->word, .mask = p->mask, .k = set ? 0 : f->k
	};
	const size_t tests = s->tests.n;

	test.op = BPF_OP(f->code) == BPF_JGT   ? REGION_GT
		  : BPF_OP(f->code) == BPF_JGE ? REGION_GE
					       : REGION_EQ;
	if (set)
		test.mask &= f->k;
	for (int yes = 1; yes >= 0; yes--) {
		struct path next = *p;

		test.truth = set ? !yes : yes;
		next.pc = p->pc + (yes ? f->jt : f->jf);
		if (region_add(&next.r, &s->tests, test))
			follow(s, &next);
		s->tests.n = tests;
	}
}

static bool is_jump(const struct sock_filter *f)
{
	return BPF_CLASS(f->code) == BPF_JMP && BPF_OP(f->code) != BPF_JA &&
	       BPF_SRC(f->code) == BPF_K;
}

static void follow(struct search *s, struct path *p)
{
	while (s->budget) {
		const struct sock_filter *f = &s->bpf->insns[p->pc++];

		s->budget--;
		if (f->code == (BPF_RET | BPF_K)) {
			end(s, &p->r);
			return;
		}
		if (is_jump(f)) {
			follow_jump(s, p, f);
			return;
		}
		if (f->code == (BPF_LD | BPF_W | BPF_ABS)) {
			p->mask = WHOLE;
			p->word = f->k / 4;
		} else if (f->code == (BPF_ALU | BPF_AND | BPF_K)) {
			p->mask &= f->k;
		} else if (f->code == (BPF_JMP | BPF_JA)) {
			p->pc += f->k;
		} else {
			break;
		}
	}
	s->a->whole = false;
}

static void set_word(struct region *r, unsigned word, uint32_t value)
{
	r->low[word] = r->high[word] = value;
}

static bool all_known(const struct ask_call *call)
{
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (!call->known[i])
			return false;
	return true;
}

/* What is known, and 0 for the others. */
static struct seccomp_data one_call(const struct ask_call *call)
{
	struct seccomp_data data = { .nr = call->nr, .arch = call->arch };

	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		data.args[i] = call->known[i] ? call->args[i] : 0;
	return data;
}

/* What the rules say of such calls, if nothing else is known. */
static bool is_constant(const struct filter *bpf, const struct ask_call *call)
{
	uint32_t verdict;

	return bpf_verdict(
		bpf->insns, bpf->ninsns, call->arch, call->nr, &verdict);
}

void ask(const struct filter *bpf, const struct meaning *m,
	const struct ask_call *call, struct ask_answers *a)
{
	struct search s = { .bpf = bpf, .m = m, .a = a, .budget = BUDGET };
	struct seccomp_data data = one_call(call);
	struct path p = { .pc = 0 };

	a->n = 0;
	a->whole = true;
	if (all_known(call) || is_constant(bpf, call)) {
		add(&s, &data);
		return;
	}
	region_all(&p.r);
	set_word(&p.r, 0, (uint32_t)call->nr);
	set_word(&p.r, 1, call->arch);
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (call->known[i]) {
			set_word(&p.r, 4 + 2 * i, (uint32_t)call->args[i]);
			set_word(&p.r, 5 + 2 * i,
				(uint32_t)(call->args[i] >> 32));
		}
	follow(&s, &p);
	if (s.tests.lost)
		a->whole = false;
	if (!a->n)
		add(&s, &data);
	free(s.tests.tests);
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
