#include "CRivals.h"
#include "mix.h"

/// A slot holds `round << 24 | value`: an earlier round is less than any later one, as in the paper.
void fast_similarity(const uint64_t *shingles, size_t count, uint32_t slots[DDK_SLOTS]) {
  enum { VALUE_BITS = 24 };
  const uint32_t empty = ~0u;
  int open = DDK_SLOTS;
  for (int j = 0; j < DDK_SLOTS; j++) slots[j] = empty;
  for (uint32_t round = 0; open && round < 2 * DDK_SLOTS; round++) {
    for (size_t i = 0; i < count; i++) {
      uint64_t h = mix(shingles[i] + round * 0x9e3779b97f4a7c15ull);
      uint32_t value = round << VALUE_BITS | (uint32_t)(h & ((1u << VALUE_BITS) - 1));
      uint32_t *slot = &slots[round < DDK_SLOTS ? h >> (64 - DDK_SLOT_BITS) : round - DDK_SLOTS];
      open -= *slot == empty;
      *slot = value < *slot ? value : *slot;
    }
  }
}
