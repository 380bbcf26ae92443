/* SPDX-License-Identifier: MIT */
/* test_bpftext.c: BPF as text, there and back. */
#include "profile/test_profile.h"

#include "profile/bpftext.h"

static const struct sock_filter four[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
};

static struct profile *read_text(const char *text, struct profile_error *err)
{
	memset(err, 0, sizeof(*err));
	return profile_parse("t", text, strlen(text), err);
}

static void each_form(void **state)
{
	static const char *const texts[] = {
		/* seccomp-tools dump */
		" line  CODE  JT   JF      K\n"
		"=================================\n"
		" 0000: 0x20 0x00 0x00 0x00000004  A = arch\n"
		" 0001: 0x15 0x00 0x01 0xc000003e  if (A != ARCH_X86_64) goto "
		"0003\n"
		" 0002: 0x06 0x00 0x00 0x7fff0000  return ALLOW\n"
		" 0003: 0x06 0x00 0x00 0x00050001  return ERRNO(1)\n",
		/* scmp_bpf_disasm */
		" line  OP   JT   JF   K\n=================================\n"
		" 0000: 0x20 0x00 0x00 0x00000004   ld  $data[4]\n"
		" 0001: 0x15 0x00 0x01 0xc000003e   jeq 3221225534 true:0002 "
		"false:0003\n"
		" 0002: 0x06 0x00 0x00 0x7fff0000   ret ALLOW\n"
		" 0003: 0x06 0x00 0x00 0x00050001   ret ERRNO(1)",
		/* bare */
		"0: 20 0 0 4\n1: 15 0 1 c000003e\n2: 6 0 0 7fff0000\n"
		"3: 6 0 0 50001\n",
		/* tcpdump -dd */
		"{ 0x20, 0, 0, 0x00000004 },\n{ 0x15, 0, 1, 0xc000003e },\n"
		"{ 0x6, 0, 0, 0x7fff0000 },\n{ 0x6, 0, 0, 0x00050001 },\n",
		"/* a filter */\n#include <linux/filter.h>\n"
		"static const struct sock_filter filter[] = { /* { */\n"
		"\t{32, 0, 0, 4}, // load {\n\t{0x15, 0, 1, 0xc000003eu},\n"
		"\t{BPF_RET | BPF_K, 0, 0, 0x7fff0000},\n"
		"\t{ 6, 0, 0, (0x50000 | EPERM), },\n};\n",
		"struct sock_filter f[] = {\n"
		"BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),\n"
		"BPF_JUMP(BPF_JMP|BPF_JEQ|BPF_K, 0xC000003E, 0, 1),\n"
		"BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_ALLOW),\n"
		"BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_ERRNO|EPERM) };",
		/* bpf_asm, tcpdump -ddd */
		"4,32 0 0 4,21 0 1 3221225534,6 0 0 2147418112,6 0 0 327681",
		"4\n32 0 0 4\n21 0 1 3221225534\n6 0 0 2147418112\n"
		"6 0 0 327681\n",
		/* bytes */
		"2000000004000000 150000013e0000c0\n"
		"060000000000ff7f 0600000001000500",
		"\"\\x20\\x00\\x00\\x00\\x04\\x00\\x00\\x00\"\n"
		"\"\\x15\\x00\\x00\\x01\\x3e\\x00\\x00\\xc0\"\n"
		"0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0x7F,\n"
		"06 00 00 00 01 00 05 00",
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct profile *p = read_text(texts[i], &err);

		if (!p)
			fail_msg("%s: %s", texts[i], err.text);
		assert_int_equal(p->ninsns, 4);
		assert_memory_equal(p->insns, four, sizeof(four));
		profile_free(p);
	}
}

