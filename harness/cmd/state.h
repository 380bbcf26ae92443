/* SPDX-License-Identifier: MIT */
/* state.h: where the records of an installed quartet are. */
#ifndef CMD_STATE_H
#define CMD_STATE_H

/*
 * IN_TREE, as long as quartet runs where it was built. Where it was installed
 * (`make install` lays a file of that name beside it) NAME, a file or empty,
 * in quartet's folder of $XDG_STATE_HOME, or of ~/.local/state (XDG Base
 * Directory Specification 0.8), which is made when missing. Static.
 */
const char *state_path(const char *in_tree, const char *name);

#endif
