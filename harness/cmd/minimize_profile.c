/* SPDX-License-Identifier: MIT */
/* minimize_profile.c: `quartet minimize -- CMD`: the smallest profile under
 * which a command does the same. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/drive.h"
#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/minimize.h"
#include "cmd/minimize_cases.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/written.h"
#include "explain/moment.h"
#include "minimize/jobs.h"
#include "minimize/journal.h"
#include "minimize/minimize.h"
#include "sys/calls.h"
#include "sys/embed.h"
#include "sys/output.h"
#include "sys/text.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/minimize.txt");

enum {
	OPTION_FROM = 1000,
	OPTION_ALSO,
	OPTION_COMMANDS,
	OPTION_CHECK,
	OPTION_ARM,
	OPTION_ERRNO,
	OPTION_MARGIN,
	OPTION_GO_ON
};

static const struct option long_options[] = {
	{ "also", required_argument, NULL, OPTION_ALSO },
	{ "arm", required_argument, NULL, OPTION_ARM },
	DRIVE_OPTIONS,
	{ "check", required_argument, NULL, OPTION_CHECK },
	{ "commands", required_argument, NULL, OPTION_COMMANDS },
	{ "errno", required_argument, NULL, OPTION_ERRNO },
	{ "from", required_argument, NULL, OPTION_FROM },
	{ "help", no_argument, NULL, 'h' },
	{ "resume", no_argument, NULL, OPTION_GO_ON },
	{ "margin", required_argument, NULL, OPTION_MARGIN },
	{ 0 },
};

struct asked {
	const char *base, *from, *file, *arm;
	struct explain_moment moment;
	struct explain_drive drive; /* .cmd NULL: no daemon */
	bool resume;
	int error; /* 0: none was asked for */
};

static void note(const char *text)
{
	failure_say("minimize: note: %s", text);
}

/* 0, or -1 and said. */
static int read_errno(const char *name, int *error)
{
	*error = calls_errno(name);
	if (*error)
		return 0;
	cmd_say("minimize", 0, name,
		"no errno has that name: expected EPERM, ENOSYS, ...");
	return -1;
}

static int read_margin(const char *name, struct minimize *m)
{
	m->bare = !strcmp(name, "none");
	m->next = !strcmp(name, "next");
	if (m->bare || m->next || !strcmp(name, "libc"))
		return 0;
	return cmd_say("minimize", -1, name,
		"no margin has that name: expected none, libc or next");
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
	case OPTION_GO_ON:
		asked->resume = true;
		return 0;
	case OPTION_ERRNO:
		return read_errno(optarg, &asked->error);
	case OPTION_ALSO:
		return minimize_cases_also(optarg);
	case OPTION_COMMANDS:
		return minimize_cases_file(optarg);
	case OPTION_MARGIN:
		return read_margin(optarg, m);
	case 'i':
		return minimize_cases_input(optarg);
	case 'n':
		m->runs = options_number("-n", optarg, 1, 10000);
		return m->runs < 0 ? -1 : 0;
	case 'j':
		m->jobs = options_number("-j", optarg, 1, MINIMIZE_JOBS);
		return m->jobs < 0 ? -1 : 0;
	case 'o':
		asked->file = optarg;
		return 0;
	case 'I':
	case 't':
		return options_profile(c, optarg);
	}
	return -1;
}

