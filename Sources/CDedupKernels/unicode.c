/// Tokens of text that is not plain ASCII: NFKC and case folding (Unicode TR15, toNFKC_Casefold) by utf8proc,
/// through a table of the code points that map to one code point and combine with nothing, so that most
/// letters of most scripts cost a look-up. Pages of the table are made when first met.
///
/// Every character that is no white space, punctuation, control or format character is in a token or a mark, by its
/// general category in utf8proc's version of Unicode; decision 014.
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
  PUNCTUATION = 1 << 27,
  NUMBER = 1 << 28,
  COUNTS = 1 << 29,        // as it is written, whatever it becomes
  COMPLEX = 1 << 30,       // does not become exactly one code point, or GLUE
  GLUE = (int)(1u << 31),  // may combine with what stands before it
  LAST = 0x10ffff,
  // Written to mark a word border, so a separator, though Unicode ignores it.
  ZERO_WIDTH_SPACE = 0x200b,
  REPLACEMENT = 0xfffd,
  // What a byte that is no UTF-8 becomes: a lone surrogate, which no text has.
  STRAY = 0xdc00,
  // Stream-Safe Text (TR15): no real text stacks more marks, and sorting them is quadratic.
  MOST_MARKS = 30,
};

static const utf8proc_option_t folding =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

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

static int class_of(int32_t c) {
  if (c == ZERO_WIDTH_SPACE) return SEPARATOR;
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
  return class_of(c) == MARK || (c >= 0x1160 && c <= 0x11ff) /* vowels and finals of Hangul */ ||
         (c != ZERO_WIDTH_SPACE && utf8proc_get_property(c)->ignorable) ||
         utf8proc_get_property(c)->combining_class != 0;
}

/// Dashes, points and commas: before a number they are part of it.
static bool is_sign(int32_t c) { return c == '.' || c == ',' || utf8proc_category(c) == UTF8PROC_CATEGORY_PD; }

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
  if (c == ZERO_WIDTH_SPACE || (c >= 0xd800 && c < 0xe000)) return SEPARATOR;
  int32_t out[64];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, out, 64, folding, &boundary);
  if (n > 0 && n <= 64) n = utf8proc_normalize_utf32(out, n, folding);
  uint32_t flags = flags_of(c);
  if (is_glue(c) || (n > 0 && is_glue(out[0]))) return flags | COMPLEX | (uint32_t)GLUE;
  if (n != 1) return flags | COMPLEX;
  return flags | (uint32_t)out[0] | (uint32_t)class_of(out[0]) << CLASS_SHIFT;
}

static _Atomic(uint32_t *) pages[(LAST >> 8) + 1];

static uint32_t *make_page(int32_t number) {
  uint32_t *page = malloc(256 * sizeof *page), *other = NULL;
  if (!page) abort();
  for (int32_t i = 0; i < 256; i++) page[i] = make_entry(number << 8 | i);
  if (atomic_compare_exchange_strong(&pages[number], &other, page)) return page;
  free(page);
  return other;
}

DDK_INLINE uint32_t entry(int32_t c) {
  uint32_t *page = atomic_load_explicit(&pages[c >> 8], memory_order_acquire);
  if (__builtin_expect(!page, 0)) page = make_page(c >> 8);
  return page[c & 0xff];
}

DDK_INLINE bool is_word_byte(uint8_t byte) {
  return byte >= 0x80 || (uint8_t)(byte - '0') < 10 || (uint8_t)((byte | 0x20) - 'a') < 26;
}

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

/// The token under construction: its normalised bytes.
typedef struct {
  ddk_sink *sink;
  size_t start, end, length;
  int kind;           // WORD, SINGLE, or SEPARATOR when there is none
  __uint128_t words;  // the first 16 bytes once more: a short token never waits for its bytes to reach memory
  uint8_t bytes[256];
  ddk_long_hash *rest;  // takes over when `bytes` is full
} builder;

static uint64_t hash_long(builder *b) {
  if (!b->rest) return ddk_hash_long(b->bytes, b->length);
  uint64_t hash = ddk_long_hash_end(b->rest, b->bytes, b->length);
  b->rest = NULL;
  return hash;
}

