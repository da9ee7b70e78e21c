/// What rests on xxHash (libxxhash-dev, header only): long tokens and bytes.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "token.h"

uint64_t ddk_hash_long(const uint8_t *bytes, size_t length) { return XXH3_64bits(bytes, length); }

uint64_t ddk_hash_bytes(const void *bytes, size_t length, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, length, seed);
}

ddk_long_hash *ddk_long_hash_more(ddk_long_hash *hash, const uint8_t *bytes, size_t length) {
  XXH3_state_t *state = (XXH3_state_t *)hash;
  if (!state) {
    state = XXH3_createState();
    if (!state) abort();
    XXH3_64bits_reset(state);
  }
  XXH3_64bits_update(state, bytes, length);
  return (ddk_long_hash *)state;
}

uint64_t ddk_long_hash_end(ddk_long_hash *hash, const uint8_t *bytes, size_t length) {
  XXH3_state_t *state = (XXH3_state_t *)hash;
  XXH3_64bits_update(state, bytes, length);
  uint64_t digest = XXH3_64bits_digest(state);
  XXH3_freeState(state);
  return digest;
}
