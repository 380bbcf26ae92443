/* SPDX-License-Identifier: MIT */
/* failed.c: says what stood in the way. */
#include "cmd/failed.h"

#include <stdio.h>

#include "cmd/quartet.h"
#include "sys/text.h"

int cmd_failed(const char *verb, const struct failure *f)
{
	static const int codes[] = {
		[FAILURE_USAGE] = EXIT_USAGE,
		[FAILURE_EVIDENCE] = EXIT_BROKEN,
		[FAILURE_SYSTEM] = EXIT_SYSTEM,
	};

	if (f->alone)
		fprintf(stderr, "quartet: %s\n", f->text);
	else
		fprintf(stderr, "quartet: %s: %s\n", verb, f->text);
	return codes[f->kind];
}

int cmd_say(const char *verb, int code, const char *what, const char *why)
{
	char shown[4096];

	text_show(what, shown, sizeof(shown));
	fprintf(stderr, "quartet: %s: %s: %s\n", verb, shown, why);
	return code;
}
