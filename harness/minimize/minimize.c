/* SPDX-License-Identifier: MIT */
/* minimize.c: `quartet minimize -- CMD`: the smallest profile under
 * which a command does the same. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/calls.h"
#include "explain/moment.h"
#include "minimize/minimize.h"
#include "minimize/trial.h"
#include "minimize/search.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/text.h"

static const char help[] =
	"usage: quartet minimize [-p BASE] [--from PROFILE] [--arm WHEN] "
	"[--check CMD]\n"
	"                        [-i FILE]... [-n RUNS] [--errno NAME] "
	"[-o FILE] -- CMD [ARG...]\n"
	"       quartet minimize [-p PROFILE] [-o OUT] FILE.futex\n"
	"Runs CMD often, and finds the smallest profile under which it does "
	"the same: the\nsame standard output and exit status, and no thread "
	"is lost. The profile goes to\nstandard output, or to FILE, as OCI "
	"JSON; what each rule is for, to standard error.\nCMD writes into "
	"pipes. What it needs to write to a file or a terminal is not\nseen: "
	"`sh -c 'CMD >FILE'` would be. With FILE.futex: finds the smallest "
	"futex\nprogram that breaks the same promise.\n\n"
	"  -p BASE       nothing that BASE refuses is allowed; CMD is to do "
	"what it does\n                under BASE\n"
	"  --from P      what P allows stays: what is the least that has to "
	"be added?\n"
	"  --arm WHEN    when the filter is loaded, as for explain (default: "
	"exec)\n"
	"  --check CMD   a shell command that decides instead: it reads what "
	"was written to\n                standard output; $STATUS is the exit "
	"status; it exits 0 when all is well\n"
	"  -i FILE       standard input; given more than once, the profile "
	"serves each\n"
	"  -n RUNS       that the result must pass, on each input (3)\n"
	"  --errno NAME  what is not allowed fails with NAME; otherwise it "
	"kills, or does\n                what P or BASE says\n"
	"  -o FILE       write the profile to FILE\n\n"
	"Exit codes: 0 found, 2 CMD is not the same each time, hangs, or "
	"WHEN never comes;\n100 wrong usage, 111 the system failed.\n";

enum { OPTION_FROM = 1000, OPTION_CHECK, OPTION_ARM, OPTION_ERRNO };

static const struct option long_options[] = {
	{ "arm", required_argument, NULL, OPTION_ARM },
	{ "check", required_argument, NULL, OPTION_CHECK },
	{ "errno", required_argument, NULL, OPTION_ERRNO },
	{ "from", required_argument, NULL, OPTION_FROM },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

#define CASES 64

struct asked {
	const char *base, *from, *file, *arm;
	struct explain_moment moment;
	int error; /* 0: none was asked for */
	struct minimize_case cases[CASES];
};

static int say(int code, const char *what, const char *why)
{
	fprintf(stderr, "quartet: minimize: %s: %s\n", what, why);
	return code;
}

/* 0, or -1 and said. */
static int read_errno(const char *name, int *error)
{
	*error = calls_errno(name);
	if (*error)
		return 0;
	say(0, name, "no errno has that name: expected EPERM, ENOSYS, ...");
	return -1;
}

static int add_case(struct asked *asked, struct minimize *m, const char *file)
{
	if (m->ncases == CASES)
		return say(-1, file, "more than 64 inputs");
	if (access(file, R_OK))
		return say(-1, file, strerror(errno));
	asked->cases[m->ncases++].input = file;
	return 0;
}

/* 0, or -1: wrong, and said. */
static int take_option(int c, struct asked *asked, struct minimize *m)
{
	switch (c) {
	case 'p':
		asked->base = optarg;
		return 0;
	case OPTION_FROM:
		asked->from = optarg;
		return 0;
	case OPTION_ARM:
		asked->arm = optarg;
		return 0;
	case OPTION_CHECK:
		m->check = optarg;
		return 0;
	case OPTION_ERRNO:
		return read_errno(optarg, &asked->error);
	case 'i':
		return add_case(asked, m, optarg);
	case 'n':
		m->runs = options_number("-n", optarg, 1, 10000);
		return m->runs < 0 ? -1 : 0;
	case 'o':
		asked->file = optarg;
		return 0;
	}
	return -1;
}

