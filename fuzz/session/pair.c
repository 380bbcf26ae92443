/* SPDX-License-Identifier: MIT */
/* pair.c: the same programs on two kernels. */
#include "session/pair.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "program/facts.h"

#define SLEEP_US  20000
#define RUNS	  2 /* of each program on each kernel, before a doubt */
#define TELL_S	  10
#define END_S	  30 /* for what is under way when the time is over */
#define FOREIGN_S 5  /* between looks into others' queues */

static bool over(const struct pair *pr)
{
	const struct fuzz_run *r = pr->r;

	if (*pr->stop || (r->first && fuzz_findings(r, NULL, NULL)))
		return true;
	return r->seconds && time(NULL) - r->began >= r->seconds;
}

/* What a kernel left that died in a program. */
static void keep_death(
	struct pair *pr, const struct side *s, const struct program *p)
{
	char path[PATH_MAX], to_path[PATH_MAX], dir[PATH_MAX];
	FILE *to;
	int n = 0;

	fuzz_path(path, "%s/deaths", pr->r->out);
	mkdir(path, 0777);
	do {
		fuzz_path(dir, "%s/deaths/%d", pr->r->out, ++n);
	} while (mkdir(dir, 0777) && errno == EEXIST);
	fuzz_path(path, "%s.died", s->console);
	fuzz_path(to_path, "%s/console.txt", dir);
	rename(path, to_path);
	fuzz_path(path, "%s/report.txt", dir);
	to = fopen(path, "we");
	if (to) {
		fprintf(to, "%s: %s\n", s->name, s->died);
		fclose(to);
	}
	fuzz_path(path, "%s/program.futex", dir);
	to = fopen(path, "we");
	if (to) {
		program_print(p, to);
		fclose(to);
	}
	pr->r->deaths++;
	failure_say("fuzz: %s died, %s: %s", s->name, dir, s->died);
}

enum pair_asked pair_ask(struct pair *pr, const struct program *p, int times,
	bool fresh, struct failure *f)
{
	enum pair_asked asked = PAIR_RAN;

	for (int i = 0; i < 2; i++)
		side_ask(&pr->side[i], p, times, fresh);
	for (int i = 0; i < 2; i++) {
		switch (side_answer(&pr->side[i], pr->stop, &pr->runs[i], f)) {
		case SIDE_SAW:
			break;
		case SIDE_DIED:
			keep_death(pr, &pr->side[i], p);
			asked = PAIR_DIED;
			break;
		case SIDE_STOPPED:
			return PAIR_STOPPED;
		case SIDE_GONE:
			return PAIR_FAILED;
		}
	}
	return asked;
}

/* Did it show what no program before it did? */
static bool note(struct pair *pr, const struct program *p)
{
	struct behaviour found[BEHAVIOURS_OF_RUN];
	struct tally *t = pr->r->tally[0];
	uint64_t programs = t->programs;
	bool new = false;

	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < pr->runs[side].nkinds; i++) {
			int n = behaviour_of(
				p, &pr->runs[side].kinds[i].result, found);

			for (int k = 0; k < n; k++)
				new |= !t->seen[found[k].place];
			tally_add(t, found, n);
		}
	t->programs = programs + 1;
	return new;
}

static void count_broken(struct pair *pr)
{
	for (int side = 0; side < 2; side++) {
		bool broken = false;

		for (uint32_t i = 0; i < pr->runs[side].nkinds; i++)
			broken |= pr->runs[side].kinds[i].broken >= 0;
		pr->broke[side] += broken;
	}
}

/* What a stop does is no matter of futex, and what is counted with a thread's
 * number is another number each time. */
static bool is_comparable(const struct program *p)
{
	return p->nsteps && !facts_stops(p) && !facts_counts_with_tids(p);
}

/* Long sleeps show no more than short ones. */
static void make_quick(struct program *p)
{
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_FUTEX &&
			program_times_out(p->steps[i].op) &&
			p->steps[i].fourth > SLEEP_US)
			p->steps[i].fourth = SLEEP_US;
}

static enum pair_asked try(struct pair *pr, const struct program *p,
	enum pool_from from, struct failure *f)
{
	enum pair_asked asked = pair_ask(pr, p, RUNS, false, f);
	struct differ d;

