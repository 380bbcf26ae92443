/* SPDX-License-Identifier: MIT */
/* cmd_minimize.c: `quartet minimize`. */
#include <string.h>

#include "minimize.h"
#include "quartet.h"

int cmd_minimize(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			return minimize_profile(argc, argv);
	return minimize_program(argc, argv);
}
