/* SPDX-License-Identifier: MIT */
/* systemd_options.c: the settings of a unit that load filters, and what they
 * say. */
#include "profile/systemd_options.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "sys/constants.h"

static const char *const switches[NSWITCHES] = {
	[SWITCH_WRITE_EXECUTE] = "MemoryDenyWriteExecute",
	[SWITCH_REALTIME] = "RestrictRealtime",
	[SWITCH_SETID] = "RestrictSUIDSGID",
	[SWITCH_DYNAMIC_USER] = "DynamicUser",
	[SWITCH_TUNABLES] = "ProtectKernelTunables",
	[SWITCH_MODULES] = "ProtectKernelModules",
	[SWITCH_LOGS] = "ProtectKernelLogs",
	[SWITCH_CLOCK] = "ProtectClock",
	[SWITCH_HOSTNAME] = "ProtectHostname",
	[SWITCH_DEVICES] = "PrivateDevices",
	[SWITCH_PERSONALITY] = "LockPersonality",
};

/* As parse_boolean of systemd. -1: it is none. */
static int boolean(const char *value)
{
	static const char *const words[][2] = { { "0", "1" }, { "no", "yes" },
		{ "n", "y" }, { "false", "true" }, { "f", "t" },
		{ "off", "on" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		for (int k = 0; k < 2; k++)
			if (!strcasecmp(words[i][k], value))
				return k;
	return -1;
}

static int fail(char why[SYSTEMD_WHY], const char *word, const char *expected)
{
	snprintf(why, SYSTEMD_WHY, "%.60s: expected %s", word, expected);
	return -1;
}

static int take_switch(struct systemd_options *o, const struct systemd_at *at,
	enum systemd_switch which, const char *value, char why[SYSTEMD_WHY])
{
	const int on = boolean(value);

	if (on < 0)
		return fail(why, value, "yes or no");
	o->on[which] = on ? *at : (struct systemd_at){ 0 };
	return 0;
}

static int each_word(struct systemd_options *o, char *value,
	bool (*take)(struct systemd_options *o, const char *word, bool invert),
	bool invert, const char *expected, char why[SYSTEMD_WHY])
{
	char *rest = NULL;

	for (char *w = strtok_r(value, " \t", &rest); w;
		w = strtok_r(NULL, " \t", &rest))
		if (!take(o, w, invert))
			return fail(why, w, expected);
	return 0;
}

static bool take_family(
	struct systemd_options *o, const char *word, bool invert)
{
	uint64_t n;

	if (strncmp(word, "AF_", 3) != 0 || !constants_find(word, &n) || !n ||
		n >= SYSTEMD_FAMILIES)
		return false;
	o->family[n] = invert != o->families_allowed;
	return true;
}

static int take_families(struct systemd_options *o, const struct systemd_at *at,
	char *value, char why[SYSTEMD_WHY])
{
	const bool invert = *value == '~', none = !strcmp(value, "none");

	if (!*value || none) {
		memset(o->family, 0, sizeof(o->family));
		o->families_begun = false;
		o->families_allowed = none;
		o->families = none ? *at : (struct systemd_at){ 0 };
		return 0;
	}
	if (!o->families_begun)
		o->families_allowed = !invert;
	o->families_begun = true;
	o->families = *at;
	return each_word(o, value + invert, take_family, invert,
		"names of address families, as AF_UNIX", why);
}

static bool take_namespace(
	struct systemd_options *o, const char *word, bool invert)
{
	static const struct {
		const char *name;
		uint32_t flag;
	} names[] = { { "cgroup", 0x02000000 }, { "ipc", 0x08000000 },
		{ "net", 0x40000000 }, { "mnt", 0x00020000 },
		{ "pid", 0x20000000 }, { "user", 0x10000000 },
		{ "uts", 0x04000000 }, { "time", SYSTEMD_NEWTIME } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i].name, word)) {
			if (invert)
				o->retained &= ~names[i].flag;
			else
				o->retained |= names[i].flag;
			return true;
		}
	return false;
}

/* The first list says what is retained, or what of all but time is not; others
 * add and take away. */
static int take_namespaces(struct systemd_options *o,
	const struct systemd_at *at, char *value, char why[SYSTEMD_WHY])
{
	const bool invert = *value == '~';
	const int all = boolean(value);

	o->namespaces = *value ? *at : (struct systemd_at){ 0 };
	if (!*value || all >= 0) {
		o->namespaces_begun = *value;
		o->retained = all == 1 ? 0 : SYSTEMD_NAMESPACES;
		return 0;
	}
	if (!o->namespaces_begun)
		o->retained = invert ? SYSTEMD_NAMESPACES : 0;
	o->namespaces_begun = true;
	return each_word(o, value + invert, take_namespace, invert,
		"yes, no, or names of namespaces: cgroup, ipc, net, mnt, pid, "
		"user, uts, time",
		why);
}

int systemd_option(struct systemd_options *o, const struct systemd_at *at,
	const char *key, char *value, char why[SYSTEMD_WHY])
{
	for (int i = 0; i < NSWITCHES; i++)
		if (!strcmp(key, switches[i]))
			return take_switch(
				o, at, (enum systemd_switch)i, value, why);
	if (!strcmp(key, "RestrictAddressFamilies"))
		return take_families(o, at, value, why);
	if (!strcmp(key, "RestrictNamespaces"))
		return take_namespaces(o, at, value, why);
	if (strcmp(key, "Personality") != 0)
		return 1;
	o->personality = !strcmp(value, "x86") ? 8 : 0; /* PER_LINUX32 */
	return 0;
}

bool systemd_options_any(const struct systemd_options *o)
{
	bool any = o->families.line || o->namespaces.line;

	for (int i = 0; i < NSWITCHES; i++)
		any = any || o->on[i].line;
	return any;
}
