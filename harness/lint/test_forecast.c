/* SPDX-License-Identifier: MIT */
/* test_forecast.c: what a libc will be refused is told where it breaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "lint/forecast.h"
#include "lint/lint.h"
#include "sys/calls.h"

#define X86_64 AUDIT_ARCH_X86_64
#define X86    AUDIT_ARCH_I386

static struct lint found;

static void lint_text(const char *text, uint32_t arch)
{
	static struct filter bpf;
	struct profile_error err = { "" };
	struct profile *p = profile_parse("t", text, strlen(text), &err);

	assert_string_equal(err.text, "");
	assert_non_null(p);
	assert_int_equal(profile_build(p, arch, &bpf, &err), 0);
	lint_profile(p, &bpf, arch, &found);
	profile_free(p);
}

static const struct lint_finding *of(const char *call)
{
	for (size_t i = 0; i < found.n; i++)
		if (!strcmp(found.findings[i].rule->id, "forecast") &&
			!strcmp(found.findings[i].subjects, call))
			return &found.findings[i];
	return NULL;
}

static void want(const char *libc, const char *kernel)
{
	struct forecast_want w = { .kernel = FORECAST_NEWEST };

	assert_true(forecast_libc(libc, &w));
	assert_true(!kernel || forecast_kernel(kernel, &w));
	forecast_for(&w);
}

#define EPERM_	"ERRNO\", \"defaultErrnoRet\": 1"
#define ENOSYS_ "ERRNO\", \"defaultErrnoRet\": 38"
#define KILL	"KILL_PROCESS\""

#define ALLOWING(action, calls)                                                \
	"{ \"defaultAction\": \"SCMP_ACT_" action                              \
	", \"syscalls\": [ { \"names\": [" calls                               \
	"], \"action\": \"SCMP_ACT_ALLOW\" } ] }"

static void answers(void **state)
{
	static const struct {
		const char *libc, *kernel, *text;
		uint32_t arch;
		const char *call;
		bool told;
	} rows[] = {
		{ "glibc-2.34", NULL, ALLOWING(EPERM_, "\"clone\""), X86_64,
			"clone3", true },
		{ "glibc-2.34", NULL, ALLOWING(KILL, "\"clone\""), X86_64,
			"clone3", true },
		{ "glibc-2.34", NULL, ALLOWING(ENOSYS_, "\"clone\""), X86_64,
			"clone3", false },
		{ "glibc-2.33", NULL, ALLOWING(EPERM_, "\"clone\""), X86_64,
			"clone3", false },
		{ "musl-1.2.6", NULL, ALLOWING(EPERM_, "\"clone\""), X86_64,
			"clone3", false },
		{ "glibc-2.34", NULL, ALLOWING(EPERM_, "\"clone\", \"clone3\""),
			X86_64, "clone3", false },
		{ "glibc-2.34", NULL, ALLOWING(EPERM_, "\"read\""), X86_64,
			"clone3", false },
		{ "glibc-2.43", NULL, ALLOWING(EPERM_, "\"clone\""), X86_64,
			"set_robust_list", false },
		{ "glibc-2.43", NULL, ALLOWING(KILL, "\"clone\""), X86_64,
			"set_robust_list", true },
		/* An engine's filter is there before the program. */
		{ "glibc-2.43", NULL, ALLOWING(EPERM_, "\"clone\""), X86_64,
			"rseq", false },
		{ "glibc-2.43", NULL, "clone: 1\n", X86_64, "rseq", true },
		{ "glibc-2.38", NULL, ALLOWING(EPERM_, "\"fstat\""), X86_64,
			"newfstatat", true },
		{ "glibc-2.39", NULL, ALLOWING(EPERM_, "\"fstat\""), X86_64,
			"newfstatat", false },
		{ "glibc-2.39", NULL, ALLOWING(EPERM_, "\"newfstatat\""),
			X86_64, "fstat", true },
		{ "glibc-2.33", NULL, ALLOWING(EPERM_, "\"fstat64\""), X86,
			"statx", true },
		{ "glibc-2.33", NULL, ALLOWING(EPERM_, "\"fstat\""), X86_64,
			"statx", false },
		{ "musl-1.2.2", NULL, ALLOWING(EPERM_, "\"faccessat\""), X86_64,
			"faccessat2", true },
		{ "musl-1.2.1", NULL, ALLOWING(EPERM_, "\"faccessat\""), X86_64,
			"faccessat2", false },
		{ "glibc-2.43", "7.2", ALLOWING(KILL, "\"getrandom\""), X86_64,
			"mmap", true },
		{ "glibc-2.43", "6.10", ALLOWING(KILL, "\"getrandom\""), X86_64,
			"mmap", false },
		{ "glibc-2.43", "7.2",
			ALLOWING(KILL, "\"getrandom\", \"mmap\""), X86_64,
			"mmap", false },
		{ "glibc-2.43", "7.2", ALLOWING(EPERM_, "\"getrandom\""),
			X86_64, "mmap", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		want(rows[i].libc, rows[i].kernel);
		lint_text(rows[i].text, rows[i].arch);
		if (!of(rows[i].call) == rows[i].told)
			fail_msg("row %zu: %s", i, rows[i].call);
	}
	forecast_for(NULL);
	lint_text(ALLOWING(EPERM_, "\"clone\""), X86_64);
	assert_null(of("clone3"));
}

