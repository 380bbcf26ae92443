/* SPDX-License-Identifier: MIT */
/*
 * without.c: the profiles that are a name: all is allowed but one call.
 */
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"
#include "profile/rules.h"

/* What NAME says of the call: 0, or -1 when it is no such word. */
static int read_action(const char *word, uint32_t *action)
{
	int err;

	if (!*word)
		*action = SCMP_ACT_KILL_PROCESS;
	else if (!strcmp(word, "-thread"))
		*action = SCMP_ACT_KILL_THREAD;
	else if (!strcmp(word, "-trap"))
		*action = SCMP_ACT_TRAP;
	else if ((err = calls_errno(word + 1)) > 0)
		*action = SCMP_ACT_ERRNO((uint32_t)err);
	else
		return -1;
	return 0;
}

bool profile_is_without(const char *name)
{
	return !strncmp(name, "no-", 3);
}

int profile_without(
	struct profile *p, const char *name, struct profile_error *err)
{
	struct profile_rule rule = { .line = 1, .column = 4 };
	size_t n = strcspn(name + 3, "-");

	p->mode = FILTER_BPF;
	p->default_action = SCMP_ACT_ALLOW;
	p->of_default = (struct profile_place){ 1, 1 };
	snprintf(rule.name, sizeof(rule.name), "%.*s", (int)n, name + 3);
	if (n >= sizeof(rule.name) || !profile_knows_call(rule.name)) {
		snprintf(err->text, sizeof(err->text),
			"%s:1:4: no system call has that name", name);
		return -1;
	}
	if (read_action(name + 3 + n, &rule.action)) {
		snprintf(err->text, sizeof(err->text),
			"%s:1:%zu: expected -thread, -trap, an errno as in "
			"-eperm, or nothing: the process is killed",
			name, n + 4);
		return -1;
	}
	if (!profile_add_rule(p, &rule))
		return 0;
	snprintf(err->text, sizeof(err->text), "%s: out of memory", name);
	return -1;
}
