/* SPDX-License-Identifier: MIT */
/* read_seccompiler_args.c: the checks of one rule of seccompiler's JSON. */
#include <string.h>

#include "profile/narrow.h"
#include "profile/read_seccompiler.h"

const json_t *seccompiler_member(const json_t *v, const char **name)
{
	void *at = json_object_iter((json_t *)v);

	if (!at || json_object_size(v) != 1)
		return NULL;
	*name = json_object_iter_key(at);
	return json_object_iter_value(at);
}

static int read_operator(
	struct json_reader *r, const json_t *v, struct scmp_arg_cmp *cmp)
{
	static const struct name_value plain[] = {
		{ "eq", SCMP_CMP_EQ },
		{ "ne", SCMP_CMP_NE },
		{ "lt", SCMP_CMP_LT },
		{ "le", SCMP_CMP_LE },
		{ "gt", SCMP_CMP_GT },
		{ "ge", SCMP_CMP_GE },
		{ 0 },
	};
	const char *name = "";
	const json_t *mask = seccompiler_member(v, &name);
	uint32_t op = 0;
	uint64_t value;
	int ret;

	if (json_is_string(v)) {
		ret = json_read_name(
			r, v, plain, "an operator of seccompiler's", &op);
		cmp->op = (enum scmp_compare)op;
		return ret;
	}
	if (!mask || strcmp(name, "masked_eq") != 0)
		return json_fail(r, 0,
			"expected eq, ne, lt, le, gt, ge or "
			"{\"masked_eq\": MASK}");
	json_enter_key(r, name);
	ret = json_read_number(r, mask, UINT64_MAX, &value);
	json_leave(r);
	cmp->op = SCMP_CMP_MASKED_EQ;
	cmp->datum_b = value; /* till "val" is known */
	return ret;
}

static int read_type(struct json_reader *r, const json_t *v, bool *low)
{
	static const struct name_value types[] = { { "dword", true },
		{ "qword", false }, { 0 } };
	uint32_t is_low = 0;
	int ret =
		json_read_name(r, v, types, "a type: dword or qword", &is_low);

	*low = is_low;
	return ret;
}

static int read_check_key(struct json_reader *r, const char *key,
	const json_t *v, struct narrow *c)
{
	uint64_t number = 0;
	int ret;

	if (!strcmp(key, "index")) {
		ret = json_read_number(r, v, PROFILE_ARGS - 1, &number);
		c->cmp.arg = (unsigned)number;
		return ret;
	}
	if (!strcmp(key, "val")) {
		ret = json_read_number(r, v, UINT64_MAX, &number);
		c->cmp.datum_a = number;
		return ret;
	}
	if (!strcmp(key, "op"))
		return read_operator(r, v, &c->cmp);
	if (!strcmp(key, "type"))
		return read_type(r, v, &c->low);
	if (!strcmp(key, "comment") && (json_is_string(v) || json_is_null(v)))
		return 0;
	return json_fail(r, 1,
		"unknown key \"%s\"; expected index, type, op, val or comment",
		key);
}

static int read_check(struct json_reader *r, const json_t *o, struct narrow *c)
{
	static const char *const needed[] = { "index", "type", "op", "val" };
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return json_fail(
			r, 0, "expected an object: index, type, op, val");
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!json_object_get(o, needed[i]))
			return json_fail(r, 0, "a check needs %s", needed[i]);
	json_object_foreach((json_t *)o, key, v)
	{
		json_enter_key(r, key);
		ret = read_check_key(r, key, v, c);
		json_leave(r);
		if (ret)
			return ret;
	}
	if (c->cmp.op == SCMP_CMP_MASKED_EQ) {
		const uint64_t mask = c->cmp.datum_b;

		c->cmp.datum_b = c->cmp.datum_a & mask;
		c->cmp.datum_a = mask;
	}
	return 0;
}

int seccompiler_checks(struct json_reader *r, const json_t *v,
	struct narrow list[SECCOMPILER_CHECKS])
{
	const size_t n = json_array_size(v);
	const json_t *o;
	size_t i;

	if (!json_is_array(v) || !n || n > SECCOMPILER_CHECKS)
		return json_fail(r, 0,
			"expected an array of checks, at least one and at "
			"most 32; without \"args\" all calls are meant");
	json_array_foreach(v, i, o)
	{
		int ret;

		json_enter_index(r, i);
		ret = read_check(r, o, &list[i]);
		json_leave(r);
		if (ret)
			return ret;
	}
	return (int)n;
}
