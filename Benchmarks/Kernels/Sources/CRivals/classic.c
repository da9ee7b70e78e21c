#include <stdbool.h>

#include "CRivals.h"
#include "mix.h"

/// Sixty-four slots stay in registers while all hashes pass.
static inline __attribute__((always_inline)) void classic(
    const uint64_t *shingles, size_t count, uint32_t slots[DDK_SLOTS]) {
  enum { GROUP = 64 };
  static uint32_t factor[DDK_SLOTS], offset[DDK_SLOTS];
  if (!factor[0])
    for (uint32_t j = DDK_SLOTS; j-- > 0;) {
      factor[j] = (uint32_t)mix(2 * j + 1) | 1;
      offset[j] = (uint32_t)mix(2 * j + 2);
    }
  for (int group = 0; group < DDK_SLOTS; group += GROUP) {
    uint32_t least[GROUP], a[GROUP], b[GROUP];
    for (int j = 0; j < GROUP; j++) least[j] = ~0u, a[j] = factor[group + j], b[j] = offset[group + j];
    for (size_t i = 0; i < count; i++) {
      uint32_t x = (uint32_t)(shingles[i] >> 32);
      for (int j = 0; j < GROUP; j++) {
        uint32_t p = x * a[j] + b[j];
        least[j] = p < least[j] ? p : least[j];
      }
    }
    for (int j = 0; j < GROUP; j++) slots[group + j] = least[j];
  }
}

void classic_scalar(const uint64_t *s, size_t n, uint32_t slots[DDK_SLOTS]) { classic(s, n, slots); }
#if defined(__x86_64__)
__attribute__((target("avx2"))) void classic_avx2(const uint64_t *s, size_t n, uint32_t slots[DDK_SLOTS]) {
  classic(s, n, slots);
}
__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))) void classic_avx512(
    const uint64_t *s, size_t n, uint32_t slots[DDK_SLOTS]) {
  classic(s, n, slots);
}
#endif
