# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completion of quartet for bash. Verbs and options are asked of --help: there
# is no list here to grow old.

_quartet_verbs() {
	quartet --help 2>/dev/null | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p'
}

_quartet_options() { # _quartet_options VERB
	quartet "$1" --help 2>/dev/null | grep -oE '(^|[][ ,|(])--?[a-z0-9][a-z-]*' |
		grep -oE -- '--?[a-z0-9][a-z-]*' | sort -u
}

_quartet_profiles() {
	local dir
	dir=$(dirname "$(readlink -f "$(command -v quartet)")")/profiles
	echo none strict
	find "$dir" -name '*.json' -printf '%f\n' 2>/dev/null | sed 's/\.json$//'
}

_quartet_words() { # _quartet_words VERB PREVIOUS: what may stand here
	case $2 in
	-p | --profile | --from) _quartet_profiles; return ;;
	-f) [ "$1" = ask ] || quartet list --flavours | awk '{ print $1 }'; return ;;
	-k) quartet list --kernels | awk '{ print $1 }'; return ;;
	-a | --arch) echo x86_64 x86 x32 aarch64 arm; return ;;
	--arm) echo exec main first-read self symbol: syscall: after:; return ;;
	--margin) echo libc none; return ;;
	-o | -i | -I | -x | -t | -n | -j | --check | --timeout) return ;;
	esac
	case $1 in
	show | run | list) quartet list 2>/dev/null ;;
	ask | lint | disasm | convert | exec) _quartet_profiles ;;
	diff) _quartet_profiles; echo results/runs/*/ ;;
	export) echo --ktap --junit --github --kcidb --badge ;;
	esac
	_quartet_options "$1"
}

_quartet() {
	local word=${COMP_WORDS[COMP_CWORD]} line
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		while read -r line; do
			COMPREPLY+=("$line")
		done < <(compgen -W "$(_quartet_verbs) --help --version" -- "$word")
		return
	fi
	# Behind -- stands somebody else's command.
	for ((line = 2; line < COMP_CWORD; line++)); do
		[ "${COMP_WORDS[line]}" != -- ] || return
	done
	while read -r line; do
		COMPREPLY+=("$line")
	done < <(compgen -W "$(_quartet_words "${COMP_WORDS[1]}" \
		"${COMP_WORDS[COMP_CWORD - 1]}")" -- "$word")
}
complete -o bashdefault -o default -F _quartet quartet
