/// Included by generic.h: plain loops that vectorise for the target.

/// A byte that ends a hyphen, or may, before a line end.
DDK_INLINE uint8_t is_hyphen(uint8_t c) { return (c == '-') | (c == 0xad) | (c == 0x90); }
DDK_INLINE uint8_t ends_line(uint8_t c) { return (c == '\n') | (c == '\r'); }

/// Whether UTF-8 of UTF-8 may be read here: a letter of Latin-1 (C3 xx) before what windows-1252 makes of a
/// continuation byte.
DDK_INLINE uint8_t is_twice_encoded(uint8_t c, uint8_t next) {
  return (c == 0xc3) & ((next == 0xc2) | (next == 0xc5) | (next == 0xc6) | (next == 0xcb) | (next == 0xe2));
}

static bool plain(const uint8_t *text, size_t length) {
  uint8_t found = 0, latin = 0;
  for (size_t i = 0; i + 1 < length; i++) {
    found |= (text[i] == '&') | (text[i] == '<') | (is_hyphen(text[i]) & ends_line(text[i + 1]));
    latin |= text[i] == 0xc3;
  }
  if (found || !latin) return !found;
  for (size_t i = 0; i + 2 < length; i++) found |= is_twice_encoded(text[i], text[i + 2]);
  return !found;
}
