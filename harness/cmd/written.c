/* SPDX-License-Identifier: MIT */
/* written.c: a profile that a verb made, for its user. */
#include "cmd/written.h"

#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "profile/profile.h"
#include "sys/failure.h"
#include "sys/output.h"

int cmd_write_profile(const char *verb, struct profile *p, const char *file)
{
	struct profile_error err;
	struct output to;
	int ret = output_open(&to, file, stdout), late = ret;

	if (!ret) {
		ret = profile_write_oci(p, to.f, &err);
		late = output_close(&to);
	}
	profile_free(p);
	if (late)
		return cmd_say(verb, EXIT_SYSTEM,
			file ? file : "standard output", strerror(-late));
	if (ret)
		failure_say("%s", err.text);
	return ret ? EXIT_SYSTEM : 0;
}
