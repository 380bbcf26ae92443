/* SPDX-License-Identifier: MIT */
/* repeat_work.c: who makes runs, one after the other, as it is asked to. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain/io.h"
#include "explain/repeat.h"

/* The last run, until it is known whether anybody wants it. */
struct work {
	const struct repeat_plan *p;
	const char *base;
	int home; /* where all runs begin that have no folder of their own */
	struct explain_stdio our;
	struct explained e;
	char *report;
	long run; /* 0: there is none */
};

static int settle(struct work *w, bool keep)
{
	int ret = 0;

	if (!w->run)
		return 0;
	if (w->home >= 0 && fchdir(w->home))
		ret = -errno;
	if (keep)
		ret = repeat_folder_keep(
			w->base, w->run, &w->e.real, w->report);
	else if (w->p->copy)
		repeat_folder_drop(w->base, w->run);
	explain_seen_free(&w->e.real);
	free(w->report);
	w->report = NULL;
	w->run = 0;
	return ret;
}

/* What stands in the way is told in the place of what was seen. */
static void run(struct work *w, long number)
{
	struct explain_plan plan = *w->p->plan;
	struct explain_seen *seen = &w->e.real;
	struct failure f;
	size_t size;
	FILE *to;
	int ret = 0;

	plan.stdio = &w->our;
	plan.hidden = plan.shuffled = true;
	w->run = number;
	w->our = *w->p->plan->stdio;
	if (w->p->copy)
		ret = repeat_folder_enter(w->base, number, w->p->copy);
	if (ret)
		snprintf(f.text, sizeof(f.text), "%s: cannot be copied: %s",
			w->p->copy, strerror(-ret));
	if (!ret)
		ret = explain_run(&plan, EXPLAIN_REAL, seen, &f);
	if (ret) {
		memset(seen, 0, sizeof(*seen));
		seen->out = seen->err = -1;
		snprintf(seen->broken, sizeof(seen->broken), "%.*s",
			(int)sizeof(seen->broken) - 1, f.text);
	}
	to = open_memstream(&w->report, &size);
	if (to) {
		explain_json(&w->e, to);
		fclose(to);
	}
}

static bool write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		n -= (size_t)done;
	}
	return true;
}

static bool tell(const struct work *w, int records)
{
	uint32_t n = w->report ? (uint32_t)strlen(w->report) : 0;

	return write_all(records, &n, sizeof(n)) &&
	       write_all(records, w->report, n);
}

static bool next(int orders, struct repeat_order *o)
{
	ssize_t n;

	do
		n = read(orders, o, sizeof(*o));
	while (n < 0 && errno == EINTR && !explain_stopped());
	return n == sizeof(*o);
}

void repeat_work(
	const struct repeat_plan *p, const char *base, int orders, int records)
{
	static struct work w;
	struct repeat_order o;

	w = (struct work){ .p = p, .base = base, .home = -1 };
	w.e = *p->about;
	if (p->copy)
		w.home = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	explain_stdio_own(p->plan->stdio);
	while (next(orders, &o)) {
		if (settle(&w, o.keep) || !o.run)
			break;
		run(&w, o.run);
		if (!tell(&w, records))
			break;
	}
	/* The last order keeps; none at all does not. */
	settle(&w, false);
}
