#define XXH_INLINE_ALL
#include <xxhash.h>

/// XXH3, 64 bits; behind a name of its own, since the header gives the others by macros.
static inline uint64_t cxx_checksum(const void *bytes, size_t count, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, count, seed);
}
