/* SPDX-License-Identifier: MIT */
/* test_record.h: cells, and what stands in their records; for tests. */
#ifndef SUITE_TEST_RECORD_H
#define SUITE_TEST_RECORD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/about.h"
#include "suite/kernel.h"
#include "suite/record.h"
#include "sys/arch.h"

static struct declaration declaration = { .name = "exit/return" };

static const struct flavour glibc = { .name = "glibc" };

static const struct built four = { .profile = "four" };

static inline struct cell cell_named(const char *name)
{
	struct cell c = {
		.d = &declaration,
		.flavour = &glibc,
		.built = &four,
		.kernel = &kernel_host,
	};

	snprintf(c.name, sizeof(c.name), "%s", name);
	return c;
}

/* The value at KEY, as JSON; "" where there is none. */
static inline void assert_value(
	const json_t *o, const char *key, const char *want)
{
	const json_t *v = json_object_get(o, key);
	char *text = v ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY |
					       JSON_SORT_KEYS)
		       : strdup("");

	assert_string_equal(text, want);
	free(text);
}

#endif
