/* SPDX-License-Identifier: MIT */
/* test_lint.c: profiles with one mistake each, and what lint says of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <seccomp.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <string.h>

#include "sys/bpf.h"
#include "lint/lint.h"

#define KILL  "\"defaultAction\": \"SCMP_ACT_KILL_PROCESS\""
#define ALLOW "\"defaultAction\": \"SCMP_ACT_ALLOW\""
#define RULE(names, action)                                                    \
	"{ \"names\": [" names "], \"action\": \"SCMP_ACT_" action "\" }"
#define RULE_ON(names, action, args)                                           \
	"{ \"names\": [" names "], \"action\": \"SCMP_ACT_" action             \
	"\", \"args\": [" args "] }"
#define PROFILE(rest, rules) "{ " rest ", \"syscalls\": [" rules "] }"
#define EQ(index, value)                                                       \
	"{ \"index\": " #index ", \"value\": " #value                          \
	", \"op\": \"SCMP_CMP_EQ\" }"

#define NE(index, value)                                                       \
	"{ \"index\": " #index ", \"value\": " #value                          \
	", \"op\": \"SCMP_CMP_NE\" }"

static struct lint found;

static void lint_text(const char *text, size_t size, uint32_t arch)
{
	static struct filter bpf;
	struct profile_error err = { "" };
	const bool policy = *text == '@' || *text == 'r';
	struct profile *p =
		profile_parse(policy ? "t.policy" : "t.json", text, size, &err);

	assert_string_equal(err.text, "");
	assert_non_null(p);
	if (profile_build(p, arch, &bpf, &err))
		fail_msg("%s", err.text);
	lint_profile(p, &bpf, arch, &found);
	profile_free(p);
}

static const struct lint_finding *find(const char *id)
{
	for (size_t i = 0; i < found.n; i++)
		if (!strcmp(found.findings[i].rule->id, id))
			return &found.findings[i];
	return NULL;
}

struct row {
	const char *id, *bad, *good; /* GOOD has BAD's mistake mended */
};

