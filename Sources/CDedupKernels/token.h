/// Token hash and token builder, shared by every kernel and by the Unicode path.
#ifndef DDK_TOKEN_H
#define DDK_TOKEN_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "CDedupKernels.h"

#define DDK_INLINE static inline __attribute__((always_inline))
#define DDK_APART static __attribute__((noinline))
/// Longest token that is hashed from two registers; longer ones go through XXH3.
#define DDK_SHORT 16

DDK_INLINE uint64_t ddk_load64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

DDK_INLINE uint64_t ddk_fold(uint64_t a, uint64_t b) {
  __uint128_t p = (__uint128_t)a * b;
  return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/// Which of 64 bytes are what, a bit a byte.
typedef struct {
  uint64_t word;     // ASCII letters and digits, and what is not ASCII
  uint64_t number;   // ASCII digits, and what is not ASCII
  uint64_t visible;  // above the space; what is not ASCII may be in or not
  uint64_t symbol;   // $ % & + < = > ? ^ ` | ~
  uint64_t hyphen;
} ddk_classes;

/// Symbols are known by their two halves: they are those whose entries for the low and the high one share a bit.
#define DDK_SYMBOL_LOW 0x08, 0, 0, 0, 0x01, 0x01, 0x01, 0, 0, 0, 0, 0x01, 0x12, 0x02, 0x16, 0x02
#define DDK_SYMBOL_HIGH 0, 0, 0x01, 0x02, 0, 0x04, 0x08, 0x10, 0, 0, 0, 0, 0, 0, 0, 0

/// Up to 16 bytes as two little-endian words, zeros behind.
typedef struct {
  uint64_t low, high;
} ddk_words;

/// Loads `length` <= DDK_SHORT bytes with bit 5 set in each: ASCII letters gain it, digits have it already.
/// Reads DDK_SHORT bytes whatever the length.
DDK_INLINE ddk_words ddk_load_lower(const uint8_t *p, size_t length) {
  typedef uint8_t bytes __attribute__((vector_size(16)));
  // A window of this array at 16 - length keeps the first `length` bytes.
  static const uint8_t keep[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  bytes v, mask;
  memcpy(&v, p, 16);
  memcpy(&mask, keep + DDK_SHORT - length, 16);
  v = (v | 0x20) & mask;
  ddk_words w;
  memcpy(&w, &v, 16);
  return w;
}

/// Hash of a token of 1...16 normalised bytes. Multiply-and-fold as in wyhash: a nanosecond where a general
/// hash spends five on branches over the length.
DDK_INLINE uint64_t ddk_hash_short(ddk_words w, uint64_t length) {
  return ddk_fold(w.low ^ 0x9e3779b97f4a7c15ull, (w.high + length) ^ 0xd6e8feb86659fd93ull);
}

/// Hash of a token of more than 16 normalised bytes.
uint64_t ddk_hash_long(const uint8_t *bytes, size_t length);

/// XXH3 of a token that comes in pieces.
typedef struct ddk_long_hash ddk_long_hash;
/// Adds bytes; makes the state where `hash` is null.
ddk_long_hash *ddk_long_hash_more(ddk_long_hash *hash, const uint8_t *bytes, size_t length);
/// Adds the last bytes, returns the hash, frees the state.
uint64_t ddk_long_hash_end(ddk_long_hash *hash, const uint8_t *bytes, size_t length);

/// Where tokens go.
typedef struct {
  uint64_t *hashes;
  ddk_range *ranges;
  ddk_marks *marks;
  size_t count, capacity;
  bool full;  // a token found no room
} ddk_sink;

DDK_INLINE void ddk_emit(ddk_sink *sink, uint64_t hash, size_t start, size_t end) {
  if (sink->count == sink->capacity) {
    sink->full = true;
    return;
  }
  sink->hashes[sink->count] = hash;
  if (sink->ranges) sink->ranges[sink->count] = (ddk_range){(uint32_t)start, (uint32_t)end};
  sink->count++;
}

/// Counts a mark: where it stands among the tokens, and `offset` bytes into the next one. The two chains are folded as
/// short tokens are, each by a constant of its own.
DDK_INLINE void ddk_mark(ddk_sink *sink, uint32_t c, size_t offset) {
  if (!sink->marks) return;
  ddk_fingerprint *hash = &sink->marks->hash;
  uint64_t mark = (uint64_t)sink->count << 32 | (offset & 0x7ff) << 21 | c;
  hash->low = ddk_fold(hash->low ^ mark ^ 0x9e3779b97f4a7c15ull, 0xd6e8feb86659fd93ull);
  hash->high = ddk_fold((hash->high + mark) ^ 0xa0761d6478bd642full, 0xe7037ed1a0b428dbull);
}

/// Counts what a cue may stand for: an ASCII symbol or question mark, or a byte that may begin a number behind ASCII
/// punctuation.
void ddk_mark_cue(const uint8_t *text, size_t length, size_t at, ddk_sink *sink);

/// Tokenises a run of ASCII letters, digits and non-ASCII bytes of any length and content.
void ddk_tokenise_slowly(const uint8_t *text, size_t start, size_t end, ddk_sink *sink);

#endif
