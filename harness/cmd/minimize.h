/* SPDX-License-Identifier: MIT */
/* minimize.h: the two things that `quartet minimize` makes small. */
#ifndef CMD_MINIMIZE_H
#define CMD_MINIMIZE_H

/* `quartet minimize FILE`: a futex program. As cmd_minimize. */
int cmd_minimize_program(int argc, char **argv);

/* `quartet minimize -- CMD`: the profile of a command. As cmd_minimize. */
int cmd_minimize_profile(int argc, char **argv);

struct minimize;

/* A line on the terminal: runs, what is tried, the time that is left; and it
 * goes. */
void cmd_minimize_progress(const struct minimize *m);
void cmd_minimize_progress_end(void);

#endif
