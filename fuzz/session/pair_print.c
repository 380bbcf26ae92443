/* SPDX-License-Identifier: MIT */
/* pair_print.c: two kernels side by side, for people. */
#include "session/pair.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/order.h"
#include "program/emit.h"
#include "sys/tree.h"

#define COLUMN 16

/* What lies in a folder of its own. */
struct finding_files {
	const struct pair *pr;
	const struct program *p;
	const struct runs *runs;
	const struct differ *d;
	const char *dir;
	int step; /* that differs; -1: none */
};

static const struct runs_kind *kind(const struct finding_files *l, int side)
{
	return &l->runs[side].kinds[l->d->kind[side]];
}

static FILE *create(const char *dir, const char *name, struct failure *f)
{
	char path[PATH_MAX];
	FILE *to;

	fuzz_path(path, "%s/%s", dir, name);
	to = fopen(path, "we");
	if (!to)
		failure_set(f, FAILURE_SYSTEM, "%s: %s", path, strerror(errno));
	return to;
}

static int write_program(const char *dir, const char *name,
	const struct program *p, struct failure *f)
{
	FILE *to = create(dir, name, f);

	if (!to)
		return -1;
	program_print(p, to);
	fclose(to);
	return 0;
}

static const char *outcome(
	const struct result *r, int step, char *text, size_t size)
{
	if (r->state[step] == STEP_DRAINED)
		return "sleeps for good";
	if (r->state[step] == STEP_NOT_RUN)
		return r->begin[step] ? "no return" : "not reached";
	if (r->ret[step] < 0)
		return program_errno_name(-r->ret[step]);
	snprintf(text, size, "%d", r->ret[step]);
	return text;
}

static void print_steps(const struct finding_files *l, FILE *to)
{
	char text[2][16];

	for (int side = 0; side < 2; side++)
		fprintf(to, "%-*.*s ", COLUMN, COLUMN, l->pr->label[side]);
	fputs("step\n", to);
	for (int i = 0; i < l->p->nsteps; i++) {
		for (int side = 0; side < 2; side++)
			fprintf(to, "%-*s ", COLUMN,
				outcome(&kind(l, side)->result, i, text[side],
					sizeof(text[side])));
		fprintf(to, "t%u ", l->p->steps[i].thread);
		program_print_step(&l->p->steps[i], to);
		fputs(i == l->step ? "   <- here they part\n" : "\n", to);
	}
	for (int i = 0; i < l->p->nwords; i++) {
		const struct result *a = &kind(l, 0)->result;
		const struct result *b = &kind(l, 1)->result;

		/* The leader has changed them. */
		if (a->drained || b->drained || a->words[i] == b->words[i])
			continue;
		fprintf(to, "%#-*x %#-*x w%d at the end\n", COLUMN, a->words[i],
			COLUMN, b->words[i], i);
	}
}

static void print_end(const struct result *r, FILE *to)
{
	if (r->lost)
		fprintf(to, "; the filter killed t%d alone", r->lost - 1);
	if (WIFSIGNALED(r->status))
		fprintf(to, "; the process died of SIG%s",
			sigabbrev_np(WTERMSIG(r->status)));
	if (r->stuck)
		fputs("; the process had to be killed", to);
}

/* What the model has for the step that differs, by the run that kept to it. */
static void print_due(const struct finding_files *l, int side, FILE *to)
{
	static struct order order;
	bool allowed[PROGRAM_STEPS];
	const struct due *due = &order.due[l->step < 0 ? 0 : l->step];

	check_allows(&l->pr->bpf, l->p, allowed);
	order_find(l->p, &kind(l, side)->result, allowed, &order);
	if (l->step < 0 || order.verdict != ORDER_FOUND || !due->why ||
		!*due->why)
		return;
	if (due->sleeps)
		fprintf(to, "    due there: to sleep: %s\n", due->why);
	else if (due->ret < 0)
		fprintf(to, "    due there: %s: %s\n",
			program_errno_name(-due->ret), due->why);
	else
		fprintf(to, "    due there: %d: %s\n", due->ret, due->why);
}

static void print_promises(const struct finding_files *l, FILE *to)
{
	const char *what;

	for (int side = 0; side < 2; side++) {
		const struct runs_kind *k = kind(l, side);

		fprintf(to, "%s (%s): ", l->pr->label[side],
			l->pr->side[side].release);
		if (k->broken >= 0)
			fprintf(to, "breaks %s, \"%s\":\n    %s",
				oracles[k->broken].name,
				oracles[k->broken].promise, k->text);
		else if (model_knows(l->p, &what))
			fputs("keeps each promise", to);
		else
			fprintf(to, "the model tells nothing (%s)", what);
		print_end(&k->result, to);
		putc('\n', to);
		if (k->broken < 0)
			print_due(l, side, to);
	}
}

static void print_counts(const struct finding_files *l, FILE *to)
{
	const struct differ *d = l->d;

	fprintf(to,
		"With the same steps before it, in the same order: so %u of %u "
		"times on %s, and\n0 of %u times on %s. If both did it equally "
		"often, chance would make it so in less\nthan one of 10^%d "
		"cases.\n",
		d->with, d->of, l->pr->label[d->side], d->other,
		l->pr->label[!d->side],
		d->chance < 1e-15   ? 15
		: d->chance < 1e-12 ? 12
				    : 10);
}

