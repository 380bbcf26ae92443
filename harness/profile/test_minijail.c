/* SPDX-License-Identifier: MIT */
/* test_minijail.c: minijail policies, and what makes two filters the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/bpf.h"
#include "sys/calls.h"
#include "profile/profile.h"
#include "profile/rules.h"

static uint32_t policy_number(
	const char *text, uint32_t own, uint32_t arch, int nr, uint64_t arg1)
{
	static struct filter bpf;
	struct profile_error err = { "" };
	struct profile *p = profile_parse("t", text, strlen(text), &err);
	struct seccomp_data data = {
		.nr = nr,
		.arch = arch,
		.args = { 0, arg1 },
	};
	size_t bad;

	assert_string_equal(err.text, "");
	assert_non_null(p);
	assert_int_equal(profile_build(p, own, &bpf, &err), 0);
	assert_int_equal(bpf_check(bpf.insns, bpf.ninsns, &bad), 0);
	profile_free(p);
	return bpf_run(bpf.insns, bpf.ninsns, &data);
}

static uint32_t policy(const char *text, const char *call, uint64_t arg1)
{
	return policy_number(text, AUDIT_ARCH_X86_64, AUDIT_ARCH_X86_64,
		calls_number(AUDIT_ARCH_X86_64, call), arg1);
}

#define KILLED SECCOMP_RET_KILL_THREAD

static void test_policy(void **state)
{
	static const struct {
		const char *text;
		uint64_t arg1;
		uint32_t want;
	} rows[] = {
		{ "brk: 1", 0, SECCOMP_RET_ALLOW },
		{ "# none\n\n  brk :allow # yes\n", 0, SECCOMP_RET_ALLOW },
		{ "read: 1", 0, KILLED },
		{ "@default trap\nread: 1", 0, SECCOMP_RET_TRAP },
		{ "@frequency ./f\nbrk: return EPERM", 0,
			SECCOMP_RET_ERRNO | EPERM },
		{ "brk: return 5000", 0, SECCOMP_RET_ERRNO | 4095 },
		{ "brk: return 4095\nread: return 4094", 0,
			SECCOMP_RET_ERRNO | 4095 },
		{ "brk: return 0x26", 0, SECCOMP_RET_ERRNO | ENOSYS },
		{ "{ read, brk }: kill-process", 0, SECCOMP_RET_KILL_PROCESS },
		{ "brk: arg1 == 010", 8, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 010", 10, KILLED },
		{ "brk: arg1 == 1 || arg1 == 2", 2, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 1 || \\\n arg1 == 2", 2, SECCOMP_RET_ALLOW },
		{ "brk: arg1 > 3 && arg0 == 0", 4, SECCOMP_RET_ALLOW },
		{ "brk: arg1 > 3 && arg0 == 1", 4, KILLED },
		{ "brk: arg1 & 6", 4, SECCOMP_RET_ALLOW },
		{ "brk: arg1 & 6", 2, SECCOMP_RET_ALLOW },
		{ "brk: arg1 & 6", 9, KILLED },
		{ "brk: arg1 in 6", 6, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in 6", 0, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in 6", 7, KILLED },
		{ "brk: arg1 in 6", 1ull << 32, KILLED },
		{ "brk: arg1 in 6 && arg1 & 6", 0, KILLED },
		{ "brk: arg1 in 6 && arg1 & 6", 2, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in ~PROT_EXEC", 3, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in ~PROT_EXEC", 7, KILLED },
		{ "brk: arg1 == (PROT_READ | 0x2)|4", 7, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == -1", UINT64_MAX, SECCOMP_RET_ALLOW },
		{ "brk: { arg1 == 1; return 5, kill }", 1,
			SECCOMP_RET_ERRNO | 5 },
		{ "brk: { arg1 == 1; return 5, kill }", 2, KILLED },
		{ "brk: arg1 == AF_VSOCK", 40, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == AF_VSOCK", 41, KILLED },
		{ "brk: arg1 == TCGETS2", 0x802c542a, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == AT_FDCWD", (uint64_t)-100, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in ~GRND_RANDOM", 5, SECCOMP_RET_ALLOW },
		{ "brk: arg1 in ~GRND_RANDOM", 2, KILLED },
		/* Said twice. */
		{ "brk: 1\nread: 1\nbrk: 1", 7, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 1\nbrk: arg1 == 2", 1, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 1\nbrk: arg1 == 2", 2, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 1\nbrk: arg1 == 2", 3, KILLED },
		{ "brk: arg1 == 1\nbrk: arg1 == 1", 1, SECCOMP_RET_ALLOW },
		{ "brk: arg1 == 1\nbrk: 1", 3, SECCOMP_RET_ALLOW },
		{ "brk: 1\nbrk: arg1 == 1", 3, SECCOMP_RET_ALLOW },
		/* What matches is refused, as the compiler has it. */
		{ "brk: arg1 == 1; return 1", 1, SECCOMP_RET_ERRNO | 1 },
		{ "brk: arg1 == 1; return 1", 2, KILLED },
		/* Several actions, where no call meets two. */
		{ "brk: { arg1 == 1; return 5, arg1 == 2; return 6 }", 1,
			SECCOMP_RET_ERRNO | 5 },
		{ "brk: { arg1 == 1; return 5, arg1 == 2; return 6 }", 2,
			SECCOMP_RET_ERRNO | 6 },
		{ "brk: { arg1 == 1; return 5, arg1 > 1 }", 2,
			SECCOMP_RET_ALLOW },
		{ "brk: { arg1 == 1; return 5, arg1 & 2 }", 1,
			SECCOMP_RET_ERRNO | 5 },
		{ "brk: { arg1 & 1; return 5, arg1 in ~1 }", 4,
			SECCOMP_RET_ALLOW },
		{ "brk: { arg1 == 1; return 5, trap }\n@default trap", 2,
			SECCOMP_RET_TRAP },
		{ "brk: arg1 == 1\n@default trap", 2, SECCOMP_RET_TRAP },
		/* The first that holds. */
		{ "brk: { arg1 == 1; return 1, arg1 < 2 }", 1,
			SECCOMP_RET_ERRNO | 1 },
		{ "brk: { arg1 == 1; return 1, arg1 < 2 }", 0,
			SECCOMP_RET_ALLOW },
		{ "brk: { arg1 in 6; return 1, return 2 }", 4,
			SECCOMP_RET_ERRNO | 1 },
		{ "brk: { arg1 in 6; return 1, return 2 }", 5,
			SECCOMP_RET_ERRNO | 2 },
		{ "brk: arg1 > 1 && arg1 < 9", 8, SECCOMP_RET_ALLOW },
		{ "brk: arg1 > 1 && arg1 < 9", 9, KILLED },
		{ "brk: arg1 > 1 && arg1 < 9", 1, KILLED },
		{ "@denylist\nbrk: return 1", 0, SECCOMP_RET_ERRNO | 1 },
		{ "@denylist\nread: return 1", 0, SECCOMP_RET_ALLOW },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(policy(rows[i].text, "brk", rows[i].arg1),
			rows[i].want);
}

