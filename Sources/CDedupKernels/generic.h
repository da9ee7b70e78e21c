/// The algorithms, once. An instruction set defines, then includes this file:
///   classify(p)      64 bytes -> which of them are what, as ddk_classes
///   flatten          writes base + the positions of the set bits, and garbage in up to 16 places behind
///   intersect_blocks advances over whole blocks of both arrays, counting matches
///   keep_below       appends the lower halves of the hashes below a bound, and garbage in one place behind
///   XXH_VECTOR       the code path of xxHash, which promises the same hash on all
/// Plain loops below vectorise for whatever target the including file has pushed.

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kernels.h"
#include "tokenise.h"

enum { LANES = 16 };

DDK_INLINE uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * 0xd6e8feb86659fd93ull;
  return x ^ x >> 29;
}

/// Token hashes are well mixed already, so a window is their rotated sum, mixed once.
DDK_INLINE uint64_t window(const uint64_t *tokens, size_t k) {
  uint64_t sum = tokens[0];
  for (size_t j = 1; j < k; j++) sum = (sum << 23 | sum >> 41) + tokens[j];
  return mix(sum);
}

DDK_INLINE void windows(const uint64_t *tokens, size_t k, uint64_t out[LANES]) {
  uint64_t sum[LANES];
  for (int l = 0; l < LANES; l++) sum[l] = tokens[l];
  for (size_t j = 1; j < k; j++)
    for (int l = 0; l < LANES; l++) sum[l] = (sum[l] << 23 | sum[l] >> 41) + tokens[j + l];
  for (int l = 0; l < LANES; l++) out[l] = mix(sum[l]);
}

DDK_INLINE void shingle_by(const uint64_t *tokens, size_t count, size_t k, uint64_t *out) {
  size_t n = count - k + 1, i = 0;
  for (; i + LANES <= n; i += LANES) windows(tokens + i, k, out + i);
  for (; i < n; i++) out[i] = window(tokens + i, k);
}

static void shingle(const uint64_t *tokens, size_t count, size_t k, uint64_t *out) {
  if (k == 5) return shingle_by(tokens, count, 5, out);  // the usual width, with its loops unrolled
  shingle_by(tokens, count, k, out);
}

DDK_INLINE size_t sample_by(const uint64_t *tokens, size_t count, size_t k, uint64_t bound, uint32_t *out) {
  size_t n = count - k + 1, i = 0;
  uint32_t *end = out;
  for (; i + LANES <= n; i += LANES) {
    uint64_t hashes[LANES];
    windows(tokens + i, k, hashes);
    end = keep_below(hashes, LANES, bound, end);
  }
  for (; i < n; i++) {
    uint64_t hash = window(tokens + i, k);
    end = keep_below(&hash, 1, bound, end);
  }
  return (size_t)(end - out);
}

static size_t sample(const uint64_t *tokens, size_t count, size_t k, uint64_t bound, uint32_t *out) {
  if (k == 3) return sample_by(tokens, count, 3, bound, out);  // the usual width, with its loops unrolled
  return sample_by(tokens, count, k, bound, out);
}

/// Odd multiplier and offset of a slot's own hash function.
DDK_INLINE uint32_t slot_factor(uint32_t j) { return (uint32_t)mix(mix(2 * j + 1)) | 1; }
DDK_INLINE uint32_t slot_offset(uint32_t j) { return (uint32_t)mix(mix(2 * j + 2)); }

typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));
static const uint32_t EMPTY = ~0u;  // and a hash that is this counts as none in the first round

/// The second round: gives each open slot the least of all hashes under the slot's own function.
static void fill(const uint32_t *open, uint32_t opened, const uint64_t *shingles, size_t count, uint32_t *slots) {
  enum { BLOCK = 512 };
  for (size_t at = 0; at < count; at += BLOCK) {
    size_t n = count - at < BLOCK ? count - at : BLOCK, padded = (n + 2 * LANES - 1) / (2 * LANES) * 2 * LANES;
    lanes x[BLOCK / LANES];
    uint32_t *value = (uint32_t *)x;
    for (size_t i = 0; i < n; i++) value[i] = (uint32_t)(shingles[at + i] >> 32);
    for (size_t i = n; i < padded; i++) value[i] = value[n - 1];  // no minimum changes by a repeat
    for (uint32_t o = 0; o < opened; o++) {
      uint32_t factor = slot_factor(open[o]), offset = slot_offset(open[o]);
      lanes even = x[0] * factor + offset, odd = x[1] * factor + offset;
      for (size_t i = 2; i < padded / LANES; i += 2) {
        even = __builtin_elementwise_min(even, x[i] * factor + offset);
        odd = __builtin_elementwise_min(odd, x[i + 1] * factor + offset);
      }
      uint32_t least = __builtin_reduce_min(__builtin_elementwise_min(even, odd));
      slots[open[o]] = least < slots[open[o]] ? least : slots[open[o]];
    }
  }
}

/// Fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017) with one random round: every hash goes
/// to one slot, and a slot that got none takes the minimum of all hashes under a function of its own. The
/// first round costs a store a hash and the second is a pure vector minimum, so both short and long
/// documents are cheap; each slot agrees with probability J. Decision 002 has the accuracy.
static void sketch(const uint64_t *shingles, size_t count, uint32_t slots[DDK_SLOTS]) {
  memset(slots, 0xff, DDK_SLOTS * sizeof *slots);
  for (size_t i = 0; i < count; i++) {
    uint32_t x = (uint32_t)(shingles[i] >> 32), *slot = &slots[x >> (32 - DDK_SLOT_BITS)];
    *slot = x < *slot ? x : *slot;
  }
  uint32_t open[DDK_SLOTS], opened = 0;
  for (uint32_t j = 0; j < DDK_SLOTS; j++) {
    open[opened] = j;
    opened += slots[j] == EMPTY;
  }
  if (opened) fill(open, opened, shingles, count, slots);
}

static size_t intersect(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count) {
  size_t i = 0, j = 0, common = intersect_blocks(a, a_count, b, b_count, &i, &j);
  while (i < a_count && j < b_count) {
    uint64_t x = a[i], y = b[j];
    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  return common;
}

static ddk_fingerprint fingerprint(const uint64_t *tokens, size_t count) {
  XXH128_hash_t h = XXH3_128bits(tokens, count * sizeof *tokens);
  return (ddk_fingerprint){h.low64, h.high64};
}

static size_t agree(const uint8_t *a, const uint8_t *b) {
  size_t n = 0;
  for (int i = 0; i < DDK_SLOTS; i++) n += a[i] == b[i];
  return n;
}

#define DDK_TABLE(NAME) \
  const ddk_kernels ddk_##NAME = {#NAME, tokenise, shingle, sample, sketch, intersect, agree, fingerprint}
