/* SPDX-License-Identifier: MIT */
/* emit_probe.c: a program as a probe to be filled in. */
#include <inttypes.h>

#include "program/emit.h"
#include "program/facts.h"
#include "program/words.h"

static void words(const struct program *p, FILE *out)
{
	for (int i = 0; i < p->nwords; i++) {
		fprintf(out, "static volatile int w%d = (int)%" PRIu32 "u;", i,
			p->words[i].value);
		if (p->words[i].memory != MEMORY_PRIVATE)
			fprintf(out,
				" /* TODO: lies in memory that is %s: map it "
				"in setup() */",
				memory_names[p->words[i].memory]);
		fputs("\n", out);
	}
}

static void fourth(const struct step *s, FILE *out)
{
	if (!program_times_out(s->op))
		fprintf(out, "(void *)%" PRId32 "L", s->fourth);
	else if (s->fourth == TIMEOUT_NONE)
		fputs("NULL", out);
	else if (s->fourth == TIMEOUT_FAULT)
		fputs("(void *)8L", out);
	else if (s->fourth == TIMEOUT_INVALID)
		fputs("&(struct sys_timespec){ 0, 1000000000 }", out);
	else
		fprintf(out, "&(struct sys_timespec){ 0, %" PRId32 "000L }",
			s->fourth);
}

/* The word at which a thread sleeps first, and its PRIVATE flag. */
static void sleeps(const struct program *p, uint32_t thread, FILE *out)
{
	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (s->thread == thread && s->kind == STEP_FUTEX &&
			program_times_out(s->op)) {
			fprintf(out, "\tuntil_sleeps(&w%u, %d);\n", s->word,
				s->op & FUTEX_PRIVATE_FLAG);
			return;
		}
	}
	fprintf(out, "\t/* TODO: wait until thread %" PRIu32 " sleeps */\n",
		thread);
}

static void step(const struct program *p, int i, FILE *out)
{
	const struct step *s = &p->steps[i];

	switch (s->kind) {
	case STEP_FUTEX:
		fprintf(out, "\tret[%d] = sys_futex(&w%u, ", i, s->word);
		if ((s->op & 127) < OP_NAMES)
			fprintf(out, "%u /* %s */", s->op,
				op_names[s->op & 127]);
		else
			fprintf(out, "%u", s->op);
		fprintf(out, ", (int)%" PRIu32 "u,\n\t\t", s->val);
		fourth(s, out);
		fprintf(out, ", &w%u, (int)%#" PRIx32 "u);\n", s->word2,
			s->val3);
		break;
	case STEP_STORE:
		fprintf(out, "\tw%u = (int)%" PRIu32 "u;\n", s->word, s->val);
		break;
	case STEP_ADD:
		fprintf(out,
			"\t__atomic_add_fetch(&w%u, (int)%" PRIu32
			"u, __ATOMIC_SEQ_CST);\n",
			s->word, s->val);
		break;
	case STEP_SLEEPS:
		sleeps(p, s->val, out);
		break;
	case STEP_EXIT:
		fputs("\tsys_exit(0);\n", out);
		break;
	default:
		fputs("\t/* TODO: ", out);
		program_print_step(s, out);
		fputs(" */\n", out);
	}
}

static bool has_thread(const struct program *p, int t)
{
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].thread == t)
			return true;
	return false;
}

static void threads(const struct program *p, FILE *out)
{
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		if (!has_thread(p, t))
			continue;
		fprintf(out,
			"\nstatic void t%d(void *arg)\n{\n\t(void)arg;\n"
			"\tprobe_pass(&gate);\n",
			t);
		for (int i = 0; i < p->nsteps; i++)
			if (p->steps[i].thread == t)
				step(p, i, out);
		fputs("}\n", out);
	}
	fputs("\nstatic int setup(void)\n{\n\tlong tid;\n\n", out);
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (has_thread(p, t))
			fprintf(out,
				"\ttid = probe_thread(t%d, NULL, &done[%d]);\n"
				"\tif (tid < 0)\n\t\treturn (int)-tid;\n",
				t, t);
	fputs("\treturn 0;\n}\n", out);
}

static void run(const struct emit *e, FILE *out)
{
	fputs("\nstatic int run(void)\n{\n\tprobe_open(&gate);\n", out);
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (has_thread(e->p, t))
			fprintf(out, "\tprobe_join(&done[%d]);\n", t);
	for (int i = 0; i < e->p->nsteps; i++) {
		if (e->p->steps[i].kind != STEP_FUTEX || !e->returned[i])
			continue;
		if (e->ret[i] < 0)
			fprintf(out, "\tCHECK_AT(%d, ret[%d] == -%s);\n", i, i,
				program_errno_name(-e->ret[i]));
		else
			fprintf(out,
				"\tCHECK_AT(%d, ret[%d] == %" PRId32 ");\n", i,
				i, e->ret[i]);
	}
	fputs("\treturn 0;\n}\n\n", out);
}

void emit_probe(const struct emit *e, FILE *out)
{
	fprintf(out,
		"/* SPDX-License-Identifier: MIT */\n"
		"/* futex/TODO.c: TODO: what is promised, and by whom. */\n"
		"#include <limits.h>\n\n#include \"sleeper.h\"\n\n");
	words(e->p, out);
	fprintf(out,
		"static long ret[%d];\nstatic int gate, done[%d];\n\n"
		"static void until_sleeps(volatile int *word, int flag)\n{\n"
		"\twhile (!sys_futex(word, FUTEX_REQUEUE | flag, 0,\n"
		"\t\t(void *)(long)INT_MAX, word, 0))\n"
		"\t\tprobe_nap(20000);\n}\n",
		e->p->nsteps, PROGRAM_THREADS);
	threads(e->p, out);
	run(e, out);
	fprintf(out,
		"PROBE_RAW = {\n\t.about = \"TODO: one line\",\n"
		"\t.setup = setup,\n\t.run = run,\n\t.under = \"%s\",\n"
		"\t.flavours = \"!i386\",\n\t.expect = {\n"
		"\t\t{ WORKS }, /* TODO: derive it; this was only seen */\n"
		"\t},\n\t.seen = { \"TODO: the man page or kernel file\" "
		"},\n};\n",
		e->profile);
}
