/* SPDX-License-Identifier: MIT */
/* read_oci_args.c: what a rule of OCI JSON compares arguments with. */
#include <stdio.h>
#include <string.h>

#include "profile/json.h"
#include "sys/failure.h"

static int read_arg(
	struct json_reader *r, const json_t *o, struct scmp_arg_cmp *a)
{
	uint64_t index = 0, value = 0, two = 0;
	uint32_t op = _SCMP_CMP_MIN;
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return json_fail(r, 0, "expected an object: index, value, op");
	json_object_foreach((json_t *)o, key, v)
	{
		json_enter_key(r, key);
		if (!strcmp(key, "index"))
			ret = json_read_number(r, v, 5, &index);
		else if (!strcmp(key, "value"))
			ret = json_read_number(r, v, UINT64_MAX, &value);
		else if (!strcmp(key, "valueTwo"))
			ret = json_read_number(r, v, UINT64_MAX, &two);
		else if (!strcmp(key, "op"))
			ret = json_read_name(
				r, v, words_operators, "an operator", &op);
		else
			ret = json_fail(r, 1,
				"unknown key \"%s\"; expected index, value, "
				"valueTwo or op",
				key);
		json_leave(r);
		if (ret)
			return ret;
	}
	if (!json_object_get(o, "index") || !json_object_get(o, "value") ||
		op == _SCMP_CMP_MIN)
		return json_fail(r, 0, "an argument needs index, value and op");
	/* Left out it is 0, as in Docker's own rule for clone. */
	if (op != SCMP_CMP_MASKED_EQ && two)
		return json_fail(r, 0,
			"valueTwo goes with SCMP_CMP_MASKED_EQ alone: "
			"(argument & value) == valueTwo");
	*a = (struct scmp_arg_cmp){ (unsigned)index, (enum scmp_compare)op,
		value, two };
	return 0;
}

/* As runc's matchCall: "Revert to old behavior, adding each condition as a
 * separate rule". */
static void say_apart(const struct json_reader *r, unsigned arg)
{
	char key[sizeof(r->p->where) + 16];
	int line, column;

	snprintf(key, sizeof(key), "%s: apart", r->p->where);
	if (profile_said(key))
		return;
	json_place((struct json_reader *)r, 0, &line, &column);
	failure_say(
		"%s:%d:%d: argument %u is checked twice in one rule: "
		"runc makes each of its checks a rule, so that one that holds "
		"is enough",
		r->p->where, line, column, arg);
}

int oci_args(struct json_reader *r, const json_t *v, struct oci_rule *rule)
{
	const json_t *arg;
	unsigned used = 0;
	size_t i;

	if (json_is_null(v))
		return 0;
	if (!json_is_array(v) || json_array_size(v) > OCI_ARGS)
		return json_fail(
			r, 0, "expected an array of at most 64 checks");
	json_array_foreach(v, i, arg)
	{
		int ret;

		json_enter_index(r, i);
		ret = read_arg(r, arg, &rule->args[i]);
		if (!ret && used & 1 << rule->args[i].arg) {
			rule->apart = true;
			say_apart(r, rule->args[i].arg);
		}
		json_leave(r);
		if (ret)
			return ret;
		used |= 1u << rule->args[i].arg;
		rule->n++;
	}
	return 0;
}
