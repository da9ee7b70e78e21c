/// What writers of a script leave out at will, or write in several ways. Decision 015 has the sources.
#include "code_points.h"

static bool is_within(int32_t c, int32_t first, int32_t last) { return c >= first && c <= last; }

/// Vowels and reading marks: harakat, marks of the Koran. Between its blocks are Syriac, Thaana and others.
static bool is_arabic_mark(int32_t c) {
  bool is_arabic = is_within(c, 0x600, 0x6ff) || is_within(c, 0x870, 0x8ff) || is_within(c, 0x10ec0, 0x10eff);
  return is_arabic && ddk_class_of(c) == MARK;
}

static int32_t usual_arabic(int32_t c) {
  enum { ALEF = 0x627, HEH = 0x647, YEH = 0x64a, KAF = 0x643, TATWEEL = 0x640 };
  switch (c) {
    case 0x622:
    case 0x623:
    case 0x625:
    case 0x671: return ALEF;  // with madda, hamza or wasla
    case 0x629:               // teh marbuta
    case 0x6c0:
    case 0x6c1:
    case 0x6c2:
    case 0x6d5: return HEH;
    case 0x649:
    case 0x6cc: return YEH;  // alef maksura, Persian yeh
    case 0x6a9: return KAF;  // Persian keheh
    case TATWEEL: return 0;
    default: return is_arabic_mark(c) ? 0 : c;
  }
}

/// Accents, breathings and diaereses of Greek letters.
static int32_t usual_greek(int32_t c) {
  int32_t parts[8];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
  return n > 0 && n <= 8 ? parts[0] : c;
}

static int32_t usual_cyrillic(int32_t c) {
  switch (c) {
    case 0x450:
    case 0x451: return 0x435;  // yo, and ie with a grave
    case 0x45d: return 0x438;  // i with a grave
    default: return c;
  }
}

static bool is_greek(int32_t c) { return is_within(c, 0x370, 0x3ff) || is_within(c, 0x1f00, 0x1fff); }

int32_t ddk_usual(int32_t c, int32_t base) {
  if (c < 0x300) return c;
  if (c < 0x370) {
    bool stress = is_within(base, 0x400, 0x52f) && (c == 0x300 || c == 0x301);
    return stress || is_greek(base) ? 0 : c;
  }
  if (is_greek(c)) return usual_greek(c);
  if (c < 0x590) return usual_cyrillic(c);
  if (c < 0x5c8 || c == 0xfb1e) return ddk_class_of(c) == MARK ? 0 : c;  // niqqud and cantillation
  return usual_arabic(c);
}
