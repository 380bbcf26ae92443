/* SPDX-License-Identifier: MIT */
/*
 * bpftext_write.c: BPF as a listing. What an instruction compares has a name
 * where all ways to it agree: the word that is loaded, the architecture, the
 * call.
 */
#include <stdlib.h>
#include <string.h>

#include "profile/ask.h"
#include "profile/bpftext.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/constants.h"

#define NO_WORD (-1)

/* What is known before an instruction. */
struct known {
	bool reached;
	int word;      /* in the accumulator, whole; or NO_WORD */
	uint32_t arch; /* 0: not known */
	int nr;	       /* -1: not known */
};

static void merge(struct known *to, const struct known *from)
{
	if (!to->reached) {
		*to = *from;
		to->reached = true;
		return;
	}
	if (to->word != from->word)
		to->word = NO_WORD;
	if (to->arch != from->arch)
		to->arch = 0;
	if (to->nr != from->nr)
		to->nr = -1;
}

/* Behind a jump that is taken as "equal". */
static struct known equal(struct known k, uint32_t value)
{
	if (k.word == 1)
		k.arch = value;
	if (k.word == 0)
		k.nr = (int)value;
	return k;
}

static void flow(const struct filter *bpf, struct known *known)
{
	known[0] = (struct known){ true, NO_WORD, 0, -1 };
	for (size_t pc = 0; pc < bpf->ninsns; pc++) {
		const struct sock_filter *f = &bpf->insns[pc];
		struct known k = known[pc], yes;

		if (!k.reached || BPF_CLASS(f->code) == BPF_RET)
			continue;
		if (f->code == (BPF_JMP | BPF_JA)) {
			merge(&known[pc + 1 + f->k], &k);
			continue;
		}
		if (BPF_CLASS(f->code) == BPF_JMP) {
			yes = f->code == (BPF_JMP | BPF_JEQ | BPF_K)
				      ? equal(k, f->k)
				      : k;
			merge(&known[pc + 1 + f->jt], &yes);
			merge(&known[pc + 1 + f->jf], &k);
			continue;
		}
		if (f->code == (BPF_LD | BPF_W | BPF_ABS))
			k.word = (int)f->k / 4;
		else if (BPF_CLASS(f->code) == BPF_LD ||
			 BPF_CLASS(f->code) == BPF_ALU ||
			 f->code == (BPF_MISC | BPF_TXA))
			k.word = NO_WORD;
		merge(&known[pc + 1], &k);
	}
}

/* Arguments whose constants are known by what their names begin with. */
static const struct {
	const char *call;
	unsigned arg;
	const char *prefix; /* "": any name, the value is told by no other */
} typed[] = {
	{ "socket", 0, "AF_" },
	{ "socketpair", 0, "AF_" },
	{ "madvise", 2, "MADV_" },
	{ "prctl", 0, "PR_SET_" },
	{ "prctl", 0, "PR_GET_" },
	{ "ioctl", 1, "" },
};

/* The one constant with PREFIX and VALUE, or NULL. */
static const char *constant(const char *prefix, uint32_t value)
{
	const char *found = NULL;

	if (!*prefix && value <= 0xff)
		return NULL;
	for (size_t i = 0; i < constants_n; i++) {
		const struct constant *c = &constants_table[i];

		if (c->value != value ||
			strncmp(c->name, prefix, strlen(prefix)) != 0)
			continue;
		if (found)
			return NULL;
		found = c->name;
	}
	return found;
}

static const char *argument(const struct known *k, uint32_t value)
{
	const char *found = NULL;
	char name[64];

	if (k->nr < 0 || !k->arch)
		return NULL;
	calls_name(k->arch, k->nr, name, sizeof(name));
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed) && !found; i++)
		if (!strcmp(typed[i].call, name) &&
			k->word == 4 + 2 * (int)typed[i].arg)
			found = constant(typed[i].prefix, value);
	return found;
}

/* Behind what is compared: its name, if it has one. */
static void put_name(
	FILE *to, const struct known *k, uint32_t value, bool equals)
{
	const char *name = NULL;
	char call[64];

	if (k->word == 1) {
		name = calls_arch_name(value);
		name = strcmp(name, "?") != 0 ? name : NULL;
	} else if (k->word == 0 && !equals) {
		name = value == ARCH_X32_BIT && ARCH_HAS_X32(k->arch) ? "x32"
								      : NULL;
	} else if (k->word == 0 && k->arch &&
		   calls_known(k->arch, (int)value)) {
		calls_name(k->arch, (int)value, call, sizeof(call));
		name = call;
	} else if (k->word >= 4 && equals) {
		name = argument(k, value);
	}
	if (name)
		fprintf(to, " (%s)", name);
}

static void put_word(FILE *to, uint32_t offset)
{
	static const char *const head[] = { "nr", "arch", "ip", "ip >> 32" };
	const uint32_t word = offset / 4;

	if (word < 4)
		fprintf(to, "A = %s", head[word]);
	else
		fprintf(to, "A = arg%u%s", (word - 4) / 2,
			word & 1 ? " >> 32" : "");
}

