/* SPDX-License-Identifier: MIT */
/* guest.h: the first process of a kernel that cells are run on. */
#ifndef SUITE_GUEST_H
#define SUITE_GUEST_H

/*
 * Mounts what cells need, asks for them on DEVICE, a serial line (link.h), runs
 * them and turns the machine off. Does not return but where it is not the first
 * process: -EPERM.
 */
int guest_main(const char *device);

#endif
