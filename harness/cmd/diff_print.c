/* SPDX-License-Identifier: MIT */
/* diff_print.c: differences of profiles as text and as JSON. */
#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cmd/diff.h"
#include "cmd/named.h"
#include "profile/ask.h"
#include "profile/condition_write.h"
#include "profile/verdict.h"

/* Both filters are run with the call that is shown. */
static struct seccomp_data shown(const struct differing *t, uint32_t arch,
	const struct named *n, const struct verdict_case *v)
{
	struct seccomp_data data = v->example;

	data.arch = arch;
	data.nr = (int)n->first;
	assert(verdict_effect(bpf_run(t->a->insns, t->a->ninsns, &data)) ==
			v->a &&
		verdict_effect(bpf_run(t->b->insns, t->b->ninsns, &data)) ==
			v->b);
	return data;
}

static const struct cases *cases_of(const struct diff *d, size_t i)
{
	return &d->cases[d->list[i].cases].c;
}

/* The case of change I where the verdicts go from A to B, for any arguments. */
static const struct verdict_case *always(
	const struct diff *d, size_t i, uint32_t a, uint32_t b)
{
	const struct cases *c = cases_of(d, i);

	for (size_t k = 0; c->whole && k < c->n; k++)
		if (c->list[k].a == a && c->list[k].b == b &&
			conditions_is_all(&c->list[k].where))
			return &c->list[k];
	return NULL;
}

static int put_verdicts(uint32_t a, uint32_t b)
{
	char from[ASK_VERDICT], to[ASK_VERDICT];

	return printf("%s -> %s", ask_verdict(a, from), ask_verdict(b, to));
}

/* The calls of a line, and the first with its data. */
struct list {
	struct named_words words;
	bool named;
	struct named first;
	struct seccomp_data data;
};

/* A call of each change that is as FIRST, its V, is: those with a name or the
 * others. */
static void put_words(const struct differing *t, const struct diff *d,
	size_t first, const struct verdict_case *v, struct list *l)
{
	const bool named = l->named;
	struct named n = { "", 0, 0 };

	for (size_t i = first; i < d->n; i++) {
		const struct verdict_case *w = always(d, i, v->a, v->b);

		if (!w || !named_same_way(&d->list[i], &d->list[first]))
			continue;
		for (bool b = true; named_next(&d->list[i], &n, b); b = false) {
			if (named != (*n.name != '\0'))
				continue;
			if (!l->words.n) {
				l->first = n;
				l->data = shown(t, d->list[i].arch, &n, w);
			}
			named_put_word(&l->words, &n);
		}
	}
}

static void put_group(const struct differing *t, const struct diff *d,
	size_t first, const struct verdict_case *v)
{
	struct list l = { { 0, NAMED_INDENT }, .named = true };

	named_put_way(&d->list[first]);
	l.words.column += (size_t)put_verdicts(v->a, v->b) + 1;
	putchar(':');
	put_words(t, d, first, v, &l);
	l.named = false;
	put_words(t, d, first, v, &l);
	named_put_example(&l.first, &l.data);
}

/* Whether the verdicts of change I were printed with those before it. */
static bool is_grouped(
	const struct diff *d, size_t i, const struct verdict_case *v)
{
	for (size_t k = 0; k < i; k++)
		if (named_same_way(&d->list[k], &d->list[i]) &&
			always(d, k, v->a, v->b))
			return true;
	return false;
}

static void put_conditional(const struct differing *t, const struct diff *d,
	size_t i, const struct verdict_case *v)
{
	struct named n = { "", 0, 0 };
	struct seccomp_data data;

	for (bool b = true; named_next(&d->list[i], &n, b); b = false) {
		data = shown(t, d->list[i].arch, &n, v);
		named_put_way(&d->list[i]);
		named_put_call(&n);
		fputs(": ", stdout);
		put_verdicts(v->a, v->b);
		if (cases_of(d, i)->whole) {
			fputs(" where ", stdout);
			conditions_write(&v->where, stdout);
		}
		named_put_example(&n, &data);
	}
}

static void put_undecided(const struct diff *d, size_t i)
{
	struct named n = { "", 0, 0 };

	for (bool b = true; named_next(&d->list[i], &n, b); b = false) {
		named_put_way(&d->list[i]);
		named_put_call(&n);
		puts(": not all of its arguments could be compared");
	}
}

static void print_text(const struct differing *t, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct cases *c = cases_of(d, i);

		for (size_t k = 0; k < c->n; k++) {
			const struct verdict_case *v = &c->list[k];

			if (!always(d, i, v->a, v->b))
				put_conditional(t, d, i, v);
			else if (!is_grouped(d, i, v))
				put_group(t, d, i, v);
		}
		if (!c->whole)
			put_undecided(d, i);
	}
	if (!d->n && d->whole)
		puts("the same verdict for every call");
	else if (!d->whole)
		puts("not all calls could be compared: a filter computes with "
		     "what it compares, or has too many ways through it");
}

static json_t *json_of(const struct differing *t, const struct change *c,
	const struct cases *cases, const struct named *n,
	const struct verdict_case *v)
{
	const struct seccomp_data data = shown(t, c->arch, n, v);
	char from[ASK_VERDICT], to[ASK_VERDICT], name[NAMED_WAY];
	json_t *args = json_array(), *o;

	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		json_array_append_new(args, named_hex(data.args[i]));
	o = json_pack("{s:s, s:o, s:s?, s:[o,o], s:s, s:s, s:b, s:b, s:o}",
		"arch", named_way(c, name), "audit_arch", named_hex(c->arch),
		"call", *n->name ? n->name : NULL, "numbers",
		named_hex(n->first), named_hex(n->last), "from",
		ask_verdict(v->a, from), "to", ask_verdict(v->b, to), "opens",
		!ask_lets_pass(v->a) && ask_lets_pass(v->b), "shuts",
		ask_lets_pass(v->a) && !ask_lets_pass(v->b), "example", args);
	json_object_set_new(o, "from_ret", json_integer(v->a));
	json_object_set_new(o, "to_ret", json_integer(v->b));
	json_object_set_new(o, "whole", json_boolean(cases->whole));
	if (cases->whole && !conditions_is_all(&v->where))
		json_object_set_new(o, "where",
			conditions_are_long(&v->where)
				? json_null()
				: conditions_json(&v->where));
	return o;
}

static void print_json(const struct differing *t, const struct diff *d)
{
	json_t *changes = json_array(), *o;

	for (size_t i = 0; i < d->n; i++) {
		const struct cases *c = cases_of(d, i);

		for (size_t k = 0; k < c->n; k++) {
			struct named n = { "", 0, 0 };

			for (bool b = true; named_next(&d->list[i], &n, b);
				b = false)
				json_array_append_new(
					changes, json_of(t, &d->list[i], c, &n,
							 &c->list[k]));
		}
	}
	o = json_pack("{s:s, s:s, s:b, s:b, s:o}", "a", t->names[0], "b",
		t->names[1], "equal", d->whole && !d->n, "whole", d->whole,
		"changes", changes);
	json_dumpf(o, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(o);
}

bool diff_found(const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (cases_of(d, i)->n)
			return true;
	return false;
}

void diff_print(const struct differing *t, const struct diff *d)
{
	if (t->json)
		print_json(t, d);
	else
		print_text(t, d);
}
