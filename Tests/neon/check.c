/// Every kernel that this machine can run, over the same seeded inputs: their bits must agree, and the digests
/// that go to standard output are the same on every architecture.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CDedupKernels.h"

enum { LONGEST = 3 * 4096, MOST_TOKENS = 6 * LONGEST };

typedef struct {
  uint64_t state;
} rng;

static uint64_t next(rng *r) {
  uint64_t z = r->state += 0x9e3779b97f4a7c15ull;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ z >> 27) * 0x94d049bb133111ebull;
  return z ^ z >> 31;
}

static size_t below(rng *r, size_t bound) { return next(r) % bound; }

typedef enum { RANDOM_BYTES, WORDS, SCRIPTS, LONG_TOKENS, STYLES } style;
static const char *const style_names[] = {"random bytes", "words", "scripts", "long tokens"};

static const struct {
  uint32_t first, last;
} blocks[] = {
    {' ', '~'},       {' ', '~'},       {0xa0, 0x17f},      {0x300, 0x33f},     {0x370, 0x3ff},     {0x400, 0x45f},
    {0x5d0, 0x64f},   {0x900, 0x97f},   {0xe00, 0xeff},     {0x1000, 0x11ff},   {0x1780, 0x17ff},   {0x1e00, 0x1fff},
    {0x200b, 0x200f}, {0x2100, 0x214f}, {0x3040, 0x30ff},   {0x3300, 0x33ff},   {0x4e00, 0x4fff},   {0xac00, 0xad00},
    {0xfb00, 0xfdff}, {0xff01, 0xff9f}, {0x1d15e, 0x1d1ff}, {0x1f300, 0x1f64f}, {0x20000, 0x200ff},
};

static size_t encode(uint32_t c, uint8_t *out) {
  if (c < 0x80) return out[0] = c, 1;
  if (c < 0x800) return out[0] = 0xc0 | c >> 6, out[1] = 0x80 | (c & 63), 2;
  if (c < 0x10000) return out[0] = 0xe0 | c >> 12, out[1] = 0x80 | (c >> 6 & 63), out[2] = 0x80 | (c & 63), 3;
  out[0] = 0xf0 | c >> 18, out[1] = 0x80 | (c >> 12 & 63), out[2] = 0x80 | (c >> 6 & 63), out[3] = 0x80 | (c & 63);
  return 4;
}

/// Cut at `length` wherever that falls, so that some texts end inside a code point.
static void make_text(rng *r, style s, uint8_t *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    switch (s) {
      case RANDOM_BYTES: text[at++] = (uint8_t)next(r); break;
      case WORDS: text[at++] = below(r, 6) ? "aZ09eTnQ"[below(r, 8)] : " .\n-"[below(r, 4)]; break;
      case SCRIPTS: {
        size_t block = below(r, sizeof blocks / sizeof *blocks);
        for (size_t n = 1 + below(r, 6); n && at < length; n--)
          at += encode(blocks[block].first + below(r, blocks[block].last - blocks[block].first + 1), text + at);
        break;
      }
      default:
        for (size_t n = 1 + below(r, below(r, 4) ? 20 : 5000); n && at < length; n--)
          at += below(r, 64) ? encode('a' + below(r, 26), text + at) : encode(0xc0 + below(r, 64), text + at);
        at += encode(' ', text + at);
    }
  }
  for (size_t i = length; i < length + DDK_PADDING; i++) text[i] = (uint8_t)next(r);
}

/// Results of one kernel on one input.
typedef struct {
  size_t count;
  uint64_t hashes[MOST_TOKENS], shingles[MOST_TOKENS];
  ddk_range ranges[MOST_TOKENS];
  size_t sampled;
  uint32_t sample[MOST_TOKENS];
  uint32_t slots[DDK_SLOTS];
  ddk_fingerprint fingerprint;
  uint64_t marks[4];
} result;

static void run(const ddk_kernels *k, const uint8_t *text, size_t length, result *out) {
  static uint64_t bare[MOST_TOKENS];
  memset(out->slots, 0, sizeof out->slots);
  ddk_marks marks;
  out->count = k->tokenise(text, length, out->hashes, out->ranges, &marks, MOST_TOKENS);
  uint64_t told[] = {marks.hash.low, marks.hash.high, marks.lost, marks.is_veiled};
  memcpy(out->marks, told, sizeof told);
  size_t again = k->tokenise(text, length, bare, NULL, NULL, MOST_TOKENS);
  if (again != out->count || memcmp(bare, out->hashes, again * sizeof *bare)) {
    fprintf(stderr, "%s: length %zu: tokens differ with and without ranges and marks\n", k->name, length);
    exit(1);
  }
  out->fingerprint = k->fingerprint(out->hashes, out->count);
  out->sampled = 0;
  if (out->count < 3) return;
  out->sampled = k->sample(out->hashes, out->count, 3, 1ull << 61, out->sample);
  k->shingle(out->hashes, out->count, 3, out->shingles);
  k->sketch(out->shingles, out->count - 2, out->slots);
}

