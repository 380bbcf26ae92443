/* SPDX-License-Identifier: MIT */
/* emit.c: a program as C; emit_head.txt and emit_tail.txt go in unchanged. */
#include "program/emit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "program/facts.h"
#include "program/words.h"
#include "sys/embed.h"

EMBED(emit_head, "fuzz/program/emit_head.txt");
EMBED(emit_tail, "fuzz/program/emit_tail.txt");

static char *text_of(const struct step *s)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	program_print_step(s, f);
	fclose(f);
	return text;
}

static void emit_op(unsigned op, FILE *out)
{
	unsigned cmd = op & 127;

	if (cmd < OP_NAMES) {
		fputs("FUTEX_", out);
		for (const char *c = op_names[cmd]; *c; c++)
			putc(*c >= 'a' && *c <= 'z' ? *c - 32 : *c, out);
	} else {
		fprintf(out, "%u", cmd);
	}
	if (op & FUTEX_PRIVATE_FLAG)
		fputs(" | FUTEX_PRIVATE_FLAG", out);
	if (op & FUTEX_CLOCK_REALTIME)
		fputs(" | FUTEX_CLOCK_REALTIME", out);
	if (op & ~511u)
		fprintf(out, " | %#x", op & ~511u);
}

static void emit_fourth(const struct step *s, FILE *out)
{
	int cmd = facts_cmd(s);
	const char *base =
		cmd == FUTEX_WAIT ? "NULL"
		: cmd == FUTEX_LOCK_PI || s->op & FUTEX_CLOCK_REALTIME
			? "&start_real"
			: "&start_mono";

	if (!program_times_out(s->op))
		fprintf(out, "(void *)%" PRId32 "L", s->fourth);
	else if (s->fourth == TIMEOUT_NONE)
		fputs("NULL", out);
	else if (s->fourth == TIMEOUT_FAULT)
		fputs("(void *)8L", out);
	else if (s->fourth == TIMEOUT_INVALID)
		fputs("&(struct timespec){ 0, 1000000000 }", out);
	else
		fprintf(out, "when(&t, %s, %" PRId32 ")", base, s->fourth);
}

static void emit_futex(const struct step *s, int i, FILE *out)
{
	fprintf(out, "\tin_word[%u] = %u;\n\tret = futex(w[%u], ", s->thread,
		s->word + 1u, s->word);
	emit_op(s->op, out);
	fprintf(out, ", %" PRIu32 "u,\n\t\t", s->val);
	emit_fourth(s, out);
	fprintf(out, ", w[%u], %#" PRIx32 "u);\n\tin_word[%u] = 0;\n", s->word2,
		s->val3, s->thread);
	fprintf(out, "\tdid(%d, ret);\n", i);
}

static void emit_link(const struct program *p, const struct step *s, FILE *out)
{
	bool writable = program_writable(p, s->word);
	const char *to = s->kind == STEP_PENDING ? "robust.list_op_pending"
						 : "robust.list.next";
	static const char *const broken[BROKEN_KINDS] = {
		[BROKEN_NULL] = "NULL",
		[BROKEN_SELF] = "entry_of(%u)",
		[BROKEN_UNMAPPED] = "(void *)8L",
		[BROKEN_KERNEL] = "(void *)0xffff888000000000L",
		[BROKEN_ODD] = "(void *)((char *)entry_of(%u) + 2)",
	};

	if (s->kind == STEP_CORRUPT && writable) {
		fprintf(out, "\tentry_of(%u)->next = ", s->word);
		fprintf(out, broken[s->val], s->word);
		fputs(";\n", out);
		return;
	}
	if (s->kind == STEP_CORRUPT)
		return;
	if (s->kind == STEP_LINK && writable)
		fprintf(out, "\tentry_of(%u)->next = robust.list.next;\n",
			s->word);
	fprintf(out, "\t%s = (void *)((char *)entry_of(%u) + %u);\n", to,
		s->word, s->val);
}

static void emit_store(
	const struct program *p, const struct step *s, int i, FILE *out)
{
	if (!program_writable(p, s->word)) {
		fprintf(out, "\tdid(%d, -EFAULT); /* it would fault */\n", i);
		return;
	}
	if (s->kind == STEP_ADD)
		fprintf(out,
			"\t__atomic_add_fetch(w[%u], (int)%" PRIu32
			"u, __ATOMIC_SEQ_CST);\n",
			s->word, s->val);
	else if (s->kind == STEP_OWN)
		fprintf(out,
			"\t__atomic_store_n(w[%u], sh->tids[%u] | "
			"(int)%#" PRIx32 "u, __ATOMIC_SEQ_CST);\n",
			s->word, (unsigned)program_owner(s), s->val);
	else
		fprintf(out,
			"\t__atomic_store_n(w[%u], (int)%" PRIu32
			"u, __ATOMIC_SEQ_CST);\n",
			s->word, s->val);
	fprintf(out, "\tdid(%d, 0);\n", i);
}

