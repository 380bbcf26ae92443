/* SPDX-License-Identifier: MIT */
/* fuzz.c: `quartet fuzz`: AFL++ varies futex programs inside the filter. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "oracle/check.h"
#include "session/pair.h"
#include "session/session.h"
#include "suite/kernel.h"
#include "session/program_file.h"
#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "cmd/state.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/fuzz.txt");

/* For what was found, when the time is over: most take seconds, one that has to
 * be killed each time a minute. */
#define LOOK_S	     120
#define LOOK_GUEST_S 20 /* who started the guest looks into the rest */

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

static void say(const struct failure *f)
{
	cmd_failed("fuzz", f);
}

/* Seconds; -1 when it is no time. */
static long parse_time(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || n <= 0 || n > 10000000)
		return -1;
	if (!strcmp(end, "m"))
		return n * 60;
	if (!strcmp(end, "h"))
		return n * 3600;
	return !*end || !strcmp(end, "s") ? n : -1;
}

/* The tools lie beside the command. */
static int find_tools(struct fuzz_run *r)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", r->tools, sizeof(r->tools) - 1);
	char *slash;

	if (n <= 0 || !(slash = strrchr(r->tools, '/')))
		return cmd_say_beside("fuzz", n < 0 ? -errno : -ENAMETOOLONG);
	*slash = 0;
	fuzz_path(path, "%s/quartet-target", r->tools);
	if (!access(path, X_OK))
		return 0;
	failure_say("fuzz: %s: not built: make afl", path);
	return EXIT_SYSTEM;
}

/* Absolute: AFL++ starts the target where it likes. */
static int find_profile(struct fuzz_run *r)
{
	static char path[PATH_MAX];
	static struct filter bpf;
	struct checker *c;
	struct failure failure;

	if (program_file_profile(r->profile, &bpf, &failure))
		return cmd_failed("fuzz", &failure);
	if (!access(r->profile, R_OK) && realpath(r->profile, path) &&
		strpbrk(r->profile, "/."))
		r->profile = path;
	c = checker_open(&bpf);
	if (!c && errno == EPERM)
		return cmd_say("fuzz", EXIT_USAGE, r->profile,
			"must allow read, write, futex and exit: the programs' "
			"threads live on them");
	if (!c)
		return cmd_say("fuzz", EXIT_USAGE, "cannot start an executor",
			strerror(errno));
	checker_close(c);
	return 0;
}

static bool goes_on(const struct fuzz_run *r)
{
	if (stopped || (r->first && fuzz_findings(r, NULL, NULL)))
		return false;
	return !r->seconds || time(NULL) - r->began < r->seconds;
}

static int watch(struct fuzz_run *r)
{
	/* A guest's console is a file. */
	bool screen = isatty(2) && !getenv("QUARTET_BLACKBOX");
	struct failure failure;
	int job;

	for (long ticks = 1; goes_on(r); ticks++) {
		usleep(250000);
		job = fuzz_ended(r, &failure);
		if (job >= 0) {
			int code = cmd_failed("fuzz", &failure);

			fuzz_show_log(r, job, stderr);
			return code;
		}
		fuzz_hear(r);
		fuzz_look(r, 0);
		fuzz_progress(r);
		if (screen && ticks % 4 == 0) {
			fputs("\033[H\033[J", stderr);
			fuzz_print(r, stderr);
		} else if (!screen && ticks % 40 == 0) {
			fuzz_print_line(r, stderr);
		}
	}
	return 0;
}

static struct pair pair;

static void print(struct fuzz_run *r, FILE *to)
{
	if (r->kernels[0])
		pair_print(&pair, to);
	else
		fuzz_print(r, to);
}

static int report(struct fuzz_run *r)
{
	char path[PATH_MAX];
	FILE *f;

	print(r, stdout);
	printf("\nall of it: %s\n", r->out);
	fuzz_path(path, "%s/report.txt", r->out);
	f = fopen(path, "we");
	if (f) {
		print(r, f);
		fclose(f);
	}
	return fuzz_findings(r, NULL, NULL) || fuzz_waiting(r, NULL, NULL) ||
			       r->deaths
		       ? EXIT_DIFFERS
		       : EXIT_AS_DECLARED;
}

/* One that was found in another kernel is looked into in this one. */
static int fuzz_on_kernel(struct fuzz_run *r)
{
	struct failure failure;
	int ret = 0;

	if (fuzz_away(r, &stopped, stderr, &failure))
		ret = cmd_failed("fuzz", &failure);
	r->ended = time(NULL);
	fuzz_write_blocks(r);
	fuzz_look(r, LOOK_S);
	fuzz_progress(r);
	return ret ? ret : report(r);
}

static int fuzz_here(struct fuzz_run *r)
{
	struct failure failure;
	struct tally sum;
	int ret = 0;

	fuzz_listen(r);
	if (fuzz_start(r, &failure))
		ret = cmd_failed("fuzz", &failure);
	fuzz_tally(r, &sum);
	r->programs_before = sum.programs;
	ret = ret ? ret : watch(r);
	fuzz_hear(r);
	fuzz_stop(r);
	if (r->log >= 0)
		close(r->log);
	r->ended = time(NULL);
	/* What was found in the last moment is looked into as well. */
	fuzz_look(r, getenv("QUARTET_BLACKBOX") ? LOOK_GUEST_S : LOOK_S);
	fuzz_progress(r);
	return ret ? ret : report(r);
}

static int fuzz_on_two(struct fuzz_run *r)
{
	struct failure failure;

	pair.r = r;
	pair.stop = &stopped;
	if (program_file_profile(r->profile, &pair.bpf, &failure) ||
		pair_run(&pair, stderr, &failure))
		return cmd_failed("fuzz", &failure);
	return report(r);
}

