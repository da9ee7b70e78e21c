/// Tokens of text that is not plain ASCII.
#include "code_points.h"

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

/// The usual way to write it is what the token gets; how it is written counts as a mark.
static void push_variant(builder *b, int32_t c, int32_t base, size_t from, size_t to) {
  int32_t usual = ddk_usual(c, base);
  if (usual != c) mark_written(b, c);
  if (usual) return push(b, usual, ddk_class_of(usual), from, to);
  if (b->kind != SEPARATOR) b->end = to;
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
  int32_t base = 0;
  for (utf8proc_ssize_t i = 0; i < n; i++) {
    if (ddk_class_of(out[i]) != MARK) base = out[i];
    push_variant(b, out[i], base, from, to);
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

/// Whether a code point is what windows-1252 makes of a continuation byte of UTF-8, or may be.
DDK_INLINE bool is_continuation(int32_t c) { return (c >= 0x80 && c < 0xc0) || (c >= 0x152 && c <= 0x2122); }

/// Whether what stands at `at`, behind `lead`, reads like UTF-8 in windows-1252.
static bool is_misread(const uint8_t *text, size_t at, size_t end, int32_t lead) {
  for (int left = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3; left; left--) {
    int32_t c = 0;
    int size = at < end ? decode(text + at, end - at, &c) : 0;
    if (!size || !is_continuation(c)) return false;
    at += (size_t)size;
  }
  return true;
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
    if (e & LEAD && next_size > 1 && sink->marks) sink->marks->is_veiled |= is_misread(text, stop, end, c);
    bool glued = next_size > 1 && next_e & (uint32_t)GLUE;
    if (__builtin_expect(!(e & (COMPLEX | VARIANT)) && !glued, 1)) {
      push(&b, (int32_t)(e & MAPPED), (int)(e >> CLASS_SHIFT & 7), at, stop);
    } else if (!(e & COMPLEX) && !glued) {
      push_variant(&b, (int32_t)(e & MAPPED), 0, at, stop);
    } else {
      if (glued) {
        stop = push_cluster(&b, text, at, stop, end);
        next_size = stop < end ? decode(text + stop, end - stop, &next) : 0;
        if (next_size) next_e = entry(next);
      } else {
        push_normalised(&b, text, at, stop);
      }
    }
    if (e & PUNCTUATION && next_size && next_e & NUMBER) ddk_mark_number(text, stop, sink);
    at = stop, size = next_size, c = next, e = next_e;
  }
  flush(&b);
  // A soft hyphen, or U+2010, at a line end.
  bool is_hyphen = text[end - 1] == 0xad || text[end - 1] == 0x90;
  if (is_hyphen && sink->marks) sink->marks->is_veiled |= text[end] == '\n' || text[end] == '\r';
}
