/* SPDX-License-Identifier: MIT */
/* print.c: the text form, written; the names of errnos. */
#include <errno.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <string.h>

#include "program/program.h"
#include "program/words.h"

static const struct {
	int number;
	const char *name;
} errnos[] = {
	{ EPERM, "EPERM" },
	{ ESRCH, "ESRCH" },
	{ EINTR, "EINTR" },
	{ EAGAIN, "EAGAIN" },
	{ ENOMEM, "ENOMEM" },
	{ EFAULT, "EFAULT" },
	{ EINVAL, "EINVAL" },
	{ EDEADLK, "EDEADLK" },
	{ ENOSYS, "ENOSYS" },
	{ ETIMEDOUT, "ETIMEDOUT" },
};

#define ERRNOS (sizeof(errnos) / sizeof(*errnos))

const char *program_errno_name(int err)
{
	static char text[16];

	for (size_t i = 0; i < ERRNOS; i++)
		if (errnos[i].number == err)
			return errnos[i].name;
	snprintf(text, sizeof(text), "%d", err);
	return text;
}

int program_errno(const char *name)
{
	for (size_t i = 0; i < ERRNOS; i++)
		if (!strcmp(errnos[i].name, name))
			return errnos[i].number;
	return 0;
}

static void print_fourth(const struct step *s, FILE *out)
{
	if (!program_times_out(s->op)) {
		if (s->fourth)
			fprintf(out, " val2=%" PRId32, s->fourth);
	} else if (s->fourth == TIMEOUT_INVALID) {
		fputs(" timeout=invalid", out);
	} else if (s->fourth == TIMEOUT_FAULT) {
		fputs(" timeout=fault", out);
	} else if (s->fourth != TIMEOUT_NONE) {
		fprintf(out, " timeout=%" PRId32 "us", s->fourth);
	}
}

static void print_futex(const struct step *s, FILE *out)
{
	unsigned op = s->op & 127, flags = s->op & ~127u;

	if (op < OP_NAMES)
		fprintf(out, " %s", op_names[op]);
	else
		fprintf(out, " op=%u", op);
	fprintf(out, " w%u %" PRIu32, s->word, s->val);
	if (s->word2)
		fprintf(out, " w%u", s->word2);
	print_fourth(s, out);
	if (s->val3)
		fprintf(out, " val3=%#" PRIx32, s->val3);
	if (flags & 128)
		fputs(" private", out);
	if (flags & 256)
		fputs(" realtime", out);
	if (flags & ~384u)
		fprintf(out, " flags=%#x", flags & ~384u);
}

static void print_named(const struct step *s, FILE *out)
{
	if (s->word2)
		fprintf(out, " tid=t%d", program_owner(s));
}

void program_print_step(const struct step *s, FILE *out)
{
	fputs(step_names[s->kind], out);
	switch (s->kind) {
	case STEP_FUTEX:
		print_futex(s, out);
		break;
	case STEP_STORE:
	case STEP_ADD:
		fprintf(out, " w%u %" PRIu32, s->word, s->val);
		break;
	case STEP_OWN:
		fprintf(out, " w%u", s->word);
		print_named(s, out);
		fprintf(out, "%s%s", s->val & FUTEX_WAITERS ? " waiters" : "",
			s->val & FUTEX_OWNER_DIED ? " died" : "");
		break;
	case STEP_LINK:
	case STEP_PENDING:
		fprintf(out, " w%u%s", s->word, s->val ? " pi" : "");
		break;
	case STEP_DROP:
		fprintf(out, " w%u", s->word);
		break;
	case STEP_CORRUPT:
		fprintf(out, " w%u %s", s->word, broken_names[s->val]);
		break;
	case STEP_PRIO:
		fprintf(out, " %" PRIu32, s->val);
		print_named(s, out);
		break;
	case STEP_SLEEPS:
		fprintf(out, " t%" PRIu32, s->val);
		break;
	case STEP_READ:
	case STEP_WRITE:
		fprintf(out, " %" PRIu32, s->val);
		break;
	}
}

void program_print(const struct program *p, FILE *out)
{
	if (p->hash)
		fprintf(out, "hash %d\n", 1 << p->hash);
	for (int i = 0; i < p->nwords; i++) {
		fprintf(out, "word w%d %s %" PRIu32, i,
			memory_names[p->words[i].memory], p->words[i].value);
		if (p->words[i].of < i)
			fprintf(out, " of=w%u", p->words[i].of);
		putc('\n', out);
	}
	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		fprintf(out, "t%u ", s->thread);
		program_print_step(s, out);
		if (s->expects && s->want < 0)
			fprintf(out, " # %s", program_errno_name(-s->want));
		else if (s->expects)
			fprintf(out, " # %" PRId32, s->want);
		putc('\n', out);
	}
}