/* Absolute: QEMU is told of it. */
static int find_out(struct fuzz_run *r)
{
	char path[PATH_MAX];

	if (!realpath(r->out, path) || strlen(path) >= sizeof(r->out))
		return cmd_say("fuzz", EXIT_SYSTEM, r->out, strerror(errno));
	if (strchr(path, ','))
		return cmd_say("fuzz", EXIT_USAGE, path,
			"no campaign there with -k: QEMU takes no comma");
	strcpy(r->out, path);
	return 0;
}

static int fuzz(struct fuzz_run *r, const struct kernel *k)
{
	const struct sigaction on_stop = { .sa_handler = stop };
	struct failure failure;
	int ret = find_tools(r);

	ret = ret ? ret : find_profile(r);
	ret = ret || !k->prepare ? ret : k->prepare();
	if (ret)
		return ret;
	if (fuzz_prepare(r, &failure))
		return cmd_failed("fuzz", &failure);
	sigaction(SIGINT, &on_stop, NULL);
	sigaction(SIGTERM, &on_stop, NULL);
	sigaction(SIGHUP, &on_stop, NULL);
	if (r->kernels[0])
		return fuzz_on_two(r);
	if (!r->kernel)
		return fuzz_here(r);
	ret = find_out(r);
	return ret ? ret : fuzz_on_kernel(r);
}

/* Absolute: a guest has another folder to begin with. */
static void find_foreign(struct fuzz_run *r)
{
	for (int i = 0; i < r->nforeign; i++) {
		char *path = realpath(r->foreign[i], NULL);

		if (path)
			r->foreign[i] = path;
	}
}

/* A,B: each finds its own, in a process of its own. */
static int choose_two(struct fuzz_run *r)
{
	static char names[2 * PATH_MAX];
	char *comma;

	snprintf(names, sizeof(names), "%s", r->kernel);
	comma = strchr(names, ',');
	*comma = '\0';
	r->kernels[0] = names;
	r->kernels[1] = comma + 1;
	if (!names[0] || !comma[1] || strchr(comma + 1, ','))
		return cmd_say("fuzz", EXIT_USAGE, r->kernel,
			"expected one kernel, or two: host,uml");
	r->kernel = NULL;
	r->jobs = 1;
	return 0;
}

/* One in QEMU, or the host's. */
static const struct kernel *choose_kernel(const char *name)
{
	const struct kernel *k = kernel_find(name);

	if (!k || k == &kernel_host || k == &kernel_qemu ||
		k == &kernel_debian || k == &kernel_kcov)
		return k;
	cmd_say("fuzz", EXIT_USAGE, name,
		"no campaign there: expected host, kcov, debian:SUITE or "
		"qemu:FILE");
	return NULL;
}

static int parse(struct fuzz_run *r, const char **out, int argc, char **argv)
{
	static const struct option options[] = {
		{ "profile", required_argument, NULL, 'p' },
		{ "time", required_argument, NULL, 't' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "output", required_argument, NULL, 'o' },
		{ "first", no_argument, NULL, '1' },
		{ "corpus", required_argument, NULL, 'i' },
		{ "foreign", required_argument, NULL, 'F' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	char *end;
	int c;

	while ((c = getopt_long(
			argc, argv, "1F:hi:j:k:o:p:t:", options, NULL)) != -1) {
		switch (c) {
		case 'h':
			fputs(help, stdout);
			exit(0);
		case '1':
			r->first = true;
			break;
		case 'F':
			if (r->nforeign == FUZZ_FOREIGN)
				return cmd_say("fuzz", EXIT_USAGE, optarg,
					"too many of these");
			r->foreign[r->nforeign++] = optarg;
			break;
		case 'i':
			if (r->ncorpora == FUZZ_FOREIGN)
				return cmd_say("fuzz", EXIT_USAGE, optarg,
					"too many of these");
			r->corpora[r->ncorpora++] = optarg;
			break;
		case 'j':
			r->jobs = (int)strtol(optarg, &end, 10);
			if (*end || r->jobs < 1 || r->jobs > FUZZ_JOBS)
				return cmd_say("fuzz", EXIT_USAGE, optarg,
					"expected 1 to 64 jobs");
			break;
		case 'k':
			r->kernel = optarg;
			break;
		case 'o':
			*out = optarg;
			break;
		case 'p':
			r->profile = optarg;
			break;
		case 't':
			r->seconds = parse_time(optarg);
			if (r->seconds < 0)
				return cmd_say("fuzz", EXIT_USAGE, optarg,
					"expected a time: 60, 90s, 5m, 2h");
			break;
		default:
			return EXIT_USAGE;
		}
	}
	return optind == argc ? 0
			      : cmd_say("fuzz", EXIT_USAGE, argv[optind],
					"not expected");
}

int cmd_fuzz(int argc, char **argv)
{
	static struct fuzz_run r = { .profile = "four", .say = say };
	const char *out = state_path("build/fuzzing", "fuzzing");
	const struct kernel *k = &kernel_host;
	int ret;

	r.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN);
	r.jobs = r.jobs < 1 ? 1 : r.jobs > FUZZ_JOBS ? FUZZ_JOBS : r.jobs;
	ret = parse(&r, &out, argc, argv);
	if (ret)
		return ret;
	if (snprintf(r.out, sizeof(r.out), "%s", out) >= (int)sizeof(r.out))
		return cmd_say("fuzz", EXIT_USAGE, out, "too long");
	if (r.kernel && strchr(r.kernel, ',') && choose_two(&r))
		return EXIT_USAGE;
	if (r.kernel && !(k = choose_kernel(r.kernel)))
		return EXIT_USAGE;
	if (k == &kernel_host)
		r.kernel = NULL;
	find_foreign(&r);
	return fuzz(&r, k);
}
