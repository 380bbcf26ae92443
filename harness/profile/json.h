/* SPDX-License-Identifier: MIT */
/*
 * json.h: what the readers of JSON profiles share: where they are in
 * the text, so that each message has its place, and the words of the runtime
 * specification.
 */
#ifndef PROFILE_JSON_H
#define PROFILE_JSON_H

#include <jansson.h>

#include "profile/jsonpos.h"
#include "profile/rules.h"

#define JSON_DEPTH JSONPOS_DEPTH

struct json_reader {
	struct profile *p;
	const char *text;
	size_t size;
	struct jsonpos_step path[JSON_DEPTH];
	size_t depth;
	struct jsonpos_memory places;
	bool podman; /* containers-common's form, not Docker's */
	const char
		*thread; /* whose filter is read of several; NULL: not told */
	struct profile_error *err;
};

struct name_value {
	const char *name;
	uint32_t value;
};

/* Each ends with a NULL name. Of two names of a value the first is written. */
extern const struct name_value words_actions[];
extern const struct name_value words_operators[];
extern const struct name_value words_flags[];
extern const struct name_value words_arches[];

/* Fills the error, with the place of the value on the path, or of its key.
 * -1. */
__attribute__((format(printf, 3, 4))) int json_fail(
	struct json_reader *r, int on_key, const char *format, ...);

/* The place of the value on the path, or of its key. */
void json_place(struct json_reader *r, int on_key, int *line, int *column);

void json_enter_key(struct json_reader *r, const char *key);
void json_enter_index(struct json_reader *r, size_t index);
void json_leave(struct json_reader *r);

/* A word of TABLE; WHAT is said of it in the message. 0, or -1 and the error.
 */
int json_read_name(struct json_reader *r, const json_t *v,
	const struct name_value *table, const char *what, uint32_t *value);

/* A whole number from 0 to MAX; its digits are read from the text: jansson's
 * integers end at 2^63 - 1, and what is more it gives as a real, if at all. 0,
 * or -1 and the error. */
int json_read_number(
	struct json_reader *r, const json_t *v, uint64_t max, uint64_t *value);

#define OCI_ARGS 64 /* of a rule, some of them for one argument */

/* A rule as it stands in the file. */
struct oci_rule {
	struct profile_rule rule; /* without comparisons */
	unsigned n;
	struct scmp_arg_cmp args[OCI_ARGS];
	bool apart; /* each comparison is a rule */
};

/* Reads the "args" of a rule. 0, or -1 and the error. */
int oci_args(struct json_reader *r, const json_t *v, struct oci_rule *rule);

/* Fills R->p from O, the "seccomp" object, the
 * configuration of a bundle that has one, or the operator's SeccompProfile. 0,
 * or -1 and the error. */
int oci_read(struct json_reader *r, const json_t *o);

/* profile/read_docker.c: whether RULE is in force, by its "includes" and
 * "excludes"; and the architectures of "archMap". 0, or -1 and the error. */
int docker_applies(struct json_reader *r, const json_t *rule, bool *applies);
int docker_arch_map(struct json_reader *r, const json_t *v);

/* profile/read_podman.c: an errno as text, its name or a number up to MAX, 0,
 * or -1 and the error; whether O, a profile, has such text. */
int podman_errno(
	struct json_reader *r, const json_t *v, uint32_t max, uint32_t *data);
bool podman_wrote(const json_t *o);

#endif
