/* SPDX-License-Identifier: MIT */
/* cmd_replay.c: `quartet replay`: run a futex program, and tell each step. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor.h"
#include "options.h"
#include "profile.h"
#include "quartet.h"
#include "suite.h"

#define FILE_MAX (1 << 20)
#define OUTCOMES 8 /* told of each step */

static const char help[] =
	"usage: quartet replay [-p PROFILE] [-n TIMES] FILE\n"
	"Runs the futex program in FILE, as text or in its binary form, inside "
	"the\nfilter, and tells what each step returned and how often. A "
	"comment behind a step,\na number or an errno's name, says what it "
	"must return.\n\n"
	"  -p PROFILE  a name or a file (default: four)\n"
	"  -n TIMES    run it so often (default: 100)\n\n"
	"Exit codes: 0 each step returned what it must, 1 some step did not, "
	"2 the process\ndied or hung, 100 wrong usage, 111 the system "
	"failed.\n";

struct outcome_count {
	uint8_t state;
	int32_t ret;
	int times;
};

struct replay {
	struct program p;
	struct outcome_count seen[PROGRAM_STEPS][OUTCOMES];
	int times, stuck, died, status, lost;
};

static int say(const char *what, const char *why)
{
	fprintf(stderr, "quartet: replay: %s: %s\n", what, why);
	return EXIT_SYSTEM;
}

static bool is_text(const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i] < 9 || (data[i] > 13 && data[i] < 32) ||
			data[i] > 126)
			return false;
	return true;
}

static int load(const char *path, struct program *p)
{
	static unsigned char data[FILE_MAX];
	char err[300];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	n = fd < 0 ? -1 : read(fd, data, sizeof(data));
	if (n < 0) {
		say(path, strerror(errno));
		return EXIT_USAGE;
	}
	close(fd);
	if (!is_text(data, (size_t)n)) {
		program_decode(p, data, (size_t)n);
	} else if (program_parse(p, path, (char *)data, (size_t)n, err,
			   sizeof(err))) {
		fprintf(stderr, "quartet: %s\n", err);
		return EXIT_USAGE;
	}
	return 0;
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

static int run_times(struct replay *r, const struct profile_bpf *bpf)
{
	struct executor *e = executor_open(bpf);
	struct result result;
	int err = 0;

	if (!e)
		return say("cannot start an executor", strerror(errno));
	for (int i = 0; i < r->times && !err; i++) {
		err = executor_run(e, &r->p, &result);
		r->stuck += result.stuck;
		r->lost += result.lost != 0;
		r->died += result.status != 0;
		r->status = result.status ? result.status : r->status;
		for (int k = 0; k < r->p.nsteps && !err; k++)
			count(r, k, result.state[k], result.ret[k]);
	}
	executor_close(e);
	return err ? say("executor", strerror(-err)) : 0;
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
	if (r->died || r->stuck || r->lost)
		return EXIT_BROKEN;
	printf("%d runs, %s\n", r->times,
		bad ? "and some step differs" : "as declared");
	return bad ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

static int replay(struct replay *r, const char *profile, const char *path)
{
	static struct profile_bpf bpf;
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret = load(path, &r->p);

	if (ret)
		return ret;
	ret = suite_profiles(dir, sizeof(dir));
	if (ret)
		return say("/proc/self/exe", strerror(-ret));
	p = profile_load(dir, profile, &err);
	if (!p || profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err)) {
		fprintf(stderr, "quartet: %s\n", err.text);
		profile_free(p);
		return EXIT_USAGE;
	}
	profile_free(p);
	ret = run_times(r, &bpf);
	return ret ? ret : tell(r);
}

int cmd_replay(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	static struct replay r = { .times = 100 };
	const char *profile = "four";
	long n;
	int c;

	while ((c = getopt_long(argc, argv, "hn:p:", options, NULL)) != -1) {
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
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
	return replay(&r, profile, argv[optind]);
}