static void emit_step(const struct program *p, int i, FILE *out)
{
	const struct step *s = &p->steps[i];

	switch (s->kind) {
	case STEP_FUTEX:
		emit_futex(s, i, out);
		break;
	case STEP_STORE:
	case STEP_ADD:
	case STEP_OWN:
		emit_store(p, s, i, out);
		break;
	case STEP_LINK:
	case STEP_PENDING:
	case STEP_CORRUPT:
		emit_link(p, s, out);
		fprintf(out, "\tdid(%d, %s);\n", i,
			s->kind == STEP_CORRUPT && !program_writable(p, s->word)
				? "-EFAULT"
				: "0");
		break;
	case STEP_SLEEPS:
		fprintf(out, "\tdid(%d, until_sleeps(%" PRIu32 "));\n", i,
			s->val);
		break;
	case STEP_READ:
	case STEP_WRITE:
		fprintf(out,
			"\tdid(%d, call6(SYS_%s, fds[%d], (long)bytes, %" PRIu32
			", 0, 0, 0));\n",
			i, step_names[s->kind], s->kind == STEP_WRITE, s->val);
		break;
	case STEP_DROP:
		fputs("\t/* here without its page going away */\n", out);
		emit_store(p, s, i, out);
		break;
	case STEP_FORK:
		fprintf(out, "\tdid(%d, 0); /* a fork, which is not here */\n",
			i);
		break;
	case STEP_STOP:
		fprintf(out, "\tdid(%d, stop_me());\n", i);
		break;
	case STEP_PRIO:
		fprintf(out, "\tdid(%d, rank(%u, %d, %" PRIu32 "));\n", i,
			s->thread, program_owner(s), s->val);
		break;
	default:
		fprintf(out, "\tdid(%d, 0);\n\tthread_ends();\n", i);
	}
}

/* Returns the number of threads. */
static int emit_threads(const struct program *p, FILE *out)
{
	int n = 0;
	bool has[PROGRAM_THREADS] = { false };

	for (int i = 0; i < p->nsteps; i++)
		has[p->steps[i].thread] = true;
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		if (!has[t])
			continue;
		fprintf(out,
			"\nstatic void *t%d(void *arg)\n{\n"
			"\tstruct timespec t;\n\tchar bytes[64] = { 0 };\n"
			"\tlong ret = 0;\n\n"
			"\t(void)arg, (void)t, (void)bytes, (void)ret;\n"
			"\tthread_starts(%d);\n",
			t, t);
		for (int i = 0; i < p->nsteps; i++)
			if (p->steps[i].thread == t)
				emit_step(p, i, out);
		fputs("\tthread_ends();\n\treturn NULL;\n}\n", out);
	}
	fputs("\nstatic void *(*const threads[])(void *) = { ", out);
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (has[t])
			fprintf(out, "%st%d", n++ ? ", " : "", t);
	fputs(" };\n", out);
	return n;
}

static void emit_tables(const struct emit *e, FILE *out)
{
	const struct program *p = e->p;

	fputs("\nenum { ", out);
	for (int i = 0; i < MEMORY_KINDS; i++)
		fprintf(out, "K_%s, ", memory_names[i]);
	fputs("KINDS };\n\nstatic const struct {\n\tint kind, place, writable;"
	      "\n\tuint32_t value;\n} words[] = {\n",
		out);
	for (int i = 0; i < p->nwords; i++)
		fprintf(out, "\t{ K_%s, %d, %d, %" PRIu32 "u },\n",
			memory_names[p->words[i].memory], program_place(p, i),
			program_writable(p, i), p->words[i].value);
	fputs("};\n\nstatic const struct {\n\tconst char *text;\n"
	      "\tint returned;\n\tlong ret;\n} steps[] = {\n",
		out);
	for (int i = 0; i < p->nsteps; i++) {
		char *text = text_of(&p->steps[i]);

		fprintf(out, "\t{ \"t%u %s\", %d, %" PRId32 " },\n",
			p->steps[i].thread, text ? text : "", e->returned[i],
			e->ret[i]);
		free(text);
	}
	fprintf(out,
		"};\n\nenum { WORDS = %d, STEPS = %d, THREADS = "
		"sizeof(threads) / sizeof(*threads) };\n",
		p->nwords, p->nsteps);
}

static void emit_filter(const struct emit *e, FILE *out)
{
	size_t n = e->bpf->mode == FILTER_BPF ? e->bpf->ninsns : 0;

	fprintf(out,
		"/* The profile %s. */\nstatic struct sock_filter filter[%zu] "
		"= {\n",
		e->profile, n);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "\t{ %#x, %u, %u, %#" PRIx32 " },\n",
			e->bpf->insns[i].code, e->bpf->insns[i].jt,
			e->bpf->insns[i].jf, (uint32_t)e->bpf->insns[i].k);
	fputs("};\n", out);
}

static void emit_comment(const struct emit *e, FILE *out)
{
	char *text = NULL, *line, *save = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	program_print(e->p, f);
	fclose(f);
	fputs(" *\n", out);
	for (line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save))
		fprintf(out, " *   %s\n", line);
	free(text);
}

void emit_c(const struct emit *e, FILE *out)
{
	fputs("/*\n * A futex program under a seccomp filter, on x86-64 "
	      "Linux:\n"
	      " *   cc -O1 -o program program.c && ./program\n"
	      " * Exits with 1 when it does what was seen, 0 when it does "
	      "not.\n",
		out);
	if (e->note)
		fprintf(out, " *\n * %s\n", e->note);
	emit_comment(e, out);
	fprintf(out, " */\nenum { STOPS = %d, SLOTS = %d, RANKS = %d };\n",
		facts_stops(e->p), e->p->hash ? 1 << e->p->hash : 0,
		facts_ranks(e->p));
	fputs(emit_head, out);
	emit_filter(e, out);
	emit_threads(e->p, out);
	emit_tables(e, out);
	fputs(emit_tail, out);
}
