/* SPDX-License-Identifier: MIT */
/* minimize.h: the two things that `quartet minimize` makes small. */
#ifndef CMD_MINIMIZE_H
#define CMD_MINIMIZE_H

/* `quartet minimize FILE`: a futex program. As cmd_minimize. */
int cmd_minimize_program(int argc, char **argv);

/* `quartet minimize -- CMD`: the profile of a command. As cmd_minimize. */
int cmd_minimize_profile(int argc, char **argv);

#endif
