/* SPDX-License-Identifier: MIT */
/* shipped.c: where the profiles are that come with this program. */
#include "profile/profile.h"

#include "sys/beside.h"

int profile_shipped(char *dir, size_t size)
{
	return beside_path(dir, size, "profiles");
}
