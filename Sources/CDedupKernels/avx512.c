#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push(                                                                        \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,bmi,bmi2,lzcnt,popcnt"))), \
    apply_to = function)

DDK_INLINE ddk_classes classify(const uint8_t *p) {
  const __m512i low = _mm512_broadcast_i32x4(_mm_setr_epi8(DDK_SYMBOL_LOW));
  const __m512i high = _mm512_broadcast_i32x4(_mm_setr_epi8(DDK_SYMBOL_HIGH));
  __m512i v = _mm512_loadu_si512(p);
  __m512i letter = _mm512_sub_epi8(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
  __m512i half = _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(0x0f));
  ddk_classes is;
  is.number = _mm512_movepi8_mask(v) | _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9));
  is.word = is.number | _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25));
  is.visible = _mm512_cmpgt_epu8_mask(v, _mm512_set1_epi8(' '));
  is.symbol = _mm512_test_epi8_mask(_mm512_shuffle_epi8(low, v), _mm512_shuffle_epi8(high, half));
  is.hyphen = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('-'));
  return is;
}

/// Gathers the bytes' own positions: a few instructions for what takes three a bit elsewhere.
DDK_INLINE uint32_t *flatten(uint64_t bits, uint32_t base, uint32_t *out) {
  const __m512i own = _mm512_set_epi64(
      0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928, 0x2726252423222120, 0x1f1e1d1c1b1a1918,
      0x1716151413121110, 0x0f0e0d0c0b0a0908, 0x0706050403020100);
  __m512i found = _mm512_maskz_compress_epi8(bits, own), first = _mm512_set1_epi32((int)base);
  int n = __builtin_popcountll(bits);
  _mm512_storeu_si512(out, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
  if (n > 16)
    _mm512_storeu_si512(out + 16, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 1))));
  if (__builtin_expect(n > 32, 0)) {
    _mm512_storeu_si512(out + 32, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 2))));
    _mm512_storeu_si512(out + 48, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 3))));
  }
  return out + n;
}

/// Eight decisions an instruction; see flatten.h for one.
DDK_INLINE uint32_t *keep_below(const uint64_t *hashes, size_t count, uint64_t bound, uint32_t *out) {
  const __m512i limit = _mm512_set1_epi64((long long)bound);
  for (size_t i = 0; i < count; i += 8) {
    __mmask8 wanted = count - i < 8 ? (__mmask8)((1u << (count - i)) - 1) : 0xff;
    __m512i hash = _mm512_maskz_loadu_epi64(wanted, hashes + i);
    wanted = _mm512_mask_cmplt_epu64_mask(wanted, hash, limit);
    _mm256_mask_compressstoreu_epi32(out, wanted, _mm512_cvtepi64_epi32(hash));
    out += __builtin_popcount(wanted);
  }
  return out;
}

/// Eight against eight; see avx2.c.
DDK_INLINE size_t
intersect_blocks(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t *i, size_t *j) {
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

#define XXH_VECTOR XXH_AVX512
#include "generic.h"
#pragma clang attribute pop
DDK_TABLE(avx512);
#endif
