/* SPDX-License-Identifier: MIT */
/* test_written.c: what is written wrong is noticed when it is read back: each
 * text is changed in one place, as a writer that errs would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/rules.h"
#include "profile/write_raw.h"
#include "sys/arch.h"

static const char json[] =
	"{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": 38,"
	" \"architectures\": [\"SCMP_ARCH_X86_64\"], \"syscalls\": ["
	" { \"names\": [\"execve\", \"write\", \"read\"],"
	"   \"action\": \"SCMP_ACT_ALLOW\" } %s ] }";
static const char args[] =
	", { \"names\": [\"futex\"], \"action\": \"SCMP_ACT_TRAP\","
	" \"args\": [ { \"index\": 1, \"value\": 127, \"valueTwo\": 1,"
	" \"op\": \"SCMP_CMP_MASKED_EQ\" } ] }";

typedef int (*writer)(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err);

struct change {
	const char *from, *to;
};

static char *replaced(const char *text, const struct change *c)
{
	const char *at = strstr(text, c->from);
	char *out = NULL;
	size_t n;
	FILE *f = open_memstream(&out, &n);

	assert_non_null(at);
	fprintf(f, "%.*s%s%s", (int)(at - text), text, c->to,
		at + strlen(c->from));
	fclose(f);
	return out;
}

static void check(
	const char *rules, writer write, const struct change *c, size_t n)
{
	struct profile_error err;
	char *text = NULL, in[1000];
	struct profile *p;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	snprintf(in, sizeof(in), json, rules);
	p = profile_parse("in.json", in, strlen(in), &err);
	assert_non_null(p);
	assert_int_equal(write(p, ARCH_NATIVE, f, &err), 0);
	fclose(f);
	assert_int_equal(
		profile_check_written(p, ARCH_NATIVE, text, size, &err), 0);
	for (size_t i = 0; i < n; i++) {
		char *wrong = replaced(text, &c[i]);

		if (!profile_check_written(
			    p, ARCH_NATIVE, wrong, strlen(wrong), &err))
			fail_msg("\"%s\" for \"%s\" is not noticed", c[i].to,
				c[i].from);
		free(wrong);
	}
	free(text);
	profile_free(p);
}

static void test_code(void **state)
{
	static const struct change changes[] = {
		{ "\"read\"", "\"readv\"" },
		{ "SCMP_ACT_ALLOW", "SCMP_ACT_LOG" },
		{ "DEFAULT SCMP_ACT_ERRNO(38)", "DEFAULT SCMP_ACT_ERRNO(1)" },
		{ "UINT64_C(127)", "UINT64_C(126)" },
		{ "{ { 1, ", "{ { 2, " },
		{ "SCMP_CMP_MASKED_EQ", "SCMP_CMP_EQ" },
		{ "\t{ \"write\", SCMP_ACT_ALLOW, 0 },\n", "" },
		{ "seccomp_arch_add(ctx, SCMP_ARCH_X86_64)",
			"seccomp_arch_add(ctx, SCMP_ARCH_X86)" },
		{ "\"read\", SCMP_ACT_ALLOW, 0 },", "\"read\", 7 }," },
	};

	(void)state;
	check(args, profile_write_c, changes,
		sizeof(changes) / sizeof(*changes));
}

static void test_unit(void **state)
{
	static const struct change changes[] = {
		{ "=read\n", "=readv\n" },
		{ "SystemCallFilter=write\n", "" },
		{ "=~@default\n", "=~@basic-io\n" },
		{ "SystemCallFilter=@default\n", "" },
		{ "ErrorNumber=38", "ErrorNumber=1" },
		{ "Architectures=x86-64", "Architectures=x86-64 x86" },
		{ "=execve\n", "=execve extra/word\n" },
	};

	(void)state;
	check("", profile_write_systemd, changes,
		sizeof(changes) / sizeof(*changes));
}

static int write_raw(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	(void)arch;
	return profile_write_raw(p, to, err);
}

/* A number of the first array, of the second, the loader, the flags. */
static void test_raw(void **state)
{
	static const struct change changes[] = {
		{ "0x15, 0, 1, 0x3b }", "0x15, 0, 1, 0x3c }" },
		{ "{ 0x06, 0, 0, 0x50026 },\n", "" },
		{ "{ 0x06, 0, 0, 0x50026 }", "{ 0x06, 0, 0, 0x50027 }" },
		{ "__i386__\n\t\t{ 0x20", "__i386__\n\t\t{ 0x28" },
		{ "#error \"the profile is not for aarch64\"",
			"\t\t{ 0x06, 0, 0, 0x7fff0000 }," },
		{ "FLAGS 0x1\n", "FLAGS 0x0\n" },
		{ "FILTER_PRCTL, 38", "FILTER_PRCTL, 39" },
		{ "FILTER_SECCOMP 317", "FILTER_SECCOMP 318" },
		{ "#undef FILTER_SECCOMP\n", "" },
	};

	(void)state;
	check(args, write_raw, changes, sizeof(changes) / sizeof(*changes));
}

/* For aarch64, by its own numbers (include/uapi/asm-generic/unistd.h in Linux),
 * where read is 63, write 64, exit 93 and futex 98. */
static void test_aarch64(void **state)
{
	static const char rules[] =
		"{ \"defaultAction\": \"SCMP_ACT_ERRNO\", "
		"\"defaultErrnoRet\": 38, \"syscalls\": ["
		" { \"names\": [\"read\", \"exit\", \"futex\", \"open\"],"
		"   \"action\": \"SCMP_ACT_ALLOW\" },"
		" { \"names\": [\"write\"], \"action\": \"SCMP_ACT_ALLOW\","
		"   \"args\": [ { \"index\": 0, \"value\": 1,"
		"   \"op\": \"SCMP_CMP_LE\" } ] } ] }";
	struct profile *p, got = { .where = "header" };
	struct profile_error err;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	p = profile_parse("in.json", rules, strlen(rules), &err);
	assert_non_null(p);
	assert_int_equal(profile_write_raw(p, f, &err), 0);
	fclose(f);
	assert_int_equal(
		profile_check_written(p, ARCH_NATIVE, text, size, &err), 0);
	assert_int_equal(
		raw_read(&got, AUDIT_ARCH_AARCH64, text, size, &err), 0);
	assert_true(got.ninsns > 0);
	for (int nr = -1; nr < 1000; nr++)
		for (unsigned fd = 0; fd < 3; fd++) {
			struct seccomp_data call = { .nr = nr,
				.arch = AUDIT_ARCH_AARCH64,
				.args = { fd } };
			bool may = nr == 63 || nr == 93 || nr == 98 ||
				   (nr == 64 && fd <= 1);

			assert_int_equal(bpf_run(got.insns, got.ninsns, &call),
				may ? SECCOMP_RET_ALLOW
				    : SECCOMP_RET_ERRNO | 38);
			call.arch = ARCH_NATIVE;
			assert_int_not_equal(
				bpf_run(got.insns, got.ninsns, &call),
				SECCOMP_RET_ALLOW);
		}
	free(got.insns);
	free(text);
	profile_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_unit),
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_aarch64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
