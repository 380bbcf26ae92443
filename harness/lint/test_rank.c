/* SPDX-License-Identifier: MIT */
/* test_rank.c: dangerous calls that pass are told, by class, and no others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "lint/lint.h"
#include "lint/rank.h"
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

/* Allows CALL alone; ARGS: under that. */
static void lint_call(const char *call, const char *args, uint32_t arch)
{
	char text[512];

	snprintf(text, sizeof(text),
		"{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [ "
		"{ \"names\": [\"%s\"], \"action\": \"SCMP_ACT_ALLOW\"%s%s%s } "
		"] }",
		call, *args ? ", \"args\": [ " : "", args, *args ? " ]" : "");
	lint_text(text, arch);
}

static const struct lint_finding *find(const char *id)
{
	for (size_t i = 0; i < found.n; i++)
		if (!strcmp(found.findings[i].rule->id, id))
			return &found.findings[i];
	return NULL;
}

static bool names(const struct lint_finding *f, const char *call)
{
	for (unsigned i = 0; f && i < f->nranked; i++)
		if (!strcmp(f->ranked[i]->call, call))
			return true;
	return false;
}

static void test_each(void **state)
{
	(void)state;
	for (size_t i = 0; i < rank_n; i++) {
		const struct rank *r = &rank_table[i];
		uint32_t arch = AUDIT_ARCH_X86_64;

		if (calls_number(arch, r->call) < 0)
			arch = AUDIT_ARCH_I386;
		assert_non_null(calls_find(r->call));
		if (r->rule == RULE_URING && strcmp(r->call, "io_uring_enter"))
			continue;
		lint_call(r->call, "", arch);
		if (!names(find(lint_rules[r->rule].id), r->call))
			fail_msg("%s passes, and is not told", r->call);
	}
	lint_text(
		"{ \"defaultAction\": \"SCMP_ACT_ERRNO\" }", AUDIT_ARCH_X86_64);
	for (size_t i = 0; i < found.n; i++)
		assert_int_equal(found.findings[i].nranked, 0);
}