static bool same(const result *a, const result *b) {
  size_t n = a->count, windows = n < 3 ? 0 : n - 2;
  return n == b->count && !memcmp(a->hashes, b->hashes, n * 8) && !memcmp(a->ranges, b->ranges, n * 8) &&
         !memcmp(a->shingles, b->shingles, windows * 8) && a->sampled == b->sampled &&
         !memcmp(a->sample, b->sample, a->sampled * 4) && !memcmp(a->slots, b->slots, sizeof a->slots) &&
         !memcmp(&a->fingerprint, &b->fingerprint, sizeof a->fingerprint) &&
         !memcmp(a->marks, b->marks, sizeof a->marks);
}

static uint64_t digest_of(const result *r, uint64_t seed) {
  seed = ddk_hash_bytes(r->hashes, r->count * 8, seed);
  seed = ddk_hash_bytes(r->ranges, r->count * 8, seed);
  if (r->count >= 3) seed = ddk_hash_bytes(r->shingles, (r->count - 2) * 8, seed);
  seed = ddk_hash_bytes(r->sample, r->sampled * 4, seed);
  seed = ddk_hash_bytes(&r->fingerprint, sizeof r->fingerprint, seed);
  seed = ddk_hash_bytes(r->marks, sizeof r->marks, seed);
  return ddk_hash_bytes(r->slots, sizeof r->slots, seed);
}

static void check_texts(const ddk_kernels **kernels, size_t kernel_count, style s) {
  static uint8_t text[LONGEST + 8 + DDK_PADDING];
  static result first, other;
  rng r = {0x5eed + s};
  uint64_t digest = 0;
  for (size_t round = 0; round < 700; round++) {
    size_t length = round < 520 ? round / 2 : 4096 * (1 + below(&r, 2)) - 20 + below(&r, 41);
    make_text(&r, s, text, length);
    run(kernels[0], text, length, &first);
    digest = digest_of(&first, digest);
    for (size_t k = 1; k < kernel_count; k++) {
      run(kernels[k], text, length, &other);
      if (same(&first, &other)) continue;
      fprintf(
          stderr, "%s and %s differ: %s, round %zu, length %zu\n", kernels[0]->name, kernels[k]->name, style_names[s],
          round, length);
      exit(1);
    }
  }
  printf("%s %016llx\n", style_names[s], (unsigned long long)digest);
}

/// Ascending arrays with some values in common.
static size_t make_set(rng *r, uint64_t *out, size_t count, uint64_t universe) {
  static uint64_t scratch[4096];
  for (size_t i = 0; i < count; i++) out[i] = below(r, universe) * 0x9e3779b97f4a7c15ull;
  return ddk_sort_unique(out, count, scratch);
}

static void check_sets(const ddk_kernels **kernels, size_t kernel_count) {
  rng r = {77};
  uint64_t digest = 0;
  for (size_t round = 0; round < 4000; round++) {
    static uint64_t a[4096], b[4096];
    size_t most = round < 3900 ? 41 : 4096;
    uint64_t universe = 1 + below(&r, 3 * most);
    size_t na = make_set(&r, a, below(&r, most), universe), nb = make_set(&r, b, below(&r, most), universe);
    size_t common = kernels[0]->intersect(a, na, b, nb);
    uint8_t x[DDK_SLOTS], y[DDK_SLOTS];
    for (int i = 0; i < DDK_SLOTS; i++) x[i] = (uint8_t)next(&r), y[i] = below(&r, 2) ? x[i] : (uint8_t)next(&r);
    size_t agreeing = kernels[0]->agree(x, y), naive = 0, both = 0;
    for (int i = 0; i < DDK_SLOTS; i++) naive += x[i] == y[i];
    for (size_t i = 0, j = 0; i < na; i++) {
      while (j < nb && b[j] < a[i]) j++;
      both += j < nb && b[j] == a[i];
    }
    for (size_t k = 0; k < kernel_count; k++)
      if (kernels[k]->intersect(a, na, b, nb) != both || kernels[k]->agree(x, y) != naive) {
        fprintf(
            stderr, "%s: intersect or agree is wrong: round %zu, sizes %zu and %zu\n", kernels[k]->name, round, na, nb);
        exit(1);
      }
    uint64_t values[] = {digest, common, agreeing, na, nb};
    digest = ddk_hash_bytes(values, sizeof values, 0);
  }
  printf("sets %016llx\n", (unsigned long long)digest);
}

int main(void) {
  const ddk_kernels *kernels[8];
  size_t count = ddk_available(kernels);
  for (size_t k = 0; k < count; k++) fprintf(stderr, "%s%s", k ? ", " : "kernels: ", kernels[k]->name);
  fputc('\n', stderr);
  for (int s = 0; s < STYLES; s++) check_texts(kernels, count, (style)s);
  check_sets(kernels, count);
}
