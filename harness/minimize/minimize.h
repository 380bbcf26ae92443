/* SPDX-License-Identifier: MIT */
/* minimize.h: the two things that `quartet minimize` makes small. */
#ifndef MINIMIZE_MINIMIZE_H
#define MINIMIZE_MINIMIZE_H

/* `quartet minimize FILE`: a futex program. Takes main's arguments from the
 * verb's name on; returns the exit code. */
int minimize_program(int argc, char **argv);

/* `quartet minimize -- CMD`: the profile of a command. The same. */
int minimize_profile(int argc, char **argv);

#endif
