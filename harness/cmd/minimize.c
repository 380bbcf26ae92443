/* SPDX-License-Identifier: MIT */
/* minimize.c: `quartet minimize`. */
#include <stdbool.h>
#include <string.h>

#include "cmd/minimize.h"
#include "cmd/quartet.h"

/* A futex program needs none of these. */
static bool is_of_command(const char *arg)
{
	static const char *const words[] = { "--", "-h", "--help", "-i", "-j",
		"-n" };
	static const char *const options[] = { "--also", "--arm", "--check",
		"--commands", "--errno", "--from", "--margin", "--resume" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(arg, words[i]))
			return true;
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (!strncmp(arg, options[i], strlen(options[i])))
			return true;
	return false;
}

int cmd_minimize(int argc, char **argv)
{
	bool of_command = argc < 2;

	for (int i = 1; i < argc; i++)
		of_command = of_command || is_of_command(argv[i]);
	return of_command ? cmd_minimize_profile(argc, argv)
			  : cmd_minimize_program(argc, argv);
}
