/* SPDX-License-Identifier: MIT */
/* show.c: `quartet show`: one cell again, with everything known of it. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/calls.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "suite/base.h"
#include "suite/kernel.h"
#include "suite/trace.h"
#include "suite/record.h"
#include "suite/worker.h"
#include "cmd/failed.h"
#include "sys/preflight.h"
#include "sys/embed.h"
#include "sys/text.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/show.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ 0 },
};

static void print_stack(const struct frame *f, int n)
{
	for (int i = 0; i < n; i++, f++) {
		char text[FRAME_ROOM];
		struct text t = text_in(text, sizeof(text));

		frame_put(&t, f);
		printf("    #%-2d 0x%012llx %s", i, (unsigned long long)f->ip,
			text);
		if (f->line)
			printf(" at %s:%d", f->file, f->line);
		printf("%s%s%s\n", f->module[0] ? " in " : "", f->module, "");
	}
}

static void print_refusals(const struct evidence *ev)
{
	static const char *const ends[] = {
		[REFUSAL_ANSWERED] = "a trap that it handled",
		[REFUSAL_THREAD] = "killed alone: the process lived on",
		[REFUSAL_PROCESS] = "the end of the process",
	};

	if (ev->nrefused > ev->nrefusals)
		printf("refused   %d calls, of which the first and the last "
		       "are shown\n",
			ev->nrefused);
	for (int i = 0; i < ev->nrefusals; i++) {
		const struct refusal *r = &ev->refusals[i];

		printf("refused   %s, number %d on %s, to thread %d (%s)\n",
			r->call, r->nr, calls_arch_name(r->arch), r->thread,
			ends[r->end]);
		printf("  with    ");
		for (int k = 0; k < 6; k++)
			printf("0x%llx%s", (unsigned long long)r->args[k],
				k < 5 ? ", " : "\n");
		print_stack(r->frames, r->nframes);
	}
}

static void print_hang(const struct hang *h)
{
	printf("hang      %s: %s\n", h->proven ? "proven" : "by the deadline",
		h->reason);
	for (int i = 0; i < h->nthreads; i++) {
		const struct thread_state *s = &h->threads[i];

		printf("  thread %d of %d: %c, %s\n", s->tid, s->pid, s->state,
			s->waits_for[0] ? s->waits_for : s->wchan);
		print_stack(s->frames, s->nframes);
	}
}

static void print_output(const struct box *box)
{
	char buf[2001], line[4 * sizeof(buf) + 3];
	ssize_t n = pread(box->out, buf, sizeof(buf) - 1, 0);

	if (n <= 0)
		return;
	printf("output    %zd bytes%s:\n", n, n == 2000 ? " and more" : "");
	for (size_t at = 0, size; at < (size_t)n; at += size + 1) {
		struct text t = text_in(line, sizeof(line));
		const char *end = memchr(buf + at, '\n', (size_t)n - at);

		size = end ? (size_t)(end - buf) - at : (size_t)n - at;
		text_put_quoted(&t, (unsigned char *)buf + at, size);
		printf("          %s\n", line);
	}
}

static void print_head(const struct cell *c, const struct evidence *ev,
	const struct judged *seen, enum verdict verdict, const char *want)
{
	printf("cell      %s\n", c->name);
	printf("does      %s\n", c->d->probe.about);
	printf("declared  %s\n", want);
	printf("seen      %s\n", seen->text);
	printf("verdict   %s\n", judge_verdict_name(verdict));
	printf("took      %.1f ms, %d thread%s\n", (double)ev->us / 1000,
		ev->nthreads, ev->nthreads == 1 ? "" : "s");
	if (ev->ended)
		printf("status    0x%x as waitpid(2) gives it\n",
			ev->wait_status);
	if (ev->effect[0])
		printf("effect    %s\n", ev->effect);
	for (int i = 0; i < ev->nvalues; i++)
		printf("value     %lld\n", (long long)ev->values[i]);
}

static void print_all(const struct cell *c, const struct evidence *ev,
	const struct judged *seen, enum verdict verdict,
	const struct expect *row, const char *want, const struct box *box)
{
	print_head(c, ev, seen, verdict, want);
	print_refusals(ev);
	if (ev->crash_signal) {
		printf("crash     signal %d at address 0x%llx\n",
			ev->crash_signal, (unsigned long long)ev->crash_addr);
		print_stack(ev->crash_frames, ev->ncrash_frames);
	}
	if (ev->hung)
		print_hang(&ev->hang);
	print_output(box);
	if (row && row->why)
		printf("why       %s\n", row->why);
	for (int i = 0; i < PROBE_SEEN_MAX && c->d->probe.seen[i]; i++)
		printf("source    %s\n", c->d->probe.seen[i]);
	printf("again     quartet show '%s'\n", c->name);
}

static int show(const struct suite *s, const struct cell *c, bool json)
{
	static struct evidence ev;
	struct judged seen;
	const struct expect *row;
	enum verdict verdict;
	char want[200], *line;
	struct stack_cache *stacks = stack_open();
	struct base base = { .lock = -1 };
	struct box box;
	struct failure failure;
	int err;

	if (preflight(true, &failure))
		return cmd_failed("show", &failure);
	err = trace_init();
	if (!err)
		err = base_open(&base);
	if (!err)
		err = box_open(&box, base.dir);
	if (err || !stacks) {
		failure_say("show: no place for the cell: %s", strerror(-err));
		return EXIT_SYSTEM;
	}
	verdict = worker_run(s, c, &box, stacks, &ev, &seen, &row, want);
	if (json) {
		line = record_cell(c, &ev, &seen, verdict, row, want);
		puts(line);
		free(line);
	} else {
		print_all(c, &ev, &seen, verdict, row, want, &box);
	}
	box_close(&box);
	base_close(&base);
	stack_close(stacks);
	return verdict == VERDICT_PASS || verdict == VERDICT_NONE
		       ? EXIT_AS_DECLARED
	       : verdict == VERDICT_FAIL ? EXIT_DIFFERS
					 : EXIT_BROKEN;
}

int cmd_show(int argc, char **argv)
{
	static struct selection sel;
	struct suite s;
	bool json = false;
	int c, ret, taken;

	while ((c = getopt_long(argc, argv, "hk:", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		taken = options_select(&sel, c, optarg);
		if (c == '?' || taken < 0)
			return EXIT_USAGE;
		json = json || c == OPTION_JSON;
	}
	if (argc - optind != 1) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	options_patterns(&sel, 1, argv + optind);
	ret = suite_load(&s);
	if (!ret)
		ret = suite_select(&s, &sel);
	if (ret)
		return ret;
	if (s.kernel != &kernel_host) {
		failure_say("show: %s: cells are shown on the host alone; "
			    "`quartet run` records what is seen elsewhere",
			s.cells[0].name);
		return EXIT_USAGE;
	}
	if (s.cells[0].skip[0]) {
		failure_say("show: %s: skipped: %s", s.cells[0].name,
			s.cells[0].skip);
		return EXIT_BROKEN;
	}
	return show(&s, &s.cells[0], json);
}
