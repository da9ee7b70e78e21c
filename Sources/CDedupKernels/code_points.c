/// The table of code points: those that become one and combine with nothing, which are most letters of most scripts,
/// cost a look-up.
#include "code_points.h"

/// Letters of scripts that are written without spaces between words.
static bool is_unspaced(int32_t c) {
  static const struct {
    int32_t first, last;
  } blocks[] = {
      {0x0e00, 0x0eff},    // Thai, Lao
      {0x1000, 0x109f},    // Myanmar
      {0x1780, 0x17ff},    // Khmer
      {0x1950, 0x19df},    // Tai Le, New Tai Lue
      {0x1a20, 0x1aaf},    // Tai Tham
      {0x2e80, 0x2fdf},    // radicals of Han
      {0x3005, 0x3007},    // iteration mark, closing mark, zero
      {0x3021, 0x303c},    // numerals of Suzhou and others
      {0x3040, 0x312f},    // kana, bopomofo
      {0x31a0, 0x31ff},    // more bopomofo, strokes, more katakana
      {0x3400, 0x4dbf},    // Han, extension A
      {0x4e00, 0x9fff},    // Han
      {0xa9e0, 0xa9ff},    // more Myanmar
      {0xaa60, 0xaadf},    // more Myanmar, Tai Viet
      {0xf900, 0xfaff},    // Han, for compatibility
      {0x1aff0, 0x1b16f},  // more kana
      {0x20000, 0x3ffff},  // Han, extensions B and on
  };
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if (c >= blocks[i].first && c <= blocks[i].last) return true;
  return false;
}

static bool is_per_cent(int32_t c) { return c == '%' || c == 0x66a || c == 0x2030 || c == 0x2031; }

int ddk_class_of(int32_t c) {
  if (c == REPLACEMENT || (c >= 0x2800 && c < 0x2900) /* Braille */) return WORD;
  if (is_per_cent(c)) return SYMBOL;
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CN:
      return c >= 0x20000 && c < 0x40000 ? SINGLE : WORD;  // most that Unicode gains is letters
    case UTF8PROC_CATEGORY_CO: return WORD;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return is_unspaced(c) ? SINGLE : WORD;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return c == 0x3007 ? SINGLE : WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MARK;
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SO: return SYMBOL;
    default: return SEPARATOR;
  }
}

static bool is_glue(int32_t c) {
  return ddk_class_of(c) == MARK || (c >= 0x1160 && c <= 0x11ff) /* vowels and finals of Hangul */ ||
         utf8proc_get_property(c)->ignorable || utf8proc_get_property(c)->combining_class != 0;
}

/// Whether a symbol is folded to something else than its usual width: ™ is not tm.
static bool stands_for_others(int32_t c) {
  switch (utf8proc_get_property(c)->decomp_type) {
    case 0:
    case UTF8PROC_DECOMP_TYPE_WIDE:
    case UTF8PROC_DECOMP_TYPE_NARROW:
    case UTF8PROC_DECOMP_TYPE_SMALL: return false;
    default: return true;
  }
}

/// What a code point is in itself.
static uint32_t flags_of(int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return is_per_cent(c) ? 0 : PUNCTUATION;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL: return NUMBER;
    case UTF8PROC_CATEGORY_NO: return NUMBER | COUNTS;  // 10² is not 102
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SO: return c == REPLACEMENT || stands_for_others(c) ? COUNTS : 0;
    case UTF8PROC_CATEGORY_CF: return 0;
    default: return utf8proc_get_property(c)->ignorable ? COUNTS : 0;
  }
}

static uint32_t make_entry(int32_t c) {
  if (c >= 0xd800 && c < 0xe000) return SEPARATOR;
  int32_t out[64];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, out, 64, folding, &boundary);
  if (n > 0 && n <= 64) n = utf8proc_normalize_utf32(out, n, folding);
  uint32_t flags = flags_of(c) | (c >= 0xc2 && c <= 0xf4 ? LEAD : 0);
  if (is_glue(c) || (n > 0 && is_glue(out[0]))) return flags | COMPLEX | (uint32_t)GLUE;
  if (n != 1) return flags | COMPLEX;
  if (ddk_usual(out[0], 0) != out[0]) flags |= VARIANT;
  return flags | (uint32_t)out[0] | (uint32_t)ddk_class_of(out[0]) << CLASS_SHIFT;
}

_Atomic(uint32_t *) ddk_pages[(LAST >> 8) + 1];

uint32_t *ddk_make_page(int32_t number) {
  uint32_t *page = malloc(256 * sizeof *page), *other = NULL;
  if (!page) abort();
  for (int32_t i = 0; i < 256; i++) page[i] = make_entry(number << 8 | i);
  if (atomic_compare_exchange_strong(&ddk_pages[number], &other, page)) return page;
  free(page);
  return other;
}
