#ifndef DDK_FLATTEN_H
#define DDK_FLATTEN_H

#include "token.h"

/// Writes base + the positions of the set bits. Eight at a time: a news text has about 20 borders in
/// 64 bytes, and a loop that ends at each last bit would mispredict on every block.
DDK_INLINE uint32_t *ddk_flatten(uint64_t bits, uint32_t base, uint32_t *out) {
  uint32_t n = (uint32_t)__builtin_popcountll(bits);
  for (uint32_t done = 0; done < n; done += 8) {
#pragma clang loop unroll(full) vectorize(disable)
    for (int i = 0; i < 8; i++) {
      out[done + i] = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 64);
      bits &= bits - 1;
    }
  }
  return out + n;
}

/// Each is written whether it is kept or not: a branch that is taken at random costs more.
DDK_INLINE uint32_t *ddk_keep_below(const uint64_t *hashes, size_t count, uint64_t bound, uint32_t *out) {
  for (size_t i = 0; i < count; i++) {
    *out = (uint32_t)hashes[i];
    out += hashes[i] < bound;
  }
  return out;
}

#endif
