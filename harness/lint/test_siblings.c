/* SPDX-License-Identifier: MIT */
/* test_siblings.c: what is refused and passes by another name, and lists that
 * are no such thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <seccomp.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "lint/lint.h"
#include "lint/siblings.h"
#include "sys/calls.h"

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

/* All that is said of siblings, ';' behind each. */
static const char *said(void)
{
	static char text[2048];

	text[0] = 0;
	for (size_t i = 0; i < found.n; i++)
		if (!strcmp(found.findings[i].rule->id, "sibling")) {
			strcat(text, found.findings[i].text);
			strcat(text, ";");
		}
	return text;
}

#define RULE(names, action, rest)                                              \
	"{ \"names\": [" names "], \"action\": \"SCMP_ACT_" action "\"" rest   \
	" }"
#define ARG(index, op, value)                                                  \
	", \"args\": [ { \"index\": " #index ", \"op\": \"SCMP_CMP_" op        \
	"\", \"value\": " #value " } ]"
#define MASKED(index, mask, value)                                             \
	", \"args\": [ { \"index\": " #index                                   \
	", \"op\": \"SCMP_CMP_MASKED_EQ\", \"value\": " #mask                  \
	", \"valueTwo\": " #value " } ]"
#define ENOSYS_ ", \"errnoRet\": 38"

