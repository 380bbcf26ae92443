/* SPDX-License-Identifier: MIT */
/* ask.c: `quartet ask`: what a profile says to a call. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/asking.h"
#include "cmd/ask_cost.h"
#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/ways.h"
#include "profile/profile.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/embed.h"
#include "sys/failure.h"
#include "sys/hash.h"

EMBED(help, "harness/cmd/ask.txt");

enum { OPTION_TABLE = 300, OPTION_COST, OPTION_MEASURE };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ "file", required_argument, NULL, 'f' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "table", no_argument, NULL, OPTION_TABLE },
	{ "cost", no_argument, NULL, OPTION_COST },
	{ "measure", no_argument, NULL, OPTION_MEASURE },
	{ 0 },
};

struct asked {
	const struct way *own;
	const char *file;
	bool table;
	struct asking asking;
	int measured;		 /* an exit code */
	struct weighed *weighed; /* NULL: it is not asked what they cost */
};

/* False: there is no such call on WAY. */
static bool call_of(
	const struct way *way, const struct question *q, struct ask_call *call)
{
	const int nr = ways_number(way, q->name);

	*call = (struct ask_call){ .arch = way->arch, .nr = nr | way->bit };
	memcpy(call->known, q->known, sizeof(call->known));
	memcpy(call->args, q->args, sizeof(call->args));
	return nr >= 0 || !strcmp(q->name, "-1");
}

/* Whether all that it meets on WAY lets it pass; -1: there is no such call. */
static int answer(
	struct asked *a, const struct way *way, const struct question *q)
{
	static struct ask_answers answers;
	struct ask_call call;
	bool passes;

	if (!call_of(way, q, &call))
		return -1;
	ask(a->asking.k, &call, &answers);
	ask_print(&a->asking, way, q, &call, &answers);
	if (a->asking.measure && way == a->own)
		a->measured = ask_measure(&a->asking, &call, q->name);
	passes = answers.whole;
	for (unsigned i = 0; i < answers.n; i++)
		passes = passes && ask_lets_pass(answers.list[i].verdict);
	return passes;
}

static int no_call(const struct question *q, const char *where, int line)
{
	if (where)
		failure_say("ask: %s:%d: %s: no system call has that name",
			where, line, q->name);
	else
		failure_say("ask: %s: no system call has that name", q->name);
	return EXIT_USAGE;
}

/* Whether the profile is for programs of WAY, or this machine runs such. */
static bool is_of_interest(const struct asked *a, const struct way *way)
{
	const struct profile *p = a->asking.p;

	for (unsigned i = 0; i < p->narches; i++)
		if (p->arches[i] == way->arch)
			return true;
	return way->arch == ARCH_NATIVE || way->arch == ARCH_COMPAT;
}

static int ask_one(struct asked *a, int argc, char **argv)
{
	struct question q = { .n = 0 };
	struct profile_error why;
	int ret = -1;

	if (strlen(argv[0]) >= sizeof(q.name))
		return cmd_say("ask", EXIT_USAGE, argv[0],
			"no system call has that name");
	snprintf(q.name, sizeof(q.name), "%s", argv[0]);
	for (int i = 1; i < argc; i++)
		if (question_add(&q, argv[i], &why))
			return cmd_say("ask", EXIT_USAGE, q.name, why.text);
	ret = answer(a, a->own, &q);
	for (size_t i = 0; i < ways_n; i++)
		if (&ways[i] != a->own && is_of_interest(a, &ways[i]) &&
			answer(a, &ways[i], &q) >= 0 && ret < 0)
			ret = 2; /* a call of another way alone */
	if (ret < 0)
		return no_call(&q, NULL, 0);
	if (a->measured)
		return a->measured;
	return ret ? EXIT_AS_DECLARED : EXIT_DIFFERS;
}

#define SEEN 65536

/* Whether the same was asked before; beyond some number of questions it is
 * asked again. */
static bool is_seen(const struct question *q)
{
	static uint64_t seen[SEEN];
	static size_t n;
	uint64_t h = hash64(HASH64, q, sizeof(*q)) | 1;
	size_t i = h % SEEN;

	for (; seen[i]; i = (i + 1) % SEEN)
		if (seen[i] == h)
			return true;
	if (n < SEEN / 2) {
		seen[i] = h;
		n++;
	}
	return false;
}

/* Adds to what is asked the cost of. As answer() says, 1 unless there is no
 * such call; -2: no memory. */
static int weigh(const struct asked *a, const struct question *q)
{
	struct ask_call call;

	if (!call_of(a->own, q, &call))
		return -1;
	return weighed_add(a->weighed, &call, q->name) ? -2 : 1;
}