DDK_INLINE void flush(builder *b) {
  if (b->kind == SEPARATOR) return;
  ddk_words w = {(uint64_t)b->words, (uint64_t)(b->words >> 64)};
  bool is_short = b->length <= DDK_SHORT && !b->rest;
  ddk_emit(b->sink, is_short ? ddk_hash_short(w, b->length) : hash_long(b), b->start, b->end);
  b->kind = SEPARATOR;
}

DDK_INLINE void append(builder *b, int32_t c) {
  if (__builtin_expect(b->length + 4 > sizeof b->bytes, 0)) {
    b->rest = ddk_long_hash_more(b->rest, b->bytes, b->length);
    b->length = 0;
  }
  uint32_t utf8;
  size_t size = encode((uint32_t)c, &utf8);
  memcpy(b->bytes + b->length, &utf8, sizeof utf8);
  if (b->length < DDK_SHORT) b->words |= (__uint128_t)utf8 << 8 * b->length;
  b->length += size;
}

/// As it is written canonically, apart from the marks that it may be composed with.
static void mark_symbol(ddk_sink *sink, int32_t c) {
  int32_t parts[8];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
  for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) ddk_mark(sink, (uint32_t)parts[i], 0);
}

/// Counts a code point as it is written, in the token under construction or before the next.
static void mark_written(builder *b, int32_t c) {
  if (!b->sink->marks) return;
  if (c == REPLACEMENT) b->sink->marks->lost++;
  ddk_mark(b->sink, (uint32_t)c, b->kind == SEPARATOR ? 0 : b->length);
}

DDK_INLINE void push(builder *b, int32_t c, int kind, size_t from, size_t to) {
  if (kind == SEPARATOR) return flush(b);
  if (__builtin_expect(kind == SYMBOL, 0)) {
    flush(b);
    return mark_symbol(b->sink, c);
  }
  if (kind == MARK) {
    if (b->kind == SEPARATOR) return ddk_mark(b->sink, (uint32_t)c, 0);
  } else if (kind == SINGLE || b->kind != WORD) {
    flush(b);
    b->kind = kind, b->start = from, b->length = 0, b->words = 0;
  }
  append(b, c);
  b->end = to;
}

enum { ROOM = (MOST_MARKS + 1) * 20 };  // one code point becomes at most 18

