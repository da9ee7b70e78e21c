/// What a code point is, by its general category in utf8proc's version of Unicode (decision 014), and what NFKC and
/// case folding (Unicode TR15, toNFKC_Casefold) make of it.
#ifndef DDK_CODE_POINTS_H
#define DDK_CODE_POINTS_H

#include <stdatomic.h>
#include <utf8proc.h>

#include "token.h"

enum {
  SEPARATOR,
  WORD,    // letters and digits: tokens are runs of them
  SINGLE,  // scripts without spaces: each letter is a token
  MARK,    // belongs to the letter before it
  SYMBOL,  // separates, and counts

  MAPPED = 0x1fffff,  // the code point that this one becomes
  CLASS_SHIFT = 24,
  VARIANT = 1 << 21,  // one of several ways to write it; ddk_usual has the one that stands for all
  LEAD = 1 << 22,     // what a first byte of UTF-8 looks like in windows-1252
  PUNCTUATION = 1 << 27,
  NUMBER = 1 << 28,
  COUNTS = 1 << 29,        // as it is written, whatever it becomes
  COMPLEX = 1 << 30,       // does not become exactly one code point, or GLUE
  GLUE = (int)(1u << 31),  // may combine with what stands before it
  LAST = 0x10ffff,
  REPLACEMENT = 0xfffd,
  // What a byte that is no UTF-8 becomes: a lone surrogate, which no text has.
  STRAY = 0xdc00,
  // Stream-Safe Text (TR15): no real text stacks more marks, and sorting them is quadratic.
  MOST_MARKS = 30,
};

static const utf8proc_option_t folding =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/// SEPARATOR, WORD, SINGLE, MARK or SYMBOL.
int ddk_class_of(int32_t c);

/// The code point that stands for what writers of its script write in several ways, given folded; 0 where they may
/// leave it out. `base` is the letter that a mark belongs to, 0 where there is none. Decision 015.
int32_t ddk_usual(int32_t c, int32_t base);

/// Of code points, 256 a page: MAPPED, class and flags; made when first met.
extern _Atomic(uint32_t *) ddk_pages[(LAST >> 8) + 1];
uint32_t *ddk_make_page(int32_t number);

DDK_INLINE uint32_t entry(int32_t c) {
  uint32_t *page = atomic_load_explicit(&ddk_pages[c >> 8], memory_order_acquire);
  if (__builtin_expect(!page, 0)) page = ddk_make_page(c >> 8);
  return page[c & 0xff];
}

DDK_INLINE bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }
DDK_INLINE bool is_word_byte(uint8_t byte) { return byte >= 0x80 || (uint8_t)(byte - '0') < 10 || is_letter(byte); }

/// Bytes of the code point at `p`, 0 where it is not well-formed UTF-8.
DDK_INLINE int decode(const uint8_t *p, size_t room, int32_t *c) {
  if (p[0] < 0x80) return *c = p[0], 1;
  if (room >= 3 && p[0] >= 0xe0 && p[0] < 0xf0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
    *c = (p[0] & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    return *c >= 0x800 && (*c < 0xd800 || *c >= 0xe000) ? 3 : 0;
  }
  if (room >= 2 && p[0] >= 0xc2 && p[0] < 0xe0 && (p[1] & 0xc0) == 0x80)
    return *c = (p[0] & 0x1f) << 6 | (p[1] & 0x3f), 2;
  if (room >= 4 && p[0] >= 0xf0 && p[0] < 0xf5 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 &&
      (p[3] & 0xc0) == 0x80) {
    *c = (p[0] & 7) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 | (p[3] & 0x3f);
    return *c >= 0x10000 && *c <= LAST ? 4 : 0;
  }
  return 0;
}

/// UTF-8 of a code point, first byte lowest, zeros behind; returns its bytes.
DDK_INLINE size_t encode(uint32_t c, uint32_t *utf8) {
  if (c < 0x80) return *utf8 = c, 1;
  if (c < 0x800) return *utf8 = 0x80c0 | c >> 6 | (c & 0x3f) << 8, 2;
  if (c < 0x10000) return *utf8 = 0x8080e0 | c >> 12 | (c >> 6 & 0x3f) << 8 | (c & 0x3f) << 16, 3;
  return *utf8 = 0x808080f0 | c >> 18 | (c >> 12 & 0x3f) << 8 | (c >> 6 & 0x3f) << 16 | (c & 0x3f) << 24, 4;
}

/// The code point that ends before `at`, and where it starts; -1 where there is none.
int32_t ddk_code_point_before(const uint8_t *text, size_t at, size_t *start);

/// Counts the punctuation directly before a number: inside numbers all of it (1.5, 3/4, 10:30), before one its dashes,
/// points and commas (-5, .5), behind a letter none (F-16). Format characters do not stand between.
void ddk_mark_number(const uint8_t *text, size_t at, ddk_sink *sink);

#endif
