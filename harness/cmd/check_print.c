/* SPDX-License-Identifier: MIT */
/* check_print.c: what was found of threads, as text and as JSON. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "cmd/check.h"
#include "profile/ask.h"
#include "sys/calls.h"

#define LINES 20 /* of one kind; --json has all */
#define CALL  256

static const char *const words[] = {
	[CHECK_IN_FORCE] = "in force",
	[CHECK_NONE] = "none",
	[CHECK_OTHER] = "other",
	[CHECK_UNREAD] = "unread",
};

/* "openat(0x0, 0x0, 0x1) on x86_64": up to the last that is not 0. */
static const char *call(const struct seccomp_data *d, char text[CALL])
{
	char name[64];
	int n = 0, used;

	for (int i = 0; i < 6; i++)
		if (d->args[i])
			n = i + 1;
	calls_name(d->arch, d->nr, name, sizeof(name));
	used = snprintf(text, CALL, "%s(", name);
	for (int i = 0; i < n; i++)
		used += snprintf(text + used, CALL - (size_t)used,
			"%s0x%" PRIx64, i ? ", " : "", (uint64_t)d->args[i]);
	snprintf(text + used, CALL - (size_t)used, ") on %s",
		calls_arch_name(d->arch));
	return text;
}

static void print_thread(const struct check_thread *t)
{
	char text[CALL], is[ASK_VERDICT], asked[ASK_VERDICT];

	if (t->tid == t->pid)
		printf("process %d (%s): ", (int)t->pid, t->name);
	else
		printf("thread %d (%s) of process %d: ", (int)t->tid, t->name,
			(int)t->pid);
	if (t->ended)
		printf("at its end: ");
	if (t->found == CHECK_NONE)
		puts("no filter is on it");
	else if (t->found == CHECK_UNREAD)
		printf("not known: %s\n", t->why);
	else
		printf("%s: %s meets %s there, %s as asked\n",
			t->filters > 1 ? "other filters are on it"
				       : "another filter is on it",
			call(&t->bad.data, text), ask_verdict(t->bad.is, is),
			ask_verdict(t->bad.asked, asked));
}

static void print_text(const struct check *c)
{
	size_t n[sizeof(words) / sizeof(*words)] = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		const struct check_thread *t = &c->threads[i];

		if (n[t->found]++ < LINES && t->found != CHECK_IN_FORCE)
			print_thread(t);
	}
	for (int i = CHECK_NONE; i <= CHECK_UNREAD; i++)
		if (n[i] > LINES)
			printf("... and %zu more threads: %s\n", n[i] - LINES,
				words[i]);
	printf("%s: in force on %zu of %zu threads", profile_name(c->p),
		n[CHECK_IN_FORCE], c->n);
	if (c->only)
		printf(", of processes named %s; %zu are named otherwise",
			c->only, c->others);
	puts("");
	if (c->lost)
		printf("there may be others: %s\n", c->lost);
}

static void print_json(const struct check_thread *t)
{
	char text[CALL], is[ASK_VERDICT], asked[ASK_VERDICT];
	json_t *o = json_pack("{s:i, s:i, s:s, s:s, s:b, s:i}", "pid",
		(int)t->pid, "tid", (int)t->tid, "name", t->name, "found",
		words[t->found], "ended", t->ended, "filters", t->filters);

	if (t->found == CHECK_UNREAD)
		json_object_set_new(o, "why", json_string(t->why));
	if (t->found == CHECK_OTHER) {
		json_object_set_new(
			o, "call", json_string(call(&t->bad.data, text)));
		json_object_set_new(
			o, "meets", json_string(ask_verdict(t->bad.is, is)));
		json_object_set_new(o, "asked",
			json_string(ask_verdict(t->bad.asked, asked)));
	}
	json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
}

void check_print(const struct check *c, bool json)
{
	if (!json) {
		print_text(c);
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		print_json(&c->threads[i]);
	if (c->lost)
		printf("{\"lost\":\"%s\"}\n", c->lost);
}
