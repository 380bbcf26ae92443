/* SPDX-License-Identifier: MIT */
/* finding.h: a promise that was broken. */
#ifndef ORACLE_FINDING_H
#define ORACLE_FINDING_H

#include <stdbool.h>

struct finding {
	const char *oracle; /* its name, check.h; static */
	int step;	    /* the one that shows it; -1: the whole program */
	char text[240];	    /* which promise was broken, and how */
	bool loose; /* of many orders of racing steps none explains it */
};

#endif
