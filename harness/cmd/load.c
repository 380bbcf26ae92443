/* SPDX-License-Identifier: MIT */
/* load.c: the profile that a verb was given. */
#include "cmd/load.h"

#include "cmd/failed.h"

int cmd_load(const char *verb, const char *name, struct profile **p)
{
	struct profile_error err = { 0 };
	char dir[256];
	int ret = profile_shipped(dir, sizeof(dir));

	if (ret)
		return cmd_say_beside(verb, ret);
	*p = profile_load(dir, name, &err);
	if (*p)
		return 0;
	failure_say("%s", err.text);
	return cmd_profile_code(&err);
}
