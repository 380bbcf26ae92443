/* SPDX-License-Identifier: MIT */
/* disasm.c: `quartet disasm`: the filter of a profile as a listing. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "profile/bpftext.h"
#include "profile/profile.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/disasm.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ 0 },
};

static int disasm(const char *name, uint32_t arch)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret;

	ret = profile_shipped(dir, sizeof(dir));
	if (ret)
		return cmd_say_beside("disasm", ret);
	ret = EXIT_USAGE;
	p = profile_load(dir, name, &err);
	if (!p || profile_build(p, arch, &bpf, &err)) {
		failure_say("%s", err.text);
	} else if (p->mode != FILTER_BPF) {
		cmd_say("disasm", EXIT_USAGE, name,
			"is built in, and no filter");
	} else {
		bpftext_write(&bpf, stdout);
		ret = EXIT_AS_DECLARED;
	}
	profile_free(p);
	return ret;
}

int cmd_disasm(int argc, char **argv)
{
	uint32_t arch = ARCH_NATIVE;
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
			arch = calls_arch(optarg);
			if (arch != ARCH_NATIVE && arch != ARCH_COMPAT)
				return cmd_say("disasm", EXIT_USAGE, optarg,
					"expected x86_64 or x86");
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 1 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return disasm(argv[optind], arch);
}