static const struct row rows[] = {
	{ "kill-thread", "{ \"defaultAction\": \"SCMP_ACT_KILL\" }",
		"{ " KILL " }" },
	{ "exit-without-exit_group", PROFILE(KILL, RULE("\"exit\"", "ALLOW")),
		PROFILE(KILL, RULE("\"exit\", \"exit_group\"", "ALLOW")) },
	{ "no-exit", "{ " KILL " }",
		PROFILE(KILL, RULE("\"exit_group\"", "ALLOW")) },
	{ "no-sigreturn", "{ " KILL " }",
		PROFILE(KILL, RULE("\"rt_sigreturn\"", "ALLOW")) },
	{ "no-restart", PROFILE(KILL, RULE("\"poll\"", "ALLOW")),
		PROFILE(KILL, RULE("\"poll\", \"restart_syscall\"", "ALLOW")) },
	{ "not-enosys",
		PROFILE("\"defaultAction\": \"SCMP_ACT_ERRNO\"",
			RULE("\"clone\"", "ALLOW")),
		PROFILE("\"defaultAction\": \"SCMP_ACT_ERRNO\", "
			"\"defaultErrnoRet\": 38",
			RULE("\"clone\"", "ALLOW")) },
	{ "deny-list", "{ " ALLOW " }", "{ " KILL " }" },
	{ "io_uring", "{ " ALLOW " }",
		PROFILE(ALLOW, RULE("\"io_uring_enter\"", "ERRNO")) },
	{ "other-memory", PROFILE(KILL, RULE("\"ptrace\"", "ALLOW")),
		"{ " KILL " }" },
	{ "high-bits",
		PROFILE(ALLOW, RULE_ON("\"ioctl\"", "ERRNO", EQ(1, 21522))),
		PROFILE(ALLOW, RULE_ON("\"ioctl\"", "ERRNO",
				       "{ \"index\": 1, \"value\": 4294967295, "
				       "\"valueTwo\": 21522, "
				       "\"op\": \"SCMP_CMP_MASKED_EQ\" }")) },
	/* Either comparison alone looks harmless. */
	{ "high-bits",
		PROFILE(KILL,
			RULE_ON("\"socket\"", "ALLOW", NE(0, 16)) "," RULE_ON(
				"\"socket\"", "ALLOW", NE(2, 9))),
		PROFILE(KILL,
			RULE_ON("\"socket\"", "ALLOW", EQ(0, 2)) "," RULE_ON(
				"\"socket\"", "ALLOW", EQ(2, 9))) },
	{ "shadowed",
		PROFILE(KILL, RULE("\"read\"", "ALLOW") "," RULE_ON(
				      "\"read\"", "ALLOW", EQ(0, 0))),
		PROFILE(KILL, RULE_ON("\"read\"", "ALLOW", EQ(0, 0))) },
	{ "shadowed", PROFILE(KILL, RULE("\"read\", \"read\"", "ALLOW")),
		PROFILE(KILL, RULE("\"read\", \"write\"", "ALLOW")) },
	{ "shadowed", PROFILE(KILL, RULE("\"read\"", "KILL_PROCESS")),
		PROFILE(KILL, RULE("\"read\"", "TRAP")) },
	{ "unknown-call", PROFILE(KILL, RULE("\"uprobe\"", "ALLOW")),
		PROFILE(KILL, RULE("\"read\"", "ALLOW")) },
	{ "shadowed",
		PROFILE(KILL,
			RULE("\"read\"", "ALLOW") "," RULE("\"read\"", "TRAP")),
		PROFILE(KILL, RULE("\"read\"", "ALLOW") "," RULE(
				      "\"write\"", "TRAP")) },
	{ "i386-open",
		PROFILE(KILL ", \"architectures\": [\"SCMP_ARCH_X86\", "
			     "\"SCMP_ARCH_X86_64\"]",
			RULE("\"read\"", "ALLOW")),
		PROFILE(KILL, RULE("\"read\"", "ALLOW")) },
	{ "x32-open",
		PROFILE(KILL ", \"architectures\": [\"SCMP_ARCH_X32\", "
			     "\"SCMP_ARCH_X86_64\"]",
			RULE("\"read\"", "ALLOW")),
		PROFILE(KILL, RULE("\"read\"", "ALLOW")) },
	{ "any-descriptor", PROFILE(KILL, RULE("\"write\"", "ALLOW")),
		PROFILE(KILL, RULE_ON("\"write\"", "ALLOW", EQ(0, 1))) },
	{ "any-futex", PROFILE(KILL, RULE("\"futex\"", "ALLOW")),
		PROFILE(KILL, RULE_ON("\"futex\"", "ALLOW", EQ(1, 128))) },
	{ "trace", "{ \"defaultAction\": \"SCMP_ACT_TRACE\" }",
		"{ " KILL " }" },
	{ "notify", PROFILE(KILL, RULE("\"read\"", "NOTIFY")), "{ " KILL " }" },
	{ "no-tsync", "{ " KILL " }",
		"{ " KILL ", \"flags\": [\"SECCOMP_FILTER_FLAG_TSYNC\"] }" },
	{ "masked-crash", "{ " KILL " }", "{ " ALLOW " }" },
	{ "clock", "{ " KILL " }",
		PROFILE(KILL, RULE("\"clock_gettime\"", "ALLOW")) },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *r = &rows[i];

		/* libseccomp 2.6.1 knows every call that our table does. */
		if (!strcmp(r->id, "unknown-call") &&
			seccomp_syscall_resolve_name("uprobe") >= 0)
			continue;
		lint_text(r->bad, strlen(r->bad), AUDIT_ARCH_X86_64);
		if (!find(r->id))
			fail_msg("%s is not found in %s", r->id, r->bad);
		lint_text(r->good, strlen(r->good), AUDIT_ARCH_X86_64);
		if (find(r->id))
			fail_msg("%s is found in %s", r->id, r->good);
	}
}

static void test_places(void **state)
{
	static const char text[] = "{\n" KILL ",\n\"syscalls\": [\n" RULE(
		"\"exit\"", "ALLOW") ",\n" RULE("\"exit\"", "ALLOW") "\n] }";

	(void)state;
	lint_text(text, strlen(text), AUDIT_ARCH_X86_64);
	assert_int_equal(find("exit-without-exit_group")->line, 4);
	assert_int_equal(find("exit-without-exit_group")->column, 13);
	assert_int_equal(find("shadowed")->line, 5);
	assert_string_equal(find("shadowed")->text, "exit: line 4 has said it");
	assert_int_equal(find("no-sigreturn")->line, 1);
}

