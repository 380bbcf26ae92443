/* SPDX-License-Identifier: MIT */
/* test_profile.c: what a profile may say, what it may not, and where. */
#include "profile/test_profile.h"

#define FOUR                                                                   \
	"{" KILL ", \"syscalls\": [ { \"names\": [\"read\", \"write\","        \
	" \"exit\", \"futex\"], \"action\": \"SCMP_ACT_ALLOW\" } ] }"

static void test_four(void **state)
{
	static const char *const open[] = { "read", "write", "exit", "futex" };
	static const char *const shut[] = { "exit_group", "open", "brk",
		"clone3", "futex_waitv", "restart_syscall" };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(verdict(FOUR, AUDIT_ARCH_X86_64, open[i], 0),
			SECCOMP_RET_ALLOW);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(verdict(FOUR, AUDIT_ARCH_X86_64, shut[i], 0),
			SECCOMP_RET_KILL_THREAD);
}

static void test_actions(void **state)
{
	static const struct {
		const char *text;
		uint32_t want;
	} rows[] = {
		{ "{ \"defaultAction\": \"SCMP_ACT_KILL_PROCESS\" }",
			SECCOMP_RET_KILL_PROCESS },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\" }",
			SECCOMP_RET_ERRNO | EPERM },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\","
		  " \"defaultErrnoRet\": 38 }",
			SECCOMP_RET_ERRNO | ENOSYS },
		{ "{ \"defaultAction\": \"SCMP_ACT_TRAP\" }",
			SECCOMP_RET_TRAP },
		{ "{ \"defaultAction\": \"SCMP_ACT_LOG\" }", SECCOMP_RET_LOG },
		{ "{ \"defaultAction\": \"SCMP_ACT_ALLOW\" }",
			SECCOMP_RET_ALLOW },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(
			verdict(rows[i].text, AUDIT_ARCH_X86_64, "getpid", 0),
			rows[i].want);
}

#define FUTEX(op, value, more)                                                 \
	"{" KILL ", \"syscalls\": [ { \"names\": [\"futex\"],"                 \
	" \"action\": \"SCMP_ACT_ALLOW\", \"args\": [ { \"index\": 1,"         \
	" \"value\": " value more ", \"op\": \"SCMP_CMP_" op "\" } ] } ] }"

static void test_arguments(void **state)
{
	static const struct {
		const char *text;
		uint64_t arg;
		uint32_t want;
	} rows[] = {
		{ FUTEX("EQ", "1", ""), 1, SECCOMP_RET_ALLOW },
		{ FUTEX("EQ", "1", ""), 129, SECCOMP_RET_KILL_THREAD },
		{ FUTEX("EQ", "1", ""), 1ull << 32 | 1,
			SECCOMP_RET_KILL_THREAD },
		{ FUTEX("NE", "1", ""), 1, SECCOMP_RET_KILL_THREAD },
		{ FUTEX("NE", "1", ""), 2, SECCOMP_RET_ALLOW },
		{ FUTEX("LT", "9", ""), 8, SECCOMP_RET_ALLOW },
		{ FUTEX("LT", "9", ""), 9, SECCOMP_RET_KILL_THREAD },
		{ FUTEX("LE", "9", ""), 9, SECCOMP_RET_ALLOW },
		{ FUTEX("GE", "9", ""), 8, SECCOMP_RET_KILL_THREAD },
		{ FUTEX("GT", "9", ""), 10, SECCOMP_RET_ALLOW },
		{ FUTEX("MASKED_EQ", "127", ", \"valueTwo\": 1"), 129,
			SECCOMP_RET_ALLOW },
		{ FUTEX("MASKED_EQ", "127", ", \"valueTwo\": 1"), 2,
			SECCOMP_RET_KILL_THREAD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(verdict(rows[i].text, AUDIT_ARCH_X86_64,
					 "futex", rows[i].arg),
			rows[i].want);
}

#define WHEN(key, what)                                                        \
	"{" KILL ", \"syscalls\": [ { \"names\": [\"brk\"], "                  \
	"\"action\": \"SCMP_ACT_ALLOW\", \"" key "\": {" what "} } ] }"

static void test_bad(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "", "t.json:1:", "" },
		{ "{", "t.json:1:", "" },
		{ "[]", "t.json:1:", "object" },
		{ "{}", "t.json:1:", "defaultAction" },
		{ "{ \"defaultAction\": \"SCMP_ACT_MAIM\" }",
			"t.json:1:20:", "SCMP_ACT_MAIM" },
		{ "{ \"defaultAction\": 7 }", "t.json:1:20:", "" },
		{ "{" KILL ",\n \"sycalls\": [] }", "t.json:2:2:", "sycalls" },
		{ "{" KILL ",\n \"syscalls\": {} }", "t.json:2:14:", "" },
		{ "{" KILL ", \"syscalls\": [\n{ \"names\": [\"re\\nad\"],"
		  " \"action\": \"SCMP_ACT_ALLOW\" } ] }",
			"t.json:2:13:", "name of a system call" },
		{ FUTEX("SAME", "1", ""), "t.json:1:", "SCMP_CMP_SAME" },
		{ FUTEX("EQ", "-1", ""), "t.json:1:", "" },
		{ FUTEX("EQ", "1.5", ""), "t.json:1:", "" },
		{ "{" KILL ", " KILL " }", "t.json:1:", "" },
		{ "{" KILL ", \"architectures\": [], \"archMap\": [] }",
			"t.json:1:1:", "archMap" },
		{ WHEN("includes", "\"minKernel\": \"new\""),
			"t.json:1:", "kernel version" },
		{ WHEN("excludes", "\"cap\": []"), "t.json:1:", "cap" },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n"
		  "\"defaultErrno\": \"ENOSUCH\" }",
			"t.json:2:17:", "ENOSUCH" },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n"
		  "\"defaultErrno\": \"enosys\" }",
			"t.json:2:17:", "enosys" },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n"
		  "\"defaultErrno\": \"65536\" }",
			"t.json:2:17:", "65536" },
		{ FUTEX("EQ", "18446744073709551616", ""),
			"t.json:1:", "18446744073709551615" },
		{ FUTEX("EQ", "9223372036854775808.0", ""),
			"t.json:1:", "whole number" },
		{ "{ \"ociVersion\": \"1.0.2\",\n\"process\": {} }",
			"t.json:1:1:", "linux.seccomp" },
		{ "{ \"ociVersion\": \"1.0.2\",\n\"linux\": {} }",
			"t.json:2:10:", "linux.seccomp" },
		{ "{ \"ociVersion\": \"1.0.2\",\n\"linux\": {\n"
		  "\"seccomp\": { " KILL ", \"sycalls\": [] } } }",
			"t.json:3:", "sycalls" },
		{ "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n"
		  "\"defaultErrno\": 38 }",
			"t.json:2:17:", "errno" },
		{ "{" KILL ",\n\"defaultErrno\": \"EPERM\" }",
			"t.json:2:1:", "SCMP_ACT_ERRNO" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(parse(rows[i].text, &err));
		assert_ptr_equal(
			strstr(err.text, rows[i].where), (char *)err.text);
		assert_non_null(strstr(err.text, rows[i].what));
	}
}

