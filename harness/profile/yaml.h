/* SPDX-License-Identifier: MIT */
/*
 * yaml.h: YAML as JSON, each value on the line where it stood, so that what is
 * wrong in it is told with its own place. Pure code.
 */
#ifndef PROFILE_YAML_H
#define PROFILE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "profile/error.h"

/* Whether TEXT is an object of Kubernetes as YAML. */
bool yaml_is(const char *text, size_t size);

/*
 * The one document of TEXT as JSON, for the caller to free. Plain scalars are
 * what YAML 1.1 says, as far as they are whole numbers, true, false or null.
 * Anchors and aliases, tags, and keys that are no scalars are refused. NULL,
 * and ERR, which begins with WHERE.
 */
char *yaml_to_json(const char *where, const char *text, size_t size,
	size_t *length, struct profile_error *err);

#endif
