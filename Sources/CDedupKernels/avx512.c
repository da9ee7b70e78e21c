#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)

DDK_INLINE uint64_t classify(const uint8_t *p) {
  __m512i v = _mm512_loadu_si512(p);
  __m512i letter = _mm512_sub_epi8(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
  return _mm512_movepi8_mask(v) | _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25)) |
         _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9));
}

/// Eight against eight; see avx2.c.
DDK_INLINE size_t intersect_blocks(
    const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t *i, size_t *j) {
  size_t at = 0, bt = 0, common = 0;
  while (at + 8 <= a_count && bt + 8 <= b_count) {
    __m512i x = _mm512_loadu_si512(a + at), y = _mm512_loadu_si512(b + bt);
    unsigned hit = _mm512_cmpeq_epi64_mask(x, y);
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 1));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 2));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 3));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 4));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 5));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 6));
    hit |= _mm512_cmpeq_epi64_mask(x, _mm512_alignr_epi64(y, y, 7));
    common += (size_t)__builtin_popcount(hit);
    uint64_t a_max = a[at + 7], b_max = b[bt + 7];
    at += a_max <= b_max ? 8 : 0;
    bt += b_max <= a_max ? 8 : 0;
  }
  *i = at, *j = bt;
  return common;
}

#include "generic.h"
#pragma clang attribute pop
DDK_TABLE(avx512);
#endif
