# SPDX-License-Identifier: MIT
# fuzz/bench: what the fuzzer is measured with, and against.
$(B)/bench/bench_executor: fuzz/bench/bench_executor.c fuzz/bench/plain.c \
		$(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -o $@ $^ $(LIBS) -lpthread

$(B)/bench/bench_bytes $(B)/bench/order: $(B)/bench/%: fuzz/bench/%.c $(B)/libquartet.a
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

$(B)/plain-target: fuzz/bench/plain_target.c fuzz/bench/plain.c \
		$(B)/fuzz/afl/map.o $(B)/libquartet.a | $(B)/profiles
	@mkdir -p $(AFL)
	@echo src:nothing >$(AFL)/instrument
	AFL_QUIET=1 AFL_LLVM_ALLOWLIST=$(AFL)/instrument afl-clang-fast \
		$(HARNESS_CFLAGS) -o $@ $^ $(LIBS) -lpthread

$(AFL)/same.so: fuzz/bench/same_mutator.c
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -fPIC -shared -o $@ $<

bench-fuzz: $(B)/bench/bench_executor $(B)/bench/bench_soak $(B)/plain-target \
	$(AFL)/same.so afl
.PHONY: bench-fuzz soak
