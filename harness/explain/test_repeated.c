/* SPDX-License-Identifier: MIT */
/* test_repeated.c: the union of what many runs were refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "explain/repeat.h"

#define PLACE                                                                  \
	"{\"call\":\"%s\",\"arch\":\"x86_64\",\"filter\":\"answers EPERM\","   \
	"\"by\":\"%s\",\"count\":2}"

static json_t *record(const char *call, const char *by, const char *end)
{
	char places[400] = "", text[800];
	json_t *o;

	if (call)
		snprintf(places, sizeof(places), PLACE, call, by);
	snprintf(text, sizeof(text),
		"{\"armed\":true,\"cause\":\"c\",\"filtered\":{\"end\":\"%s\","
		"\"places\":[%s]}}",
		end, places);
	o = json_loads(text, 0, NULL);
	assert_non_null(o);
	return o;
}

static int add(struct repeated *r, long run, const char *call, const char *by)
{
	json_t *o = record(call, by, "it exited 0");
	int ret = repeated_add(r, run, o);

	json_decref(o);
	return ret;
}

static void counts_runs(void **state)
{
	struct repeated r = { 0 };

	(void)state;
	/* In the order in which they ended. */
	assert_int_equal(add(&r, 2, NULL, ""), 1);
	assert_int_equal(add(&r, 1, NULL, ""), 0);
	assert_int_equal(add(&r, 4, "getpid", "f < main"), 1);
	assert_int_equal(r.since_new, 0);
	assert_int_equal(add(&r, 3, "getpid", "f < main"), 0);
	assert_int_equal(add(&r, 5, "getpid", "g < main"), 1);
	assert_int_equal(add(&r, 6, "getuid", "f < main"), 1);
	assert_int_equal(add(&r, 7, NULL, ""), 0);
	assert_int_equal(r.runs, 7);
	assert_int_equal(r.refused, 4);
	assert_int_equal(r.since_new, 1);
	assert_int_equal(r.places.n, 3);
	assert_int_equal(r.places.items[0].runs, 2);
	assert_int_equal(r.places.items[0].calls, 4);
	assert_int_equal(r.places.items[0].first, 4);
	assert_int_equal(r.ends.n, 1);
	assert_int_equal(r.ends.items[0].runs, 7);
	repeated_free(&r);
}

/* Where code of no file lies tells nothing; where in a file does. */
static void blots_addresses(void **state)
{
	struct repeated r = { 0 };

	(void)state;
	assert_int_equal(add(&r, 1, "getpid", "0x7f01 < f < 0xabc"), 1);
	assert_int_equal(add(&r, 2, "getpid", "0x7f99 < f < 0xdef"), 0);
	assert_int_equal(add(&r, 3, "getpid", "lib.so+0x10 < f"), 1);
	assert_int_equal(add(&r, 4, "getpid", "lib.so+0x20 < f"), 1);
	assert_int_equal(r.places.n, 3);
	repeated_free(&r);
}

/* One place twice in a run is one run. */
static void counts_a_run_once(void **state)
{
	struct repeated r = { 0 };
	json_t *o = record("getpid", "f", "it exited 0");
	json_t *places =
		json_object_get(json_object_get(o, "filtered"), "places");

	(void)state;
	json_array_append(places, json_array_get(places, 0));
	assert_int_equal(repeated_add(&r, 1, o), 1);
	assert_int_equal(r.places.n, 1);
	assert_int_equal(r.places.items[0].runs, 1);
	assert_int_equal(r.places.items[0].calls, 4);
	json_decref(o);
	repeated_free(&r);
}

static void tells_silent_runs(void **state)
{
	struct repeated r = { 0 };
	json_t *o = record("getpid", "f", "it exited 0");

	(void)state;
	json_object_set_new(o, "armed", json_false());
	assert_int_equal(repeated_add(&r, 1, o), 0);
	json_object_set_new(o, "armed", json_true());
	json_object_set_new(json_object_get(o, "filtered"), "broken",
		json_string("no room"));
	assert_int_equal(repeated_add(&r, 2, o), 0);
	assert_int_equal(r.silent, 2);
	assert_int_equal(r.runs, 0);
	assert_int_equal(r.places.n, 0);
	assert_string_equal(r.why_silent, "the moment of loading never came");
	json_decref(o);
	repeated_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_runs),
		cmocka_unit_test(blots_addresses),
		cmocka_unit_test(counts_a_run_once),
		cmocka_unit_test(tells_silent_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
