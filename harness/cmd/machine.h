/* SPDX-License-Identifier: MIT */
/* machine.h: `quartet --version`. */
#ifndef CMD_MACHINE_H
#define CMD_MACHINE_H

/* Prints what a bug report needs: first the version, then the machine. */
void machine_print(void);

#endif
