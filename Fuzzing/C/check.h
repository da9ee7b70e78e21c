#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A promise that is broken ends the run with the input that did it.
#define CHECK(promise)                                                  \
  do {                                                                  \
    if (!(promise)) {                                                   \
      fprintf(stderr, "%s:%d: not " #promise "\n", __FILE__, __LINE__); \
      abort();                                                          \
    }                                                                   \
  } while (0)

/// Memory of just this size, so that the address sanitizer sees each step beyond it. `malloc(0)` may be null.
static inline void *room(size_t size) {
  void *memory = malloc(size + !size);
  CHECK(memory);
  return memory;
}

/// Reads all of it, so that the sanitizer sees what must not be read.
static inline uint64_t sum(const uint8_t *bytes, size_t count) {
  uint64_t total = 0;
  for (size_t i = 0; i < count; i++) total += bytes[i];
  return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
