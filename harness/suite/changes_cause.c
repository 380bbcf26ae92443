/* SPDX-License-Identifier: MIT */
/* changes_cause.c: what differs between two machines and goes with a change. */
#include "suite/changes.h"

#include <errno.h>
#include <string.h>

#include "suite/parts.h"
#include "sys/text.h"

/* Of a flavour in both runs; NULL: it is not told. */
struct versions {
	const char *v[2];
};

static const char *text_at(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

const char *changes_about(const struct changes *c, int side, const char *key)
{
	const char *s = text_at(c->about[side], key);

	return s ? s : "?";
}

static struct versions versions_of(const struct changes *c, const char *flavour)
{
	struct versions of;

	for (int side = 0; side < 2; side++)
		of.v[side] = text_at(
			json_object_get(c->about[side], "flavours"), flavour);
	return of;
}

static bool libc_differs(const struct changes *c, const char *flavour)
{
	const struct versions of = versions_of(c, flavour);

	return of.v[0] && of.v[1] && strcmp(of.v[0], of.v[1]) != 0;
}

static bool kernel_differs(const struct changed *cell)
{
	return cell->release[0] != cell->release[1];
}

static bool quartet_differs(const struct changes *c)
{
	return strcmp(changes_about(c, 0, "quartet"),
		       changes_about(c, 1, "quartet")) != 0;
}

enum kin { KIN_NONE, KIN_SAME, KIN_DIFFERS };

/* What became of the cell NAME in flavours whose libc is the same. FLAVOUR
 * stands at AT in it. */
static enum kin ask_kin(const struct changes *c, const char *name, size_t at,
	const char *flavour)
{
	json_t *flavours = json_object_get(c->about[0], "flavours"), *version;
	enum kin kin = KIN_NONE;
	char other[512];
	const char *key;
	uint32_t no;

	json_object_foreach(flavours, key, version)
	{
		if (!strcmp(key, flavour) || libc_differs(c, key))
			continue;
		snprintf(other, sizeof(other), "%.*s%s%s", (int)at, name, key,
			name + at + strlen(flavour));
		no = words_find(&c->names, other);
		if (no == WORDS_NONE || c->cells[no].text[0] == WORDS_NONE ||
			c->cells[no].text[1] == WORDS_NONE)
			continue;
		if (changes_differs(&c->cells[no]))
			return KIN_DIFFERS;
		kin = KIN_SAME;
	}
	return kin;
}

/* "libc 2.36 -> 2.41 (glibc, glibc-static)": all flavours of the same. */
static void put_libc(
	const struct changes *c, const char *flavour, struct text *t)
{
	const struct versions of = versions_of(c, flavour);
	const char *key, *before = " (";
	json_t *version;

	text_put(t, "libc ");
	text_put_shown(t, of.v[0]);
	text_put(t, " -> ");
	text_put_shown(t, of.v[1]);
	json_object_foreach(
		json_object_get(c->about[0], "flavours"), key, version)
	{
		const struct versions same = versions_of(c, key);

		if (!same.v[0] || !same.v[1] ||
			strcmp(same.v[0], of.v[0]) != 0 ||
			strcmp(same.v[1], of.v[1]) != 0)
			continue;
		text_put(t, "%s", before);
		text_put_shown(t, key);
		before = ", ";
	}
	text_put(t, ")");
}

static void put_kernel(
	const struct changes *c, const struct changed *cell, struct text *t)
{
	for (int side = 0; side < 2; side++) {
		uint32_t no = cell->release[side];

		text_put(t, "%s", side ? " -> " : "Linux ");
		text_put_shown(t,
			no < UINT16_MAX ? words_text(&c->releases, no) : "?");
	}
}

static void put_quartet(const struct changes *c, struct text *t)
{
	text_put(t, "quartet ");
	text_put_shown(t, changes_about(c, 0, "quartet"));
	text_put(t, " -> ");
	text_put_shown(t, changes_about(c, 1, "quartet"));
}

static void put_cause(
	const struct changes *c, const struct change *v, struct text *t)
{
	const struct changed *cell = &c->cells[v->cell];
	const char *name = words_text(&c->names, v->cell), *at;
	bool kernel = kernel_differs(cell), libc = false;
	enum kin kin = KIN_NONE;
	char flavour[64];
	size_t n;

	if (part_find(name, PART_FLAVOUR, &at, &n) && n < sizeof(flavour)) {
		snprintf(flavour, sizeof(flavour), "%.*s", (int)n, at);
		libc = libc_differs(c, flavour);
		if (libc && kernel)
			kin = ask_kin(c, name, (size_t)(at - name), flavour);
	}
	libc = libc && kin != KIN_DIFFERS;
	kernel = kernel && kin != KIN_SAME;
	if (libc)
		put_libc(c, flavour, t);
	if (kernel) {
		text_put(t, "%s", libc ? " or " : "");
		put_kernel(c, cell, t);
	}
	if (!libc && !kernel && quartet_differs(c))
		put_quartet(c, t);
}

/* Seen the same, and declared otherwise: no machine does that. */
static bool only_declared(const struct changed *cell)
{
	return cell->text[0] == cell->text[1];
}

int changes_find_causes(struct changes *c)
{
	char cause[1024];

	for (size_t i = 0; i < c->n; i++) {
		struct change *v = &c->v[i];
		struct text t = text_in(cause, sizeof(cause));

		if (changes_kind(c, v) != CHANGE_OUTCOME)
			;
		else if (!only_declared(&c->cells[v->cell]))
			put_cause(c, v, &t);
		else if (quartet_differs(c))
			put_quartet(c, &t);
		v->cause = words_add(&c->causes, cause);
		if (v->cause == WORDS_NONE)
			return -ENOMEM;
	}
	return 0;
}
