/* SPDX-License-Identifier: MIT */
/*
 * profile.h: a seccomp policy as a file, and the BPF that it becomes.
 *
 * Pure code: files are read by profile_load alone; nothing is ever loaded
 * into the calling process. Profiles come from strangers: each key, type,
 * name and number is checked, and what is not understood is an error with its
 * place, never ignored.
 */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "profile/error.h"
#include "sys/bpf.h"

struct profile;

/*
 * Reads a profile for use. NAME_OR_PATH without '/' and without a suffix is a
 * shipped profile DIR/NAME.json, or one of those that are no file: `none`,
 * `strict`, and `no-CALL`, which allows all but CALL, killing the process
 * there; with
 * `-thread` behind it the thread, with `-trap` or an errno (`no-clone3-eperm`)
 * as these say. `known-NAME` is NAME without the rules for calls that this
 * libseccomp has no name for: what is left of it in runtimes that build by
 * name. `plain-NAME` is NAME as libseccomp builds it, right or not. `pid:PID`
 * is the filter that is on a process, `pid:PID/N` the Nth of several, 1 being
 * the newest. Anything else is a path, `-` standard input.
 *
 * Of a JSON file, rules for calls that this libseccomp has no name for are left
 * out, as runtimes leave them out, and named on standard error. What ships
 * keeps them, and they hold by number. Returns NULL and fills ERR.
 */
struct profile *profile_load(
	const char *dir, const char *name_or_path, struct profile_error *err);

/* The same with every rule of the file, for whoever writes it again. */
struct profile *profile_load_whole(
	const char *dir, const char *name_or_path, struct profile_error *err);

/*
 * The same from memory; NAME stands in the messages. The contents tell OCI
 * JSON, raw BPF in either byte order, and minijail policies, whose @include
 * needs profile_load.
 */
struct profile *profile_parse(const char *name, const char *text, size_t size,
	struct profile_error *err);

/*
 * A folder where @include of a policy that was made for another system looks
 * for what it names by an absolute path: FOLDER/PATH, or FOLDER and the file's
 * name. FOLDER stays the caller's, and in use. False: there are 16 already.
 */
bool profile_include(const char *folder);

/* The thread whose filter is read of a file that has one for each:
 * seccompiler's JSON. NAME stays the caller's, and in use; NULL: the only one.
 */
void profile_thread(const char *name);

void profile_free(struct profile *p);

/* The name it was loaded by, without directory and suffix. */
const char *profile_name(const struct profile *p);

/* The folder of the shipped profiles. 0 or a negative errno. */
int profile_shipped(char *dir, size_t size);

/*
 * Builds the filter for programs whose own architecture is ARCH
 * (AUDIT_ARCH_*, linux/audit.h). A profile without "architectures" is built for
 * ARCH alone, as seccomp_init(3) does in such a program; one that names
 * architectures is built for those. Names that exist on other
 * architectures only are left out, as libseccomp does. A name that libseccomp
 * has on none goes by its number, in a filter for this machine's architecture
 * alone; elsewhere it is an error. Raw BPF stays what it is, whatever ARCH.
 * libseccomp builds it, and it is proven that each verdict is what the rules
 * say (profile/meaning.h); calls for which it is not are built here, and
 * standard error tells. 0, or -1 and ERR.
 */
int profile_build(const struct profile *p, uint32_t arch, struct filter *out,
	struct profile_error *err);

/* True when the filter lets nobody make a timer, whatever the arguments. */
bool profile_refuses_timers(const struct filter *bpf, uint32_t arch);

/*
 * Writes the profile: OCI JSON, which runc, crun, Docker and Podman take; a
 * C function for libseccomp; a minijail policy for programs of ARCH; settings
 * of a unit for a systemd of ARCH; BPF as profile_build made it for ARCH. 0, or
 * -1 and ERR: what the form has no words for, or a write that failed.
 */
int profile_write_oci(
	const struct profile *p, FILE *to, struct profile_error *err);
int profile_write_docker(
	const struct profile *p, FILE *to, struct profile_error *err);
int profile_write_c(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err);
int profile_write_policy(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err);
int profile_write_systemd(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err);
int profile_write_bpf(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err);

/* A C header that loads it by system calls alone, in programs of both
 * architectures of this machine and of aarch64. */
int profile_write_raw(
	const struct profile *p, FILE *to, struct profile_error *err);

/*
 * Reads TEXT back, which was written of P as JSON, a minijail policy or BPF,
 * and compares what it means to those who read that form with what P does to
 * programs of ARCH. 0, or -1 and ERR, with a call that it would change.
 */
int profile_check_written(const struct profile *p, uint32_t arch,
	const char *text, size_t size, struct profile_error *err);

#endif
