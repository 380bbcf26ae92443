/* SPDX-License-Identifier: MIT */
/* test_oci.c: what runtimes make of OCI JSON where it is not plain. */
#include "profile/test_profile.h"

#define BRK(args)                                                              \
	"{" KILL ", \"syscalls\": [ { \"names\": [\"brk\"], "                  \
	"\"action\": \"SCMP_ACT_ALLOW\", \"args\": [" args "] } ] }"
#define ARG(index, op, value)                                                  \
	"{ \"index\": " index ", \"op\": \"SCMP_CMP_" op                       \
	"\", \"value\": " value " }"

#define KILLED SECCOMP_RET_KILL_THREAD

/* An argument that is checked twice: each check is a rule. */
static void each_apart(void **state)
{
	static const char text[] =
		BRK(ARG("1", "EQ", "3") ", " ARG("1", "EQ", "5"));
	static const char three[] = BRK(ARG("1", "EQ", "3") ", " ARG(
		"1", "EQ", "5") ", " ARG("2", "EQ", "0"));

	(void)state;
	assert_int_equal(
		verdict(text, AUDIT_ARCH_X86_64, "brk", 3), SECCOMP_RET_ALLOW);
	assert_int_equal(
		verdict(text, AUDIT_ARCH_X86_64, "brk", 5), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict(text, AUDIT_ARCH_X86_64, "brk", 4), KILLED);
	/* The third too, which is 0 here. */
	assert_int_equal(
		verdict(three, AUDIT_ARCH_X86_64, "brk", 4), SECCOMP_RET_ALLOW);
}

static void many_checks(void **state)
{
	static const char seven[] =
		BRK(ARG("1", "EQ", "0") ", " ARG("1", "EQ", "1") ", " ARG("1",
			"EQ", "2") ", " ARG("1", "EQ", "3") ", " ARG("1", "EQ",
			"4") ", " ARG("1", "EQ", "5") ", " ARG("1", "EQ", "6"));

	(void)state;
	for (uint64_t i = 0; i < 9; i++)
		assert_int_equal(verdict(seven, AUDIT_ARCH_X86_64, "brk", i),
			i < 7 ? SECCOMP_RET_ALLOW : KILLED);
}

static void above_signed(void **state)
{
	static const char most[] = BRK(ARG("1", "EQ", "18446744073709551615"));
	static const char half[] = BRK(ARG("1", "GE", "9223372036854775809"));

	(void)state;
	assert_int_equal(verdict(most, AUDIT_ARCH_X86_64, "brk", UINT64_MAX),
		SECCOMP_RET_ALLOW);
	assert_int_equal(
		verdict(most, AUDIT_ARCH_X86_64, "brk", UINT64_MAX - 1),
		KILLED);
	assert_int_equal(
		verdict(half, AUDIT_ARCH_X86_64, "brk", 1ull << 63), KILLED);
	assert_int_equal(
		verdict(half, AUDIT_ARCH_X86_64, "brk", (1ull << 63) + 1),
		SECCOMP_RET_ALLOW);
}

/* They are written as they were read. */
static void written_above_signed(void **state)
{
	static const char value[] = "\"value\": 18446744073709551615";
	struct profile_error err;
	struct profile *p =
		parse(BRK(ARG("1", "EQ", "18446744073709551615")), &err);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(p);
	assert_int_equal(profile_write_oci(p, f, &err), 0);
	fclose(f);
	assert_non_null(strstr(text, value));
	assert_int_equal(verdict(text, AUDIT_ARCH_X86_64, "brk", UINT64_MAX),
		SECCOMP_RET_ALLOW);
	free(text);
	profile_free(p);
}

#define ERRNO(n)                                                               \
	"{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [ { "          \
	"\"names\": [\"brk\"], \"action\": \"SCMP_ACT_ERRNO\", "               \
	"\"errnoRet\": " n " } ] }"

/* kernel/seccomp.c: "Set low-order bits as an errno, capped at MAX_ERRNO." */
static void errno_is_capped(void **state)
{
	static const struct {
		const char *text;
		uint32_t want;
	} rows[] = {
		{ ERRNO("4094"), 4094 },
		{ ERRNO("4095"), 4095 },
		{ ERRNO("4096"), 4095 },
		{ ERRNO("65535"), 4095 },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", "
		  "\"defaultErrnoRet\": 5000, \"syscalls\": [ { \"names\": "
		  "[\"read\"], \"action\": \"SCMP_ACT_ERRNO\", "
		  "\"errnoRet\": 4094 } ] }",
			4095 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(
			verdict(rows[i].text, AUDIT_ARCH_X86_64, "brk", 0),
			SECCOMP_RET_ERRNO | rows[i].want);
	assert_int_equal(verdict(rows[4].text, AUDIT_ARCH_X86_64, "read", 0),
		SECCOMP_RET_ERRNO | 4094);
}

static void in_a_bundle(void **state)
{
	static const char text[] =
		"{ \"ociVersion\": \"1.0.2\", \"process\": { \"args\": [] },\n"
		"\"linux\": { \"namespaces\": [], \"seccomp\": " BRK(
			ARG("1", "EQ", "3")) " }, \"hostname\": \"h\" }";

	(void)state;
	assert_int_equal(
		verdict(text, AUDIT_ARCH_X86_64, "brk", 3), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict(text, AUDIT_ARCH_X86_64, "brk", 4), KILLED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_apart),
		cmocka_unit_test(many_checks),
		cmocka_unit_test(above_signed),
		cmocka_unit_test(written_above_signed),
		cmocka_unit_test(errno_is_capped),
		cmocka_unit_test(in_a_bundle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
