/* SPDX-License-Identifier: MIT */
/* embed.h: a file of text as a string of the program. */
#ifndef SYS_EMBED_H
#define SYS_EMBED_H

/*
 * NAME is the text of FILE, a path from the top of the tree, as it stood when
 * this was compiled. The Makefile names FILE as what the object depends on: no
 * compiler tells it.
 */
#define EMBED(name, file)                                                      \
	__asm__(".section .rodata\n" #name ": .incbin \"" file "\"\n"          \
		".byte 0\n"                                                    \
		".previous\n");                                                \
	extern const char name[]

#endif
