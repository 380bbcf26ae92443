# SPDX-License-Identifier: MIT
# fuzz/bench: what the fuzzer is measured with, and against.
$(B)/bench/bench_executor: $(B)/fuzz/bench/plain.o

# Random profiles, each built twice.
BUILT ?= 100000
$(B)/bench/bench_built: fuzz/bench/bench_built.c \
		$(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -o $@ $^ $(LIBS)

# ASan and UBSan: BYTES byte strings, and PROGRAMS programs through executor and
# oracles.
BYTES ?= 10000000
PROGRAMS ?= 1000000
SANITIZED := EXTRA='-fsanitize=address,undefined -fno-sanitize-recover=undefined'
soak:
	@+$(MAKE) -s B=build/asan $(SANITIZED) build/asan/bench/bench_bytes \
		build/asan/bench/bench_soak build/asan/profiles
	build/asan/bench/bench_bytes $(BYTES)
	build/asan/bench/bench_soak four+restart_syscall $(PROGRAMS) 1

$(B)/plain-target: $(AFL)/bench/plain_target.o $(B)/fuzz/bench/plain.o \
		$(B)/fuzz/afl/map.o $(B)/libquartet.a | $(B)/profiles
	$(AFL_CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)

$(AFL)/same.so: $(AFL)/pic/bench/same_mutator.o
	$(CC) $(CFLAGS) $(EXTRA) -shared -o $(TMP) $^ && $(PLACE)

bench-fuzz: $(B)/bench/bench_executor $(B)/bench/bench_soak \
	$(B)/bench/bench_without $(B)/plain-target $(AFL)/same.so afl
.PHONY: bench-fuzz soak
