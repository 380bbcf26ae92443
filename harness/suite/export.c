/* SPDX-License-Identifier: MIT */
/* export.c: reads a run for whoever writes it in another form. */
#include "suite/export.h"

#include <errno.h>
#include <string.h>

#include "suite/about.h"
#include "suite/record.h"

static const struct exporter *const exporters[] = {
	&export_ktap,
	&export_junit,
	&export_github,
	&export_kcidb,
	&export_badge,
	&export_svg,
};

const struct exporter *export_find(const char *option)
{
	for (size_t i = 0; i < sizeof(exporters) / sizeof(*exporters); i++)
		if (!strcmp(exporters[i]->option, option))
			return exporters[i];
	return NULL;
}

static int count(const struct line *l, void *arg)
{
	struct export *e = arg;

	e->n++;
	e->counts[judge_verdict_named(l->verdict)]++;
	return 0;
}

struct writing {
	const struct exporter *to;
	struct export *e;
};

static int write_line(const struct line *l, void *arg)
{
	const struct writing *w = arg;

	w->e->no++;
	if (w->to->line)
		w->to->line(w->e, l);
	return 0;
}

/* Twice: what a head tells is known only behind the last line. */
static int write_all(
	const struct exporter *to, const char *dir, struct export *e)
{
	struct writing w = { to, e };
	int ret = record_each(dir, &e->known, count, e);

	if (ret)
		return ret;
	if (to->head)
		to->head(e);
	ret = record_each(dir, &e->known, write_line, &w);
	if (to->foot)
		to->foot(e);
	return ret;
}

int export_run(
	const struct exporter *to, const char *dir, size_t missing, FILE *out)
{
	struct export e = { .about = about_read(dir), .out = out };
	int ret = known_of_run(&e.known, dir);

	e.counts[VERDICT_MISSING] = missing;
	if (!ret)
		ret = write_all(to, dir, &e);
	known_free(&e.known);
	json_decref(e.about);
	return ret ? ret : fflush(out) ? -errno : 0;
}
