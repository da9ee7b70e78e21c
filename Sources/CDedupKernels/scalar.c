#include "flatten.h"
#include "kernels.h"

enum { EIGHT = 8 };
static const uint64_t ONES = 0x0101010101010101ull, HIGH = 0x8080808080808080ull;

/// The high bits of eight bytes, gathered.
DDK_INLINE uint64_t mask_of(uint64_t v) { return (v >> 7) * 0x0102040810204080ull >> 56; }

/// The high bit of each byte of `seven`, none of which has it yet, that lies in a range.
DDK_INLINE uint64_t within(uint64_t seven, uint8_t first, uint8_t last) {
  return (seven + (0x80u - first) * ONES) & ~(seven + (0x7fu - last) * ONES);
}

/// Whether a symbol may be among eight bytes of ASCII: few texts have many.
DDK_INLINE uint64_t symbols_of(uint64_t seven) {
  return within(seven, '$', '&') | within(seven, '+', '+') | within(seven, '<', '?') | within(seven, '^', '^') |
         within(seven, '`', '`') | within(seven, '|', '|') | within(seven, '~', '~');
}

/// Eight bytes at a time in one word: the high bit of each byte of the results tells.
DDK_INLINE ddk_classes classify(const uint8_t *p) {
  ddk_classes is = {0, 0, 0, 0, 0};
  for (int i = 0; i < EIGHT; i++) {
    uint64_t v = ddk_load64(p + 8 * i), seven = v & ~HIGH, ascii = ~v & HIGH;
    uint64_t number = v | within(seven, '0', '9'), letter = within(seven | 0x20 * ONES, 'a', 'z');
    is.number |= mask_of(number & HIGH) << 8 * i;
    is.word |= mask_of((number | letter) & HIGH) << 8 * i;
    is.visible |= mask_of((seven + (0x7f - ' ') * ONES) & HIGH) << 8 * i;
    is.symbol |= mask_of(symbols_of(seven) & ascii) << 8 * i;
    is.hyphen |= mask_of(within(seven, '-', '-') & ascii) << 8 * i;
  }
  return is;
}

#define intersect_blocks(...) 0
#define flatten ddk_flatten
#define keep_below ddk_keep_below
#define XXH_VECTOR XXH_SCALAR
#include "generic.h"
DDK_TABLE(scalar);