static void put_operand(
	FILE *to, const struct sock_filter *f, const struct known *k)
{
	if (BPF_SRC(f->code) == BPF_X) {
		fputc('X', to);
		return;
	}
	fprintf(to, "0x%x", f->k);
	put_name(to, k, f->k, BPF_OP(f->code) == BPF_JEQ);
}

static void put_test(FILE *to, const struct sock_filter *f,
	const struct known *k, bool truth)
{
	static const char *const ops[][2] = {
		[BPF_JEQ >> 4] = { "!=", "==" },
		[BPF_JGT >> 4] = { "<=", ">" },
		[BPF_JGE >> 4] = { "<", ">=" },
		[BPF_JSET >> 4] = { "&", "&" },
	};
	const bool set = BPF_OP(f->code) == BPF_JSET;

	fprintf(to, "if %s %s ", set && !truth ? "!(A" : "A",
		ops[BPF_OP(f->code) >> 4][truth]);
	put_operand(to, f, k);
	fputs(set && !truth ? ")" : "", to);
}

static void put_jump(
	FILE *to, const struct sock_filter *f, size_t pc, const struct known *k)
{
	const size_t yes = pc + 1 + f->jt, no = pc + 1 + f->jf;

	if (f->code == (BPF_JMP | BPF_JA)) {
		fprintf(to, "goto %04zu", pc + 1 + f->k);
		return;
	}
	put_test(to, f, k, f->jt || !f->jf);
	if (f->jt && f->jf)
		fprintf(to, " goto %04zu else goto %04zu", yes, no);
	else
		fprintf(to, " goto %04zu", f->jf ? no : yes);
}

static void put_alu(FILE *to, const struct sock_filter *f)
{
	static const char *const ops[] = {
		[BPF_ADD >> 4] = "+",
		[BPF_SUB >> 4] = "-",
		[BPF_MUL >> 4] = "*",
		[BPF_DIV >> 4] = "/",
		[BPF_OR >> 4] = "|",
		[BPF_AND >> 4] = "&",
		[BPF_LSH >> 4] = "<<",
		[BPF_RSH >> 4] = ">>",
		[BPF_XOR >> 4] = "^",
	};

	if (BPF_OP(f->code) == BPF_NEG) {
		fputs("A = -A", to);
		return;
	}
	fprintf(to, "A %s= ", ops[BPF_OP(f->code) >> 4]);
	if (BPF_SRC(f->code) == BPF_X)
		fputc('X', to);
	else
		fprintf(to, "0x%x", f->k);
}

static void put_move(FILE *to, const struct sock_filter *f)
{
	const char reg =
		BPF_CLASS(f->code) == BPF_LD || BPF_CLASS(f->code) == BPF_ST
			? 'A'
			: 'X';

	switch (f->code) {
	case BPF_MISC | BPF_TAX:
		fputs("X = A", to);
		return;
	case BPF_MISC | BPF_TXA:
		fputs("A = X", to);
		return;
	case BPF_ST:
	case BPF_STX:
		fprintf(to, "M[%u] = %c", f->k, reg);
		return;
	}
	switch (BPF_MODE(f->code)) {
	case BPF_ABS:
		put_word(to, f->k);
		break;
	case BPF_IMM:
		fprintf(to, "%c = 0x%x", reg, f->k);
		break;
	case BPF_MEM:
		fprintf(to, "%c = M[%u]", reg, f->k);
		break;
	default:
		fprintf(to, "%c = %zu", reg, sizeof(struct seccomp_data));
	}
}

static void put_meaning(
	FILE *to, const struct sock_filter *f, size_t pc, const struct known *k)
{
	char verdict[ASK_VERDICT];

	switch (BPF_CLASS(f->code)) {
	case BPF_JMP:
		put_jump(to, f, pc, k);
		break;
	case BPF_RET:
		fprintf(to, "return %s",
			BPF_RVAL(f->code) == BPF_A
				? "A"
				: ask_verdict(f->k, verdict));
		break;
	case BPF_ALU:
		put_alu(to, f);
		break;
	default:
		put_move(to, f);
	}
}

void bpftext_write(const struct filter *bpf, FILE *to)
{
	static struct known known[BPF_MAXINSNS + 1];

	memset(known, 0, sizeof(known));
	flow(bpf, known);
	fputs("line  CODE  JT   JF      K\n"
	      "=================================\n",
		to);
	for (size_t pc = 0; pc < bpf->ninsns; pc++) {
		const struct sock_filter *f = &bpf->insns[pc];

		fprintf(to, " %04zu: 0x%02x 0x%02x 0x%02x 0x%08x  ", pc,
			f->code, f->jt, f->jf, f->k);
		put_meaning(to, f, pc, &known[pc]);
		fputc('\n', to);
	}
}
