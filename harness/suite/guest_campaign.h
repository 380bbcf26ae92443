/* SPDX-License-Identifier: MIT */
/* guest_campaign.h: a guest that runs one command instead of cells. */
#ifndef SUITE_GUEST_CAMPAIGN_H
#define SUITE_GUEST_CAMPAIGN_H

/* Names in the folder that the host lets a guest write to. */
#define GUEST_COMMAND                                                          \
	"guest-command"		  /* lines: its end, in seconds since 1970,    \
				   * 0 for none; then its arguments, of which  \
				   * "-t" gets what is left until then */
#define GUEST_LEFT "guest-left"	  /* its exit status, once it has ended */
#define GUEST_OUT  "/dev/shm/out" /* where that folder is in the guest */

/* Mounts what the command needs, runs it, and tells that it has ended. */
void guest_campaign(void);

#endif
