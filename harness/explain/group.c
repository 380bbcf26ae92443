/* SPDX-License-Identifier: MIT */
/* group.c: many refusals as a few lines. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "explain/report.h"
#include "sys/text.h"

/* Below these everything is what each program has. */
static const char roots[] =
	"__libc_start_call_main __libc_start_main* _start libc_start_main* "
	"start_thread __clone3 clone3 __clone clone start "
	"_start_c _dl_start_user runtime.goexit* runtime.mstart*";

static bool tells(const struct explain_place *p, int i)
{
	const struct frame *f = &p->frames[i];

	if (f->script || (!f->function[0] && (f->module[0] || i == 0)))
		return true;
	/* Of code of no file where it was entered. */
	if (!f->function[0])
		return i + 1 == p->nframes || p->frames[i + 1].function[0];
	/* One function inlined in itself, or by two names. */
	return i + 1 == p->nframes ||
	       strcmp(f->function, p->frames[i + 1].function) != 0 ||
	       strcmp(f->shown, p->frames[i + 1].shown) != 0;
}

/* Where the innermost script frame is, and the module of what runs it; no
 * module: there is none. */
static const char *interpreter_of(const struct explain_place *p, int *script)
{
	int i = 0;

	while (i < p->nframes && !p->frames[i].script)
		i++;
	*script = i;
	while (i < p->nframes && p->frames[i].script)
		i++;
	return i < p->nframes ? p->frames[i].module : "";
}

/* Is frame I of Java's class library? The user's call is of its outermost. */
static bool is_library(const struct explain_place *p, int i)
{
	static const char *const packages[] = { "java.", "jdk.", "sun." };
	const struct frame *f = &p->frames[i];

	for (size_t k = 0; i < p->nframes && f->script && k < 3; k++)
		if (!strncmp(f->shown, packages[k], strlen(packages[k])))
			return strstr(f->file, ".java") != NULL;
	return false;
}

/* Of the interpreter's own frames the one tells at which the script left it. */
static bool is_plumbing(const struct explain_place *p, int i)
{
	int script;
	const char *module = interpreter_of(p, &script);

	if (is_library(p, i) && is_library(p, i + 1))
		return true;
	if (!module[0] || p->frames[i].script ||
		strcmp(p->frames[i].module, module) != 0)
		return false;
	return i > script ||
	       (i > 0 && !strcmp(p->frames[i - 1].module, module));
}

/* How a frame is written: the file and line of code that is the program's. */
static void put_frame(struct text *t, const struct frame *f)
{
	frame_put(t, f);
	if (f->script && !f->line && f->file[0])
		text_put(t, " (%s)", f->file);
	if (f->line && !strstr(f->module, ".so"))
		text_put(t, f->begins ? " (%s, begins at line %d)" : " (%s:%d)",
			f->file, f->line);
}

void explain_chain(const struct explain_place *p, char *text, size_t size)
{
	struct text t = text_in(text, size);
	int shown = 0;

	for (int i = 0; i < p->nframes && !t.cut; i++) {
		const char *name = p->frames[i].function;

		if (shown && name[0] && text_matches(roots, name))
			break;
		if (!tells(p, i) || is_plumbing(p, i))
			continue;
		if (shown == 8) {
			text_put(&t, " < ...");
			break;
		}
		text_put(&t, "%s", shown ? " < " : "");
		put_frame(&t, &p->frames[i]);
		shown++;
		if (!strcmp(name, "main"))
			break;
	}
}

static bool belongs(
	const struct explain_group *g, const struct explain_place *p)
{
	const struct explain_place *q = g->lines[0]->place;

	return q->verdict == p->verdict && !strcmp(q->need, p->need) &&
	       (p->need[0] || (q->arch == p->arch && q->nr == p->nr));
}

static int by_count(const void *a, const void *b)
{
	const struct explain_line *const *p = a, *const *q = b;

	return ((*p)->count < (*q)->count) - ((*p)->count > (*q)->count);
}