/* Minijail looks at the architecture, and at no x32 bit. */
static void test_x32(void **state)
{
	static const char deny[] = "@denylist\nread: return 1";
	const int x32 = 0x40000000;

	(void)state;
	for (int nr = 0; nr < 3; nr++) {
		assert_int_equal(policy_number(deny, AUDIT_ARCH_X86_64,
					 AUDIT_ARCH_X86_64, nr | x32, 0),
			SECCOMP_RET_ALLOW);
		assert_int_equal(policy_number("read: 1", AUDIT_ARCH_X86_64,
					 AUDIT_ARCH_X86_64, nr | x32, 0),
			KILLED);
		assert_int_equal(policy_number(deny, AUDIT_ARCH_X86_64,
					 AUDIT_ARCH_I386, nr | x32, 0),
			KILLED);
		assert_int_equal(policy_number(deny, AUDIT_ARCH_I386,
					 AUDIT_ARCH_X86_64, nr | x32, 0),
			KILLED);
	}
	assert_int_equal(policy_number("@default trap", AUDIT_ARCH_X86_64,
				 AUDIT_ARCH_X86_64, x32, 0),
		SECCOMP_RET_TRAP);
	assert_int_equal(policy(deny, "read", 0), SECCOMP_RET_ERRNO | 1);
}

