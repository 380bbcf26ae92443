/* SPDX-License-Identifier: MIT */
/*
 * read_docker.c: what Docker's own form adds to the runtime specification:
 * archMap, and rules under conditions. They are decided as its daemon does
 * (moby, profiles/seccomp/seccomp_linux.go) on an amd64 machine with the
 * running kernel, for a container with the engine's default capabilities.
 */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "profile/json.h"

/* moby, oci/caps/defaults.go */
static const char *const docker[] = { "CAP_CHOWN", "CAP_DAC_OVERRIDE",
	"CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID",
	"CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE",
	"CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE", NULL };
/* containers-common, pkg/config/containers.conf, default_capabilities */
static const char *const podman[] = { "CAP_CHOWN", "CAP_DAC_OVERRIDE",
	"CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_NET_BIND_SERVICE",
	"CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID",
	"CAP_SYS_CHROOT", NULL };
static const char *const machine[] = { "amd64", NULL };

/* How many of the names in the array V are in SET, and how many there are. */
static int count(struct json_reader *r, const json_t *v, const char *const *set,
	size_t *in, size_t *all)
{
	const json_t *e;
	size_t i;

	*in = *all = 0;
	if (json_is_null(v))
		return 0;
	if (!json_is_array(v))
		return json_fail(r, 0, "expected an array of names");
	json_array_foreach(v, i, e)
	{
		const char *name = json_string_value(e);
		size_t k = 0;

		if (!name)
			return json_fail(r, 0, "expected an array of names");
		while (set[k] && strcmp(set[k], name) != 0)
			k++;
		*in += set[k] != NULL;
		++*all;
	}
	return 0;
}

static int newer(struct json_reader *r, const json_t *v, bool *yes)
{
	const char *text = json_string_value(v);
	unsigned major, minor, here_major = 0, here_minor = 0;
	struct utsname u;
	int end = 0;

	if (!text || sscanf(text, "%4u.%4u%n", &major, &minor, &end) != 2 ||
		(text[end] && text[end] != '.'))
		return json_fail(r, 0, "expected a kernel version like 4.8");
	if (!uname(&u))
		sscanf(u.release, "%u.%u", &here_major, &here_minor);
	*yes = here_major > major ||
	       (here_major == major && here_minor >= minor);
	return 0;
}

/* One condition of "includes": all capabilities, but any architecture. */
static int decide(struct json_reader *r, const char *key, const json_t *v,
	bool *all, bool *any)
{
	const char *const *capabilities = r->podman ? podman : docker;
	bool caps = !strcmp(key, "caps"), yes = false;
	size_t in, n;
	int ret;

	if (!strcmp(key, "minKernel")) {
		ret = newer(r, v, &yes);
		*all = *all && yes;
		*any = *any || yes;
		return ret;
	}
	if (!caps && strcmp(key, "arches") != 0)
		return json_fail(r, 1,
			"unknown key \"%s\"; expected caps, arches or "
			"minKernel",
			key);
	ret = count(r, v, caps ? capabilities : machine, &in, &n);
	*all = *all && (caps ? in == n : !n || in);
	*any = *any || in;
	return ret;
}

static int read_condition(struct json_reader *r, const json_t *rule,
	const char *what, bool *all, bool *any)
{
	const json_t *o = json_object_get(rule, what);
	const char *key;
	json_t *v;
	int ret = 0;

	*all = true;
	*any = false;
	if (!o || json_is_null(o))
		return 0;
	json_enter_key(r, what);
	if (!json_is_object(o))
		ret = json_fail(r, 0, "expected an object of conditions");
	json_object_foreach((json_t *)o, key, v)
	{
		json_enter_key(r, key);
		ret = decide(r, key, v, all, any);
		json_leave(r);
		if (ret)
			break;
	}
	json_leave(r);
	return ret;
}

int docker_applies(struct json_reader *r, const json_t *rule, bool *applies)
{
	bool included, excluded, any, all;

	if (read_condition(r, rule, "includes", &included, &any) ||
		read_condition(r, rule, "excludes", &all, &excluded))
		return -1;
	*applies = included && !excluded;
	return 0;
}

static int read_subs(struct json_reader *r, const json_t *subs)
{
	struct profile *p = r->p;
	const json_t *e;
	uint32_t arch;
	size_t i;
	int ret = 0;

	if (!subs || json_is_null(subs))
		return 0;
	json_enter_key(r, "subArchitectures");
	if (!json_is_array(subs) || json_array_size(subs) > 15)
		ret = json_fail(r, 0, "expected an array of names, 15 at most");
	else
		json_array_foreach(subs, i, e)
		{
			ret = json_read_name(
				r, e, words_arches, "an architecture", &arch);
			if (ret)
				break;
			profile_add_arch(p, arch);
		}
	json_leave(r);
	return ret;
}

int docker_arch_map(struct json_reader *r, const json_t *v)
{
	const json_t *e;
	size_t i;

	if (json_is_null(v))
		return 0;
	if (!json_is_array(v))
		return json_fail(r, 0, "expected an array of architectures");
	json_array_foreach(v, i, e)
	{
		const char *name =
			json_string_value(json_object_get(e, "architecture"));
		int ret;

		json_enter_index(r, i);
		ret = name ? 0
			   : json_fail(r, 0,
				     "expected an object: architecture, "
				     "subArchitectures");
		if (!ret && !r->p->narches &&
			!strcmp(name, "SCMP_ARCH_X86_64")) {
			profile_add_arch(r->p, SCMP_ARCH_X86_64);
			ret = read_subs(
				r, json_object_get(e, "subArchitectures"));
		}
		json_leave(r);
		if (ret)
			return ret;
	}
	return 0;
}