/* -1: go on; else an exit code. */
static int take_options(
	int argc, char **argv, struct asked *asked, struct minimize *m)
{
	struct failure failure;
	int c;

	while ((c = getopt_long(argc, argv, "+hp:i:j:n:o:I:t:", long_options,
			NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (!drive_take(&asked->drive, c, optarg) &&
			take_option(c, asked, m))
			return EXIT_USAGE;
	}
	if (drive_check(&asked->drive, "minimize"))
		return EXIT_USAGE;
	m->jobs = drive_jobs(&asked->drive, m->jobs, "minimize");
	if (optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	if (asked->resume && !asked->file)
		return cmd_say("minimize", EXIT_USAGE, "--resume",
			"goes on with what -o FILE began: name it");
	if (explain_moment_parse(asked->arm, &asked->moment, &failure))
		return cmd_failed("minimize", &failure);
	if (asked->moment.when == WHEN_SELF)
		return cmd_say("minimize", EXIT_USAGE, "--arm self",
			"the program brings its own filter: there is none to "
			"find");
	return -1;
}

static bool allows(uint32_t action)
{
	return action == SCMP_ACT_ALLOW || action == SCMP_ACT_LOG;
}

/* A profile that consists of rules, or NULL and said. LIFT: it may be a deny
 * list, and then is true. */
static const struct profile *load(const char *name, bool *lift)
{
	struct profile *p;

	if (cmd_load("minimize", name, &p))
		return NULL;
	if (p->mode != FILTER_BPF || p->ninsns) {
		cmd_say("minimize", 0, name,
			"has no rules: expected JSON or a policy");
	} else if (allows(p->default_action) && lift && p->nrules) {
		*lift = true;
		return p;
	} else if (allows(p->default_action)) {
		cmd_say("minimize", 0, name,
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
		m->base = load(asked->base, &m->lift);
		if (!m->base)
			return EXIT_USAGE;
		m->refuse = m->base->default_action;
	}
	if (m->lift && (asked->from || asked->error))
		return cmd_say("minimize", EXIT_USAGE, asked->base,
			"is a deny list: it goes without --from and --errno");
	if (asked->from) {
		m->from = load(asked->from, NULL);
		if (!m->from)
			return EXIT_USAGE;
		m->refuse = m->from->default_action;
	}
	if (asked->error)
		m->refuse = SCMP_ACT_ERRNO((uint32_t)asked->error);
	return 0;
}

static int write_profile(struct minimize *m, const char *file)
{
	struct profile_error err;
	struct profile *p = minimize_build(m, m->keep, &err);

	if (p)
		return cmd_write_profile("minimize", p, file);
	failure_say("%s", err.text);
	return EXIT_BROKEN;
}

static int open_inputs(struct minimize *m)
{
	int ret = 0;

	for (size_t i = 0; i < m->ncases && !ret; i++) {
		struct minimize_case *c = &m->cases[i];

		c->real.out = c->real.err = -1;
		if (c->input)
			explain_stdio_file(&c->in);
		else
			ret = explain_stdio_open(&c->in);
	}
	return ret ? cmd_say_input("minimize", ret) : 0;
}

/* A device or a pipe has no file beside it. */
static int open_journal(
	struct minimize *m, const char *file, bool resume, char *path, size_t n)
{
	struct stat st;

	if (!file || (!stat(file, &st) && !S_ISREG(st.st_mode)))
		return 0;
	if (snprintf(path, n, "%s.part", file) >= (int)n)
		return 0;
	return minimize_journal_open(m, path, resume);
}

static int minimize(struct minimize *m, const char *file, bool resume)
{
	char path[4096];
	int ret = open_journal(m, file, resume, path, sizeof(path));

	if (!ret)
		ret = minimize_profile(m);
	minimize_journal_close(m, m->stopped);
	if (m->progress)
		cmd_minimize_progress_end();
	if (ret && m->stopped && m->tried && m->journal_path)
		note("what was tried is kept: --resume goes on from there");
	if (ret)
		return cmd_failed("minimize", &m->failure);
	ret = write_profile(m, file);
	if (!ret)
		minimize_print(m, stderr);
	return ret;
}

int cmd_minimize_profile(int argc, char **argv)
{
	static struct minimize_uses uses;
	static bool keep[MINIMIZE_USES], found[MINIMIZE_USES];
	static struct asked asked = { .arm = "exec", .drive.stop = SIGTERM };
	static struct minimize m = { .runs = 3,
		.uses = &uses,
		.keep = keep,
		.found = found,
		.jobs = 1,
		.note = note };
	char path[4096], command[200], when[200];
	int ret = take_options(argc, argv, &asked, &m);

	if (ret >= 0)
		return ret;
	/* Some megabytes, which the other verbs do not need. */
	m.cases = calloc(CASES + 1, sizeof(*m.cases));
	if (!m.cases)
		return cmd_say(
			"minimize", EXIT_SYSTEM, "its runs", "out of memory");
	ret = cmd_check_output("minimize", asked.file);
	if (ret)
		return ret;
	if (explain_find(argv[optind], path, sizeof(path), &m.failure))
		ret = cmd_failed("minimize", &m.failure);
	else
		ret = load_profiles(&asked, &m);
	text_command(argv + optind, command, sizeof(command));
	uses.base = m.lift ? NULL : m.base;
	uses.whole = m.lift;
	m.command = command;
	minimize_cases_fill(&m, argv + optind, path, command);
	text_show(asked.arm, when, sizeof(when));
	m.when = when;
	m.plan = (struct explain_plan){ .stacks = stack_open(),
		.moment = &asked.moment,
		.drive = drive_asked(&asked.drive),
		.timeout = asked.drive.cmd ? DRIVE_TIMEOUT * 1000 : 0,
		.quiet = true };
	if (!ret && !m.plan.stacks)
		ret = cmd_say(
			"minimize", EXIT_SYSTEM, "stacks", strerror(ENOMEM));
	if (isatty(STDERR_FILENO))
		m.progress = cmd_minimize_progress;
	if (!ret)
		ret = open_inputs(&m);
	if (!ret)
		ret = minimize(&m, asked.file, asked.resume);
	minimize_release(&m);
	return ret;
}
