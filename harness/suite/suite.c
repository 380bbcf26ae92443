/* SPDX-License-Identifier: MIT */
/* suite.c: from what was built to the cells that can be run. */
#include "suite/suite.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/beside.h"
#include "sys/calls.h"
#include "sys/has.h"
#include "sys/hash.h"
#include "suite/kernel.h"
#include "sys/text.h"
#include "sys/failure.h"

int suite_load_declared(struct suite *s)
{
	struct utsname u;
	unsigned major = 0, minor = 0;
	char path[256];
	int ret;

	memset(s, 0, sizeof(*s));
	ret = beside_path(s->build, sizeof(s->build), NULL);
	if (ret) {
		failure_say("/proc/self/exe: %s", beside_why(ret));
		return 111;
	}
	uname(&u);
	sscanf(u.release, "%u.%u", &major, &minor);
	s->release = KERNEL(major, minor);
	snprintf(path, sizeof(path), "%s/probes.jsonl", s->build);
	return declare_load(path, &s->decls, &s->ndecls) ? 2 : 0;
}

int suite_load(struct suite *s)
{
	char path[256];
	int ret = suite_load_declared(s);

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "%s/flavours.json", s->build);
	return flavour_load(path, s->flavours, SUITE_FLAVOURS, &s->nflavours)
		       ? 2
		       : 0;
}

const struct declaration *suite_declaration(
	const struct suite *s, const char *name)
{
	for (size_t i = 0; i < s->ndecls; i++)
		if (!strcmp(s->decls[i].name, name))
			return &s->decls[i];
	return NULL;
}

bool suite_is_file(const char *profile)
{
	return strpbrk(profile, "/.");
}

static bool label_taken(const struct suite *s, const struct built *b)
{
	for (size_t i = 0; i < s->nbuilts; i++)
		if (!strcmp(s->builts[i]->profile, b->profile) &&
			strcmp(s->builts[i]->file, b->file) != 0)
			return true;
	return false;
}

/* A file is never taken for a shipped profile, whose names have no dot, nor for
 * another file. */
static void label_file(const struct suite *s, struct built *b)
{
	const char *base = strrchr(b->file, '/');
	int n = 1;

	base = base ? base + 1 : b->file;
	snprintf(b->profile, sizeof(b->profile), "%.50s%s", base,
		strchr(base, '.') ? "" : ".file");
	for (char *p = b->profile; *p; p++)
		if (strchr("@/+", *p) || *p <= ' ' || *p > '~')
			*p = '_';
	while (label_taken(s, b))
		snprintf(b->profile, sizeof(b->profile), "%.50s~%d", base, ++n);
	if (b->deadly)
		snprintf(b->profile + strlen(b->profile), 8, SUITE_DEADLY);
}

/* Where it answers with an errno, it kills: the call is known then. */
static void make_deadly(struct filter *bpf)
{
	for (size_t i = 0; i < bpf->ninsns; i++)
		if (BPF_CLASS(bpf->insns[i].code) == BPF_RET &&
			(bpf->insns[i].k & SECCOMP_RET_ACTION_FULL) ==
				SECCOMP_RET_ERRNO)
			bpf->insns[i].k = SECCOMP_RET_KILL_PROCESS;
}

static struct built *find_built(
	const struct suite *s, const char *asked, uint32_t arch, bool deadly)
{
	for (size_t i = 0; i < s->nbuilts; i++) {
		struct built *b = s->builts[i];

		if (b->arch == arch && b->deadly == deadly &&
			!strcmp(b->file ? b->file : b->profile, asked))
			return b;
	}
	return NULL;
}