/* Cut anywhere, or with any byte changed, a profile is read or refused. */
static void test_mangled(void **state)
{
	size_t size = strlen(FOUR);
	struct profile_error err;
	char *text = malloc(size);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < size; i++) {
		memcpy(text, FOUR, size);
		profile_free(profile_parse("t.json", text, i, &err));
		for (int byte = 0; byte < 256; byte += 5) {
			text[i] = (char)byte;
			profile_free(profile_parse("t.json", text, size, &err));
		}
	}
	free(text);
}

/* A filter as BPF, in this byte order and in the other, and bad ones. */
static void test_raw(void **state)
{
	static const char ours[] = "\x20\0\0\0\0\0\0\0\x06\0\0\0\0\0\xff\x7f";
	static const char other[] = "\0\x20\0\0\0\0\0\0\0\x06\0\0\x7f\xff\0\0";
	static struct filter bpf;
	struct profile_error err;
	const char *const texts[] = { ours, other };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct profile *p = profile_parse("t.bpf", texts[i], 16, &err);

		assert_non_null(p);
		assert_int_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
		assert_int_equal(bpf.ninsns, 2);
		assert_int_equal(bpf.insns[1].k, SECCOMP_RET_ALLOW);
		profile_free(p);
		assert_null(profile_parse("t.bpf", texts[i], 15, &err));
		assert_null(profile_parse("t.bpf", texts[i], 8, &err));
		assert_string_equal(err.text,
			"t.bpf: not a filter that the kernel takes: "
			"instruction 0");
	}
}

#define ALLOW_ONE(names, value)                                                \
	"{ \"action\": \"SCMP_ACT_ALLOW\", \"args\": [ { \"index\": 0, "       \
	"\"op\": \"SCMP_CMP_EQ\", \"value\": " value                           \
	" } ],\n \"names\": [" names "] }"
#define RULES(rules)                                                           \
	"{ \"syscalls\":\n[" rules "],\n\"defaultAction\": \"SCMP_ACT_KILL\" " \
	"}"

