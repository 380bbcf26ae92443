/* SPDX-License-Identifier: MIT */
/* write.c: a profile as OCI JSON, libseccomp C code, or raw BPF. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/prove.h"
#include "profile/rules.h"
#include "profile/tell.h"

static int finish(const struct profile *p, FILE *to, struct profile_error *err)
{
	if (!fflush(to) && !ferror(to))
		return 0;
	snprintf(err->text, sizeof(err->text), "%s: cannot write: %s", p->name,
		strerror(errno));
	return -1;
}

/* An errno and trace data are not part of the action's name. */
static bool has_data(uint32_t action)
{
	return (action & 0xffff0000) == SCMP_ACT_ERRNO(0) ||
	       (action & 0xffff0000) == SCMP_ACT_TRACE(0);
}

static const char *action_name(uint32_t action)
{
	return profile_word(
		WORDS_ACTIONS, has_data(action) ? action & 0xffff0000 : action);
}

static void set_action(
	json_t *o, const char *key, const char *data, uint32_t action)
{
	json_object_set_new(o, key, json_string(action_name(action)));
	if (has_data(action))
		json_object_set_new(o, data, json_integer(action & 0xffff));
}

/* jansson's integers end at 2^63 - 1: beyond, the digits as a text that
 * print_json takes out of its quotation marks. */
#define BARE "\x7f"

static json_t *number(uint64_t value)
{
	return value <= INT64_MAX ? json_integer((json_int_t)value)
				  : json_sprintf(BARE "%" PRIu64 BARE, value);
}

static void print_json(const json_t *o, FILE *to)
{
	char *text = json_dumps(o, JSON_INDENT(1));

	for (const char *at = text; at && *at; at++)
		if (strncmp(at, "\"" BARE, 2) != 0 &&
			strncmp(at, BARE "\"", 2) != 0)
			fputc(*at, to);
		else
			at++;
	fputc('\n', to);
	free(text);
}

static json_t *oci_arg(const struct scmp_arg_cmp *a)
{
	json_t *o = json_pack("{s:i}", "index", (int)a->arg);

	json_object_set_new(o, "value", number(a->datum_a));
	if (a->op == SCMP_CMP_MASKED_EQ)
		json_object_set_new(o, "valueTwo", number(a->datum_b));
	json_object_set_new(
		o, "op", json_string(profile_word(WORDS_OPERATORS, a->op)));
	return o;
}

static json_t *oci_rule(const struct profile_rule *rule)
{
	json_t *o = json_pack("{s:[s]}", "names", rule->name);
	json_t *args = json_array();

	set_action(o, "action", "errnoRet", rule->action);
	if (rule->comment)
		json_object_set_new(o, "comment", json_string(rule->comment));
	for (unsigned i = 0; i < rule->nargs; i++)
		json_array_append_new(args, oci_arg(&rule->args[i]));
	if (rule->nargs)
		json_object_set(o, "args", args);
	json_decref(args);
	return o;
}

/* Like the rule before, apart from the name: one entry holds both. */
static bool same_entry(const struct profile_rule *a)
{
	const struct profile_rule *before = a - 1;

	return !a->nargs && !before->nargs && a->action == before->action &&
	       a->comment == before->comment;
}

static json_t *oci_rules(const struct profile *p)
{
	json_t *rules = json_array(), *last = NULL;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		if (i && same_entry(rule)) {
			json_array_append_new(json_object_get(last, "names"),
				json_string(rule->name));
		} else {
			last = oci_rule(rule);
			json_array_append_new(rules, last);
		}
	}
	return rules;
}

int profile_write_oci(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	json_t *o, *list, *set;

	if (profile_check_rules(p, err) || profile_check_x32(p, err))
		return -1;
	list = json_array();
	set = json_array();
	o = json_object();
	set_action(o, "defaultAction", "defaultErrnoRet", p->default_action);
	for (unsigned i = 0; i < p->narches; i++)
		json_array_append_new(list,
			json_string(profile_word(WORDS_ARCHES, p->arches[i])));
	if (p->narches)
		json_object_set(o, "architectures", list);
	for (uint32_t bit = 1; bit; bit <<= 1)
		if (p->flags & bit)
			json_array_append_new(set,
				json_string(profile_word(WORDS_FLAGS, bit)));
	if (p->flags)
		json_object_set(o, "flags", set);
	json_object_set_new(o, "syscalls", oci_rules(p));
	print_json(o, to);
	json_decref(o);
	json_decref(list);
	json_decref(set);
	return finish(p, to, err);
}

int profile_write_docker(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	if (!p->flags)
		return profile_write_oci(p, to, err);
	return profile_refuse(p, p->of_flags,
		profile_word(WORDS_FLAGS, p->flags & -p->flags),
		"Docker's daemon takes no flags from a profile", err);
}

static void print_action(FILE *to, uint32_t action)
{
	if (has_data(action))
		fprintf(to, "%s(%u)", action_name(action), action & 0xffff);
	else
		fputs(action_name(action), to);
}

static void print_rule(FILE *to, const struct profile_rule *rule)
{
	fprintf(to, "\t{ \"%s\", ", rule->name);
	print_action(to, rule->action);
	fprintf(to, ", %u", rule->nargs);
	for (unsigned i = 0; i < rule->nargs; i++)
		fprintf(to,
			"%s{ %u, %s, UINT64_C(%" PRIu64 "), UINT64_C(%" PRIu64
			") }",
			i ? ", " : ", { ", rule->args[i].arg,
			profile_word(WORDS_OPERATORS, rule->args[i].op),
			rule->args[i].datum_a, rule->args[i].datum_b);
	fprintf(to, "%s },\n", rule->nargs ? " }" : "");
}