/// Folded and decomposed. U+0345 is a mark that folds to a letter, which marks behind it would then belong to:
/// where an iota comes out, the marks are put in canonical order before.
static utf8proc_ssize_t decompose(const uint8_t *text, size_t length, int32_t *out) {
  utf8proc_ssize_t n = utf8proc_decompose(text, (utf8proc_ssize_t)length, out, ROOM, folding);
  for (utf8proc_ssize_t i = 1; i < n && n <= ROOM; i++) {
    if (out[i] != 0x3b9) continue;
    int32_t ordered[ROOM + 1];
    n = utf8proc_decompose(text, (utf8proc_ssize_t)length, ordered, ROOM, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    n = utf8proc_reencode(ordered, n, UTF8PROC_STABLE);
    return utf8proc_decompose((uint8_t *)ordered, n, out, ROOM, folding);
  }
  return n;
}

static void push_normalised(builder *b, const uint8_t *text, size_t from, size_t to) {
  int32_t out[ROOM];
  utf8proc_ssize_t n = decompose(text + from, to - from, out);
  if (n < 0 || n > ROOM) return flush(b);
  n = utf8proc_normalize_utf32(out, n, folding);
  for (utf8proc_ssize_t i = 0; i < n; i++) push(b, out[i], class_of(out[i]), from, to);
}

/// The code point that ends before `at`, and where it starts; -1 where there is none.
static int32_t code_point_before(const uint8_t *text, size_t at, size_t *start) {
  int32_t c;
  for (size_t size = 1; size <= 4 && size <= at; size++) {
    if ((text[at - size] & 0xc0) == 0x80) continue;
    *start = at - size;
    return decode(text + *start, size, &c) == (int)size ? c : -1;
  }
  return -1;
}

/// Whether a letter, a digit or a mark of one ends before `at`.
static bool is_behind_word(const uint8_t *text, size_t at) {
  size_t start;
  int32_t c = code_point_before(text, at, &start);
  int class = c < 0 ? SEPARATOR : class_of(c);
  return class == WORD || class == SINGLE || class == MARK;
}

/// Counts the punctuation directly before a number: inside numbers all of it (1.5, 3/4, 10:30), before one its dashes,
/// points and commas (-5, .5), behind a letter none (F-16). Format characters do not stand between.
static void mark_number(const uint8_t *text, size_t at, ddk_sink *sink) {
  if (!sink->marks) return;
  enum { MOST = 16 };
  int32_t found[MOST], c;
  size_t count = 0, start = at;
  for (; (c = code_point_before(text, at, &start)) >= 0 && count < MOST; at = start) {
    if (entry(c) & PUNCTUATION)
      found[count++] = c;
    else if (utf8proc_category(c) != UTF8PROC_CATEGORY_CF)
      break;
  }
  if (c < 0 || !(entry(c) & NUMBER)) {
    if (is_behind_word(text, at)) return;
    size_t signs = 0;
    while (signs < count && is_sign(found[signs])) signs++;
    count = signs;
  }
  while (count) ddk_mark(sink, (uint32_t)found[--count], 0);
}

/// Question marks where a word would stand: letters that somebody's encoding had no place for.
static void mark_question(const uint8_t *text, size_t length, size_t at, ddk_sink *sink) {
  ddk_marks *marks = sink->marks;
  bool begins = at == 0 || text[at - 1] != '?';
  if (begins ? at + 1 == length || text[at + 1] != '?' || is_behind_word(text, at) : marks->question != at) return;
  marks->question = at + 1;
  marks->lost++;
  ddk_mark(sink, '?', 0);
}

void ddk_mark_cue(const uint8_t *text, size_t length, size_t at, ddk_sink *sink) {
  if (text[at] == '?') return mark_question(text, length, at, sink);
  if (!is_word_byte(text[at])) return ddk_mark(sink, text[at], 0);
  int32_t c;
  for (int size; at < length && (size = decode(text + at, length - at, &c)); at += (size_t)size) {
    if (entry(c) & NUMBER) return mark_number(text, at, sink);
    if (utf8proc_category(c) != UTF8PROC_CATEGORY_CF) return;
  }
}

/// Takes a code point and what may combine with it, and counts what counts as it is written.
static size_t push_cluster(builder *b, const uint8_t *text, size_t at, size_t stop, size_t end) {
  int32_t c;
  uint32_t e;
  for (int marks = 0, size; marks < MOST_MARKS && stop < end && (size = decode(text + stop, end - stop, &c)) > 1;
       marks++) {
    if (!((e = entry(c)) & (uint32_t)GLUE)) break;
    if (e & COUNTS) mark_written(b, c);
    stop += (size_t)size;
  }
  push_normalised(b, text, at, stop);
  return stop;
}

void ddk_tokenise_slowly(const uint8_t *text, size_t start, size_t end, ddk_sink *sink) {
  builder b;
  b.sink = sink, b.kind = SEPARATOR, b.rest = NULL;
  int32_t c = 0, next = 0;
  int size = decode(text + start, end - start, &c);
  uint32_t e = size ? entry(c) : 0, next_e = 0;
  for (size_t at = start; at < end;) {
    if (!size) {
      if (sink->marks) sink->marks->lost++;
      push(&b, STRAY | text[at], WORD, at, at + 1);
      if (++at < end && (size = decode(text + at, end - at, &c))) e = entry(c);
      continue;
    }
    size_t stop = at + (size_t)size;
    int next_size = stop < end ? decode(text + stop, end - stop, &next) : 0;
    if (next_size) next_e = entry(next);
    if (__builtin_expect(e & COUNTS, 0)) mark_written(&b, c);
    bool glued = next_size > 1 && next_e & (uint32_t)GLUE && c != ZERO_WIDTH_SPACE;
    if (__builtin_expect(!(e & COMPLEX) && !glued, 1)) {
      push(&b, (int32_t)(e & MAPPED), (int)(e >> CLASS_SHIFT & 7), at, stop);
    } else {
      if (glued) {
        stop = push_cluster(&b, text, at, stop, end);
        next_size = stop < end ? decode(text + stop, end - stop, &next) : 0;
        if (next_size) next_e = entry(next);
      } else {
        push_normalised(&b, text, at, stop);
      }
    }
    if (e & PUNCTUATION && next_size && next_e & NUMBER) mark_number(text, stop, sink);
    at = stop, size = next_size, c = next, e = next_e;
  }
  flush(&b);
}
