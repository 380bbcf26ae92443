/* SPDX-License-Identifier: MIT */
/* disasm_rules.c: the rules of a filter in print, as text and as JSON. */
#include <jansson.h>
#include <stdio.h>

#include "cmd/disasm.h"
#include "cmd/named.h"
#include "profile/ask.h"
#include "profile/condition_write.h"

static const struct cases *cases_of(const struct diff *d, size_t i)
{
	return &d->cases[d->list[i].cases].c;
}

/* The verdict of change I, whatever the arguments; NULL: they decide. */
static const struct verdict_case *always(const struct diff *d, size_t i)
{
	const struct cases *c = cases_of(d, i);

	return c->whole && c->n == 1 && conditions_is_all(&c->list[0].where)
		       ? &c->list[0]
		       : NULL;
}

/* The last change of the way that I is of: numbers that no call has. */
static size_t last_of(const struct diff *d, size_t i)
{
	while (i + 1 < d->n && named_same_way(&d->list[i], &d->list[i + 1]))
		i++;
	return i;
}

/* The calls of I's way, from I on, that always meet what I does. */
static void put_alike(const struct diff *d, size_t i)
{
	const struct verdict_case *v = always(d, i);
	const size_t last = last_of(d, i);
	struct named_words l = { 0, NAMED_INDENT };
	struct named n = { "", 0, 0 };
	char name[ASK_VERDICT];

	named_put_way(&d->list[i]);
	l.column += (size_t)printf("%s:", ask_verdict(v->a, name));
	for (size_t k = i; k <= last; k++) {
		const struct verdict_case *w = always(d, k);

		if (!w || w->a != v->a)
			continue;
		for (bool b = true; named_next(&d->list[k], &n, b); b = false)
			named_put_word(&l, &n);
	}
	putchar('\n');
}

/* Whether one before I of its way always meets V. */
static bool is_told(
	const struct diff *d, size_t i, const struct verdict_case *v)
{
	while (i-- && named_same_way(&d->list[i], &d->list[i + 1])) {
		const struct verdict_case *w = always(d, i);

		if (w && w->a == v->a)
			return true;
	}
	return false;
}

/* The case that is said as "otherwise": what numbers without a call meet, or
 * the one with most tests. */
static size_t otherwise(const struct cases *c, const struct verdict_case *rest)
{
	size_t most = 0;

	for (size_t k = 0; rest && k < c->n; k++)
		if (c->list[k].a == rest->a)
			return k;
	for (size_t k = 1; k < c->n; k++)
		if (c->list[k].tests > c->list[most].tests)
			most = k;
	return most;
}

static void put_cases(const struct cases *c, const struct verdict_case *rest)
{
	const size_t other = c->whole ? otherwise(c, rest) : c->n;
	char name[ASK_VERDICT];

	for (size_t k = 0; k < c->n; k++) {
		if (k == other)
			continue;
		printf("%*s%s", NAMED_INDENT, "",
			ask_verdict(c->list[k].a, name));
		if (c->whole) {
			fputs(" where ", stdout);
			conditions_write(&c->list[k].where, stdout);
		}
		putchar('\n');
	}
	if (c->whole)
		printf("%*s%s otherwise\n", NAMED_INDENT, "",
			ask_verdict(c->list[other].a, name));
	else
		printf("%*sand what else is not known\n", NAMED_INDENT, "");
}

static void put_change(const struct diff *d, size_t i)
{
	const struct verdict_case *rest = always(d, last_of(d, i));
	struct named_words l = { 0, NAMED_INDENT };
	struct named n = { "", 0, 0 };

	named_put_way(&d->list[i]);
	fputs("depends:", stdout);
	l.column += 8;
	for (size_t k = i; k <= last_of(d, i); k++) {
		if (d->list[k].cases != d->list[i].cases)
			continue;
		for (bool b = true; named_next(&d->list[k], &n, b); b = false)
			named_put_word(&l, &n);
	}
	putchar('\n');
	put_cases(cases_of(d, i), rest);
}

/* Whether one before I of its way has the same cases. */
static bool is_grouped(const struct diff *d, size_t i)
{
	for (size_t k = i; k-- && named_same_way(&d->list[k], &d->list[i]);)
		if (d->list[k].cases == d->list[i].cases)
			return true;
	return false;
}

/* What all numbers meet that no other line of the way names. */
static void put_rest(const struct diff *d, size_t i)
{
	const struct change *c = &d->list[i];
	char name[ASK_VERDICT];

	named_put_way(c);
	printf("%s: ", ask_verdict(always(d, i)->a, name));
	if (i && named_same_way(c, c - 1))
		puts("every other number");
	else if (c->first != c->last)
		puts("every number");
	else
		printf("number 0x%x\n", c->first);
}

static void print_text(const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const size_t last = last_of(d, i);
		const struct verdict_case *v = always(d, i),
					  *rest = always(d, last);

		if (!v && !is_grouped(d, i))
			put_change(d, i);
		else if (v && (!rest || v->a != rest->a) && !is_told(d, i, v))
			put_alike(d, i);
		if (i == last && rest)
			put_rest(d, i);
	}
	if (!d->whole)
		puts("not all could be followed: the filter computes with "
		     "what it compares, or has too many ways through it");
}

static json_t *json_of(const struct change *c, const struct named *n,
	const struct cases *cases, const struct verdict_case *v)
{
	char name[ASK_VERDICT], way[NAMED_WAY];
	json_t *args = json_array(), *o;

	for (unsigned i = 0; i < CONDITION_ARGS; i++)
		json_array_append_new(args, named_hex(v->example.args[i]));
	o = json_pack("{s:s, s:o, s:s?, s:[o,o], s:s, s:o, s:b, s:b, s:o}",
		"arch", named_way(c, way), "audit_arch", named_hex(c->arch),
		"call", *n->name ? n->name : NULL, "numbers",
		named_hex(n->first), named_hex(n->last), "verdict",
		ask_verdict(v->a, name), "ret", json_integer(v->a), "passes",
		ask_lets_pass(v->a), "whole", cases->whole, "example", args);
	if (cases->whole && !conditions_is_all(&v->where))
		json_object_set_new(o, "where",
			conditions_are_long(&v->where)
				? json_null()
				: conditions_json(&v->where));
	return o;
}

static void print_json(const struct diff *d)
{
	json_t *rules = json_array(), *o;

	for (size_t i = 0; i < d->n; i++) {
		const struct cases *c = cases_of(d, i);
		struct named n = { "", 0, 0 };

		for (bool b = true; named_next(&d->list[i], &n, b); b = false)
			for (size_t k = 0; k < c->n; k++)
				json_array_append_new(
					rules, json_of(&d->list[i], &n, c,
						       &c->list[k]));
	}
	o = json_pack("{s:b, s:o}", "whole", d->whole, "rules", rules);
	json_dumpf(o, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(o);
}

void disasm_rules_print(const struct diff *d, bool json)
{
	if (json)
		print_json(d);
	else
		print_text(d);
}
