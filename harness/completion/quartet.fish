# SPDX-License-Identifier: MIT
# Completion of quartet for fish. Verbs and options are asked of --help.

function __quartet_verb
	set -l words (commandline -opc)
	test (count $words) -gt 1; and echo $words[2]
end

function __quartet_verbs
	quartet --help 2>/dev/null | string replace -rf '^  ([a-z]+)  +' '$1\t'
end

function __quartet_options
	quartet (__quartet_verb) --help 2>/dev/null |
		string match -rag '(?:^|[][ ,|(])(--?[a-z0-9][a-z-]*)' | sort -u
end

function __quartet_profiles
	printf '%s\n' none strict
	set -l dir (dirname (readlink -f (command -v quartet)))/profiles
	for file in $dir/*.json
		basename $file .json
	end
end

complete -c quartet -n 'not __quartet_verb' -f -a '(__quartet_verbs)'
complete -c quartet -n '__quartet_verb' -a '(__quartet_options)'
complete -c quartet -n 'contains -- (__quartet_verb) ask lint disasm convert exec diff' \
	-a '(__quartet_profiles)'
complete -c quartet -n 'contains -- (__quartet_verb) run show list' \
	-a '(quartet list 2>/dev/null)'
complete -c quartet -n '__quartet_verb' -s p -x -a '(__quartet_profiles)'
complete -c quartet -n '__quartet_verb' -s a -x -a 'x86_64 x86 x32 aarch64 arm'
