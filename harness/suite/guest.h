/* SPDX-License-Identifier: MIT */
/* guest.h: the first process of a kernel that cells are run on. */
#ifndef SUITE_GUEST_H
#define SUITE_GUEST_H

#define GUEST_STANDARD "-" /* as a device: standard input and output */

/*
 * Mounts what cells need, asks for them on DEVICE, a serial line or
 * GUEST_STANDARD (link.h), runs them and turns the machine off. Does not return
 * but where it is not the first process: -EPERM.
 */
int guest_main(const char *device);

#endif
