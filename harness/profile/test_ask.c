/* SPDX-License-Identifier: MIT */
/* test_ask.c: verdicts for calls of which not all is known. */
#include "profile/test_profile.h"

#include "profile/ask.h"

#define ALLOW  SECCOMP_RET_ALLOW
#define EPERM_ (SECCOMP_RET_ERRNO | EPERM)

static const char text[] =
	"{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [\n"
	"{ \"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" },\n"
	"{ \"names\": [\"socket\"], \"action\": \"SCMP_ACT_ALLOW\",\n"
	"  \"args\": [ { \"index\": 0, \"value\": 1, \"op\": \"SCMP_CMP_EQ\" "
	"},\n"
	"  { \"index\": 1, \"value\": 15, \"valueTwo\": 1,\n"
	"    \"op\": \"SCMP_CMP_MASKED_EQ\" } ] },\n"
	"{ \"names\": [\"socket\"], \"action\": \"SCMP_ACT_KILL_PROCESS\",\n"
	"  \"args\": [ { \"index\": 0, \"value\": 40, "
	"\"op\": \"SCMP_CMP_GE\" } ] } ] }";

struct built {
	struct profile *p;
	struct filter bpf;
	struct meaning m;
	struct asker k;
};

static struct built *build(void)
{
	static struct built b;
	struct profile_error err;

	b.p = parse(text, &err);
	assert_non_null(b.p);
	assert_int_equal(
		profile_build(b.p, AUDIT_ARCH_X86_64, &b.bpf, &err), 0);
	assert_true(meaning_read(&b.m, b.p, AUDIT_ARCH_X86_64));
	assert_true(ask_begin(&b.k, &b.bpf, &b.m));
	return &b;
}

static void drop(struct built *b)
{
	ask_end(&b->k);
	meaning_free(&b->m);
	profile_free(b->p);
}

static struct ask_call call(const char *name)
{
	return (struct ask_call){ .arch = AUDIT_ARCH_X86_64,
		.nr = calls_number(AUDIT_ARCH_X86_64, name) };
}

static struct ask_call with(struct ask_call c, unsigned arg, uint64_t value)
{
	c.known[arg] = true;
	c.args[arg] = value;
	return c;
}

/* The line of the rule of the answer with VERDICT; 0: it is no rule's; -1:
 * there is none, or two. */
static int line_of(
	const struct built *b, const struct ask_answers *a, uint32_t verdict)
{
	int line = -1;

	for (unsigned i = 0; i < a->n; i++) {
		const struct ask_answer *one = &a->list[i];

		if (one->verdict != verdict)
			continue;
		if (line != -1)
			return -1;
		line = one->rule == SIZE_MAX ? 0 : b->p->rules[one->rule].line;
		assert_int_equal(
			bpf_run(b->bpf.insns, b->bpf.ninsns, &one->data),
			verdict);
	}
	return line;
}

static void the_rule_decides(void **state)
{
	struct built *b = build();
	struct ask_answers a;
	struct ask_call c;

	(void)state;
	c = call("read");
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(line_of(b, &a, ALLOW), 2);
	c = call("write");
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(line_of(b, &a, EPERM_), 0);
	c = with(with(call("socket"), 0, 1), 1, 0x80001);
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(line_of(b, &a, ALLOW), 3);
	drop(b);
}

static void open_arguments(void **state)
{
	struct built *b = build();
	struct ask_answers a;
	struct ask_call c = call("socket");

	(void)state;
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 3);
	assert_int_equal(line_of(b, &a, ALLOW), 3);
	assert_int_equal(line_of(b, &a, EPERM_), 0);
	assert_int_equal(line_of(b, &a, SECCOMP_RET_KILL_PROCESS), 7);
	c = with(c, 0, 1);
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 2);
	assert_int_equal(line_of(b, &a, SECCOMP_RET_KILL_PROCESS), -1);
	c = with(c, 1, 2); /* no other argument is looked at */
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(line_of(b, &a, EPERM_), 0);
	c = with(call("socket"), 0, 1ull << 32 | 1);
	ask(&b->k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(line_of(b, &a, SECCOMP_RET_KILL_PROCESS), 7);
	drop(b);
}

/* Other than loads, masks and comparisons: verdicts are told, and that there
 * may be more. */
static void not_followed(void **state)
{
	static const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	static struct filter bpf = { .mode = FILTER_BPF, .ninsns = 5 };
	struct ask_call c = { .arch = AUDIT_ARCH_X86_64 };
	struct ask_answers a;
	struct asker k;

	(void)state;
	memcpy(bpf.insns, insns, sizeof(insns));
	assert_true(ask_begin(&k, &bpf, NULL));
	ask(&k, &c, &a);
	assert_false(a.whole);
	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		c = with(c, i, i ? 0 : 4);
	ask(&k, &c, &a);
	assert_true(a.whole && a.n == 1);
	assert_int_equal(a.list[0].verdict, ALLOW);
	ask_end(&k);
}

static void in_words(void **state)
{
	static const struct {
		uint32_t verdict;
		const char *want;
		bool passes;
	} rows[] = {
		{ ALLOW, "allow", true },
		{ SECCOMP_RET_LOG, "log", true },
		{ EPERM_, "errno EPERM", false },
		{ SECCOMP_RET_ERRNO, "errno 0", false },
		{ SECCOMP_RET_ERRNO | 5000, "errno 4095", false },
		{ SECCOMP_RET_TRACE | 7, "trace 7", false },
		{ SECCOMP_RET_TRAP | 7, "trap", false },
		{ SECCOMP_RET_USER_NOTIF, "notify", false },
		{ SECCOMP_RET_KILL_THREAD, "kill thread", false },
		{ SECCOMP_RET_KILL_PROCESS, "kill process", false },
		{ 0x12340000, "kill process (0x12340000)", false },
	};
	char room[ASK_VERDICT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_string_equal(
			ask_verdict(rows[i].verdict, room), rows[i].want);
		assert_int_equal(
			ask_lets_pass(rows[i].verdict), rows[i].passes);
	}
}

static void values(void **state)
{
	static const struct {
		const char *text;
		uint64_t want;
	} rows[] = {
		{ "0", 0 },
		{ "010", 8 },
		{ "0xffffffffffffffff", UINT64_MAX },
		{ "-1", UINT64_MAX },
		{ "AF_VSOCK", 40 },
		{ "FUTEX_WAIT|FUTEX_PRIVATE_FLAG", 128 },
		{ "O_RDWR | O_CREAT", 0102 },
		{ "~(1|2)", ~(uint64_t)3 },
	};
	static const char *const bad[] = { "", "O_WHAT", "1 2", "1|", "|1",
		"(1", "0x10000000000000000", "1||2", "read" };
	struct profile_error err;
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(ask_value(rows[i].text, &value, &err));
		assert_int_equal(value, rows[i].want);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(ask_value(bad[i], &value, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_decides),
		cmocka_unit_test(open_arguments),
		cmocka_unit_test(not_followed),
		cmocka_unit_test(in_words),
		cmocka_unit_test(values),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