static void wrong(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "line  CODE\n 0: 0x20 0x00 0x00 4\n 2: 6 0 0 0",
			"t:3:3:", "instruction 1" },
		{ "0: 20 0 0 4\n", "t:1:1:", "kernel" },
		{ "0: 6 0 0 0\nwhat", "t:2:1:", "NUMBER:" },
		{ "0: 6 0 0\n", "t:1:9:", "hexadecimal" },
		{ "0: 6 100 0 0\n", "t:1:", "jt" },
		{ "0: 6 0 0 100000000\n", "t:1:", "0xffffffff" },
		{ "{ 0x20, 0, 0 }", "t:1:", "comma" },
		{ "{ 6, 0, 0, 1, 2 }", "t:1:", "4 numbers" },
		{ "{ 6, 0, 0, WHAT }", "t:1:12:", "constants" },
		{ "struct sock_filter f[] = { };", "t:1:", "no instructions" },
		{ "2,6 0 0 0", "t:1:", "decimal" },
		{ "1,6 0 0 0,6 0 0 0", "t:1:", "count" },
		{ "0600000000000000 06", "t:1:", "digits" },
		{ "line  CODE  JT   JF      K\n", "t:2:1:", "no instructions" },
		{ "1,6 0 0 99999999999", "t:1:", "32 bits" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct profile *p = read_text(rows[i].text, &err);

		assert_null(p);
		if (strncmp(err.text, rows[i].where, strlen(rows[i].where)) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

/* Other forms stay what they are. */
static void others(void **state)
{
	static const char *const texts[] = { "{ read, write }: 1", "read: 1",
		"# struct sock_filter\nread: 1",
		"{ \"defaultAction\": \"SCMP_ACT_KILL\" }", "", "12", "{}" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(
			bpftext_kind(texts[i], strlen(texts[i])), BPFTEXT_NONE);
}

/* Each instruction that the kernel takes, in both directions. */
static void there_and_back(void **state)
{
	static struct filter bpf = { .mode = FILTER_BPF };
	static const uint16_t codes[] = { BPF_LD | BPF_W | BPF_ABS,
		BPF_LD | BPF_W | BPF_LEN, BPF_LDX | BPF_W | BPF_LEN,
		BPF_ALU | BPF_ADD | BPF_K, BPF_ALU | BPF_SUB | BPF_X,
		BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_XOR | BPF_X,
		BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_NEG, BPF_LD | BPF_IMM,
		BPF_LDX | BPF_IMM, BPF_MISC | BPF_TAX, BPF_MISC | BPF_TXA,
		BPF_ST, BPF_STX, BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM,
		BPF_JMP | BPF_JA, BPF_JMP | BPF_JEQ | BPF_X,
		BPF_JMP | BPF_JGE | BPF_K, BPF_JMP | BPF_JGT | BPF_X,
		BPF_JMP | BPF_JSET | BPF_K };
	const size_t n = sizeof(codes) / sizeof(*codes);
	struct profile_error err;
	struct profile *p;
	char *text = NULL;
	size_t size, bad;
	FILE *f;

	(void)state;
	for (size_t i = 0; i < n; i++)
		bpf.insns[i] = (struct sock_filter){ codes[i], 0, 0,
			codes[i] == (BPF_JMP | BPF_JA) ? 0 : 4 };
	bpf.insns[n - 2].jt = 1;
	bpf.insns[n - 1].jf = 1;
	bpf.insns[n] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_A, 0);
	bpf.insns[n + 1] = four[3];
	bpf.ninsns = n + 2;
	assert_int_equal(bpf_check(bpf.insns, bpf.ninsns, &bad), 0);
	f = open_memstream(&text, &size);
	bpftext_write(&bpf, f);
	fclose(f);
	p = profile_parse("t", text, size, &err);
	assert_non_null(p);
	assert_int_equal(p->ninsns, bpf.ninsns);
	assert_memory_equal(
		p->insns, bpf.insns, bpf.ninsns * sizeof(*bpf.insns));
	profile_free(p);
	free(text);
}

/* Names, where every way to an instruction agrees on what they need. */
static void names(void **state)
{
	static const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 5, 6),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 3, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 20),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 7, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	static struct filter bpf = { .ninsns = 11 };
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	memcpy(bpf.insns, insns, sizeof(insns));
	bpftext_write(&bpf, f);
	fclose(f);
	assert_non_null(strstr(text, "A = arch\n"));
	assert_non_null(strstr(text, "!= 0x40000003 (x86) goto 0004\n"));
	assert_non_null(strstr(text, "if A == 0x3 (read) goto 0009 else goto "
				     "0010\n"));
	/* Of no known architecture: read on x86, close on x86-64. */
	assert_non_null(strstr(text, "if A == 0x3 goto 0009\n"));
	assert_non_null(strstr(text, "A = arg0 >> 32\n"));
	assert_non_null(strstr(text, "if !(A & 0x7) goto 0009\n"));
	assert_non_null(strstr(text, "return errno EACCES\n"));
	assert_non_null(strstr(text, "return kill process\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form),
		cmocka_unit_test(wrong),
		cmocka_unit_test(others),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
