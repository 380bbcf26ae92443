/* SPDX-License-Identifier: MIT */
/* disasm.c: `quartet disasm`: the filter of a profile as a listing. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/disasm.h"
#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "profile/bpftext.h"
#include "profile/profile.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/disasm.txt");

enum { OPTION_RULES = 300 };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "rules", no_argument, NULL, OPTION_RULES },
	{ 0 },
};

struct wanted {
	uint32_t arch;
	bool rules, json;
};

static int write_rules(const struct filter *bpf, bool json)
{
	const struct diff_of all = { 0, 0, UINT32_MAX };
	struct diff d;
	int ret = EXIT_AS_DECLARED;

	if (diff_filters(&d, bpf, NULL, &all))
		disasm_rules_print(&d, json);
	else
		ret = cmd_say("disasm", EXIT_SYSTEM, "rules", "out of memory");
	if (!ret && !d.whole)
		ret = EXIT_BROKEN;
	diff_free(&d);
	return ret;
}

static int disasm(const char *name, const struct wanted *w)
{
	static struct filter bpf;
	struct profile_error err = { 0 };
	struct profile *p;
	int ret = cmd_load("disasm", name, &p);

	if (ret)
		return ret;
	if (profile_build(p, w->arch, &bpf, &err)) {
		failure_say("%s", err.text);
		ret = cmd_profile_code(&err);
	} else if (p->mode != FILTER_BPF) {
		ret = cmd_say("disasm", EXIT_USAGE, name,
			"is built in, and no filter");
	} else if (w->rules) {
		ret = write_rules(&bpf, w->json);
	} else {
		bpftext_write(&bpf, stdout);
		ret = EXIT_AS_DECLARED;
	}
	profile_free(p);
	return ret;
}

int cmd_disasm(int argc, char **argv)
{
	struct wanted w = { .arch = ARCH_NATIVE };
	int c;

	while ((c = getopt_long(argc, argv, "ha:I:t:", long_options, NULL)) !=
		-1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			break;
		case 'a':
			w.arch = calls_arch(optarg);
			if (w.arch != ARCH_NATIVE && w.arch != ARCH_COMPAT)
				return cmd_say("disasm", EXIT_USAGE, optarg,
					"expected x86_64 or x86");
			break;
		case OPTION_RULES:
			w.rules = true;
			break;
		case OPTION_JSON:
			w.json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 1 != argc || (w.json && !w.rules)) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return disasm(argv[optind], &w);
}
