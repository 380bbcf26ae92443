/* SPDX-License-Identifier: MIT */
/* test_baseline.c: findings that are known, written and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lint/baseline.h"

static struct lint_finding finding(
	const char *rule, uint32_t arch, const char *subjects)
{
	struct lint_finding f = { .rule = lint_rule(rule), .arch = arch };

	assert_non_null(f.rule);
	snprintf(f.subjects, sizeof(f.subjects), "%s", subjects);
	return f;
}

/* B as a file; free() ends it. */
static char *text_of(struct baseline *b, size_t *size)
{
	char *text;
	FILE *to = open_memstream(&text, size);

	assert_non_null(to);
	baseline_write(b, to);
	fclose(to);
	return text;
}

static void test_again(void **state)
{
	struct lint_finding one =
		finding("not-enosys", AUDIT_ARCH_X86_64, "clone3 faccessat2");
	struct lint_finding less =
		finding("not-enosys", AUDIT_ARCH_X86_64, "faccessat2");
	struct lint_finding more = finding(
		"not-enosys", AUDIT_ARCH_X86_64, "clone3 faccessat2 fchmodat2");
	struct lint_finding other =
		finding("not-enosys", AUDIT_ARCH_I386, "clone3");
	struct lint_finding whole = finding("clock", AUDIT_ARCH_X86_64, "");
	struct baseline *b = baseline_new(), *c = baseline_new();
	size_t size;
	char *text;

	(void)state;
	assert_int_equal(baseline_add(b, "a\tb.json", &one), 0);
	assert_int_equal(baseline_add(b, "a\tb.json", &whole), 0);
	assert_int_equal(baseline_add(b, "a\tb.json", &whole), 0);
	text = text_of(b, &size);
	assert_string_equal(text,
		"# quartet lint: known findings, 1\n"
		"a\\x09b.json\tclock\tx86_64\t\n"
		"a\\x09b.json\tnot-enosys\tx86_64\tclone3\n"
		"a\\x09b.json\tnot-enosys\tx86_64\tfaccessat2\n");
	assert_true(baseline_is(text, size));
	assert_int_equal(baseline_read(c, text, size), 0);
	free(text);
	assert_int_equal(baseline_unused(c, "a\tb.json"), 3);
	assert_true(baseline_has(c, "a\tb.json", &less));
	assert_int_equal(baseline_unused(c, "a\tb.json"), 2);
	assert_true(baseline_has(c, "a\tb.json", &one));
	assert_true(baseline_has(c, "a\tb.json", &whole));
	assert_int_equal(baseline_unused(c, "a\tb.json"), 0);
	assert_false(baseline_has(c, "a\tb.json", &more));
	assert_false(baseline_has(c, "a\tb.json", &other));
	assert_false(baseline_has(c, "b.json", &one));
	baseline_free(b);
	baseline_free(c);
}

static void test_bad(void **state)
{
	static const struct {
		const char *text;
		int line;
	} cases[] = {
		{ "", 1 },
		{ "# quartet lint: known findings, 2\n", 1 },
		{ "# quartet lint: known findings, 1\n", 0 },
		{ "# quartet lint: known findings, 1\na\tb\tc\td\n", 0 },
		{ "# quartet lint: known findings, 1\na\tb\tc\td\ne\tf\n", 3 },
		{ "# quartet lint: known findings, 1\na\tb\tc\td", 2 },
		{ "# quartet lint: known findings, 1\n\n", 2 },
		{ "# quartet lint: known findings, 1\na\tb\tc\td\te\n", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct baseline *b = baseline_new();
		const size_t size = strlen(cases[i].text);
		char *text = malloc(size + 1); /* no NUL belongs to it */

		memcpy(text, cases[i].text, size);
		text[size] = 'x';
		assert_int_equal(baseline_read(b, text, size), cases[i].line);
		free(text);
		baseline_free(b);
	}
}

static void test_empty(void **state)
{
	struct lint_finding f = finding("clock", AUDIT_ARCH_X86_64, "");
	struct baseline *b = baseline_new();

	(void)state;
	assert_false(baseline_has(b, "a", &f));
	assert_int_equal(baseline_unused(b, "a"), 0);
	baseline_free(b);
	baseline_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
