#if defined(__x86_64__)
#include <immintrin.h>

#include "flatten.h"
#include "kernels.h"

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)

DDK_INLINE uint32_t mask_of(__m256i v) { return (uint32_t)_mm256_movemask_epi8(v); }

DDK_INLINE ddk_classes classify_half(const uint8_t *p) {
  const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(DDK_SYMBOL_LOW));
  const __m256i high = _mm256_broadcastsi128_si256(_mm_setr_epi8(DDK_SYMBOL_HIGH));
  __m256i v = _mm256_loadu_si256((const __m256i *)p);
  __m256i letter = _mm256_sub_epi8(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
  __m256i digit = _mm256_sub_epi8(v, _mm256_set1_epi8('0'));
  __m256i is_letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(25)), letter);
  __m256i is_number = _mm256_or_si256(v, _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
  __m256i half = _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0f));
  __m256i symbol = _mm256_and_si256(_mm256_shuffle_epi8(low, v), _mm256_shuffle_epi8(high, half));
  return (ddk_classes){
      mask_of(_mm256_or_si256(is_letter, is_number)),       mask_of(is_number),
      mask_of(_mm256_cmpgt_epi8(v, _mm256_set1_epi8(' '))), mask_of(_mm256_cmpgt_epi8(symbol, _mm256_setzero_si256())),
      mask_of(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('-'))),
  };
}

DDK_INLINE ddk_classes classify(const uint8_t *p) {
  ddk_classes a = classify_half(p), b = classify_half(p + 32);
  return (ddk_classes){
      a.word | b.word << 32, a.number | b.number << 32, a.visible | b.visible << 32, a.symbol | b.symbol << 32,
      a.hyphen | b.hyphen << 32};
}

/// Four against four: each of b's rotations is compared with a; the block with the smaller maximum moves on.
DDK_INLINE size_t
intersect_blocks(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t *i, size_t *j) {
  size_t at = 0, bt = 0, common = 0;
  while (at + 4 <= a_count && bt + 4 <= b_count) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(a + at));
    __m256i y = _mm256_loadu_si256((const __m256i *)(b + bt));
    __m256i hit = _mm256_cmpeq_epi64(x, y);
    hit = _mm256_or_si256(hit, _mm256_cmpeq_epi64(x, _mm256_permute4x64_epi64(y, 0x39)));
    hit = _mm256_or_si256(hit, _mm256_cmpeq_epi64(x, _mm256_permute4x64_epi64(y, 0x4e)));
    hit = _mm256_or_si256(hit, _mm256_cmpeq_epi64(x, _mm256_permute4x64_epi64(y, 0x93)));
    common += (size_t)__builtin_popcount((unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(hit)));
    uint64_t a_max = a[at + 3], b_max = b[bt + 3];
    at += a_max <= b_max ? 4 : 0;
    bt += b_max <= a_max ? 4 : 0;
  }
  *i = at, *j = bt;
  return common;
}

#define flatten ddk_flatten
#define keep_below ddk_keep_below
#define XXH_VECTOR XXH_AVX2
#include "generic.h"
#pragma clang attribute pop
DDK_TABLE(avx2);
#endif
