/* SPDX-License-Identifier: MIT */
/*
 * suite.h: everything that can be run: declarations x profiles x flavours.
 */
#ifndef SUITE_SUITE_H
#define SUITE_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "suite/declare.h"
#include "suite/flavour.h"
#include "suite/judge.h"
#include "profile/profile.h"

#define SUITE_FLAVOURS 16

struct kernel;

/* A profile built for one architecture, as all cells under it share it. */
struct built {
	char profile[64]; /* in names of cells: a file's has its suffix */
	char *file;	  /* of the user's; NULL: a shipped profile */
	uint32_t arch;
	bool deadly;		/* selection.deadly */
	bool timers_impossible; /* it lets nobody make a timer */
	struct filter bpf;
};

struct cell {
	char name[160]; /* group/probe@profile/flavour, +kernel off the host */
	const struct declaration *d;
	const struct flavour *flavour;
	const struct built *built;
	const struct kernel *kernel;
	char path[256]; /* of the program */
	char skip[160]; /* why it is not run; empty: it is */
};

struct suite {
	char build[200]; /* the folder with the built probes */
	struct declaration *decls;
	size_t ndecls;
	struct flavour flavours[SUITE_FLAVOURS];
	size_t nflavours;
	struct built **builts;
	size_t nbuilts;
	unsigned release; /* of this machine's kernel: KERNEL(6, 18) */
	const struct kernel *kernel; /* that all cells run on */
	struct cell *cells;	     /* neighbours share a program */
	size_t ncells;
};

/* Behind the name of a file whose errnos kill here. */
#define SUITE_DEADLY "!kill"

/* Is PROFILE, as one asks for it, a file, no shipped one? */
bool suite_is_file(const char *profile);

/* Which cells: any of PATTERNS (all when there are none) and no EXCLUDE. */
struct selection {
	const char *patterns[64];
	size_t npatterns;
	const char *exclude[64];
	size_t nexclude;
	const char *profiles[64]; /* names or files; none: the declared ones */
	size_t nprofiles;
	const char *flavours[16];
	size_t nflavours;
	bool deadly; /* each file twice: where errnos kill, too */
	const struct kernel *kernel; /* NULL: what a pattern names; or host */
	unsigned shard, nshards;     /* 1 of N; 0 of 0: all */
};

/*
 * Reads what was built beside this program. 0, or the exit code to end with
 * (2: nothing was built; 111), said on stderr.
 */
int suite_load(struct suite *s);

/* The same without the flavours. */
int suite_load_declared(struct suite *s);

/* That of the probe GROUP/NAME, or NULL. */
const struct declaration *suite_declaration(
	const struct suite *s, const char *name);

/* Fills c->path and, where it cannot be run on this kernel, c->skip. */
void suite_locate(const struct suite *s, struct cell *c);

/*
 * Makes the cells that SEL asks for. 0 or an exit code, said on stderr: 100
 * for a pattern that matches nothing, a profile or a kernel that is none.
 */
int suite_select(struct suite *s, const struct selection *sel);

/* Makes N of each cell, one round after the other. 0, or -ENOMEM, said. */
int suite_repeat(struct suite *s, size_t n);

/* Where a cell is run, for the judge. */
struct place suite_place(const struct suite *s, const struct cell *c);

#endif