static void test_bad_policy(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "brk", "t:1:4:", "expected :" },
		{ "brk:", "t:1:5:", "an action" },
		{ "raed: 1", "t:1:5:", "raed" },
		{ "brk: 1\nread: 2", "t:2:8:", "2 is not an action" },
		{ "brk: 1 1", "t:1:8:", "end of the line" },
		{ "brk: 1\nbrk: return 1", "t:2:", "line 1 has said" },
		{ "brk: arg6 == 1", "t:1:9:", "arg0 to arg5" },
		{ "brk: arg1 = 1", "t:1:11:", "expected ==" },
		{ "brk: arg1 == 0x10000000000000000", "t:1:", "64 bits" },
		{ "brk: arg1 == O_WHAT", "t:1:20:", "O_WHAT" },
		{ "brk: arg1 == ((((((((((1", "t:1:", "too deep" },
		{ "brk: arg1 & 0", "t:1:", "never holds" },
		{ "brk: arg1 in 1 && arg1 & 2", "t:1:", "never holds" },
		{ "brk: arg0 & -1 && arg1 & -1 && arg2 & -1",
			"t:1:", "alternatives" },
		{ "brk: return 1\nbrk: arg0 == 1", "t:2:", "line 1 has said" },
		{ "brk: return EWHAT", "t:1:18:", "errno" },
		{ "brk: return 70000", "t:1:18:", "errno" },
		{ "brk: 1\n@denylist", "t:2:10:", "before the rules" },
		{ "@default allow", "t:1:15:", "@default" },
		{ "@include ./more", "t:1:", "needs a file" },
		{ "@include", "t:1:9:", "the path" },
		{ "@include .hidden", "t:1:10:", "hidden" },
		{ "@denylist\nbrk: arg0 == 1", "t:2:", "needs a return" },
		{ "@denylist\nbrk: kill", "t:2:10:", "expected a return" },
		{ "@denylist\nbrk: 1", "t:2:7:", "expected a return" },
		{ "@denylist\n@default trap", "t:2:9:", "no other default" },
		{ "@default trap\n@denylist", "t:2:10:", "no other default" },
		{ "{ read, brk: 1", "t:1:", "or }" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(profile_parse(
			"t", rows[i].text, strlen(rows[i].text), &err));
		if (strncmp(err.text, rows[i].where, strlen(rows[i].where)) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

/* More alternatives than fit a table of some size: each holds. */
static void test_many(void **state)
{
	enum { MANY = 300 };
	char text[MANY * 20] = "brk: arg1 == 0";

	(void)state;
	for (int i = 1; i < MANY; i++)
		sprintf(text + strlen(text), " || arg1 == %d", 3 * i);
	for (uint64_t i = 0; i < 3 * MANY; i += 49)
		assert_int_equal(policy(text, "brk", i),
			i % 3 ? KILLED : SECCOMP_RET_ALLOW);
}

/* Whether two texts give the same verdicts to programs of x86-64. */
static bool same(const char *a, const char *b)
{
	static struct filter one, two;
	struct profile_error err;
	struct profile *p = profile_parse("a", a, strlen(a), &err);
	struct profile *q = profile_parse("b", b, strlen(b), &err);
	struct seccomp_data bad;
	bool ret;

	assert_non_null(p);
	assert_non_null(q);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &one, &err), 0);
	assert_int_equal(profile_build(q, AUDIT_ARCH_X86_64, &two, &err), 0);
	ret = profile_same(p, &one, &two, &bad);
	profile_free(p);
	profile_free(q);
	return ret;
}

