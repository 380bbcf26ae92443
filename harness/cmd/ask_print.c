/* SPDX-License-Identifier: MIT */
/* ask_print.c: answers of `quartet ask` in print, and as JSON. */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "cmd/asking.h"
#include "cmd/ask_cost.h"
#include "sys/text.h"

static void put_where(struct text *t, const struct profile *p,
	const struct profile_rule *rule, struct profile_place at)
{
	text_put_shown(t, rule ? profile_rule_file(p, rule) : p->where);
	if (at.line)
		text_put(t, ":%d:%d", at.line, at.column);
}

static void put_comparison(struct text *t, const struct scmp_arg_cmp *a)
{
	static const char *const ops[] = {
		[SCMP_CMP_NE] = "!=",
		[SCMP_CMP_LT] = "<",
		[SCMP_CMP_LE] = "<=",
		[SCMP_CMP_EQ] = "==",
		[SCMP_CMP_GE] = ">=",
		[SCMP_CMP_GT] = ">",
	};

	if (a->op == SCMP_CMP_MASKED_EQ)
		text_put(t, "arg%u & 0x%" PRIx64 " == 0x%" PRIx64, a->arg,
			(uint64_t)a->datum_a, (uint64_t)a->datum_b);
	else
		text_put(t, "arg%u %s 0x%" PRIx64, a->arg, ops[a->op],
			(uint64_t)a->datum_a);
}

static void put_rule(struct text *t, const struct profile *p, size_t index)
{
	const struct profile_rule *rule = &p->rules[index];

	put_where(
		t, p, rule, (struct profile_place){ rule->line, rule->column });
	for (unsigned i = 0; i < rule->nargs; i++) {
		text_put(t, i ? " && " : ": ");
		put_comparison(t, &rule->args[i]);
	}
}

static void put_path(struct text *t, const struct filter *bpf,
	const struct seccomp_data *data)
{
	uint16_t path[BPF_MAXINSNS];
	size_t n;

	bpf_trace(bpf->insns, bpf->ninsns, data, path, &n);
	text_put(t, "instructions");
	for (size_t i = 0; i < n; i++)
		text_put(t, " %u", path[i]);
}

/* What decides. */
static void put_reason(
	struct text *t, const struct asking *a, const struct ask_answer *answer)
{
	const struct meant_way *w =
		a->m ? meaning_way(a->m, &answer->data) : NULL;

	if (answer->rule != SIZE_MAX) {
		put_rule(t, a->p, answer->rule);
	} else if (!a->m) {
		put_path(t, a->bpf, &answer->data);
	} else if (!w || (!w->rules && !a->p->x32_default)) {
		text_put(t, "an architecture that it is not for");
	} else if (answer->verdict == w->other &&
		   w->other == a->p->default_action) {
		put_where(t, a->p, NULL, a->p->of_default);
		text_put(t, ": default action");
	} else {
		text_put(t, "no rule: ");
		put_path(t, a->bpf, &answer->data);
	}
}

static void put_call(struct text *t, const struct question *q,
	const struct seccomp_data *example)
{
	text_put(t, "%s(", q->name);
	for (unsigned i = 0; i < q->n; i++) {
		text_put(t, i ? ", " : "");
		if (example && !q->known[i])
			text_put(t, "0x%llx", example->args[i]);
		else
			text_put_shown(t, q->words[i]);
	}
	text_put(t, ")");
}

/* As many arguments as an answer's call shows. */
static struct question shown(
	const struct question *q, const struct ask_answers *answers)
{
	struct question s = *q;

	for (unsigned i = 0; i < answers->n; i++)
		for (unsigned k = s.n; k < PROFILE_ARGS; k++)
			if (answers->list[i].data.args[k])
				while (s.n <= k)
					strcpy(s.words[s.n++], "*");
	return s;
}

static void print_text(const struct asking *a, const struct way *way,
	const struct question *q, const struct ask_answers *answers)
{
	const struct question s = shown(q, answers);
	char name[ASK_VERDICT], room[1024];
	struct text t = text_in(room, sizeof(room));

	if (answers->n > 1) {
		put_call(&t, q, NULL);
		printf("%-7s %-14s %s\n", way->name, "depends", room);
	}
	for (unsigned i = 0; i < answers->n; i++) {
		const struct ask_answer *one = &answers->list[i];

		t = text_in(room, sizeof(room));
		put_call(&t, &s, answers->n > 1 ? &one->data : NULL);
		text_put(&t, "  ");
		put_reason(&t, a, one);
		text_mark_cut(&t);
		printf("%-7s %s%-*s %s\n", answers->n > 1 ? "" : way->name,
			answers->n > 1 ? "  " : "", answers->n > 1 ? 12 : 14,
			ask_verdict(one->verdict, name), room);
	}
	if (!answers->whole)
		printf("%-7s there may be other verdicts: not all paths could "
		       "be followed\n",
			"");
}

