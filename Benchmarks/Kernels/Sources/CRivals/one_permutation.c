#include "CRivals.h"
#include "mix.h"

void one_permutation(const uint64_t *shingles, size_t count, uint32_t slots[DDK_SLOTS]) {
  enum { VALUE_BITS = 32 - DDK_SLOT_BITS };
  const uint32_t empty = ~0u;
  for (int j = 0; j < DDK_SLOTS; j++) slots[j] = empty;
  for (size_t i = 0; i < count; i++) {
    uint32_t x = (uint32_t)(shingles[i] >> 32), value = x & ((1u << VALUE_BITS) - 1);
    uint32_t *slot = &slots[x >> VALUE_BITS];
    *slot = value < *slot ? value : *slot;
  }
  uint32_t dense[DDK_SLOTS];
  for (uint64_t j = 0; j < DDK_SLOTS; j++) {
    dense[j] = slots[j];
    for (uint64_t attempt = 1; dense[j] == empty; attempt++)
      dense[j] = slots[mix(j << 32 | attempt) >> (64 - DDK_SLOT_BITS)];
  }
  for (int j = 0; j < DDK_SLOTS; j++) slots[j] = dense[j];
}