static void print_settings(FILE *to, const struct profile *p)
{
	static const struct {
		uint32_t flag;
		const char *attribute;
	} attributes[] = {
		{ 1 << 0, "SCMP_FLTATR_CTL_TSYNC" },
		{ 1 << 1, "SCMP_FLTATR_CTL_LOG" },
		{ 1 << 2, "SCMP_FLTATR_CTL_SSB" },
		{ 1 << 5, "SCMP_FLTATR_CTL_WAITKILL" },
	};
	bool native = !p->narches;

	for (unsigned i = 0; i < p->narches; i++) {
		native = native || p->arches[i] == seccomp_arch_native();
		fprintf(to,
			"\tret = seccomp_arch_add(ctx, %s);\n"
			"\tif (ret && ret != -EEXIST)\n\t\treturn ret;\n",
			profile_word(WORDS_ARCHES, p->arches[i]));
	}
	if (!native)
		fputs("\tret = seccomp_arch_remove(ctx, "
		      "seccomp_arch_native());\n\tif (ret)\n\t\treturn ret;\n",
			to);
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++)
		if (p->flags & attributes[i].flag)
			fprintf(to,
				"\tret = seccomp_attr_set(ctx, %s, 1);\n"
				"\tif (ret)\n\t\treturn ret;\n",
				attributes[i].attribute);
}

/* What such code makes of the rules is what libseccomp does. */
static int check_plain(
	const struct profile *p, uint32_t arch, struct profile_error *err)
{
	static struct filter bpf;
	static struct differences d;
	struct meaning m;
	char text[TELL_SIZE + 80];
	int ret = profile_build_apart(p, arch, &bpf, err);

	if (ret > 0)
		return profile_refuse(p, p->of_default, NULL,
			"libseccomp does not come to an end with its rules, or "
			"crashes",
			err);
	if (ret)
		return ret;
	d.n = 0;
	if (meaning_read(&m, p, arch))
		prove_filter(&m, &bpf, &d);
	meaning_free(&m);
	if (!d.n)
		return 0;
	snprintf(text, sizeof(text),
		"libseccomp makes of its rules what they "
		"do not say: ");
	tell_difference(p, &d.list[0], text + strlen(text), TELL_SIZE);
	if (d.list[0].rule < p->nrules)
		return profile_refuse_rule(
			p, &p->rules[d.list[0].rule], text, err);
	return profile_refuse(p, p->of_default, NULL, text, err);
}

/* The rules go by name to whatever libseccomp the code meets. */
static int check_c(const struct profile *p, struct profile_error *err)
{
	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		if (seccomp_syscall_resolve_name(rule->name) == __NR_SCMP_ERROR)
			return profile_refuse_rule(
				p, rule, "libseccomp has no such name", err);
		if (rule->action == SCMP_ACT_ERRNO(4095))
			return profile_refuse_rule(p, rule,
				"libseccomp takes errnos up to 4094", err);
	}
	if (p->default_action == SCMP_ACT_ERRNO(4095))
		return profile_refuse(p, p->of_default, NULL,
			"libseccomp takes errnos up to 4094", err);
	return 0;
}

static const char add_rules[] =
	"\tfor (size_t i = 0; rules[i].call; i++) {\n"
	"\t\tret = seccomp_rule_add_array(ctx, rules[i].action,\n"
	"\t\t\tseccomp_syscall_resolve_name(rules[i].call),\n"
	"\t\t\trules[i].n, rules[i].args);\n"
	"\t\tif (ret)\n\t\t\treturn ret;\n\t}\n"
	"\treturn 0;\n}\n";

int profile_write_c(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	if (profile_check_rules(p, err) || profile_check_x32(p, err) ||
		check_c(p, err) || check_plain(p, arch, err))
		return -1;
	fputs("#include <errno.h>\n#include <seccomp.h>\n"
	      "#include <stddef.h>\n#include <stdint.h>\n\n"
	      "static const struct {\n\tconst char *call;\n"
	      "\tuint32_t action;\n\tunsigned n;\n"
	      "\tstruct scmp_arg_cmp args[6];\n} rules[] = {\n",
		to);
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action != p->default_action)
			print_rule(to, &p->rules[i]);
	fputs("\t{ 0 },\n};\n\n"
	      "/* Fills CTX, of seccomp_init(FILTER_DEFAULT); seccomp_load "
	      "comes next.\n * 0 or a negative errno. */\n"
	      "#define FILTER_DEFAULT ",
		to);
	print_action(to, p->default_action);
	fputs("\n\nint filter_fill(scmp_filter_ctx ctx)\n{\n"
	      "\tint ret = 0;\n\n",
		to);
	print_settings(to, p);
	fputs(add_rules, to);
	return finish(p, to, err);
}

int profile_write_bpf(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	static struct filter bpf;

	if (!p->ninsns && profile_check_rules(p, err))
		return -1;
	if (profile_build(p, arch, &bpf, err))
		return -1;
	fwrite(bpf.insns, sizeof(*bpf.insns), bpf.ninsns, to);
	return finish(p, to, err);
}
