/* SPDX-License-Identifier: MIT */
/* test_seccompiler.c: JSON of seccompiler's, and comparisons that are narrowed.
 */
#include "profile/test_profile.h"

#include "profile/narrow.h"

#define A "{ \"vmm\": { \"default_action\": "
#define B                                                                      \
	"\"trap\", \"filter_action\": \"allow\",\n"                            \
	"\"filter\": [\n"
#define ARG(index, type, op, val)                                              \
	"{ \"index\": " #index ", \"type\": \"" #type "\", \"op\": " op        \
	", \"val\": " #val " }"

static const char whole[] = A B
	"{ \"syscall\": \"read\", \"comment\": \"first\" },\n"
	"{ \"syscall\": \"ioctl\", \"args\": [" ARG(1, dword, "\"eq\"",
		16) "] },\n"
		    "{ \"syscall\": \"lseek\" },\n"
		    "{ \"syscall\": \"lseek\", \"args\": [" ARG(
			    1, qword, "\"ge\"", 100) "," ARG(1, qword, "\"lt\"",
			    200) "," ARG(2, dword, "\"ne\"",
			    2) "] },\n"
			       "{ \"syscall\": \"mmap\", \"args\": [" ARG(1,
				       dword, "{ \"masked_eq\": 7 }",
				       13) "] },\n"
					   "{ \"syscall\": \"mmap\", \"args\": "
					   "[" ARG(1, dword, "\"gt\"",
						   4294967296) "," ARG(2, qword,
						   "\"le\"", 3) "] }\n"
								"] } }";

static uint32_t says(const struct filter *bpf, uint32_t arch, int nr,
	uint64_t a1, uint64_t a2)
{
	const struct seccomp_data data = {
		.arch = arch, .nr = nr, .args = { 0, a1, a2 }
	};

	return bpf_run(bpf->insns, bpf->ninsns, &data);
}

/* By hand, from the crate's documentation and source. */
static void verdicts(void **state)
{
	static const struct {
		const char *call;
		uint64_t a1, a2;
		bool allowed;
	} rows[] = {
		{ "read", 9, 9, true },
		{ "write", 0, 0, false },
		{ "ioctl", 16, 0, true },
		{ "ioctl", 16 | 1ull << 32, 0, true }, /* dword */
		{ "ioctl", 17, 0, false },
		{ "lseek", 0, 0, false }, /* the bare rule is void */
		{ "lseek", 100, 0, true },
		{ "lseek", 199, 3, true },
		{ "lseek", 199, 2, false },
		{ "lseek", 199, 2 | 1ull << 32, false },
		{ "lseek", 99, 0, false },
		{ "lseek", 200, 0, false },
		{ "lseek", 100 | 1ull << 32, 0, false }, /* qword */
		{ "mmap", 5, 9, true },
		{ "mmap", 8 + 5, 9, true },
		{ "mmap", 4, 9, false },
		{ "mmap", 4, 3, true }, /* > 0: of the value half is taken */
		{ "mmap", 1ull << 32, 3, false },
		{ "mmap", 4, 4, false },
	};

	static struct filter bpf;
	struct profile_error err;
	struct profile *p;

	(void)state;

	p = parse(whole, &err);
	if (!p)
		fail_msg("%s", err.text);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (says(&bpf, AUDIT_ARCH_X86_64,
			    calls_number(AUDIT_ARCH_X86_64, rows[i].call),
			    rows[i].a1,
			    rows[i].a2) != (rows[i].allowed ? SECCOMP_RET_ALLOW
							    : SECCOMP_RET_TRAP))
			fail_msg("row %zu: %s", i, rows[i].call);
	assert_int_equal(
		says(&bpf, AUDIT_ARCH_I386, 3, 0, 0), SECCOMP_RET_KILL_PROCESS);
	assert_int_equal(says(&bpf, AUDIT_ARCH_X86_64, 0x40000000, 0, 0),
		SECCOMP_RET_TRAP);
	/* Whatever programs it is built for. */
	assert_int_equal(profile_build(p, AUDIT_ARCH_I386, &bpf, &err), 0);
	assert_int_equal(
		says(&bpf, AUDIT_ARCH_X86_64, 0, 0, 0), SECCOMP_RET_ALLOW);
	assert_int_equal(says(&bpf, AUDIT_ARCH_X86_64, 0x40000000, 0, 0),
		SECCOMP_RET_TRAP);
	profile_free(p);
}

#define TWO                                                                    \
	"{ \"vmm\": { \"mismatch_action\": {\"errno\": 65536}, "               \
	"\"match_action\": \"log\",\n\"filter\": [ {\"syscall\": \"read\"} ] " \
	"},\n"                                                                 \
	"\"api\": { \"default_action\": \"kill_thread\", "                     \
	"\"filter_action\": {\"errno\": 9999}, \"filter\": [\n"                \
	"{\"syscall\": \"read\"} ] } }"

static void threads(void **state)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile *p;

	(void)state;
	assert_null(parse(TWO, &err));
	assert_non_null(strstr(err.text, "t.json:1:1: "));
	assert_non_null(strstr(err.text, "-t THREAD"));
	assert_non_null(strstr(err.text, "vmm, api"));
	profile_thread("gpu");
	assert_null(parse(TWO, &err));
	assert_non_null(strstr(err.text, "no thread gpu"));
	profile_thread("vmm");
	p = parse(TWO, &err);
	assert_non_null(p);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
	assert_int_equal(
		says(&bpf, AUDIT_ARCH_X86_64, 0, 0, 0), SECCOMP_RET_LOG);
	assert_int_equal(says(&bpf, AUDIT_ARCH_X86_64, 1, 0, 0),
		SECCOMP_RET_ERRNO); /* 65536 & 0xffff */
	profile_free(p);
	profile_thread("api");
	p = parse(TWO, &err);
	assert_non_null(p);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
	assert_int_equal(says(&bpf, AUDIT_ARCH_X86_64, 0, 0, 0),
		SECCOMP_RET_ERRNO | 4095); /* as the kernel caps it */
	profile_free(p);
	profile_thread(NULL);
}

