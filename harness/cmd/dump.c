/* SPDX-License-Identifier: MIT */
/* dump.c: `quartet dump`: filters out of what runs. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "profile/bpftext.h"
#include "sys/embed.h"
#include "sys/loads.h"
#include "sys/proc.h"
#include "sys/taken.h"

EMBED(help, "harness/cmd/dump.txt");

#define FILTERS 256

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "output", required_argument, NULL, 'o' },
	{ "timeout", required_argument, NULL, 't' },
	{ 0 },
};

struct dump {
	const char *output;
	long seconds, limit;
	unsigned n; /* so far */
	int code;
	struct filter *seen[FILTERS];
};

static bool is_seen(struct dump *d, const struct filter *bpf)
{
	const size_t size = bpf->ninsns * sizeof(*bpf->insns);

	for (unsigned i = 0; i < d->n && i < FILTERS; i++)
		if (d->seen[i]->ninsns == bpf->ninsns &&
			!memcmp(d->seen[i]->insns, bpf->insns, size))
			return true;
	return false;
}

static int write_bpf(struct dump *d, const struct filter *bpf)
{
	char path[4096];
	FILE *to;
	int ret;

	if (snprintf(path, sizeof(path), "%s.%u", d->output, d->n) >=
		(int)sizeof(path))
		return cmd_say("dump", EXIT_USAGE, d->output, "too long");
	to = fopen(path, "we");
	if (!to)
		return cmd_say("dump", EXIT_SYSTEM, path, strerror(errno));
	fwrite(bpf->insns, sizeof(*bpf->insns), bpf->ninsns, to);
	ret = ferror(to) | fclose(to);
	return ret ? cmd_say("dump", EXIT_SYSTEM, path, "it was not written")
		   : 0;
}

/* Of thread TID, which others may have too. */
static void add(struct dump *d, pid_t tid, const struct filter *bpf)
{
	char comm[64] = "";

	proc_comm(tid, comm, sizeof(comm));
	if (d->n < FILTERS) {
		d->seen[d->n] = malloc(sizeof(*bpf));
		if (d->seen[d->n])
			*d->seen[d->n] = *bpf;
		else
			d->code = cmd_say(
				"dump", EXIT_SYSTEM, "filters", "no memory");
	}
	d->n++;
	if (d->output) {
		if (!d->code)
			d->code = write_bpf(d, bpf);
		return;
	}
	printf("# filter %u, of thread %d (%s), flags 0x%x\n", d->n, (int)tid,
		comm, bpf->flags);
	bpftext_write(bpf, stdout);
	fflush(stdout);
}

static bool told(void *context, pid_t tid, const struct filter *bpf)
{
	struct dump *d = context;

	if (!is_seen(d, bpf))
		add(d, tid, bpf);
	return !d->code && d->n < FILTERS && (!d->limit || d->n < d->limit);
}

static int dump_command(struct dump *d, char **argv)
{
	int status, ret;

	ret = loads_watch(argv, (unsigned)d->seconds, told, d, &status);
	if (ret)
		return cmd_say_start("dump", argv[0], ret);
	if (d->code)
		return d->code;
	if (!d->n)
		return cmd_say("dump", EXIT_DIFFERS, argv[0],
			status == -1 ? "no filter was loaded until the time-out"
				     : "it ended without loading a filter");
	return EXIT_AS_DECLARED;
}

static int dump_pid(struct dump *d, pid_t pid)
{
	static struct filter bpf;
	int n = 1;

	for (int i = 1; i <= n && !d->code; i++) {
		n = taken_filter(pid, i, &bpf);
		if (n == -EACCES)
			return cmd_say("dump", EXIT_USAGE, "pid",
				"it takes CAP_SYS_ADMIN, and no filter on "
				"oneself");
		if (n < 0)
			return cmd_say("dump", EXIT_USAGE, "pid", strerror(-n));
		if (i <= n)
			add(d, pid, &bpf);
	}
	if (!n)
		return cmd_say(
			"dump", EXIT_DIFFERS, "pid", "no filter is on it");
	return d->code;
}

/* -1: go on; else an exit code. */
static int take_options(struct dump *d, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "+ho:t:n:", long_options, NULL)) !=
		-1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'o':
			d->output = optarg;
			break;
		case 't':
			d->seconds = options_number("-t", optarg, 1, 86400);
			if (d->seconds < 0)
				return EXIT_USAGE;
			break;
		case 'n':
			d->limit = options_number("-n", optarg, 1, FILTERS);
			if (d->limit < 0)
				return EXIT_USAGE;
			break;
		default:
			return EXIT_USAGE;
		}
	return -1;
}

int cmd_dump(int argc, char **argv)
{
	static struct dump d = { .seconds = 10 };
	int ret = take_options(&d, argc, argv);
	char end;
	int pid;

	if (ret >= 0)
		return ret;
	if (optind < argc && !strcmp(argv[optind - 1], "--"))
		ret = dump_command(&d, argv + optind);
	else if (optind + 1 == argc &&
		 sscanf(argv[optind], "pid:%d%c", &pid, &end) == 1 && pid > 0)
		ret = dump_pid(&d, pid);
	else
		fputs(help, stderr);
	for (unsigned i = 0; i < d.n && i < FILTERS; i++)
		free(d.seen[i]);
	return ret < 0 ? EXIT_USAGE : ret;
}