	if (asked != PAIR_RAN)
		return asked;
	pr->tried++;
	count_broken(pr);
	if (note(pr, p) && pool_keep(&pr->pool, p, from, f))
		return PAIR_FAILED;
	differ_find(p, pr->runs, pr->unequal, &d);
	switch (d.verdict) {
	case DIFFER_NOT:
		break;
	case DIFFER_FREE:
		pr->apart++;
		break;
	case DIFFER_FEATURE:
		for (int i = 0; differ_features[i]; i++)
			pr->by_feature[i] += d.feature == differ_features[i];
		break;
	case DIFFER_MAYBE:
	case DIFFER_PROVEN:
		return pair_look(pr, p, &d, f);
	}
	return PAIR_RAN;
}

static void take_foreign(struct pair *pr)
{
	time_t now = time(NULL);

	if (now - pr->took < FOREIGN_S)
		return;
	for (int i = 0; i < pr->r->nforeign; i++)
		pool_take(&pr->pool, pr->r->foreign[i],
			pr->took ? pr->took - 1 : 0);
	pr->took = now;
}

static int fuzz(struct pair *pr, FILE *say, struct failure *f)
{
	time_t told = time(NULL);
	struct program p;

	while (!over(pr)) {
		enum pool_from from;

		take_foreign(pr);
		from = pool_give(&pr->pool, &p);
		if (!is_comparable(&p))
			continue;
		make_quick(&p);
		switch (try(pr, &p, from, f)) {
		case PAIR_FAILED:
			return -1;
		case PAIR_STOPPED:
			return 0;
		default:
			break;
		}
		fuzz_progress(pr->r);
		if (time(NULL) - told >= TELL_S) {
			fuzz_print_line(pr->r, say);
			told = time(NULL);
		}
	}
	return 0;
}

static int open_pool(struct pair *pr, struct failure *f)
{
	char path[PATH_MAX], seeds[PATH_MAX];

	fuzz_path(path, "%s/queue", pr->r->out);
	if (mkdir(path, 0777) && errno != EEXIST)
		return failure_set(
			f, FAILURE_SYSTEM, "%s: %s", path, strerror(errno));
	fuzz_path(seeds, "%s/seeds", pr->r->out);
	return pool_open(&pr->pool, path, seeds, f);
}

static void set_labels(struct pair *pr)
{
	const char *const *names = pr->r->kernels;
	bool same = !strcmp(names[0], names[1]);

	for (int i = 0; i < 2; i++)
		snprintf(pr->label[i], sizeof(pr->label[i]), "%.50s%s",
			names[i], same && i ? "(2)" : "");
}

/* 0; 1: stopped; -1: F tells. */
static int start(struct pair *pr, struct failure *f)
{
	static char console[2][PATH_MAX];
	int ret = 0;

	for (int i = 0; i < 2 && !ret; i++) {
		pr->side[i].name = pr->r->kernels[i];
		fuzz_path(console[i], "%s/console-%d.txt", pr->r->out, i + 1);
		pr->side[i].console = console[i];
		if (pr->r->seconds)
			pr->side[i].end = pr->r->began + pr->r->seconds + END_S;
		ret = side_start(&pr->side[i], i, &pr->bpf, f);
	}
	for (int i = 0; i < 2 && !ret; i++)
		ret = side_up(&pr->side[i], pr->stop, f);
	pr->unequal = pr->side[0].has ^ pr->side[1].has;
	return ret;
}

int pair_run(struct pair *pr, FILE *say, struct failure *f)
{
	struct tally sum;
	int ret;

	set_labels(pr);
	if (fuzz_open_tally(pr->r, 0, f) || open_pool(pr, f))
		return -1;
	fuzz_tally(pr->r, &sum);
	pr->r->programs_before = sum.programs;
	pr->r->began = time(NULL);
	ret = start(pr, f);
	if (!ret)
		ret = fuzz(pr, say, f);
	for (int i = 0; i < 2; i++)
		side_end(&pr->side[i]);
	pool_close(&pr->pool);
	pr->r->ended = time(NULL);
	fuzz_progress(pr->r);
	return ret < 0 ? -1 : 0;
}
