#if defined(__aarch64__)
#include <arm_neon.h>

#include "flatten.h"
#include "kernels.h"

/// NEON has no movemask: each byte keeps its own bit, and three pairwise additions gather them.
DDK_INLINE uint64_t mask_of(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t sum =
      vpaddq_u8(vpaddq_u8(vandq_u8(a, bit), vandq_u8(b, bit)), vpaddq_u8(vandq_u8(c, bit), vandq_u8(d, bit)));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

typedef struct {
  uint8x16_t word, number, visible, symbol, hyphen;
} byte_classes;

DDK_INLINE byte_classes classes_of(const uint8_t *p) {
  const uint8x16_t low = {DDK_SYMBOL_LOW}, high = {DDK_SYMBOL_HIGH};
  uint8x16_t v = vld1q_u8(p);
  uint8x16_t letter = vsubq_u8(vorrq_u8(v, vdupq_n_u8(0x20)), vdupq_n_u8('a'));
  uint8x16_t number = vorrq_u8(vcleq_u8(vsubq_u8(v, vdupq_n_u8('0')), vdupq_n_u8(9)), vcgeq_u8(v, vdupq_n_u8(0x80)));
  // The halves of what is not ASCII make no symbol: no entry for the high one.
  uint8x16_t symbol = vtstq_u8(vqtbl1q_u8(low, vandq_u8(v, vdupq_n_u8(0x0f))), vqtbl1q_u8(high, vshrq_n_u8(v, 4)));
  return (byte_classes){
      vorrq_u8(number, vcleq_u8(letter, vdupq_n_u8(25))), number, vcgtq_u8(v, vdupq_n_u8(' ')), symbol,
      vceqq_u8(v, vdupq_n_u8('-'))};
}

DDK_INLINE ddk_classes classify(const uint8_t *p) {
  byte_classes a = classes_of(p), b = classes_of(p + 16), c = classes_of(p + 32), d = classes_of(p + 48);
  return (ddk_classes){
      mask_of(a.word, b.word, c.word, d.word), mask_of(a.number, b.number, c.number, d.number),
      mask_of(a.visible, b.visible, c.visible, d.visible), mask_of(a.symbol, b.symbol, c.symbol, d.symbol),
      mask_of(a.hyphen, b.hyphen, c.hyphen, d.hyphen)};
}

/// Two against two; see avx2.c.
DDK_INLINE size_t
intersect_blocks(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t *i, size_t *j) {
  size_t at = 0, bt = 0;
  uint64x2_t common = vdupq_n_u64(0);
  while (at + 2 <= a_count && bt + 2 <= b_count) {
    uint64x2_t x = vld1q_u64(a + at), y = vld1q_u64(b + bt);
    uint64x2_t hit = vorrq_u64(vceqq_u64(x, y), vceqq_u64(x, vextq_u64(y, y, 1)));
    common = vsubq_u64(common, hit);
    uint64_t a_max = a[at + 1], b_max = b[bt + 1];
    at += a_max <= b_max ? 2 : 0;
    bt += b_max <= a_max ? 2 : 0;
  }
  *i = at, *j = bt;
  return vaddvq_u64(common);
}

#define flatten ddk_flatten
#define keep_below ddk_keep_below
#define XXH_VECTOR XXH_NEON
#include "generic.h"
DDK_TABLE(neon);
#endif
