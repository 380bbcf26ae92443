/* SPDX-License-Identifier: MIT */
/*
 * gvisor_rows.h: what happens to a probe's cells on gVisor, where it does
 * otherwise than Linux. Such a row comes before those of the probe, and is read
 * for the control (`none`) too. What gVisor lacks is a feature (sys/has.h).
 */
#ifndef SUITE_GVISOR_ROWS_H
#define SUITE_GVISOR_ROWS_H

#include "probe/probe.h"

struct gvisor_row {
	const char *probe;
	int line; /* of the check that fails; 0: a row of another outcome, or
		     one of several checks, by a race */
	struct expect row; /* .or: or as later rows say, and Linux */
};

/* The last has no probe. The first that holds decides. */
extern const struct gvisor_row gvisor_rows[];

#endif