/* Each name's place is the one that a search from the top finds. */
static void test_places(void **state)
{
	static const char text[] = RULES(
		ALLOW_ONE("\"a,\\\"]\",\n\"b\"", "1") ", " ALLOW_ONE("\"c\"",
			"2") ",\n" ALLOW_ONE("\"d\", \"e\",\n\n \"f\"", "3"));
	static const size_t paths[][2] = { { 0, 0 }, { 0, 1 }, { 1, 0 },
		{ 2, 0 }, { 2, 1 }, { 2, 2 } };
	struct profile_error err;
	struct profile *p = parse(text, &err);

	(void)state;
	assert_string_equal(err.text, "");
	assert_int_equal(p->nrules, 6);
	for (size_t i = 0; i < p->nrules; i++) {
		const struct jsonpos_step path[] = { { "syscalls", 0 },
			{ NULL, paths[i][0] }, { "names", 0 },
			{ NULL, paths[i][1] } };
		int line, column;

		jsonpos_find(
			text, strlen(text), path, 4, 0, NULL, &line, &column);
		assert_int_equal(p->rules[i].line, line);
		assert_int_equal(p->rules[i].column, column);
	}
	assert_int_equal(p->rules[5].line, 9);
	assert_int_equal(p->rules[5].column, 2);
	assert_int_equal(p->of_default.line, 10);
	profile_free(p);
}

/* What is said again changes no instruction; what contradicts is refused. */
static void test_again(void **state)
{
	static const char *const texts[] = { RULES(ALLOW_ONE("\"read\"", "1")),
		RULES(ALLOW_ONE("\"read\", \"read\"", "1") "," ALLOW_ONE(
			"\"read\"", "1")),
		RULES(ALLOW_ONE("\"read\"",
			"1") ", { \"action\": "
			     "\"SCMP_ACT_TRAP\", \"args\": [ { \"index\": 0, "
			     "\"op\": \"SCMP_CMP_EQ\", \"value\": 1 } ], "
			     "\"names\": [\"read\"] }") };
	static struct filter bpf[2];
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct profile *p = parse(texts[i], &err);

		assert_non_null(p);
		assert_int_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf[i == 1], &err),
			i < 2 ? 0 : -1);
		profile_free(p);
		if (i == 1)
			assert_memory_equal(&bpf[0], &bpf[1], sizeof(bpf[0]));
	}
}

static void test_without(void **state)
{
	static const struct {
		const char *name, *error;
		uint32_t want;
	} rows[] = {
		{ "no-brk", NULL, SECCOMP_RET_KILL_PROCESS },
		{ "no-brk-thread", NULL, SECCOMP_RET_KILL_THREAD },
		{ "no-brk-trap", NULL, SECCOMP_RET_TRAP },
		{ "no-brk-eperm", NULL, SECCOMP_RET_ERRNO | EPERM },
		{ "no-brk-enosys", NULL, SECCOMP_RET_ERRNO | ENOSYS },
		{ "known-no-brk", NULL, SECCOMP_RET_KILL_PROCESS },
		{ "known-no-brkk",
			"no-brkk:1:4: no system call has that name" },
		{ "known-brk", "brk: No such file or directory" },
		{ "no-brkk", "no-brkk:1:4: no system call has that name" },
		{ "no-", "no-:1:4: no system call has that name" },
		{ "no-brk-eprm", "no-brk-eprm:1:7: expected -thread, " },
		{ "no-brk-", "no-brk-:1:7: expected -thread, " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		static struct filter bpf;
		struct seccomp_data brk = { 12, AUDIT_ARCH_X86_64, 0, { 0 } };
		struct seccomp_data read = { 0, AUDIT_ARCH_X86_64, 0, { 0 } };
		struct profile_error err;
		struct profile *p =
			profile_load("/nowhere", rows[i].name, &err);

		if (rows[i].error) {
			assert_null(p);
			assert_ptr_equal(
				strstr(err.text, rows[i].error), err.text);
			continue;
		}
		assert_string_equal(profile_name(p), rows[i].name);
		assert_int_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
		assert_int_equal(
			bpf_run(bpf.insns, bpf.ninsns, &brk), rows[i].want);
		assert_int_equal(bpf_run(bpf.insns, bpf.ninsns, &read),
			SECCOMP_RET_ALLOW);
		profile_free(p);
	}
}

/* uretprobe is none of the calls that each libseccomp has. */
static void test_known(void **state)
{
	static struct filter bpf;
	struct seccomp_data call = { 335, AUDIT_ARCH_X86_64, 0, { 0 } };
	bool known =
		seccomp_syscall_resolve_name("uretprobe") != __NR_SCMP_ERROR;
	struct profile_error err;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct profile *p = profile_load("/nowhere",
			i ? "known-no-uretprobe" : "no-uretprobe", &err);

		assert_int_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
		assert_int_equal(bpf_run(bpf.insns, bpf.ninsns, &call),
			i && !known ? SECCOMP_RET_ALLOW
				    : SECCOMP_RET_KILL_PROCESS);
		profile_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_four),
		cmocka_unit_test(test_actions),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_mangled),
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_without),
		cmocka_unit_test(test_known),
	};

	/* Not asked of the kernel: valgrind's has no seccomp(2). Level 6 has
	 * every action here. */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
