/* SPDX-License-Identifier: MIT */
/* condition_write.c: conditions in print. */
#include "profile/condition_write.h"

#include <inttypes.h>

#define HALF 0xffffffffull
#define MOST 10000 /* ranges and bits that are written */

static void put_name(FILE *to, unsigned arg)
{
	if (arg == CONDITION_IP)
		fputs("ip", to);
	else
		fprintf(to, "arg%u", arg);
}

enum part { PART_WHOLE, PART_LOW, PART_HIGH };

static void put_part(FILE *to, unsigned arg, enum part part)
{
	if (part == PART_LOW)
		fputs("low32(", to);
	put_name(to, arg);
	fputs(part == PART_LOW ? ")" : part == PART_HIGH ? " >> 32" : "", to);
}

static void put_list(FILE *to, const struct ranges *s)
{
	for (size_t i = 0; i < s->n; i++) {
		fprintf(to, "%s0x%" PRIx64, i ? ", " : "{", s->r[i].first);
		if (s->r[i].first != s->r[i].last)
			fprintf(to, "-0x%" PRIx64, s->r[i].last);
	}
	fputc('}', to);
}

/* S is not all, nor nothing. */
static void put_values(FILE *to, unsigned arg, enum part part,
	const struct ranges *s, const struct ranges *rest, uint64_t last)
{
	const bool other = rest->n < s->n;
	const struct ranges *shown = other ? rest : s;
	const struct range *r = shown->r;

	put_part(to, arg, part);
	if (shown->n == 1 && r->first == r->last)
		fprintf(to, " %s 0x%" PRIx64, other ? "!=" : "==", r->first);
	else if (shown->n == 1 && !r->first)
		fprintf(to, " %s 0x%" PRIx64, other ? ">" : "<=", r->last);
	else if (shown->n == 1 && r->last == last)
		fprintf(to, " %s 0x%" PRIx64, other ? "<" : ">=", r->first);
	else {
		fputs(other ? " not in " : " in ", to);
		put_list(to, shown);
	}
}

static void put_set(FILE *to, const char **and, unsigned arg, enum part part,
	const struct ranges *s)
{
	const uint64_t last = part == PART_WHOLE ? UINT64_MAX : HALF;
	struct ranges rest = { 0 };

	if (ranges_is_all(s, last))
		return;
	fputs(*and, to);
	*and = " && ";
	/* Without memory the longer of two ways to say it. */
	if (!ranges_not(s, last, &rest)) {
		put_part(to, arg, part);
		fputs(" in ", to);
		put_list(to, s);
	} else {
		put_values(to, arg, part, s, &rest, last);
	}
	ranges_free(&rest);
}

static void put_condition(
	FILE *to, const char **and, unsigned arg, const struct condition *c)
{
	if (c->halves) {
		put_set(to, and, arg, PART_LOW, &c->low);
		put_set(to, and, arg, PART_HIGH, &c->high);
	} else {
		put_set(to, and, arg, PART_WHOLE, &c->whole);
	}
	for (size_t i = 0; i < c->nbits; i++) {
		fputs(*and, to);
		*and = " && ";
		put_name(to, arg);
		fprintf(to, " & 0x%" PRIx64 " %s 0x%" PRIx64, c->bits[i].mask,
			c->bits[i].truth ? "==" : "!=", c->bits[i].value);
	}
}

/* Ranges and bits in all. */
static size_t parts(const struct conditions *c)
{
	size_t sum = 0;

	for (size_t i = 0; i < c->n; i++)
		for (unsigned k = 0; k < CONDITION_ON; k++) {
			const struct condition *on = &c->list[i].on[k];

			sum += on->whole.n + on->low.n + on->high.n + on->nbits;
		}
	return sum;
}

bool conditions_are_long(const struct conditions *c)
{
	return parts(c) > MOST;
}

void conditions_write(const struct conditions *c, FILE *to)
{
	if (conditions_are_long(c)) {
		fprintf(to, "one of %zu conditions holds, too long to be told",
			c->n);
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		const char *and = i ? " || " : "";

		for (unsigned k = 0; k < CONDITION_ON; k++)
			put_condition(to, &and, k, &c->list[i].on[k]);
	}
}

static json_t *hex(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	return json_string(text);
}

static json_t *about(unsigned arg)
{
	return arg == CONDITION_IP ? json_pack("{s:s}", "arg", "ip")
				   : json_pack("{s:i}", "arg", (int)arg);
}

static void add_set(
	json_t *list, unsigned arg, const char *of, const struct ranges *s)
{
	json_t *in, *one;

	if (ranges_is_all(s, *of == 'w' ? UINT64_MAX : HALF))
		return;
	in = json_array();
	for (size_t i = 0; i < s->n; i++)
		json_array_append_new(in, json_pack("[o,o]", hex(s->r[i].first),
						  hex(s->r[i].last)));
	one = about(arg);
	json_object_set_new(one, "of", json_string(of));
	json_object_set_new(one, "in", in);
	json_array_append_new(list, one);
}

static void add_condition(json_t *list, unsigned arg, const struct condition *c)
{
	if (c->halves) {
		add_set(list, arg, "low", &c->low);
		add_set(list, arg, "high", &c->high);
	} else {
		add_set(list, arg, "whole", &c->whole);
	}
	for (size_t i = 0; i < c->nbits; i++) {
		json_t *one = about(arg);

		json_object_set_new(one, "mask", hex(c->bits[i].mask));
		json_object_set_new(one, "value", hex(c->bits[i].value));
		json_object_set_new(
			one, "equal", json_boolean(c->bits[i].truth));
		json_array_append_new(list, one);
	}
}

json_t *conditions_json(const struct conditions *c)
{
	json_t *any = json_array();

	for (size_t i = 0; i < c->n; i++) {
		json_t *all = json_array();

		for (unsigned k = 0; k < CONDITION_ON; k++)
			add_condition(all, k, &c->list[i].on[k]);
		json_array_append_new(any, all);
	}
	return any;
}