static const struct {
	const char *from, *rules, *want;
	uint32_t arch;
} rows[] = {
	/* A list of what passes has one of a kin, and need not have more. */
	{ "ERRNO", RULE("\"openat\", \"execve\", \"clone\"", "ALLOW", ""), "" },
	{ "ERRNO", RULE("\"execveat\"", "ALLOW", ""),
		"refused: execve; not refused: execveat; each starts a "
		"program;" },
	{ "ERRNO",
		RULE("\"openat\"", "ALLOW", ARG(2, "EQ", 0)) "," RULE(
			"\"open\", \"openat2\"", "ALLOW", ""),
		"refused: openat for some arguments; not refused: open, "
		"openat2; each opens a file;" },
	/* Both are narrowed. */
	{ "ERRNO",
		RULE("\"openat\"", "ALLOW", ARG(2, "EQ", 0)) "," RULE(
			"\"open\"", "ALLOW", ARG(1, "EQ", 0)),
		"" },
	/* The folder of a path is no matter for open. */
	{ "ERRNO",
		RULE("\"openat\"", "ALLOW", ARG(0, "EQ", 4294967196)) "," RULE(
			"\"open\"", "ALLOW", ""),
		"" },
	{ "ERRNO",
		RULE("\"clone\"", "ALLOW", MASKED(0, 2114060288, 0)) "," RULE(
			"\"clone3\"", "ALLOW", ""),
		"refused: clone for some arguments; not refused: clone3; each "
		"makes a user namespace;" },
	{ "ERRNO",
		RULE("\"clone\"", "ALLOW", MASKED(0, 2114060288, 0)) "," RULE(
			"\"clone3\"", "ERRNO", ENOSYS_),
		"" },
	/* fork makes no namespace. */
	{ "ERRNO",
		RULE("\"clone\"", "ALLOW", MASKED(0, 2114060288, 0)) "," RULE(
			"\"fork\", \"vfork\"", "ALLOW", ""),
		"" },
	{ "ALLOW", RULE("\"chmod\", \"fchmod\", \"fchmodat\"", "ERRNO", ""),
		"refused: chmod, fchmod, fchmodat; not refused: fchmodat2; "
		"each changes a file's mode;" },
	{ "ALLOW",
		RULE("\"chmod\", \"fchmod\", \"fchmodat\", \"fchmodat2\"",
			"ERRNO", ""),
		"" },
	/* ENOSYS for the newer one sends callers to the older. */
	{ "ALLOW", RULE("\"statx\"", "ERRNO", ENOSYS_), "" },
	{ "ALLOW", RULE("\"stat\"", "ERRNO", ENOSYS_),
		"refused: stat; not refused: lstat, newfstatat, statx; each "
		"tells about a file;" },
	{ "ERRNO",
		RULE("\"setxattr\"", "KILL_PROCESS", "") "," RULE(
			"\"setxattrat\"", "ALLOW", ""),
		"refused: setxattr; not refused: setxattrat; each sets an "
		"extended attribute;" },
	/* sendto connects, connect does not send. */
	{ "ALLOW", RULE("\"connect\"", "ERRNO", ""),
		"refused: connect; not refused: sendto, sendmsg, sendmmsg; "
		"each connects a socket (with MSG_FASTOPEN, Linux 3.7);" },
	{ "ALLOW", RULE("\"sendto\", \"sendmsg\", \"sendmmsg\"", "ERRNO", ""),
		"" },
	{ "ALLOW", RULE("\"mount\", \"open_tree\"", "ERRNO", ""),
		"refused: open_tree; not refused: open_tree_attr; each takes a "
		"copy of a mount;" },
	{ "ALLOW", RULE("\"mount\"", "ERRNO", ""),
		"refused: mount; not refused: move_mount; each mounts;" },
	{ "ERRNO",
		RULE("\"mmap\"", "ALLOW", MASKED(2, 4, 0)) "," RULE(
			"\"mprotect\"", "ALLOW", ""),
		"refused: mmap for some arguments; not refused: mprotect; each "
		"makes memory that can be executed;" },
	{ "ERRNO",
		RULE("\"mmap\"", "ALLOW", MASKED(3, 1, 0)) "," RULE(
			"\"mprotect\"", "ALLOW", ""),
		"" },
	/* What arguments are narrowed has to be one that tells. */
	{ "ERRNO",
		RULE("\"futex\"", "ALLOW", ARG(1, "EQ", 128)) "," RULE(
			"\"futex_wait\", \"futex_wake\"", "ALLOW", ""),
		"" },
	{ "ERRNO",
		RULE("\"futex\"", "ALLOW", ARG(1, "EQ", 128)) "," RULE(
			"\"futex_requeue\"", "ALLOW", ""),
		"refused: futex for some arguments; not refused: "
		"futex_requeue; each moves a futex's sleepers;" },
	{ "ERRNO", RULE("\"socket\"", "ALLOW", ARG(0, "EQ", 1)),
		"refused: socket for some arguments; not refused: socketcall "
		"(SYS_SOCKET); each makes a socket of any family;",
		AUDIT_ARCH_I386 },
	{ "ERRNO", RULE("\"socket\"", "ALLOW", ARG(0, "EQ", 1)), "" },
	{ "ALLOW", RULE("\"clock_gettime64\"", "ERRNO", ""),
		"refused: clock_gettime64; not refused: clock_gettime; each "
		"reads a clock;",
		AUDIT_ARCH_I386 },
	{ "ALLOW", RULE("\"setuid32\"", "ERRNO", ""),
		"refused: setuid32; not refused: setuid, setreuid, setresuid, "
		"setreuid32, setresuid32; each changes the user;",
		AUDIT_ARCH_I386 },
	{ "ALLOW", RULE("\"getpid\"", "ERRNO", ""), "" },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[1024];

		snprintf(text, sizeof(text),
			"{ \"defaultAction\": \"SCMP_ACT_%s\", \"syscalls\": "
			"[ %s ] }",
			rows[i].from, rows[i].rules);
		lint_text(
			text, rows[i].arch ? rows[i].arch : AUDIT_ARCH_X86_64);
		if (strcmp(said(), rows[i].want) != 0)
			fail_msg("%s\nsays %s", text, said());
	}
}

/* The oldest stands first, and no call twice: ENOSYS goes by that. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sibling_ngroups; i++) {
		const struct sibling *s = sibling_groups[i].calls;
		int before[3] = { 0 };

		assert_non_null(s[1].call);
		for (int k = 0; k < SIBLINGS && s[k].call; k++) {
			int v[3] = { 0 };

			assert_non_null(calls_find(s[k].call));
			assert_true(sscanf(s[k].since, "%d.%d.%d", &v[0], &v[1],
					    &v[2]) >= 2);
			for (int j = 0; j < k; j++)
				assert_string_not_equal(s[j].call, s[k].call);
			if (sibling_groups[i].how & SIBLING_ONE_WAY)
				continue;
			if (v[0] * 10000 + v[1] * 100 + v[2] <
				before[0] * 10000 + before[1] * 100 + before[2])
				fail_msg("%s: %s is older",
					sibling_groups[i].what, s[k].call);
			memcpy(before, v, sizeof(v));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_table),
	};

	/* Not asked of the kernel: valgrind's has no seccomp(2). */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
