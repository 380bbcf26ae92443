/* SPDX-License-Identifier: MIT */
/* test_line.c: lines read fast, beside what jansson says of the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "suite/line.h"

static const char record[] =
	"{\"v\":1,\"cell\":\"a/b@four/glibc\",\"probe\":\"a/b\",\"profile\":"
	"\"four\",\"flavour\":\"glibc\",\"kernel\":\"host\",\"release\":\"6."
	"1\","
	"\"outcome\":\"dies\",\"verdict\":\"pass\",\"text\":\"dies: "
	"brk\",\"ms\":"
	"1.25,\"call\":\"brk\",\"nr\":12,\"args\":[\"0x0\",\"0x1\"],\"thread\":"
	"-1,"
	"\"threads\":[{\"state\":\"S\",\"stack\":[\"a \\\"b\\\\c\"]},{}],"
	"\"process_lived\":true,\"want\":\"works\",\"why\":null}\n";

static void assert_same(const struct line *a, const struct line *b)
{
	assert_string_equal(a->cell, b->cell);
	assert_string_equal(a->probe, b->probe);
	assert_string_equal(a->profile, b->profile);
	assert_string_equal(a->flavour, b->flavour);
	assert_string_equal(a->kernel, b->kernel);
	assert_string_equal(a->release, b->release);
	assert_string_equal(a->outcome, b->outcome);
	assert_string_equal(a->verdict, b->verdict);
	assert_string_equal(a->call, b->call);
	assert_string_equal(a->text, b->text);
	assert_string_equal(a->want, b->want);
	assert_true(a->ms == b->ms);
}

/* What is taken jansson takes too, and reads the same in it. */
static bool check(const char *text)
{
	char *copy = strdup(text);
	struct line l, want;
	json_t *o = json_loads(text, 0, NULL);
	bool taken;

	assert_non_null(copy);
	taken = line_scan(copy, strlen(text), &l);
	if (taken) {
		assert_true(json_is_object(o));
		line_from_json(o, &want);
		assert_same(&l, &want);
	} else {
		assert_string_equal(copy, text);
	}
	json_decref(o);
	free(copy);
	return taken;
}

static void test_record(void **state)
{
	char *copy = strdup(record);
	struct line l;

	(void)state;
	assert_true(line_scan(copy, strlen(copy), &l));
	assert_string_equal(l.cell, "a/b@four/glibc");
	assert_string_equal(l.want, "works");
	assert_string_equal(l.text, "dies: brk");
	assert_true(l.ms == 1.25);
	free(copy);
	assert_true(check(record));
}

static void test_plain(void **state)
{
	static const char *const taken[] = { "{}", " { } \n",
		"{\"cell\" : \"x\" , \"ms\": 0}", "{\"cell\":\"\"}",
		"{\"cell\":\"a\",\"cell\":\"b\"}",
		"{\"cell\":\"a\",\"cell\":1}", "{\"ms\":1,\"ms\":\"2\"}",
		"{\"x\":[[],{},[1,-0.5]]}",
		"{\"x\":\"\\n\\\\\",\"cell\":\"y\"}", "{\"ms\":-12.75}" };

	(void)state;
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		assert_true(check(taken[i]));
}

static void test_left(void **state)
{
	static const char *const left[] = { "", "[]", "{", "{\"cell\":\"a\"",
		"{\"cell\":\"a\"}x", "{\"cell\":\"a\",}", "{\"cell\":\"\\n\"}",
		"{\"c\\u0065ll\":\"a\"}", "{\"cell\":\"\xc3\xa4\"}",
		"{\"ms\":01}", "{\"ms\":1.}", "{\"ms\":.5}", "{\"ms\":1e3}",
		"{\"ms\":12345678901234567890}", "{\"x\":tru}", "{\"x\":[1,]}",
		"{\"x\":[1 2]}", "{\"x\"}", "{cell:1}", "{\"x\":\"\\q\"}",
		"{\"x\":\"a\tb\"}", "{\"x\":-}", "{\"x\":+1}", "{\"x\":}" };

	(void)state;
	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++)
		assert_false(check(left[i]));
}

/* Each byte of a record in turn as another. */
static void test_damaged(void **state)
{
	static const char bytes[] = "\"\\{}[],:0e.-tn \x01\x80";
	char copy[sizeof(record)];
	int taken = 0;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(record); i++)
		for (size_t j = 0; j + 1 < sizeof(bytes); j++) {
			memcpy(copy, record, sizeof(copy));
			copy[i] = bytes[j];
			taken += check(copy);
		}
	assert_true(taken > 1000);
	for (size_t i = 0; i + 2 < sizeof(record); i++) {
		memcpy(copy, record, sizeof(copy));
		copy[i] = '\0';
		assert_false(check(copy));
	}
}

static void test_deep(void **state)
{
	char text[4200] = "{\"x\":";

	(void)state;
	memset(text + 5, '[', 2000);
	memset(text + 2005, ']', 2000);
	strcpy(text + 4005, "}");
	assert_false(check(text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
