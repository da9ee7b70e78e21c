#include "flatten.h"
#include "kernels.h"

/// Eight bytes at a time in one word: the high bit of each byte of the result tells whether it is a word byte.
DDK_INLINE uint64_t word_bytes(uint64_t v) {
  const uint64_t ones = 0x0101010101010101ull, high = 0x80 * ones;
  uint64_t seven = v & ~high, lower = seven | 0x20 * ones;
  uint64_t letter = (lower + (0x80 - 'a') * ones) & ~(lower + (0x7f - 'z') * ones);
  uint64_t digit = (seven + (0x80 - '0') * ones) & ~(seven + (0x7f - '9') * ones);
  return (v | letter | digit) & high;
}

DDK_INLINE uint64_t classify(const uint8_t *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 8; i++) mask |= ((word_bytes(ddk_load64(p + 8 * i)) >> 7) * 0x0102040810204080ull >> 56) << 8 * i;
  return mask;
}

#define intersect_blocks(...) 0
#define flatten ddk_flatten
#define keep_below ddk_keep_below
#define XXH_VECTOR XXH_SCALAR
#include "generic.h"
DDK_TABLE(scalar);