/* Adds to a line that reads the same, or makes one. False: no memory. */
static bool add_line(struct explain_group *g, const struct explain_place *p,
	const char *chain)
{
	struct explain_line **lines, *l;

	for (int i = 0; i < g->nlines; i++) {
		l = g->lines[i];
		if (l->place->nr != p->nr || l->place->arch != p->arch ||
			strcmp(l->chain, chain) != 0)
			continue;
		l->count += p->count;
		l->varies = true;
		return true;
	}
	l = calloc(1, sizeof(*l));
	lines = realloc(g->lines, (size_t)(g->nlines + 1) * sizeof(*lines));
	if (lines)
		g->lines = lines;
	if (!l || !lines) {
		free(l);
		return false;
	}
	l->place = p;
	l->count = p->count;
	l->varies = p->ntexts > 1;
	snprintf(l->chain, sizeof(l->chain), "%s", chain);
	g->lines[g->nlines++] = l;
	return true;
}

static bool add(struct explain_group *g, const struct explain_place *p)
{
	char chain[EXPLAIN_CHAIN];

	explain_chain(p, chain, sizeof(chain));
	if (!add_line(g, p, chain))
		return false;
	if (!g->count || p->first_us < g->first_us)
		g->first_us = p->first_us;
	if (p->last_us > g->last_us)
		g->last_us = p->last_us;
	g->threads = g->threads || p->threads ||
		     p->thread != g->lines[0]->place->thread ||
		     p->process != g->lines[0]->place->process;
	g->count += p->count;
	return true;
}

int explain_groups(
	const struct explain_places *places, struct explain_group **groups)
{
	struct explain_group **g;

	*groups = NULL;
	for (int i = 0; i < places->n; i++) {
		for (g = groups; *g; g = &(*g)->next)
			if (belongs(*g, places->list[i]))
				break;
		if (!*g)
			*g = calloc(1, sizeof(**g));
		if (!*g || !add(*g, places->list[i])) {
			explain_groups_free(*groups);
			*groups = NULL;
			return -ENOMEM;
		}
	}
	for (struct explain_group *k = *groups; k; k = k->next)
		qsort(k->lines, (size_t)k->nlines, sizeof(*k->lines), by_count);
	return 0;
}

void explain_groups_free(struct explain_group *g)
{
	while (g) {
		struct explain_group *next = g->next;

		for (int i = 0; i < g->nlines; i++)
			free(g->lines[i]);
		free(g->lines);
		free(g);
		g = next;
	}
}

#define OTHER "another filter (its own, or one from before quartet)"

const char *explain_whose(const struct explain_place *p)
{
	static const char *const filters[] = {
		[EXPLAIN_OURS] = "the filter",
		[EXPLAIN_BEFORE] = "a filter that was there before quartet",
		[EXPLAIN_OWN] = "a filter that it loaded itself",
		[EXPLAIN_OTHER] = OTHER,
	};

	return filters[p ? p->whose : EXPLAIN_OURS];
}

const char *explain_who(const struct explain_seen *seen)
{
	return seen->driven.ran && !seen->driven.died ? "the driver" : "it";
}

void explain_end(const struct explain_seen *seen, char *text, size_t size)
{
	int sig = WIFSIGNALED(seen->status) ? WTERMSIG(seen->status) : 0;
	const char *who = explain_who(seen);
	const char *when = seen->driven.is && !seen->driven.ready
				   ? " before it was ready"
				   : "";

	if (seen->timed_out)
		snprintf(text, size, "the time-out ended it%s", when);
	else if (seen->hang)
		snprintf(text, size, "it %s",
			seen->hang->hang.spins ? "spins" : "hangs");
	else if (!seen->ended && explain_stopped())
		snprintf(text, size, "it was ended, as quartet was asked to");
	else if (!seen->ended)
		snprintf(text, size, "it did not end");
	else if (sig && sigabbrev_np(sig))
		snprintf(text, size, "SIG%s killed %s%s", sigabbrev_np(sig),
			who, when);
	else if (sig)
		snprintf(text, size, "signal %d killed %s%s", sig, who, when);
	else
		snprintf(text, size, "%s exited %d%s", who,
			WEXITSTATUS(seen->status), when);
}

bool explain_is_met(
	const struct explain_places *places, const struct explain_place *p)
{
	for (int i = 0; i < places->n; i++)
		if (places->list[i]->nr == p->nr &&
			places->list[i]->arch == p->arch &&
			places->list[i]->image == p->image &&
			places->list[i]->ip == p->ip)
			return true;
	return false;
}
