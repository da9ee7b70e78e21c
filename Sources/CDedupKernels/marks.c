/// Marks: what tells texts apart that have the same words, besides symbols. Decision 014.
#include "code_points.h"

/// Dashes, points and commas: before a number they are part of it.
static bool is_sign(int32_t c) { return c == '.' || c == ',' || utf8proc_category(c) == UTF8PROC_CATEGORY_PD; }

int32_t ddk_code_point_before(const uint8_t *text, size_t at, size_t *start) {
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
  int32_t c = ddk_code_point_before(text, at, &start);
  int class = c < 0 ? SEPARATOR : ddk_class_of(c);
  return class == WORD || class == SINGLE || class == MARK;
}

void ddk_mark_number(const uint8_t *text, size_t at, ddk_sink *sink) {
  if (!sink->marks) return;
  enum { MOST = 16 };
  int32_t found[MOST], c;
  size_t count = 0, start = at;
  for (; (c = ddk_code_point_before(text, at, &start)) >= 0 && count < MOST; at = start) {
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
  uint8_t c0 = text[at], next = at + 1 < length ? text[at + 1] : 0;
  if (c0 == '?') return mark_question(text, length, at, sink);
  if (c0 == '-') {
    sink->marks->is_veiled |= next >= '\n' && next <= '\r';
    return;
  }
  if (c0 == '&' || c0 == '<')
    sink->marks->is_veiled |= is_letter(next) || next == (c0 == '&' ? '#' : '/') || (c0 == '<' && next == '!');
  if (c0 == '&') return;
  if (!is_word_byte(c0)) return ddk_mark(sink, c0, 0);
  int32_t c;
  for (int size; at < length && (size = decode(text + at, length - at, &c)); at += (size_t)size) {
    if (entry(c) & NUMBER) return ddk_mark_number(text, at, sink);
    if (utf8proc_category(c) != UTF8PROC_CATEGORY_CF) return;
  }
}
