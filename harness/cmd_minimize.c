/* SPDX-License-Identifier: MIT */
/* cmd_minimize.c: `quartet minimize`. */
#include "minimize.h"
#include "quartet.h"

int cmd_minimize(int argc, char **argv)
{
	return minimize_program(argc, argv);
}