static int build_profile(struct suite *s, const char *asked, uint32_t arch,
	bool deadly, const struct built **out)
{
	struct built *b = find_built(s, asked, arch, deadly);
	struct profile_error err = { 0 };
	struct profile *p;
	char dir[256];

	*out = b;
	if (b)
		return 0;
	snprintf(dir, sizeof(dir), "%s/profiles", s->build);
	b = calloc(1, sizeof(*b));
	s->builts = realloc(s->builts, (s->nbuilts + 1) * sizeof(b));
	if (!b || !s->builts)
		abort();
	p = profile_load(dir, asked, &err);
	if (!p || profile_build(p, arch, &b->bpf, &err)) {
		failure_say("%s", err.text);
		return err.system ? 111 : 100;
	}
	snprintf(b->profile, sizeof(b->profile), "%s", profile_name(p));
	profile_free(p);
	b->file = suite_is_file(asked) ? strdup(asked) : NULL;
	b->deadly = deadly;
	if (deadly)
		make_deadly(&b->bpf);
	if (b->file)
		label_file(s, b);
	b->arch = arch;
	b->timers_impossible = profile_refuses_timers(&b->bpf, arch);
	s->builts[s->nbuilts++] = b;
	*out = b;
	return 0;
}

static bool selected(const struct selection *sel, const struct kernel *kernel,
	const char *name)
{
	bool hit = !sel->npatterns;

	for (size_t i = 0; i < sel->npatterns; i++) {
		const char *p = sel->patterns[i];
		char prefix[200];

		/* `futex/wait` means all of that probe's cells. */
		snprintf(prefix, sizeof(prefix), "%s@*", p);
		hit = hit || kernel_matches(kernel, name, p) ||
		      (!strchr(p, '@') && !fnmatch(prefix, name, 0));
	}
	for (size_t i = 0; i < sel->nexclude; i++)
		if (kernel_matches(kernel, name, sel->exclude[i]))
			return false;
	return hit && (!sel->nshards || hash32(HASH32, name, strlen(name)) %
							sel->nshards ==
						sel->shard - 1);
}

static bool flavour_asked(const struct selection *sel, const char *name)
{
	for (size_t i = 0; i < sel->nflavours; i++)
		if (!fnmatch(sel->flavours[i], name, 0))
			return true;
	return !sel->nflavours;
}

static bool may_answer(const struct filter *f, uint32_t action)
{
	for (size_t i = 0; i < f->ninsns; i++)
		if (BPF_CLASS(f->insns[i].code) == BPF_RET &&
			(f->insns[i].k & SECCOMP_RET_ACTION_FULL) == action)
			return true;
	return false;
}

/* What the cell's program, or its filter, needs; NULL: nothing. */
static const char *cell_needs(const struct cell *c)
{
	const struct filter *f = &c->built->bpf;

	if (c->flavour->arch == ARCH_COMPAT && !has_feature("ia32"))
		return "ia32";
	if (f->mode == FILTER_STRICT)
		return "strict_mode";
	if (may_answer(f, SECCOMP_RET_USER_NOTIF))
		return "listener";
	return NULL;
}

/* A reason not to run the cell, or empty. */
static void find_skip(struct cell *c)
{
	const char *needs = cell_needs(c);
	const char *has = c->d->probe.has;
	char item[64], log[300];
	int n;
	FILE *f;

	if (needs && !has_feature(needs)) {
		snprintf(c->skip, sizeof(c->skip), "this machine has no %s",
			needs);
		return;
	}
	while (has && sscanf(has, " %63s%n", item, &n) == 1) {
		bool no = item[0] == '!';

		has += n;
		if (has_feature(item + no) != no)
			continue;
		snprintf(c->skip, sizeof(c->skip), "this machine has %s%s",
			no ? "" : "no ", item + no);
		return;
	}
	if (!access(c->path, X_OK))
		return;
	snprintf(c->skip, sizeof(c->skip), "not built");
	snprintf(log, sizeof(log), "%s.log", c->path);
	f = fopen(log, "re");
	if (f && fgets(item, sizeof(item), f))
		snprintf(c->skip, sizeof(c->skip), "does not build: %.*s",
			(int)strcspn(item, "\n"), item);
	if (f)
		fclose(f);
}

void suite_locate(const struct suite *s, struct cell *c)
{
	snprintf(c->path, sizeof(c->path), "%s/probes/%s/%s", s->build,
		c->flavour->name, c->d->name);
	find_skip(c);
}

