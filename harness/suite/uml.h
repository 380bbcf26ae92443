/* SPDX-License-Identifier: MIT */
/* uml.h: which user-mode Linux kernel_uml is. */
#ifndef SUITE_UML_H
#define SUITE_UML_H

struct kernel;

/* kernel_uml, which is FILE from now on; a FILE without a / is what
 * `scripts/kernel fetch FILE` fetched. */
const struct kernel *uml_of_file(const char *file);

/* What the kernel's uname(2) says, where that is known before it runs, or in
 * it. */
void uml_release(const char *release);

#endif
