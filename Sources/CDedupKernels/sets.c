#include <stdlib.h>
#include <string.h>

#include "CDedupKernels.h"

static int ascending(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

enum {
  MOST_BUCKET_BITS = 16,
  LONG_BUCKET = 64,  // more than a few hashes in a bucket means that they are not well mixed
};

/// One counting pass on the top bits puts every hash within a step or two of its place; insertion does the rest.
size_t ddk_sort_unique(uint64_t *values, size_t count, uint64_t *scratch) {
  if (count < 2) return count;
  if (count > UINT32_MAX) abort();
  int bits = 64 - __builtin_clzll(count);
  if (bits > MOST_BUCKET_BITS) bits = MOST_BUCKET_BITS;
  int shift = 64 - bits;
  size_t buckets = (size_t)1 << bits;
  uint32_t small[1024], *next = buckets <= 1024 ? small : malloc(buckets * sizeof *next);
  if (!next) abort();
  memset(next, 0, buckets * sizeof *next);
  for (size_t i = 0; i < count; i++) next[values[i] >> shift]++;
  uint32_t start = 0, longest = 0;
  for (size_t b = 0; b < buckets; b++) {
    uint32_t size = next[b];
    next[b] = start;
    start += size;
    longest = size > longest ? size : longest;
  }
  for (size_t i = 0; i < count; i++) scratch[next[values[i] >> shift]++] = values[i];
  if (next != small) free(next);
  if (longest > LONG_BUCKET) qsort(scratch, count, sizeof *scratch, ascending);
  for (size_t i = 1; i < count; i++) {
    uint64_t v = scratch[i];
    size_t at = i;
    for (; at > 0 && scratch[at - 1] > v; at--) scratch[at] = scratch[at - 1];
    scratch[at] = v;
  }
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    values[kept] = scratch[i];
    kept += i + 1 == count || scratch[i] != scratch[i + 1];
  }
  return kept;
}

/// The table's entries: a hash with its two lowest bits replaced by which sets hold it; 0 is free.
enum { IN_A = 1, IN_B = 2, MARKS = 3 };

/// The slot of a hash: its own, or a free one.
static inline uint64_t *slot_of(uint64_t *table, unsigned bits, uint64_t hash) {
  size_t i = hash >> (64 - bits);
  while (table[i] && (table[i] ^ hash) > MARKS) i = (i + 1) & (((size_t)1 << bits) - 1);
  return table + i;
}

ddk_overlap ddk_overlap_of(
    const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, uint64_t *table, unsigned bits) {
  if (a_count > UINT32_MAX || b_count > UINT32_MAX) abort();
  ddk_overlap found = {0, 0, 0};
  memset(table, 0, sizeof *table << bits);
  for (size_t i = 0; i < a_count; i++) {
    uint64_t *slot = slot_of(table, bits, a[i]);
    found.a += *slot == 0;
    *slot = (a[i] & ~(uint64_t)MARKS) | IN_A;
  }
  for (size_t i = 0; i < b_count; i++) {
    uint64_t *slot = slot_of(table, bits, b[i]), marks = *slot & MARKS;
    found.common += marks == IN_A;
    found.b += !(marks & IN_B);
    *slot = (b[i] & ~(uint64_t)MARKS) | marks | IN_B;
  }
  return found;
}

size_t ddk_positions_below(const uint64_t *hashes, size_t count, uint64_t bound, uint32_t *out) {
  if (count > UINT32_MAX) abort();
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    out[found] = (uint32_t)i;  // written whether it is wanted or not
    found += hashes[i] < bound;
  }
  return found;
}
