/* SPDX-License-Identifier: MIT */
/* diff_campaigns.c: `quartet diff` of two campaigns of the fuzzer. */
#include "cmd/diff_campaigns.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "session/campaign.h"
#include "session/session.h"
#include "sys/text.h"

struct only {
	bool place[BEHAVIOURS]; /* that the other has not */
	int of_op[BEHAVIOUR_OPS], all;
	struct campaign_program programs[CAMPAIGN_SHOWS];
	int nprograms;
};

struct compared {
	struct campaign c[2];
	struct only only[2];
	int both[BEHAVIOUR_OPS], nboth;
	bool programs; /* were looked for */
};

/* A stranger's counts may name an operation that there is none of. */
static int op_of(const struct campaign *c, int place)
{
	int op = c->sum.seen[place];

	return op && op <= BEHAVIOUR_OPS ? op - 1 : -1;
}

static void compare(struct compared *d)
{
	for (int i = 0; i < BEHAVIOURS; i++) {
		int op[2] = { op_of(&d->c[0], i), op_of(&d->c[1], i) };

		if (op[0] >= 0 && op[1] >= 0) {
			d->both[op[1]]++;
			d->nboth++;
			continue;
		}
		for (int k = 0; k < 2; k++)
			if (op[k] >= 0) {
				d->only[k].place[i] = true;
				d->only[k].of_op[op[k]]++;
				d->only[k].all++;
			}
	}
}

static bool has_finding(const struct campaign *c, const char *name)
{
	for (int i = 0; i < c->nfindings; i++)
		if (!strcmp(c->findings[i].name, name))
			return true;
	return false;
}

/* The K-th has them, the other has not. */
static int findings_only(const struct compared *d, int k,
	void (*each)(const struct campaign_finding *f, void *arg), void *arg)
{
	int n = 0;

	for (int i = 0; i < d->c[k].nfindings; i++) {
		const struct campaign_finding *f = &d->c[k].findings[i];

		if (has_finding(&d->c[!k], f->name))
			continue;
		n++;
		if (each)
			each(f, arg);
	}
	return n;
}

static void print_shown(const char *text)
{
	char shown[PATH_MAX];

	text_show(text, shown, sizeof(shown));
	fputs(shown, stdout);
}

static void print_finding(const struct campaign_finding *f, void *arg)
{
	fputs(arg, stdout);
	print_shown(f->name);
	if (f->text[0])
		fputs("\n         ", stdout);
	print_shown(f->text);
	putchar('\n');
}

static void print_head(const struct campaign *c, const char *when)
{
	int of_op[BEHAVIOUR_OPS];

	printf("%-5s ", when);
	print_shown(c->dir);
	printf(": %llu programs under ", (unsigned long long)c->sum.programs);
	print_shown(c->profile);
	printf(", %d behaviours, %d finding%s\n",
		tally_behaviours(&c->sum, of_op), c->nfindings,
		c->nfindings == 1 ? "" : "s");
}

static void print_programs(const struct only *o, const char *when)
{
	for (int i = 0; i < o->nprograms; i++) {
		const struct campaign_program *p = &o->programs[i];

		printf("%sonly %s, %d by one program:", i ? "" : "\n", when,
			p->shows);
		for (int op = 0; op < BEHAVIOUR_OPS; op++)
			if (p->ops & 1u << op)
				printf(" %s", fuzz_op_name(op));
		fputs("\n  ", stdout);
		print_shown(p->path);
		putchar('\n');
	}
}

