# SPDX-License-Identifier: MIT
# fuzz/seams: `make seams` fuzzes what strangers' programs tell of themselves
# (object files, maps, the kernel's log, symbols) with ASan and UBSan for
# SEAMS_SECONDS. Stops at no finding: they lie in $(B)/seams/out/default/crashes
# and hangs. libdw and libelf are as installed: without sanitizers. `make asan`
# reads the seeds, without AFL++.
SEAMS_SECONDS ?= 1800

$(B)/seams/seams: $(B)/fuzz/seams/seams.o $(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)

# One object file small enough to be changed everywhere.
$(B)/seams/seeds: $(wildcard fuzz/seams/seeds/*)
	@rm -rf $@; mkdir -p $(TMP) && cp $^ $(TMP)/ && \
		echo 'namespace a { int f(int x) { return x; } }' | \
		clang -x c++ -g1 -shared -fPIC -nostdlib -o $(TMP)/object - && $(PLACE)

seams: $(B)/seams/seeds
	@+AFL_USE_ASAN=1 AFL_USE_UBSAN=1 AFL_QUIET=1 $(MAKE) -s \
		B=$(B)/seams/afl CC=afl-clang-fast $(B)/seams/afl/seams/seams
	AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 \
	AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		nice afl-fuzz -V $(SEAMS_SECONDS) -t 2000 -i $(B)/seams/seeds \
		-o $(B)/seams/out -- $(B)/seams/afl/seams/seams

.PHONY: seams