/* One line that tells it from others. */
static void print_first(const struct finding_files *l, FILE *to)
{
	char text[2][16];
	const char *said[2];

	for (int side = 0; side < 2; side++)
		said[side] = l->step < 0
				     ? (kind(l, side)->broken < 0 ? "kept"
								  : "broken")
				     : outcome(&kind(l, side)->result, l->step,
					       text[side], sizeof(text[side]));
	fputs("differs: ", to);
	if (l->step >= 0) {
		fprintf(to, "t%u ", l->p->steps[l->step].thread);
		program_print_step(&l->p->steps[l->step], to);
	} else {
		fputs("the program", to);
	}
	if (strcmp(said[0], said[1]) != 0)
		fprintf(to, ": %s on %s, %s on %s\n", said[0], l->pr->label[0],
			said[1], l->pr->label[1]);
	else
		fprintf(to,
			": %s on both, but not all that is promised on %s\n",
			said[0], l->pr->label[kind(l, 1)->broken >= 0 ? 1 : 0]);
}

static int write_report(const struct finding_files *l, struct failure *f)
{
	FILE *to = create(l->dir, "report.txt", f);

	if (!to)
		return -1;
	print_first(l, to);
	putc('\n', to);
	print_steps(l, to);
	putc('\n', to);
	print_promises(l, to);
	putc('\n', to);
	print_counts(l, to);
	fprintf(to,
		"\nfinding.c shows what %s did: 1 where it is so, 0 where "
		"not.\n",
		l->pr->label[kind(l, 0)->broken >= 0 && kind(l, 1)->broken < 0
				     ? 0
				     : 1]);
	fclose(to);
	return 0;
}

/* Of the kernel that breaks a promise, or else the second. */
static int write_c(const struct finding_files *l, struct failure *f)
{
	int side = kind(l, 0)->broken >= 0 && kind(l, 1)->broken < 0 ? 0 : 1;
	const struct runs_kind *k = kind(l, side);
	struct emit e = { .p = l->p,
		.bpf = &l->pr->bpf,
		.profile = l->pr->r->profile,
		.note = k->broken >= 0 ? k->text : NULL };
	FILE *to = create(l->dir, "finding.c", f);

	if (!to)
		return -1;
	for (int i = 0; i < l->p->nsteps; i++) {
		e.returned[i] = k->result.state[i] == STEP_RETURNED;
		e.ret[i] = k->result.ret[i];
	}
	emit_c(&e, to);
	fclose(to);
	return 0;
}

int pair_lay_down(const struct pair *pr, const struct program *original,
	const struct program *p, const struct runs runs[2],
	const struct differ *d, struct failure *f)
{
	char name[200] = "", dir[PATH_MAX], part[PATH_MAX];
	struct text t = text_in(name, sizeof(name));
	struct finding_files l = { pr, p, runs, d, part,
		pair_step(p, runs, d) };

	text_put(&t, "differs");
	fuzz_name_shape(p, &t);
	fuzz_path(dir, "%s/findings/%s", pr->r->out, name);
	if (!access(dir, F_OK))
		return 1;
	fuzz_path(part, "%s/findings/.part", pr->r->out);
	tree_remove(AT_FDCWD, part);
	mkdir(part, 0777);
	if (write_program(part, "program.futex", original, f) ||
		write_program(part, "minimized.futex", p, f) ||
		write_c(&l, f) || write_report(&l, f))
		return -1;
	if (!rename(part, dir))
		return 0;
	return failure_set(f, FAILURE_SYSTEM, "%s: %s", dir, strerror(errno));
}

static void print_finding(FILE *to, const char *name, const char *text)
{
	fprintf(to, "  %s\n    %s\n", name, text);
}

void pair_print(const struct pair *pr, FILE *to)
{
	const struct fuzz_run *r = pr->r;
	long s = (long)(r->ended - r->began);
	int n = fuzz_findings(r, NULL, NULL);

	fprintf(to, "futex programs under %s, 1 job, %ld s", r->profile, s);
	if (r->seconds)
		fprintf(to, " of %ld", r->seconds);
	for (int i = 0; i < 2; i++)
		fprintf(to, "\non %s (%s): a promise broken by %llu programs",
			pr->label[i], pr->side[i].release,
			(unsigned long long)pr->broke[i]);
	if (!pr->tried)
		fputs("\nno program was run on both: they did not boot in that "
		      "time",
			to);
	fprintf(to, "\n%llu programs on both, %.0f a second; %d behaviours\n",
		(unsigned long long)pr->tried,
		(double)pr->tried / (double)(s > 0 ? s : 1), r->behaviours);
	fprintf(to, "known: %llu by order, or what the promises leave open\n",
		(unsigned long long)pr->apart);
	for (int i = 0; differ_features[i]; i++)
		if (pr->by_feature[i])
			fprintf(to, "known: %llu by feature %s\n",
				(unsigned long long)pr->by_feature[i],
				differ_features[i]);
	if (pr->undecided)
		fprintf(to, "undecided: %llu, %s/undecided\n",
			(unsigned long long)pr->undecided, r->out);
	if (r->deaths)
		fprintf(to, "deaths of a kernel: %d, %s/deaths\n", r->deaths,
			r->out);
	fprintf(to, "\n%d difference%s%s\n", n, n == 1 ? "" : "s",
		n ? " that the declarations do not know:"
		  : " that the declarations do not know");
	fuzz_findings(r, print_finding, to);
	if (pr->more)
		fprintf(to,
			"and %llu programs more that differ in the same "
			"operations and promises\n",
			(unsigned long long)pr->more);
}