static int add_cell(struct suite *s, const struct selection *sel,
	const struct declaration *d, const struct flavour *f,
	const char *profile, bool deadly)
{
	struct cell c = { .d = d, .flavour = f, .kernel = s->kernel };
	char name[sizeof(c.name)];
	struct cell *more;
	int ret = 0;

	/* A file's label is known once it was read. */
	if (suite_is_file(profile))
		ret = build_profile(s, profile, f->arch, deadly, &c.built);
	if (ret)
		return ret;
	snprintf(name, sizeof(name), "%s@%s/%s", d->name,
		c.built ? c.built->profile : profile, f->name);
	if (!selected(sel, s->kernel, name))
		return 0;
	kernel_cell_name(s->kernel, name, c.name, sizeof(c.name));
	ret = build_profile(s, profile, f->arch, deadly, &c.built);
	if (ret)
		return ret;
	suite_locate(s, &c);
	/* What another kernel has is known there. */
	if (s->kernel != &kernel_host)
		c.skip[0] = '\0';
	more = realloc(s->cells, (s->ncells + 1) * sizeof(c));
	if (!more)
		abort();
	s->cells = more;
	s->cells[s->ncells++] = c;
	return 0;
}

static int add_probe(struct suite *s, const struct selection *sel,
	const struct declaration *d, const struct flavour *f)
{
	const char *under = d->probe.under;
	char profile[64];
	int n, ret;

	if (sel->nprofiles) {
		for (size_t i = 0; i < sel->nprofiles; i++) {
			ret = add_cell(s, sel, d, f, sel->profiles[i], false);
			if (!ret && sel->deadly)
				ret = add_cell(
					s, sel, d, f, sel->profiles[i], true);
			if (ret)
				return ret;
		}
		return 0;
	}
	ret = add_cell(s, sel, d, f, "none", false);
	while (!ret && sscanf(under, " %63s%n", profile, &n) == 1) {
		under += n;
		ret = add_cell(s, sel, d, f, profile, false);
	}
	return ret;
}

/* 0, or 100, said. */
static int choose_kernel(struct suite *s, const struct selection *sel)
{
	const char *name = NULL;

	s->kernel = sel->kernel;
	for (size_t i = 0; i < sel->npatterns && !name; i++)
		name = kernel_named(sel->patterns[i]);
	if (!s->kernel)
		s->kernel = name ? kernel_find(name) : &kernel_host;
	return s->kernel ? 0 : 100;
}

int suite_select(struct suite *s, const struct selection *sel)
{
	if (choose_kernel(s, sel))
		return 100;
	for (size_t i = 0; i < s->ndecls; i++) {
		const struct declaration *d = &s->decls[i];

		for (size_t k = 0; k < s->nflavours; k++) {
			const struct flavour *f = &s->flavours[k];
			int ret;

			if (!text_matches(d->probe.flavours, f->name) ||
				!flavour_asked(sel, f->name))
				continue;
			if (!f->libc && !d->raw)
				continue;
			ret = add_probe(s, sel, d, f);
			if (ret)
				return ret;
		}
	}
	if (s->ncells)
		return 0;
	failure_say("no cell matches; `quartet list` names "
		    "them all");
	return 100;
}

int suite_repeat(struct suite *s, size_t n)
{
	struct cell *cells =
		reallocarray(s->cells, s->ncells * n, sizeof(*cells));

	if (!cells) {
		failure_say("%zu cells: out of memory", s->ncells * n);
		return -ENOMEM;
	}
	for (size_t i = 1; i < n; i++)
		memcpy(cells + i * s->ncells, cells,
			s->ncells * sizeof(*cells));
	s->cells = cells;
	s->ncells *= n;
	return 0;
}

struct place suite_place(const struct suite *s, const struct cell *c)
{
	struct place place = {
		.profile = c->built->profile,
		.undeclared = c->built->file != NULL,
		.filtered = c->built->bpf.mode != FILTER_NONE,
		.flavour = c->flavour->name,
		.libc = c->flavour->libc,
		.kernel = s->release,
		.spares =
			may_answer(&c->built->bpf, SECCOMP_RET_KILL_PROCESS) &&
			!has_feature("kill_process"),
		.has = has_feature,
	};

	return place;
}