/* -1: go on; else an exit code. */
static int take_options(
	int argc, char **argv, struct asked *asked, struct minimize *m)
{
	int c;

	while ((c = getopt_long(
			argc, argv, "+hp:i:n:o:", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (take_option(c, asked, m))
			return EXIT_USAGE;
	}
	if (optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	if (explain_moment_parse(asked->arm, &asked->moment))
		return EXIT_USAGE;
	if (asked->moment.when == WHEN_SELF)
		return say(EXIT_USAGE, "--arm self",
			"the program brings its own filter: there is none to "
			"find");
	return -1;
}

/* A profile that consists of rules, or NULL and said. */
static const struct profile *load(const char *name)
{
	struct profile_error err;
	struct profile *p;
	char dir[256];

	if (profile_shipped(dir, sizeof(dir))) {
		say(0, "/proc/self/exe", "not readable");
		return NULL;
	}
	p = profile_load(dir, name, &err);
	if (!p) {
		fprintf(stderr, "quartet: %s\n", err.text);
	} else if (p->mode != FILTER_BPF || p->ninsns) {
		say(0, name, "has no rules: expected JSON or a policy");
	} else if (p->default_action == SCMP_ACT_ALLOW ||
		   p->default_action == SCMP_ACT_LOG) {
		say(0, name,
			"allows what it does not name: expected a profile "
			"that names what it allows");
	} else {
		return p;
	}
	profile_free(p);
	return NULL;
}

static int load_profiles(const struct asked *asked, struct minimize *m)
{
	m->refuse = SCMP_ACT_KILL_PROCESS;
	if (asked->base) {
		m->base = load(asked->base);
		if (!m->base)
			return EXIT_USAGE;
		m->refuse = m->base->default_action;
	}
	if (asked->from) {
		m->from = load(asked->from);
		if (!m->from)
			return EXIT_USAGE;
		m->refuse = m->from->default_action;
	}
	if (asked->error)
		m->refuse = SCMP_ACT_ERRNO((uint32_t)asked->error);
	return 0;
}

static bool is_one_of(const char *call, const char *const *list)
{
	while (*list && strcmp(call, *list) != 0)
		list++;
	return *list;
}

/* How likely it is needed also where a refusal is no death: 0, 1, 2. */
static int likelihood(const struct minimize_use *u)
{
	static const char *const likely[] = { "accept4", "arch_prctl", "bind",
		"clone", "clone3", "close", "connect", "dup2", "dup3",
		"epoll_create1", "epoll_ctl", "epoll_wait", "execve", "exit",
		"exit_group", "fork", "fstat", "fstat64", "listen", "mprotect",
		"newfstatat", "openat", "pipe", "pipe2", "poll", "ppoll",
		"pread64", "read", "readv", "recvfrom", "sendto",
		"set_thread_area", "socket", "vfork", "wait4", "write",
		"writev", NULL };
	static const char *const maybe[] = { "futex", "futex_time64", "mmap",
		"mmap2", "rt_sigreturn", "sigreturn", NULL };

	return is_one_of(u->call, likely) ? 2 : is_one_of(u->call, maybe);
}

/* What can be taken out should be so before it is shown that the rest cannot:
 * each time that something is, that has to be shown again. */
static void likely_last(struct minimize_uses *uses)
{
	static struct minimize_use sorted[MINIMIZE_USES];
	size_t n = 0;

	for (int how = 0; how <= 2; how++)
		for (size_t i = 0; i < uses->n; i++)
			if (likelihood(&uses->list[i]) == how)
				sorted[n++] = uses->list[i];
	memcpy(uses->list, sorted, n * sizeof(*sorted));
}

/* Where what is refused goes on with an errno. */
static int search_subset(struct minimize *m)
{
	static bool doubtful[MINIMIZE_USES];
	size_t n = m->uses->n;
	int ret;

	likely_last(m->uses);
	for (size_t i = 0; i < n; i++)
		m->keep[i] = likelihood(&m->uses->list[i]) > 0;
	ret = minimize_grow(
		m->keep, doubtful, n, minimize_try, minimize_suspects, m);
	if (ret)
		return ret;
	return minimize_subset(m->keep, doubtful, n, minimize_try, m);
}

/* 0, or an exit code, said. */
static int search(struct minimize *m)
{
	int ret = minimize_kills(m) ? minimize_prefix(m->keep, m->uses->n,
					      minimize_try, m)
				    : search_subset(m);

	if (ret == -ENOMEM)
		return say(EXIT_SYSTEM, m->command, strerror(ENOMEM));
	return ret ? -ret : 0;
}

static int write_profile(struct minimize *m, const char *file)
{
	struct profile_error err;
	struct profile *p = minimize_build(m, m->keep, &err);
	FILE *to = stdout;
	int ret = p ? 0 : EXIT_BROKEN;

	if (p && file)
		to = fopen(file, "we");
	if (p && !to) {
		profile_free(p);
		return say(EXIT_SYSTEM, file, strerror(errno));
	}
	if (p && profile_write_oci(p, to, &err))
		ret = EXIT_SYSTEM;
	if (ret)
		fprintf(stderr, "quartet: %s\n", err.text);
	profile_free(p);
	if (to != stdout && fclose(to) && !ret)
		ret = say(EXIT_SYSTEM, file, strerror(errno));
	return ret;
}

static int minimize(struct minimize *m, const char *file)
{
	int ret = minimize_learn(m);

	if (!ret)
		ret = search(m);
	if (!ret) {
		minimize_keep_first(m);
		ret = minimize_confirm(m);
	}
	if (!ret)
		ret = write_profile(m, file);
	if (!ret)
		minimize_print(m, stderr);
	return ret;
}

static int open_inputs(struct minimize *m)
{
	int ret = 0;

	if (m->ncases == 0)
		m->ncases = 1;
	for (size_t i = 0; i < m->ncases && !ret; i++) {
		struct minimize_case *c = &m->cases[i];

		c->real.out = c->real.err = -1;
		if (c->input)
			explain_stdio_file(&c->in);
		else
			ret = explain_stdio_open(&c->in);
	}
	return ret ? say(EXIT_SYSTEM, "standard input", strerror(-ret)) : 0;
}

static void release(struct minimize *m)
{
	for (struct minimize_tried *t = m->tried; t;) {
		struct minimize_tried *next = t->next;

		free(t);
		t = next;
	}
	for (size_t i = 0; i < m->ncases; i++)
		explain_seen_free(&m->cases[i].real);
	if (m->plan.stacks)
		stack_close(m->plan.stacks);
	profile_free((struct profile *)m->base);
	profile_free((struct profile *)m->from);
}

int minimize_profile(int argc, char **argv)
{
	static struct minimize_uses uses;
	static bool keep[MINIMIZE_USES];
	static struct asked asked = { .arm = "exec" };
	static struct minimize m = {
		.runs = 3, .cases = asked.cases, .uses = &uses, .keep = keep
	};
	char path[4096], command[200];
	int ret = take_options(argc, argv, &asked, &m);

	if (ret >= 0)
		return ret;
	ret = explain_find(argv[optind], path, sizeof(path));
	if (!ret)
		ret = load_profiles(&asked, &m);
	text_command(argv + optind, command, sizeof(command));
	uses.base = m.base;
	m.command = command;
	m.when = asked.arm;
	m.plan = (struct explain_plan){ .argv = argv + optind,
		.path = path,
		.stacks = stack_open(),
		.moment = &asked.moment,
		.quiet = true };
	if (!ret && !m.plan.stacks)
		ret = say(EXIT_SYSTEM, "stacks", strerror(ENOMEM));
	if (!ret)
		ret = open_inputs(&m);
	if (!ret)
		ret = minimize(&m, asked.file);
	release(&m);
	return ret;
}
