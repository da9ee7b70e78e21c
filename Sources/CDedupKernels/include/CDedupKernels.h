/// The only intrinsics of the project: one table of kernels per instruction set, chosen once at run time.
///
/// Every kernel gives identical bits on every instruction set. `text` must be followed by
/// DDK_PADDING readable bytes (their value does not matter): kernels load whole registers. A pointer may be null
/// where its count is 0. What returns places or counts of 32 bits aborts where the text or an array is longer than
/// they reach.
#ifndef CDEDUPKERNELS_H
#define CDEDUPKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#define DDK_PADDING 64
#define DDK_NO_ROOM ((size_t)-1)
/// Slots of a signature. One-permutation bins are the top DDK_SLOT_BITS of a hash.
#define DDK_SLOT_BITS 7
#define DDK_SLOTS (1 << DDK_SLOT_BITS)

/// Half-open byte range of a token in the original text.
typedef struct {
  uint32_t start, end;
} ddk_range;

typedef struct {
  uint64_t low, high;
} ddk_fingerprint;

/// What a text has beside its words: symbols, signs and marks of numbers, and what else tells two texts apart that
/// have the same words (decision 014).
typedef struct {
  /// 128 bits over each of them with its place among the tokens; 0 where there are none.
  ddk_fingerprint hash;
  /// Letters that are lost: U+FFFD, bytes that are no UTF-8, and words of question marks.
  size_t lost;
  /// The byte behind the last question mark of such a word.
  size_t question;
  /// Whether the text may mean something else than it says: a character reference, a tag, a word that a line end parts,
  /// or UTF-8 read as windows-1252 may be in it.
  bool is_veiled;
} ddk_marks;

typedef struct {
  const char *name;
  /// Writes the 64-bit hash of each token, and its byte range where `ranges` is not null, up to `capacity`
  /// tokens; fills `marks` where it is not null. Returns the number of tokens in the text, or DDK_NO_ROOM where
  /// `capacity` was too small, which it may be at just that number since a run that turns out to hold no token needs
  /// room too; half the length is enough for most texts, and six times the length for any.
  size_t (*tokenise)(
      const uint8_t *_Nullable text, size_t length, uint64_t *hashes, ddk_range *_Nullable ranges,
      ddk_marks *_Nullable marks, size_t capacity);
  /// out[i] = hash of tokens[i ..< i + k], for the `count - k + 1` windows. Requires 1 <= k <= count.
  void (*shingle)(const uint64_t *tokens, size_t count, size_t k, uint64_t *out);
  /// Lower halves of those of the same hashes that are below `bound`, in order; returns how many. `out` has room for
  /// one a window and one more.
  size_t (*sample)(const uint64_t *tokens, size_t count, size_t k, uint64_t bound, uint32_t *out);
  /// Signature of a non-empty set given as hashes in any order, repeats allowed.
  void (*sketch)(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);
  /// Size of the intersection of two strictly ascending arrays.
  size_t (*intersect)(const uint64_t *_Nullable a, size_t a_count, const uint64_t *_Nullable b, size_t b_count);
  /// Number of positions at which two arrays of DDK_SLOTS bytes agree.
  size_t (*agree)(const uint8_t *a, const uint8_t *b);
  /// 128-bit XXH3 of a token stream: equal streams, equal fingerprints.
  ddk_fingerprint (*fingerprint)(const uint64_t *tokens, size_t count);
} ddk_kernels;

/// The table in use: the one that DEDUP_KERNEL names, else the best of this CPU. Never null.
const ddk_kernels *ddk_active(void);
/// The kernels that this CPU can run, worst first; returns how many.
size_t ddk_available(const ddk_kernels *_Nullable out[_Nonnull 8]);
/// The value of DEDUP_KERNEL if it names no kernel that this CPU can run, else null.
const char *_Nullable ddk_unknown_request(void);

/// Sorts 64-bit hashes ascending in place, drops repeats, returns what is left. `scratch` holds `count` values.
/// Expected O(n) for well-mixed hashes, O(n log n) otherwise.
size_t ddk_sort_unique(uint64_t *values, size_t count, uint64_t *scratch);

typedef struct {
  uint32_t common, a, b;
} ddk_overlap;

/// Sizes of the sets of hashes in two arrays, repeats allowed, any order, and of their intersection, in one walk over
/// a hash table: `1 << bits` values, at least twice the hashes of both. Compares 62 bits. Expected O(a + b).
ddk_overlap ddk_overlap_of(
    const uint64_t *_Nullable a, size_t a_count, const uint64_t *_Nullable b, size_t b_count, uint64_t *table,
    unsigned bits);

/// Positions of the hashes that are below a bound, ascending; returns how many. `out` has room for one a hash. Without
/// a branch: one that is taken at random costs more than all the rest.
size_t ddk_positions_below(const uint64_t *_Nullable hashes, size_t count, uint64_t bound, uint32_t *out);

/// Asks for the cache line of an address that will be read soon; any address will do.
static inline void ddk_prefetch(const void *address) { __builtin_prefetch(address); }

/// The code point that a character reference of HTML names (`amp`, without `&` and `;`); 0 for other names.
uint32_t ddk_reference(const char *name, size_t length);

/// 64-bit XXH3 of bytes.
uint64_t ddk_hash_bytes(const void *_Nullable bytes, size_t length, uint64_t seed);

#pragma clang assume_nonnull end

#endif
