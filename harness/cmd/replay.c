/* SPDX-License-Identifier: MIT */
/* replay.c: `quartet replay`: run a futex program, and tell each step. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/check.h"
#include "program/emit.h"
#include "cmd/options.h"
#include "profile/profile.h"
#include "session/program_file.h"
#include "cmd/quartet.h"
#include "suite/suite.h"
#include "sys/embed.h"

#define OUTCOMES 8 /* told of each step */

EMBED(help, "harness/cmd/replay.txt");

enum emitted { EMIT_NOTHING, EMIT_BINARY, EMIT_C, EMIT_PROBE };

struct outcome_count {
	uint8_t state;
	int32_t ret;
	int times;
};

struct replay {
	struct program p;
	struct outcome_count seen[PROGRAM_STEPS][OUTCOMES];
	int times, stuck, died, status, lost, broken;
	struct finding finding; /* the first of the broken ones */
	struct result last;	/* of it, or of the last run */
};

static int say(const char *what, const char *why)
{
	fprintf(stderr, "quartet: replay: %s: %s\n", what, why);
	return EXIT_SYSTEM;
}

static void count(struct replay *r, int step, uint8_t state, int32_t ret)
{
	for (int i = 0; i < OUTCOMES; i++) {
		struct outcome_count *o = &r->seen[step][i];

		if (o->times && (o->state != state || o->ret != ret))
			continue;
		o->state = state;
		o->ret = ret;
		o->times++;
		return;
	}
}

static void note_run(struct replay *r, const struct result *result,
	const struct finding *finding, bool broken)
{
	if (broken && !r->broken++)
		r->finding = *finding;
	if (!r->broken || r->broken == 1)
		r->last = *result;
	r->stuck += result->stuck;
	r->lost += result->lost != 0;
	r->died += result->status != 0;
	r->status = result->status ? result->status : r->status;
	for (int k = 0; k < r->p.nsteps; k++)
		count(r, k, result->state[k], result->ret[k]);
}

static int run_times(struct replay *r, const struct filter *bpf)
{
	struct checker *c = checker_open(bpf);
	struct finding finding;
	struct result result;
	int ret = 0;

	if (!c && errno == EPERM) {
		fputs("quartet: replay: the profile must allow read, write, "
		      "futex and exit: the\nprogram's threads live on them\n",
			stderr);
		return EXIT_USAGE;
	}
	if (!c)
		return say("cannot start an executor", strerror(errno));
	for (int i = 0; i < r->times && ret >= 0; i++) {
		ret = checker_run(c, &r->p, &result, &finding);
		if (ret >= 0)
			note_run(r, &result, &finding, ret == 1);
	}
	checker_close(c);
	return ret < 0 ? say("executor", strerror(-ret)) : 0;
}

static void print_outcome(const struct outcome_count *o, bool only)
{
	if (o->state == STEP_NOT_RUN)
		fputs("not reached", stdout);
	else if (o->ret < 0)
		fputs(program_errno_name(-o->ret), stdout);
	else
		printf("%d", o->ret);
	if (o->state == STEP_DRAINED)
		fputs(" (slept until the end)", stdout);
	if (!only)
		printf(" x%d", o->times);
}

/* True when the step returned what it must, each time. */
static bool print_step(const struct replay *r, int i)
{
	const struct step *s = &r->p.steps[i];
	const struct outcome_count *o = r->seen[i];
	bool good = true;

	printf("t%u ", s->thread);
	program_print_step(s, stdout);
	fputs("\n     ", stdout);
	for (int k = 0; k < OUTCOMES && o[k].times; k++) {
		fputs(k ? ", " : "-> ", stdout);
		print_outcome(&o[k], o[k].times == r->times);
		if (s->expects &&
			(o[k].state != STEP_RETURNED || o[k].ret != s->want))
			good = false;
	}
	if (!good)
		printf("   DIFFERS: must be %s",
			s->want < 0 ? program_errno_name(-s->want) : "");
	if (!good && s->want >= 0)
		printf("%d", s->want);
	putchar('\n');
	return good;
}

static void tell_broken(const struct replay *r)
{
	const struct finding *f = &r->finding;

	printf("BROKEN %d of %d times: %s: ", r->broken, r->times, f->oracle);
	if (f->step >= 0) {
		printf("t%u ", r->p.steps[f->step].thread);
		program_print_step(&r->p.steps[f->step], stdout);
		fputs(": ", stdout);
	}
	puts(f->text);
}

static int tell(const struct replay *r)
{
	int bad = 0;

	for (int i = 0; i < r->p.nsteps; i++)
		bad += !print_step(r, i);
	if (r->died)
		printf("the process died %d of %d times, by SIG%s\n", r->died,
			r->times,
			WIFSIGNALED(r->status)
				? sigabbrev_np(WTERMSIG(r->status))
				: "?");
	if (r->lost)
		printf("the filter killed a thread alone %d of %d times\n",
			r->lost, r->times);
	if (r->stuck)
		printf("the process had to be killed %d of %d times: some "
		       "wait did not end\n",
			r->stuck, r->times);
	if (r->broken)
		tell_broken(r);
	if (!r->broken && (r->died || r->stuck || r->lost))
		return EXIT_BROKEN;
	printf("%d runs, %s\n", r->times,
		r->broken ? "and a promise is broken"
		: bad	  ? "and some step differs"
			  : "as declared");
	return bad || r->broken ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

static int emit_binary(const struct program *p)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size = program_encode(p, data);

	if (fwrite(data, 1, size, stdout) == size && !fflush(stdout))
		return 0;
	return say("standard output", strerror(errno));
}

static int emit(const struct replay *r, const struct filter *bpf,
	const char *profile, enum emitted what)
{
	struct emit e = { .p = &r->p, .bpf = bpf, .profile = profile };

	if (r->broken)
		e.note = r->finding.text;
	for (int i = 0; i < r->p.nsteps; i++) {
		e.returned[i] = r->last.state[i] == STEP_RETURNED;
		e.ret[i] = r->last.ret[i];
	}
	if (what == EMIT_C)
		emit_c(&e, stdout);
	else
		emit_probe(&e, stdout);
	return 0;
}

static int replay(struct replay *r, const char *profile, const char *path,
	enum emitted what)
{
	static struct filter bpf;
	int ret = program_file_load("replay", path, &r->p);

	if (!ret && what == EMIT_BINARY)
		return emit_binary(&r->p);
	if (!ret)
		ret = program_file_profile("replay", profile, &bpf);
	if (!ret)
		ret = run_times(r, &bpf);
	if (ret)
		return ret;
	return what ? emit(r, &bpf, profile, what) : tell(r);
}

int cmd_replay(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "emit-c", no_argument, NULL, 'c' },
		{ "emit-probe", no_argument, NULL, 'e' },
		{ "emit-binary", no_argument, NULL, 'b' },
		{ 0 },
	};
	static struct replay r;
	const char *profile = "four";
	enum emitted what = EMIT_NOTHING;
	long n;
	int c;

	memset(&r, 0, sizeof(r));
	r.times = 100;
	while ((c = getopt_long(argc, argv, "hn:p:", options, NULL)) != -1) {
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'c':
			what = EMIT_C;
			break;
		case 'b':
			what = EMIT_BINARY;
			break;
		case 'e':
			what = EMIT_PROBE;
			break;
		case 'n':
			n = options_number("-n", optarg, 1, 1000000000);
			if (n < 0)
				return EXIT_USAGE;
			r.times = (int)n;
			break;
		case 'p':
			profile = optarg;
			break;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind + 1 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return replay(&r, profile, argv[optind], what);
}
