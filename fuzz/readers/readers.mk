# SPDX-License-Identifier: MIT
# fuzz/readers: `make readers` builds the readers of profiles for AFL++ with
# ASan and UBSan, and fuzzes them for READERS_SECONDS. Stops at no finding:
# they lie in $(B)/readers/out/default/crashes.
READERS_SECONDS ?= 600
READERS_SRC := fuzz/readers/readers.c $(addprefix harness/,bpf.c calls.c \
	jsonpos.c lint.c lint_args.c lint_needs.c lint_rules.c profile.c \
	profile_build.c profile_docker.c profile_json.c profile_oci.c \
	profile_policy.c profile_policy_expr.c profile_raw.c)

$(B)/readers/readers: $(READERS_SRC)
	@mkdir -p $(@D)
	AFL_USE_ASAN=1 AFL_USE_UBSAN=1 AFL_QUIET=1 afl-clang-fast -std=gnu11 \
		-D_GNU_SOURCE -Iharness -O1 -g -o $@ $^ -lseccomp -ljansson

readers: $(B)/readers/readers
	AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 \
	AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		nice afl-fuzz -V $(READERS_SECONDS) -t 2000 \
		-x fuzz/readers/oci.dict -x fuzz/readers/policy.dict \
		-i fuzz/readers/seeds \
		-o $(B)/readers/out -- $<

.PHONY: readers
