/* fuzz.h: what every fuzz target has. A target is built with libFuzzer, and with the driver, which needs no clang. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* An assertion that no build leaves out. */
#define fuzz_check(condition) ((condition) ? (void) 0 : __builtin_trap ())