static void test_same(void **state)
{
	(void)state;
	assert_true(same("brk: 1\nread: 1", "{ read, brk }: 1"));
	assert_true(same("brk: arg0 & 3", "brk: arg0 & 1 || arg0 & 2"));
	assert_false(same("brk: 1", "read: 1"));
	assert_false(same("brk: 1", "brk: return 1"));
	assert_false(same("brk: arg0 == 1", "brk: arg0 == 0x100000001"));
	assert_false(same("brk: arg0 == 1", "brk: arg0 <= 1"));
	assert_false(same("brk: arg0 > 7", "brk: arg0 > 8"));
	assert_false(same("brk: arg0 in 6", "brk: arg0 in 7"));
	assert_false(same(
		"brk: arg0 == 1 && arg1 == 2", "brk: arg0 == 1 && arg1 == 3"));
	assert_false(same("brk: arg0 == 1 && arg1 == 2", "brk: arg0 == 1"));
	assert_false(same("@default kill-process", "@default trap"));
}

/* One of "==", "!=", "<", "<=", ">", ">=", "&" and "in". */
static bool passes(unsigned op, uint64_t arg, uint64_t value)
{
	const bool held[] = { arg == value, arg != value,
		arg<value, arg <= value, arg> value, arg >= value,
		(arg & value) != 0, (arg & ~value) == 0 };

	return held[op];
}

struct statement {
	unsigned n, ops[2], action;
	uint64_t values[2];
};

/* The errno of the first that holds, in the order of the file; 0: none. */
static unsigned first_of(const struct statement *list, unsigned n, uint64_t arg)
{
	for (unsigned i = 0; i < n; i++) {
		bool all = true;

		for (unsigned k = 0; k < list[i].n; k++)
			all = all &&
			      passes(list[i].ops[k], arg, list[i].values[k]);
		if (all)
			return list[i].action;
	}
	return 0;
}

static void write_statement(
	const struct statement *s, bool first, char *text, size_t size)
{
	static const char *const ops[] = { "==", "!=", "<", "<=", ">",
		">=", "&", "in" };
	size_t n = strlen(text);

	n += (size_t)snprintf(text + n, size - n, "%s", first ? "" : ", ");
	for (unsigned k = 0; k < s->n; k++)
		n += (size_t)snprintf(text + n, size - n, "%sarg1 %s %u",
			k ? " && " : "", ops[s->ops[k]],
			(unsigned)s->values[k]);
	snprintf(
		text + n, size - n, "%sreturn %u", s->n ? "; " : "", s->action);
}

/* Random statements with random actions: what the order of the file says. */
static void in_order(void **state)
{
	static struct filter bpf;
	unsigned read = 0;

	(void)state;
	srandom(2);
	for (int round = 0; round < 300; round++) {
		struct statement list[4];
		const unsigned n = 1 + (unsigned)random() % 4;
		char text[1000] = "brk: { ";
		struct profile_error err;
		struct profile *p;

		for (unsigned i = 0; i < n; i++) {
			struct statement *s = &list[i];

			s->n = i + 1 < n || random() % 2
				       ? 1 + (unsigned)random() % 2
				       : 0;
			s->action = 1 + (unsigned)random() % 3;
			for (unsigned k = 0; k < s->n; k++) {
				s->ops[k] = (unsigned)random() % 8;
				s->values[k] = 1 + (uint64_t)random() % 9;
			}
			write_statement(s, !i, text, sizeof(text));
		}
		strcat(text, " }\n");
		p = profile_parse("t", text, strlen(text), &err);
		if (!p && strstr(err.text, "never holds"))
			continue;
		if (!p || profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err))
			fail_msg("%s: %s", text, err.text);
		profile_free(p);
		read++;
		for (uint64_t arg = 0; arg < 34; arg++) {
			const uint64_t value =
				arg < 33 ? arg : arg | 1ull << 40;
			const struct seccomp_data data = {
				.arch = AUDIT_ARCH_X86_64,
				.nr = 12,
				.args = { 0, value }
			};
			const unsigned want = first_of(list, n, value);
			const uint32_t got =
				bpf_run(bpf.insns, bpf.ninsns, &data);

			if (got != (want ? SECCOMP_RET_ERRNO | want : KILLED))
				fail_msg("%s: arg1 %u: 0x%x, not %u", text,
					(unsigned)arg, got, want);
		}
	}
	assert_true(read > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_x32),
		cmocka_unit_test(test_bad_policy),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_same),
		cmocka_unit_test(in_order),
	};

	/* As in test_profile.c. */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