/* Above the highest number that a profile names runc says ENOSYS itself. */
static void under_runc(void **state)
{
#define ARCHES "\"architectures\": [\"SCMP_ARCH_X86_64\"], "
	(void)state;
	want("glibc-2.43", NULL);
	lint_text("{ " ARCHES "\"defaultAction\": \"SCMP_ACT_ERRNO\", "
		  "\"syscalls\": [ { \"names\": [\"clone\", \"futex\"], "
		  "\"action\": \"SCMP_ACT_ALLOW\" } ] }",
		X86_64);
	assert_non_null(of("clone3"));
	assert_int_equal(of("clone3")->level, LINT_NOTE);
	lint_text("{ " ARCHES "\"defaultAction\": \"SCMP_ACT_ERRNO\", "
		  "\"syscalls\": [ { \"names\": [\"clone\", \"openat2\"], "
		  "\"action\": \"SCMP_ACT_ALLOW\" } ] }",
		X86_64);
	assert_non_null(of("clone3"));
	assert_int_equal(of("clone3")->level, LINT_WARNING);
	/* That is no help where nothing else would do. */
	lint_text("{ " ARCHES "\"defaultAction\": \"SCMP_ACT_ERRNO\", "
		  "\"syscalls\": [ { \"names\": [\"nanosleep\"], "
		  "\"action\": \"SCMP_ACT_ALLOW\" } ] }",
		X86_64);
	assert_non_null(of("clock_nanosleep"));
	assert_int_equal(of("clock_nanosleep")->level, LINT_WARNING);
	forecast_for(NULL);
}

static void the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < forecast_n; i++) {
		const struct forecast *f = &forecast_table[i];
		const struct call *call = calls_find(f->call);

		assert_non_null(call);
		assert_true(!f->before || calls_find(f->before));
		assert_true(!f->until || f->since < f->until);
		/* Who breaks on ENOSYS breaks on others. */
		assert_true(f->on_errno || !f->on_enosys);
		if (f->arches & FORECAST_X86_64)
			assert_true(call->nr[CALLS_X86_64] >= 0);
		if (f->arches & FORECAST_X86)
			assert_true(call->nr[CALLS_I386] >= 0);
		assert_non_null(f->when);
		assert_non_null(f->source);
	}
}

static void names(void **state)
{
	static const char *const bad[] = { "glibc", "glibc-", "glibc-2",
		"glibc-2.43.1", "glibc-2.x", "glibc-12.1", "musl-1.2",
		"musl-1.2.3.4", "bionic-1.2", "glibc-2.", "glibc-2.100", "" };
	struct forecast_want w;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(forecast_libc(bad[i], &w));
	assert_true(forecast_libc("glibc-2.4", &w));
	assert_int_equal(w.version, 204);
	assert_true(forecast_libc("musl-1.2.5", &w));
	assert_int_equal(w.version, 10205);
	assert_true(forecast_kernel("6.12", &w));
	assert_int_equal(w.kernel, 612);
	assert_false(forecast_kernel("6", &w));
	assert_false(forecast_kernel("6.1.2", &w));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(under_runc),
		cmocka_unit_test(the_table),
		cmocka_unit_test(names),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
