/* SPDX-License-Identifier: MIT */
/* gallery/shmget.c: a library looks for randomness by shared memory. */
#include "probe.h"

#include <sys/ipc.h>
#include <sys/shm.h>

/* OpenSSL 1.1.1d, wait_random_seeded: is the mark of an earlier one there? */
static int run(void)
{
	int id = shmget(114, 1, 0);

	probe_value(id);
	return id < 0 && errno != ENOENT && errno != EACCES ? errno : 0;
}

PROBE = {
	.about = "look for a shared memory segment without shmget",
	.run = run,
	.under = "no-shmget",
	.symptom = "\"preauth child terminated by signal 31\" since the "
		   "crypto library was updated",
	.diagnosis = "the filter killed it at *",
	.expect = {
		{ DIES("shmget|ipc") },
	},
	.seen = { "https://github.com/openssh/openssh-portable/pull/148",
		"https://github.com/openssh/openssh-portable/pull/149" },
};