static void print(const struct compared *d)
{
	print_head(&d->c[0], "then:");
	print_head(&d->c[1], "now:");
	printf("\n%-16s %10s %10s %10s\n", "operation", "only then", "both",
		"only now");
	for (int i = 0; i < BEHAVIOUR_OPS; i++)
		if (d->only[0].of_op[i] || d->only[1].of_op[i] || d->both[i])
			printf("%-16s %10d %10d %10d\n", fuzz_op_name(i),
				d->only[0].of_op[i], d->both[i],
				d->only[1].of_op[i]);
	printf("%-16s %10d %10d %10d\n\nfindings: %d new, %d gone\n", "all",
		d->only[0].all, d->nboth, d->only[1].all,
		findings_only(d, 1, NULL, NULL),
		findings_only(d, 0, NULL, NULL));
	findings_only(d, 1, print_finding, "  new:   ");
	findings_only(d, 0, print_finding, "  gone:  ");
	print_programs(&d->only[0], "then");
	print_programs(&d->only[1], "now");
}

/* A stranger's bytes as text. */
static json_t *text_of(const char *text)
{
	char shown[PATH_MAX];

	text_show(text, shown, sizeof(shown));
	return json_string(shown);
}

static void add_finding(const struct campaign_finding *f, void *arg)
{
	json_array_append_new(
		arg, json_pack("{s:o,s:o}", "name", text_of(f->name), "text",
			     text_of(f->text)));
}

static json_t *side(const struct compared *d, int k)
{
	const struct only *o = &d->only[k];
	json_t *findings = json_array(), *programs = json_array(), *ret;
	int of_op[BEHAVIOUR_OPS];

	findings_only(d, k, add_finding, findings);
	for (int i = 0; i < o->nprograms; i++)
		json_array_append_new(
			programs, json_pack("{s:o,s:i}", "program",
					  text_of(o->programs[i].path), "shows",
					  o->programs[i].shows));
	ret = json_pack("{s:o,s:I,s:o,s:i,s:i,s:o}", "campaign",
		text_of(d->c[k].dir), "programs",
		(json_int_t)d->c[k].sum.programs, "profile",
		text_of(d->c[k].profile), "behaviours",
		tally_behaviours(&d->c[k].sum, of_op), "only", o->all,
		"findings_only", findings);
	if (d->programs)
		json_object_set_new(ret, "shown_by", programs);
	else
		json_decref(programs);
	return ret;
}

static void print_json(const struct compared *d)
{
	json_t *ops = json_array(), *all;

	for (int i = 0; i < BEHAVIOUR_OPS; i++)
		json_array_append_new(
			ops, json_pack("{s:s,s:i,s:i,s:i}", "operation",
				     fuzz_op_name(i), "then",
				     d->only[0].of_op[i], "both", d->both[i],
				     "now", d->only[1].of_op[i]));
	all = json_pack("{s:o,s:o,s:i,s:o}", "then", side(d, 0), "now",
		side(d, 1), "both", d->nboth, "operations", ops);
	json_dumpf(all, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(all);
}

static int look(struct compared *d, const char *const dirs[2])
{
	struct failure f;

	for (int k = 0; k < 2; k++)
		if (campaign_load(&d->c[k], dirs[k], &f))
			return cmd_failed("diff", &f);
	compare(d);
	for (int k = 0; k < 2 && d->programs; k++) {
		struct only *o = &d->only[k];

		o->nprograms = o->all ? campaign_shows(&d->c[k], o->place,
						o->programs, &f)
				      : 0;
		if (o->nprograms < 0)
			return cmd_failed("diff", &f);
	}
	return 0;
}

int diff_campaigns(const char *a, const char *b, bool programs, bool json)
{
	static struct compared d;
	const char *const dirs[2] = { a, b };
	int ret;

	memset(&d, 0, sizeof(d));
	d.programs = programs;
	ret = look(&d, dirs);
	if (!ret) {
		(json ? print_json : print)(&d);
		if (d.only[0].all || d.only[1].all ||
			findings_only(&d, 0, NULL, NULL) ||
			findings_only(&d, 1, NULL, NULL))
			ret = EXIT_DIFFERS;
	}
	campaign_free(&d.c[0]);
	campaign_free(&d.c[1]);
	return ret;
}