/* What is said of a profile for containers holds for who loads it. */
static void test_runc(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ PROFILE(KILL, RULE("\"clone\"", "ALLOW")),
			"clone3 meets death of the process; clone passes" },
		{ PROFILE(KILL ", \"architectures\": [\"SCMP_ARCH_X86_64\"]",
			  RULE("\"clone\"", "ALLOW")),
			"clone3 meets death of the process, but under runc its "
			"own ENOSYS; clone passes" },
		{ PROFILE(KILL ", \"architectures\": [\"SCMP_ARCH_X86_64\"]",
			  RULE("\"clone\", \"openat2\"", "ALLOW")),
			"clone3 meets death of the process; clone passes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		lint_text(cases[i].text, strlen(cases[i].text),
			AUDIT_ARCH_X86_64);
		assert_string_equal(find("not-enosys")->text, cases[i].want);
	}
}

/* Two answers for a call: libseccomp keeps the first. */
static void test_decided(void **state)
{
	static const char text[] =
		PROFILE(KILL, "\n" RULE("\"setns\"", "ALLOW") ",\n" RULE(
				      "\"setns\"", "ERRNO"));

	(void)state;
	lint_text(text, strlen(text), AUDIT_ARCH_X86_64);
	assert_string_equal(
		find("shadowed")->text, "setns: line 2 has decided it");
	assert_int_equal(find("shadowed")->line, 3);
}

static void test_i386(void **state)
{
	static const char text[] = PROFILE(KILL, RULE("\"futex\"", "ALLOW"));

	(void)state;
	lint_text(text, strlen(text), AUDIT_ARCH_I386);
	assert_string_equal(find("not-enosys")->text,
		"futex_time64 meets death of the process; futex passes");
	assert_null(find("i386-open"));
	assert_null(find("uprobe"));
}

#define LOAD(offset)   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_##action)
#define EQUAL(k, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0, skip)

static void test_by_hand(void **state)
{
	static const struct sock_filter no_arch[] = { LOAD(0), EQUAL(1, 1),
		RETURN(ALLOW), RETURN(KILL_PROCESS) };
	/* write, when the upper half of its buffer's address is 0. */
	static const struct sock_filter upper[] = { LOAD(4),
		EQUAL(AUDIT_ARCH_X86_64, 5), LOAD(0), EQUAL(1, 3), LOAD(28),
		EQUAL(0, 1), RETURN(ALLOW), RETURN(KILL_PROCESS) };
	struct sock_filter lower[8];

	(void)state;
	lint_text((const char *)no_arch, sizeof(no_arch), AUDIT_ARCH_X86_64);
	assert_string_equal(
		find("no-arch-check")->text, "1 call passes by int 0x80: exit");
	lint_text((const char *)upper, sizeof(upper), AUDIT_ARCH_X86_64);
	assert_null(find("no-arch-check"));
	assert_string_equal(find("upper-half")->text, "write, argument 1");
	assert_null(find("lower-half"));
	memcpy(lower, upper, sizeof(lower));
	lower[4].k = 24;
	lint_text((const char *)lower, sizeof(lower), AUDIT_ARCH_X86_64);
	assert_null(find("upper-half"));
	assert_string_equal(find("lower-half")->text, "write, argument 1");
}

/* Refused by number, and open with bit 30: whether it is asked for or not. */
static void test_x32(void **state)
{
	static const struct sock_filter deny[] = { LOAD(4),
		EQUAL(AUDIT_ARCH_X86_64, 3), LOAD(0), EQUAL(16, 1),
		RETURN(KILL_PROCESS), RETURN(ALLOW) };
	struct sock_filter both[6];

	(void)state;
	lint_text((const char *)deny, sizeof(deny), AUDIT_ARCH_X86_64);
	assert_string_equal(find("x32-hole")->text,
		"1 call passes with bit 30 in the number, and not without it: "
		"x32:ioctl");
	assert_int_equal(find("x32-hole")->level, LINT_ERROR);
	assert_null(find("x32-open"));
	memcpy(both, deny, sizeof(both));
	both[3].k = 600;
	lint_text((const char *)both, sizeof(both), AUDIT_ARCH_X86_64);
	assert_null(find("x32-hole"));
	assert_int_equal(find("x32-open")->level, LINT_NOTE);
}

