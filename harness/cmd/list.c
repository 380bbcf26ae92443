/* SPDX-License-Identifier: MIT */
/* list.c: `quartet list`: what there is to run. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "suite/kernel.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/list.txt");

enum { OPTION_PROBES = 300 };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "shard", required_argument, NULL, OPTION_SHARD },
	{ "flavours", no_argument, NULL, OPTION_FLAVOURS },
	{ "kernels", no_argument, NULL, OPTION_KERNELS },
	{ "probes", no_argument, NULL, OPTION_PROBES },
	{ 0 },
};

static void list_flavours(const struct suite *s)
{
	for (size_t i = 0; i < s->nflavours; i++)
		printf("%-14s %-8s %s\n", s->flavours[i].name,
			calls_arch_name(s->flavours[i].arch),
			s->flavours[i].version);
}

static void list_kernels(void)
{
	const struct kernel *k;

	for (size_t i = 0; (k = kernel_at(i)); i++)
		printf("%-14s %s\n", k->name, k->about);
}

static void list_probes(const struct suite *s)
{
	for (size_t i = 0; i < s->ndecls; i++)
		printf("%-32s %s\n", s->decls[i].name, s->decls[i].probe.about);
}

static void list_cells(const struct suite *s)
{
	for (size_t i = 0; i < s->ncells; i++) {
		const struct cell *c = &s->cells[i];

		printf("%s%s%s\n", c->name, c->skip[0] ? "\tskip: " : "",
			c->skip);
	}
}

int cmd_list(int argc, char **argv)
{
	static struct selection sel;
	struct suite s;
	int c, taken, ret, what = 0;

	while ((c = getopt_long(argc, argv, "h" OPTIONS_SELECT_SHORT,
			long_options, NULL)) != -1) {
		taken = options_select(&sel, c, optarg);
		if (taken < 0 || c == '?')
			return EXIT_USAGE;
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (!taken)
			what = c;
	}
	if (options_patterns(&sel, argc - optind, argv + optind))
		return EXIT_USAGE;
	ret = suite_load(&s);
	if (ret)
		return ret;
	if (what == OPTION_FLAVOURS) {
		list_flavours(&s);
		return 0;
	}
	if (what == OPTION_KERNELS) {
		list_kernels();
		return 0;
	}
	if (what == OPTION_PROBES) {
		list_probes(&s);
		return 0;
	}
	ret = suite_select(&s, &sel);
	if (!ret)
		list_cells(&s);
	return ret;
}
