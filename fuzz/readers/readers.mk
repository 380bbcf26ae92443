# SPDX-License-Identifier: MIT
# fuzz/readers: `make readers` builds the readers of profiles for AFL++ with
# ASan and UBSan, and fuzzes them for READERS_SECONDS. Stops at no finding:
# they lie in $(B)/readers/out/default/crashes. `make asan` lets them read the
# seeds, without AFL++.
READERS_SECONDS ?= 600

$(B)/readers/readers: $(B)/fuzz/readers/readers.o $(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)

readers:
	@+AFL_USE_ASAN=1 AFL_USE_UBSAN=1 AFL_QUIET=1 $(MAKE) -s \
		B=$(B)/readers/afl CC=afl-clang-fast $(B)/readers/afl/readers/readers
	AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 \
	AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		nice afl-fuzz -V $(READERS_SECONDS) -t 2000 \
		$(patsubst %,-x %,$(wildcard fuzz/readers/*.dict)) \
		-i fuzz/readers/seeds \
		-o $(B)/readers/out -- $(B)/readers/afl/readers/readers

.PHONY: readers