static json_t *json_place_of(
	const struct asking *a, const struct ask_answer *answer)
{
	char room[4096];
	struct text t = text_in(room, sizeof(room));

	put_reason(&t, a, answer);
	text_mark_cut(&t);
	return json_string(room);
}

static json_t *json_answer(
	const struct asking *a, const struct ask_answer *answer)
{
	char name[ASK_VERDICT], hex[24];
	json_t *args = json_array(), *o = json_object();

	for (unsigned i = 0; i < PROFILE_ARGS; i++) {
		snprintf(hex, sizeof(hex), "0x%" PRIx64,
			(uint64_t)answer->data.args[i]);
		json_array_append_new(args, json_string(hex));
	}
	json_object_set_new(
		o, "verdict", json_string(ask_verdict(answer->verdict, name)));
	json_object_set_new(o, "ret", json_integer(answer->verdict));
	json_object_set_new(
		o, "passes", json_boolean(ask_lets_pass(answer->verdict)));
	json_object_set_new(o, "args", args);
	json_object_set_new(o, "why", json_place_of(a, answer));
	if (answer->rule != SIZE_MAX) {
		const struct profile_rule *r = &a->p->rules[answer->rule];

		json_object_set_new(
			o, "file", json_string(profile_rule_file(a->p, r)));
		json_object_set_new(o, "line", json_integer(r->line));
		json_object_set_new(o, "column", json_integer(r->column));
	}
	return o;
}

static void print_json(const struct asking *a, const struct way *way,
	const struct question *q, const struct ask_call *call,
	const struct ask_answers *answers)
{
	json_t *words = json_array(), *list = json_array(), *o;
	struct cost c;

	for (unsigned i = 0; i < q->n; i++)
		json_array_append_new(words, json_string(q->words[i]));
	for (unsigned i = 0; i < answers->n; i++)
		json_array_append_new(list, json_answer(a, &answers->list[i]));
	o = json_pack("{s:s, s:s, s:i, s:o, s:b, s:o}", "call", q->name, "arch",
		way->name, "nr", call->nr, "asked", words, "whole",
		answers->whole, "answers", list);
	if (a->cost) {
		cost_of(a->bpf, call, &c);
		json_object_set_new(o, "cost", ask_cost_json(&c));
	}
	json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
}

static void print_cost(const struct asking *a, const struct ask_call *call)
{
	char text[ASK_COST];
	struct cost c;

	cost_of(a->bpf, call, &c);
	printf("%-7s %-14s %s instructions%s\n", "", "cost",
		ask_cost_text(&c, text),
		c.cached ? "; none from Linux 5.11 on: its bitmap answers"
			 : "");
}

void ask_print(const struct asking *a, const struct way *way,
	const struct question *q, const struct ask_call *call,
	const struct ask_answers *answers)
{
	if (a->json)
		print_json(a, way, q, call, answers);
	else
		print_text(a, way, q, answers);
	if (a->cost && !a->json)
		print_cost(a, call);
}

void ask_print_row(const struct asking *a, const struct ask_call *call,
	const char *name, const struct ask_answers *answers)
{
	char text[ASK_VERDICT];
	uint32_t said[ASK_ANSWERS];
	unsigned n = 0;

	printf("%5d %-28s", call->nr, name);
	if (a->cost) {
		char room[ASK_COST];
		struct cost c;

		cost_of(a->bpf, call, &c);
		printf(" %7s %-7s", ask_cost_text(&c, room),
			c.cached ? "bitmap" : "");
	}
	for (unsigned i = 0; i < answers->n; i++) {
		const uint32_t verdict = answers->list[i].verdict;
		unsigned k = 0;

		while (k < n && said[k] != verdict)
			k++;
		if (k < n)
			continue;
		printf("%s%s", n ? " or " : " ", ask_verdict(verdict, text));
		said[n++] = verdict;
	}
	puts(answers->whole ? "" : " or other");
}