/* What is asked for, has a second cause, or costs nothing is a note. */
static void test_levels(void **state)
{
	static const struct {
		const char *id, *text;
		enum lint_level level;
	} cases[] = {
		{ "i386-open",
			PROFILE(KILL ", \"architectures\": "
				     "[\"SCMP_ARCH_X86\", "
				     "\"SCMP_ARCH_X86_64\"]",
				RULE("\"read\"", "ALLOW")),
			LINT_NOTE },
		{ "shadowed",
			PROFILE(KILL, RULE("\"read\", \"read\"", "ALLOW")),
			LINT_NOTE },
		{ "shadowed",
			PROFILE(KILL, RULE("\"read\"", "ALLOW") "," RULE(
					      "\"read\"", "TRAP")),
			LINT_WARNING },
		{ "shadowed",
			PROFILE(KILL, RULE("\"read\"", "ALLOW") "," RULE_ON(
					      "\"read\"", "TRAP", EQ(0, 3))),
			LINT_WARNING },
		{ "unknown-call", PROFILE(KILL, RULE("\"uprobe\"", "ALLOW")),
			LINT_NOTE },
		{ "unknown-call", PROFILE(ALLOW, RULE("\"uprobe\"", "ERRNO")),
			LINT_WARNING },
		{ "kill-thread", "read: 1\n", LINT_NOTE },
		{ "kill-thread", "@default kill-thread\nread: 1\n",
			LINT_WARNING },
		{ "not-enosys", PROFILE(KILL, RULE("\"close\"", "ALLOW")),
			LINT_NOTE },
		{ "not-enosys", PROFILE(KILL, RULE("\"clone\"", "ALLOW")),
			LINT_WARNING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = cases[i].text;

		if (!strcmp(cases[i].id, "unknown-call") &&
			seccomp_syscall_resolve_name("uprobe") >= 0)
			continue;
		lint_text(text, strlen(text), AUDIT_ARCH_X86_64);
		if (!find(cases[i].id) ||
			find(cases[i].id)->level != cases[i].level)
			fail_msg("%s: not %s in %s", cases[i].id,
				lint_level_name(cases[i].level), text);
	}
}

/* Findings of one cause are one. */
static void test_causes(void **state)
{
	static const char text[] = PROFILE(
		KILL, RULE("\"clone\", \"faccessat\", \"close\", \"preadv\"",
			      "ALLOW"));
	unsigned n = 0;

	(void)state;
	lint_text(text, strlen(text), AUDIT_ARCH_X86_64);
	for (size_t i = 0; i < found.n; i++)
		n += !strcmp(found.findings[i].rule->id, "not-enosys");
	assert_int_equal(n, 2);
	assert_string_equal(find("not-enosys")->text,
		"clone3, faccessat2 meet death of the process; clone, "
		"faccessat pass");
	assert_string_equal(find("not-enosys")->subjects, "clone3 faccessat2");
}

/* Every verdict that arguments lead to is among those that reach lists. */
static void test_reach(void **state)
{
	static const struct sock_filter code[] = { LOAD(16), EQUAL(1, 1),
		RETURN(TRAP), EQUAL(2, 1), RETURN(LOG), LOAD(0), EQUAL(7, 1),
		RETURN(ALLOW), BPF_STMT(BPF_RET | BPF_A, 0) };
	struct bpf_reach r;

	(void)state;
	bpf_reach(code, 9, AUDIT_ARCH_X86_64, 7, &r);
	assert_true(r.whole);
	assert_int_equal(r.n, 3);
	assert_int_equal(r.verdicts[0], SECCOMP_RET_TRAP);
	assert_int_equal(r.verdicts[1], SECCOMP_RET_LOG);
	assert_int_equal(r.verdicts[2], SECCOMP_RET_ALLOW);
	assert_int_equal(r.loads, 1 << 4 | 1 << 0);
	bpf_reach(code, 9, AUDIT_ARCH_X86_64, 8, &r);
	assert_int_equal(r.verdicts[2], 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_runc),
		cmocka_unit_test(test_decided),
		cmocka_unit_test(test_i386),
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_x32),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_causes),
		cmocka_unit_test(test_reach),
	};

	/* Not asked of the kernel: valgrind's has no seccomp(2). Level 6 has
	 * every action here. */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