static int ask_lines(struct asked *a, FILE *from)
{
	int number = 0, code = EXIT_AS_DECLARED;
	struct profile_error why;
	struct question q;
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, from) >= 0) {
		int ret = question_read(&q, line, &why);

		number++;
		if (ret < 0) {
			failure_say(
				"ask: %s:%d: %s", a->file, number, why.text);
			code = EXIT_USAGE;
			break;
		}
		if (!ret || (!a->weighed && is_seen(&q)))
			continue;
		ret = a->weighed ? weigh(a, &q) : answer(a, a->own, &q);
		if (ret == -2) {
			code = cmd_say(
				"ask", EXIT_SYSTEM, a->file, strerror(ENOMEM));
			break;
		}
		if (ret < 0) {
			code = no_call(&q, a->file, number);
			break;
		}
		if (!ret)
			code = EXIT_DIFFERS;
	}
	free(line);
	if (ferror(from))
		return cmd_say("ask", EXIT_SYSTEM, a->file, strerror(errno));
	return code;
}

static int ask_file(struct asked *a)
{
	FILE *from = strcmp(a->file, "-") ? fopen(a->file, "re") : stdin;
	int code;

	if (!from)
		return cmd_say("ask", EXIT_USAGE, a->file, strerror(errno));
	code = ask_lines(a, from);
	if (from != stdin)
		fclose(from);
	if (a->weighed && code == EXIT_AS_DECLARED) {
		weighed_print(&a->asking, a->weighed);
		weighed_sum(&a->asking, a->weighed, a->own->arch, true);
	}
	return code;
}

static int ask_table(const struct asked *a)
{
	static struct ask_answers answers;

	for (size_t i = 0; i < calls_n; i++) {
		struct question q = { .n = 0 };
		struct ask_call call = { .arch = a->own->arch };
		const int nr = ways_number(a->own, calls_table[i].name);

		if (nr < 0)
			continue;
		call.nr = nr | a->own->bit;
		snprintf(q.name, sizeof(q.name), "%s", calls_table[i].name);
		ask(a->asking.k, &call, &answers);
		if (a->asking.json)
			ask_print(&a->asking, a->own, &q, &call, &answers);
		else
			ask_print_row(&a->asking, &call, q.name, &answers);
		if (a->weighed && weighed_add(a->weighed, &call, q.name))
			return cmd_say(
				"ask", EXIT_SYSTEM, "calls", strerror(ENOMEM));
	}
	if (a->weighed)
		weighed_sum(&a->asking, a->weighed, a->own->arch, false);
	return EXIT_AS_DECLARED;
}

static int ask_profile(struct asked *a, int argc, char **argv)
{
	static struct filter bpf;
	static struct meaning m;
	static struct asker k;
	const struct profile *p = a->asking.p;
	struct profile_error err = { 0 };
	int ret;

	if (p->mode != FILTER_BPF)
		return cmd_say("ask", EXIT_USAGE, p->name,
			"is built in, and no filter");
	if (profile_build(p, a->own->arch, &bpf, &err)) {
		failure_say("%s", err.text);
		return cmd_profile_code(&err);
	}
	a->asking.bpf = &bpf;
	if (!p->ninsns && !meaning_read(&m, p, a->own->arch))
		return cmd_say("ask", EXIT_SYSTEM, p->name, "out of memory");
	a->asking.m = p->ninsns ? NULL : &m;
	a->asking.k = &k;
	a->weighed =
		a->asking.cost && (a->table || a->file) ? weighed_new() : NULL;
	if (!ask_begin(&k, &bpf, a->asking.m) ||
		(a->asking.cost && (a->table || a->file) && !a->weighed))
		ret = cmd_say("ask", EXIT_SYSTEM, p->name, "out of memory");
	else
		ret = a->table	? ask_table(a)
		      : a->file ? ask_file(a)
				: ask_one(a, argc, argv);
	ask_end(&k);
	weighed_free(a->weighed);
	if (!p->ninsns)
		meaning_free(&m);
	return ret;
}

/* -1: go on; else an exit code. */
static int take_options(struct asked *a, int argc, char **argv)
{
	int c;

	/* What follows the profile is a call's: -1 is no option. */
	while ((c = getopt_long(
			argc, argv, "+ha:f:I:t:", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'a':
			a->own = ways_find("ask", optarg);
			if (!a->own)
				return EXIT_USAGE;
			break;
		case 'f':
			a->file = optarg;
			break;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			break;
		case OPTION_JSON:
			a->asking.json = true;
			break;
		case OPTION_TABLE:
			a->table = true;
			break;
		case OPTION_COST:
			a->asking.cost = true;
			break;
		case OPTION_MEASURE:
			a->asking.measure = true;
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind < argc && (argc - optind > 1) == !(a->file || a->table) &&
		!(a->file && a->table) &&
		!(a->asking.measure && (a->file || a->table)))
		return -1;
	fputs(help, stderr);
	return EXIT_USAGE;
}

int cmd_ask(int argc, char **argv)
{
	struct asked a = { .own = &ways[0] };
	int ret = take_options(&a, argc, argv);
	struct profile *p;

	if (ret >= 0)
		return ret;
	ret = cmd_load("ask", argv[optind], &p);
	if (ret)
		return ret;
	a.asking.p = p;
	ret = ask_profile(&a, argc - optind - 1, argv + optind + 1);
	profile_free(p);
	return ret;
}