static void wrong(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ A "\"die\", \"filter_action\": \"allow\", \"filter\": [] }}",
			":1:30: ", "die" },
		{ A "\"allow\", \"filter_action\": \"allow\", "
		    "\"filter\": [] }}",
			":1:56: ", "same action" },
		{ A "{\"errno\": -1}, \"filter_action\": \"allow\", "
		    "\"filter\": [] }}",
			":1:40: ", "whole number" },
		{ A "\"trap\", \"filter\": [] }}", ":1:10: ", "filter_action" },
		{ A B "{ \"syscall\": \"raed\" } ] } }", ":3:14: ", "raed" },
		{ A B "{ \"name\": \"read\" } ] } }", ":3:3: ", "name" },
		{ A B "{ \"syscall\": \"read\", \"args\": [] } ] } }",
			":3:30: ", "at least one" },
		{ A B "{ \"syscall\": \"read\", \"args\": [ " ARG(
			  6, dword, "\"eq\"", 1) " ] } ] } }",
			":3:43: ", "0 to 5" },
		{ A B "{ \"syscall\": \"read\", \"args\": [ " ARG(
			  1, word, "\"eq\"", 1) " ] } ] } }",
			":3:54: ", "dword or qword" },
		{ A B "{ \"syscall\": \"read\", \"args\": [ " ARG(
			  1, dword, "\"==\"", 1) " ] } ] } }",
			":3:69: ", "==" },
		{ A B "{ \"syscall\": \"read\", \"args\": [ { \"index\": 1 } ]"
		      " } ] } }",
			":3:32: ", "needs type" },
		{ A B "] , \"more\": 1 } }", ":3:5: ", "more" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(parse(rows[i].text, &err));
		if (!strstr(err.text, rows[i].where) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

/* What the comparisons say, without any mask but theirs. */
static bool holds(const struct narrow *c, uint64_t value)
{
	uint64_t a = c->cmp.datum_a, b = c->cmp.datum_b;

	if (c->low) {
		value = (uint32_t)value;
		a = (uint32_t)a;
		b = (uint32_t)b;
	}
	if (c->fails) {
		const struct narrow same = { c->cmp, c->low, false };

		return !holds(&same, value);
	}
	switch (c->cmp.op) {
	case SCMP_CMP_NE:
		return value != a;
	case SCMP_CMP_LT:
		return value < a;
	case SCMP_CMP_LE:
		return value <= a;
	case SCMP_CMP_EQ:
		return value == a;
	case SCMP_CMP_GE:
		return value >= a;
	case SCMP_CMP_GT:
		return value > a;
	default:
		return (value & a) == (b & a);
	}
}

static struct tried {
	uint64_t args[PROFILE_ARGS];
	unsigned taken;
} tried[400];

static int count(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	unsigned used = 0;

	(void)to;
	for (unsigned i = 0; i < n; i++) {
		assert_false(used & 1u << args[i].arg);
		used |= 1u << args[i].arg;
	}
	for (size_t t = 0; t < sizeof(tried) / sizeof(*tried); t++) {
		bool all = true;

		for (unsigned i = 0; i < n; i++) {
			const struct narrow c = { args[i], false, false };

			all = all && holds(&c, tried[t].args[args[i].arg]);
		}
		tried[t].taken += all;
	}
	return 0;
}

static uint64_t number(void)
{
	static const uint64_t edges[] = { 0, 1, 5, 0x7fffffff, 0x80000000,
		UINT32_MAX, 1ull << 32, INT64_MAX, 1ull << 63, UINT64_MAX };

	return edges[(size_t)random() % 10] + (uint64_t)(random() % 3) - 1;
}

/* Random comparisons of two arguments, at the edges of all of them. */
static void narrowed(void **state)
{
	(void)state;
	srandom(1);
	for (int round = 0; round < 2000; round++) {
		struct narrow list[4];
		const unsigned n = (unsigned)random() % 5;
		int ret;

		for (unsigned i = 0; i < n; i++)
			list[i] = (struct narrow){
				{ (unsigned)random() % 2 * 3,
					(enum scmp_compare)(1 + random() % 7),
					number(), number() },
				random() % 2, random() % 4 == 0
			};
		for (size_t t = 0; t < sizeof(tried) / sizeof(*tried); t++) {
			tried[t].args[0] = number();
			tried[t].args[3] = number();
			tried[t].taken = 0;
		}
		ret = narrow(list, n, count, NULL);
		assert_true(!ret || ret == -E2BIG);
		for (size_t t = 0; !ret && t < sizeof(tried) / sizeof(*tried);
			t++) {
			bool all = true;

			for (unsigned i = 0; i < n; i++)
				all = all &&
				      holds(&list[i],
					      tried[t].args[list[i].cmp.arg]);
			assert_int_equal(tried[t].taken > 0, all);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(threads),
		cmocka_unit_test(wrong),
		cmocka_unit_test(narrowed),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
