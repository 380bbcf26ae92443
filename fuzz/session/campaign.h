/* SPDX-License-Identifier: MIT */
/* campaign.h: what a folder of `quartet fuzz` has of its campaign, read by who
 * does not fuzz. A stranger's folder is taken too: nothing in it is written. */
#ifndef SESSION_CAMPAIGN_H
#define SESSION_CAMPAIGN_H

#include <limits.h>
#include <stdbool.h>

#include "session/tally.h"
#include "sys/failure.h"

#define CAMPAIGN_FINDINGS 512

struct campaign_finding {
	char name[NAME_MAX + 1];
	char text[200]; /* the report's first line */
};

struct campaign {
	const char *dir;
	char profile[PATH_MAX]; /* under which it ran */
	struct tally sum;
	struct campaign_finding *findings; /* by name */
	int nfindings;
};

/* A folder with counts of a fuzzer in it. */
bool campaign_is(const char *dir);

/* Reads it. 0, or -1 and F tells why not; in either case C is to be freed. */
int campaign_load(struct campaign *c, const char *dir, struct failure *f);

void campaign_free(struct campaign *c);

#define CAMPAIGN_SHOWS 8

/* A program of its corpus, and how many of the places asked for it shows. */
struct campaign_program {
	char path[PATH_MAX];
	int shows;
	uint32_t ops; /* a bit for each operation that they are of */
};

/*
 * Runs the programs of the corpus once each, under the campaign's profile, and
 * names those that show most of the places in WANTED that none before it
 * showed: at most CAMPAIGN_SHOWS, the best first. How many, or -1 and F tells.
 */
int campaign_shows(const struct campaign *c, const bool wanted[BEHAVIOURS],
	struct campaign_program best[CAMPAIGN_SHOWS], struct failure *f);

#endif
