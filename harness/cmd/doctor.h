/* SPDX-License-Identifier: MIT */
/* doctor.h: what a machine allows, and what follows for each verb. */
#ifndef CMD_DOCTOR_H
#define CMD_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

enum doctor_part {
	PART_KERNEL,  /* one that declarations were held against */
	PART_LIBC,    /* the same */
	PART_PROC,    /* /proc, of our processes */
	PART_SECCOMP, /* filters can be loaded */
	PART_ACTIONS, /* every one that profiles and explain use */
	PART_OUTER,   /* no filter is on us */
	PART_NNP,     /* no_new_privs: only told */
	PART_PTRACE,  /* children may be traced */
	PART_OTHERS,  /* ... and other processes of the same user */
	PART_FILTERS, /* the filters of others may be read */
	PART_USER_NS, /* only told */
	PART_NET_NS,
	PART_LOG,
	PART_STACK, /* limits; main() refuses less stack than it takes */
	PART_FILES,
	PART_MEMORY,
	PART_CPU,
	PART_SIZE,
	PART_TMP,      /* a folder for cells */
	PART_PROFILES, /* beside the command */
	PART_PROBES,
	PART_TARGET, /* of the fuzzer */
	PART_AFL,
	PART_UML,
	PART_QEMU,
	PARTS
};

/* One part, as it was found. */
struct doctor_fact {
	bool lacks;
	char is[400];
	const char *todo; /* where it lacks; NULL: nothing that is known */
};

/* Its name, in lower case, for people and for JSON. */
const char *doctor_name(enum doctor_part part);

/* Asks the machine for all of them. */
void doctor_look(struct doctor_fact facts[PARTS]);

enum doctor_works { WORKS_NOT, WORKS_IN_PART, WORKS_WHOLE };

/* The I-th verb; NULL behind the last. */
const char *doctor_verb(size_t i);

#define DOCTOR_WHYS 8

/*
 * What LACKS, by enum doctor_part, leaves of VERB: WHY tells what does not work
 * of it, part by part, ended by NULL. A part without which nothing works hides
 * those that only take something away. Pure.
 */
enum doctor_works doctor_judge(const char *verb, const bool lacks[PARTS],
	const char *why[DOCTOR_WHYS + 1]);

/* Is it one that only another kernel needs (run -k)? It does not count. */
bool doctor_is_extra(enum doctor_part part);

#endif
