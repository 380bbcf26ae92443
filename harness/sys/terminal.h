/* SPDX-License-Identifier: MIT */
/* terminal.h: a line that tells how far a verb is, on standard error. */
#ifndef SYS_TERMINAL_H
#define SYS_TERMINAL_H

/* Writes LINE, which is ASCII, over the one before, cut to the terminal's
 * width: a line that wraps would not be written over. */
void terminal_progress(const char *line);

/* Takes it away. */
void terminal_clear(void);

#endif
