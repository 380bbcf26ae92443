/* SPDX-License-Identifier: MIT */
/* minimize_cases.c: the commands and inputs that one profile has to serve. */
#include "cmd/minimize_cases.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wordexp.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "sys/failure.h"
#include "sys/text.h"

#define NO_WORDS "cannot be read as the words of a shell: expected CMD [ARG...]"

/* A command, as it is started. */
struct command {
	wordexp_t words, input;
	char path[4096], shown[200];
};

static struct command commands[CASES];
static const char *inputs[CASES];
static size_t ncommands, ninputs;

static int too_many(const char *what)
{
	return cmd_say(
		"minimize", -1, what, "more than 64 commands and inputs");
}

int minimize_cases_input(const char *file)
{
	if (ninputs + ncommands == CASES)
		return too_many(file);
	if (access(file, R_OK))
		return cmd_say("minimize", -1, file, strerror(errno));
	inputs[ninputs++] = file;
	return 0;
}

/* The "<" that no quotation marks or backslash hide, or the end. */
static const char *find_input(const char *text)
{
	char quote = '\0';

	for (; *text && (quote || *text != '<'); text++) {
		if (*text == '\\' && quote != '\'' && text[1])
			text++;
		else if (*text == quote)
			quote = '\0';
		else if (!quote && (*text == '\'' || *text == '"'))
			quote = *text;
	}
	return text;
}

/* N bytes of TEXT. Words have to come of them. */
static bool read_words(const char *text, size_t n, wordexp_t *words)
{
	char *part = strndup(text, n);
	int ret = part ? wordexp(part, words, WRDE_NOCMD | WRDE_UNDEF)
		       : WRDE_NOSPACE;

	free(part);
	if (ret == WRDE_NOSPACE)
		wordfree(words);
	return ret == 0 && words->we_wordc > 0;
}

int minimize_cases_also(const char *text)
{
	struct command *c = &commands[ncommands];
	const char *input = find_input(text);
	struct failure failure;

	if (ninputs + ncommands == CASES)
		return too_many(text);
	if (!read_words(text, (size_t)(input - text), &c->words) ||
		(*input &&
			!read_words(input + 1, strlen(input + 1), &c->input)) ||
		c->input.we_wordc > 1)
		return cmd_say("minimize", -1, text, NO_WORDS " [<INPUT]");
	if (*input && access(c->input.we_wordv[0], R_OK))
		return cmd_say(
			"minimize", -1, c->input.we_wordv[0], strerror(errno));
	if (explain_find(
		    c->words.we_wordv[0], c->path, sizeof(c->path), &failure)) {
		cmd_failed("minimize", &failure);
		return -1;
	}
	text_command(c->words.we_wordv, c->shown, sizeof(c->shown));
	ncommands++;
	return 0;
}

int minimize_cases_file(const char *file)
{
	FILE *f = fopen(file, "re");
	char *line = NULL;
	size_t size = 0;
	int ret = 0, no = 0;

	if (!f)
		return cmd_say("minimize", -1, file, strerror(errno));
	while (!ret && getline(&line, &size, f) > 0) {
		const char *text = line + strspn(line, " \t");

		no++;
		line[strcspn(line, "\n")] = '\0';
		if (*text && *text != '#')
			ret = minimize_cases_also(text);
	}
	if (ret)
		failure_say("minimize: %s:%d: see there", file, no);
	free(line);
	fclose(f);
	return ret;
}

void minimize_cases_fill(
	struct minimize *m, char **argv, const char *path, const char *shown)
{
	size_t n = 0;

	for (size_t i = 0; i < ninputs || i == 0; i++)
		m->cases[n++] = (struct minimize_case){ .input = inputs[i],
			.argv = argv,
			.path = path,
			.command = shown };
	for (size_t i = 0; i < ncommands; i++)
		m->cases[n++] = (struct minimize_case){
			.input = commands[i].input.we_wordc
					 ? commands[i].input.we_wordv[0]
					 : NULL,
			.argv = commands[i].words.we_wordv,
			.path = commands[i].path,
			.command = commands[i].shown
		};
	m->ncases = n;
}