/* However many calls, each class is told once, with all of them. */
static void test_classes(void **state)
{
	unsigned n = 0, here = 0;

	(void)state;
	lint_text(
		"{ \"defaultAction\": \"SCMP_ACT_ALLOW\" }", AUDIT_ARCH_X86_64);
	for (size_t i = 0; i < found.n; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(found.findings[i].nranked &&
				     found.findings[k].rule ==
					     found.findings[i].rule);
	for (size_t i = 0; i < found.n; i++)
		n += found.findings[i].nranked;
	for (size_t i = 0; i < rank_n; i++)
		here += calls_number(AUDIT_ARCH_X86_64, rank_table[i].call) >=
			0;
	assert_int_equal(n, here);
}

#define ARG(index, op, value, rest)                                            \
	"{ \"index\": " #index ", \"op\": \"SCMP_CMP_" op                      \
	"\", \"value\": " #value rest " }"

/* What stands before a call takes its danger away, or does not. */
static void test_arguments(void **state)
{
	static const struct {
		const char *call, *args, *id, *text;
	} rows[] = {
		/* Of 0xffffffff each bit is set, and none is meant. */
		{ "personality", ARG(0, "EQ", 4294967295, ""), "attack-surface",
			NULL },
		{ "personality", ARG(0, "EQ", 8, ""), "attack-surface", NULL },
		{ "personality", ARG(0, "EQ", 262144, ""), "attack-surface",
			"personality (ADDR_NO_RANDOMIZE) passes" },
		{ "clone", ARG(0, "MASKED_EQ", 2114060288, ", \"valueTwo\": 0"),
			"namespaces", NULL },
		{ "clone", ARG(0, "MASKED_EQ", 67108864, ", \"valueTwo\": 0"),
			"namespaces", "clone (CLONE_NEWUSER) passes" },
		{ "clone", ARG(0, "EQ", 805306385, ""), "namespaces",
			"clone (CLONE_NEWUSER) passes" },
		{ "clone", ARG(0, "LT", 268435456, ""), "namespaces", NULL },
		{ "socket", ARG(0, "EQ", 1, ""), "attack-surface", NULL },
		{ "socket", ARG(0, "EQ", 38, ""), "attack-surface",
			"socket (AF_ALG) passes" },
		{ "socket", ARG(0, "EQ", 40, ""), "leaves-sandbox",
			"socket (AF_VSOCK) passes" },
		{ "ioctl", ARG(1, "EQ", 21505, ""), "leaves-sandbox", NULL },
		{ "ioctl", ARG(1, "EQ", 21522, ""), "leaves-sandbox",
			"ioctl (TIOCSTI) passes" },
		/* BPF_OBJ_GET brings no code in. */
		{ "bpf", ARG(0, "EQ", 7, ""), "kernel-code", NULL },
		{ "bpf", ARG(0, "EQ", 5, ""), "kernel-code",
			"bpf (BPF_PROG_LOAD) passes" },
		{ "ptrace", ARG(0, "EQ", 0, ""), "other-memory", NULL },
		{ "mknod", ARG(1, "MASKED_EQ", 61440, ", \"valueTwo\": 4096"),
			"leaves-sandbox", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct lint_finding *f;

		lint_call(rows[i].call, rows[i].args, AUDIT_ARCH_X86_64);
		f = find(rows[i].id);
		if (!f != !rows[i].text)
			fail_msg("%s %s: %s", rows[i].call, rows[i].args,
				f ? f->text : "not told");
		if (f)
			assert_string_equal(f->text, rows[i].text);
	}
}

/* A capability of the whole system weighs less than none at all. */
static void test_levels(void **state)
{
	static const struct {
		const char *text, *id;
		enum lint_level level;
	} rows[] = {
		{ "bpf: 1\n", "kernel-code", LINT_ERROR },
		{ "kexec_load: 1\n", "kernel-code", LINT_WARNING },
		{ "kexec_load: 1\nbpf: 1\n", "kernel-code", LINT_ERROR },
		{ "open_by_handle_at: 1\n", "leaves-sandbox", LINT_WARNING },
		{ "chroot: 1\n", "leaves-sandbox", LINT_NOTE },
		{ "unshare: 1\n", "namespaces", LINT_WARNING },
		{ "clone3: 1\n", "namespaces", LINT_NOTE },
		{ "mount: 1\n", "namespaces", LINT_WARNING },
		{ "reboot: 1\n", "whole-machine", LINT_NOTE },
		{ "ptrace: 1\n", "other-memory", LINT_ERROR },
		{ "pidfd_open: 1\n", "other-memory", LINT_NOTE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		lint_text(rows[i].text, AUDIT_ARCH_X86_64);
		assert_non_null(find(rows[i].id));
		if (find(rows[i].id)->level != rows[i].level)
			fail_msg("%s: %s", rows[i].text,
				lint_level_name(find(rows[i].id)->level));
	}
	lint_call("ptrace", "", AUDIT_ARCH_X86_64);
	assert_int_equal(find("other-memory")->level, LINT_NOTE);
}

/* What others call dangerous (seccomp-tools audit, minijail's linter) is in
 * the table, or there is a reason. */
static void test_others(void **state)
{
	static const char *const theirs[] = { "execve", "execveat", "ptrace",
		"process_vm_readv", "process_vm_writev", "socket", "connect",
		"socketcall", "clone", "mount", "setns", "kill", "getrandom",
		"bpf", "swapon", "swapoff", "prctl", "ioctl", "mmap", "mmap2",
		"mprotect" };

	(void)state;
	for (size_t i = 0; i < sizeof(theirs) / sizeof(*theirs); i++) {
		unsigned n = 0, why = 0;

		for (size_t k = 0; k < rank_n; k++)
			n += !strcmp(rank_table[k].call, theirs[i]);
		for (size_t k = 0; k < rank_nothers; k++)
			why += !strcmp(rank_others[k].call, theirs[i]);
		if (!n == !why)
			fail_msg("%s: in both tables, or in none", theirs[i]);
	}
}

/* Of a second architecture, what the first has not. */
static void test_new(void **state)
{
	static struct lint first;

	(void)state;
	lint_call("mount", "", AUDIT_ARCH_X86_64);
	first = found;
	lint_text("{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [ "
		  "{ \"names\": [\"mount\", \"umount\"], \"action\": "
		  "\"SCMP_ACT_ALLOW\" } ] }",
		AUDIT_ARCH_I386);
	for (size_t i = 0; i < found.n; i++) {
		struct lint_finding *f = &found.findings[i];

		if (f->rule != find("namespaces")->rule)
			continue;
		assert_true(rank_leave_new(f, &first));
		assert_string_equal(f->text, "umount passes");
		assert_int_equal(f->nranked, 1);
	}
	lint_call("mount", "", AUDIT_ARCH_I386);
	for (size_t i = 0; i < found.n; i++)
		assert_int_equal(rank_leave_new(&found.findings[i], &first),
			strcmp(found.findings[i].rule->id, "namespaces") != 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_new),
	};

	/* Not asked of the kernel: valgrind's has no seccomp(2). */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
