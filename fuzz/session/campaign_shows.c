/* SPDX-License-Identifier: MIT */
/* campaign_shows.c: which programs of a corpus show what is asked for. */
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "oracle/check.h"
#include "program/behaviour.h"
#include "session/campaign.h"
#include "session/program_file.h"
#include "session/session.h"

/* What one program showed of what is asked for. */
struct shown {
	int n;
	struct behaviour v[BEHAVIOURS_OF_RUN];
};

static void run(struct checker *k, const char *path,
	const bool wanted[BEHAVIOURS], struct shown *to)
{
	struct behaviour found[BEHAVIOURS_OF_RUN];
	struct result r = { 0 };
	struct finding finding;
	struct program p;
	struct failure f;
	struct stat st;
	int n;

	/* A file that is no program, or cannot be run, shows nothing. */
	if (stat(path, &st) || !S_ISREG(st.st_mode) ||
		program_file_load(path, &p, &f) ||
		checker_run(k, &p, &r, &finding) < 0)
		return;
	n = behaviour_of(&p, &r, found);
	for (int i = 0; i < n; i++)
		if (wanted[found[i].place])
			to->v[to->n++] = found[i];
}

/* How many of them were not shown by others; each counts once. */
static int news(const struct shown *s, const bool done[BEHAVIOURS])
{
	int n = 0;

	for (int i = 0; i < s->n; i++) {
		bool again = done[s->v[i].place];

		for (int k = 0; k < i && !again; k++)
			again = s->v[k].place == s->v[i].place;
		n += !again;
	}
	return n;
}

static int choose(const glob_t *g, const struct shown *v,
	struct campaign_program best[CAMPAIGN_SHOWS])
{
	static bool done[BEHAVIOURS];
	int n = 0;

	memset(done, 0, sizeof(done));
	for (; n < CAMPAIGN_SHOWS; n++) {
		struct campaign_program *b = &best[n];
		size_t at = 0;

		memset(b, 0, sizeof(*b));
		for (size_t i = 0; i < g->gl_pathc; i++)
			if (news(&v[i], done) > b->shows) {
				b->shows = news(&v[i], done);
				at = i;
			}
		if (!b->shows)
			break;
		fuzz_path(b->path, "%s", g->gl_pathv[at]);
		for (int i = 0; i < v[at].n; i++) {
			if (!done[v[at].v[i].place])
				b->ops |= 1u << v[at].v[i].op;
			done[v[at].v[i].place] = true;
		}
	}
	return n;
}

static int run_all(const struct campaign *c, const glob_t *g,
	const bool wanted[BEHAVIOURS], struct shown *v, struct failure *f)
{
	static struct filter bpf;
	struct checker *k;

	if (program_file_profile(c->profile, &bpf, f))
		return -1;
	k = checker_open(&bpf);
	if (!k)
		return failure_set(f, FAILURE_SYSTEM,
			"cannot start an executor: %s", strerror(errno));
	for (size_t i = 0; i < g->gl_pathc; i++)
		run(k, g->gl_pathv[i], wanted, &v[i]);
	checker_close(k);
	return 0;
}

/* What fnmatch(3) would take for more than itself. */
static void quote(const char *from, char *to, size_t size)
{
	size_t n = 0;

	for (; *from && n + 3 < size; from++) {
		if (strchr("*?[]\\", *from))
			to[n++] = '\\';
		to[n++] = *from;
	}
	to[n] = 0;
}

int campaign_shows(const struct campaign *c, const bool wanted[BEHAVIOURS],
	struct campaign_program best[CAMPAIGN_SHOWS], struct failure *f)
{
	char path[PATH_MAX], dir[PATH_MAX];
	struct shown *v;
	glob_t g = { 0 };
	int ret;

	quote(c->dir, dir, sizeof(dir) - 32);
	fuzz_path(path, "%s/afl/*/queue/id:*", dir);
	if (glob(path, 0, NULL, &g) == GLOB_NOSPACE)
		return failure_set(f, FAILURE_SYSTEM, "out of memory");
	v = calloc(g.gl_pathc + 1, sizeof(*v));
	ret = v ? run_all(c, &g, wanted, v, f)
		: failure_set(f, FAILURE_SYSTEM, "out of memory");
	ret = ret ? -1 : choose(&g, v, best);
	free(v);
	globfree(&g);
	return ret;
}
