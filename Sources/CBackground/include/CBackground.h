#ifndef DEDUP_BACKGROUND_H
#define DEDUP_BACKGROUND_H

#include <stddef.h>

/// The word frequencies of one language, as text: line n (from 0) holds the terms, separated by spaces, that make
/// up 10^(-n/100) of all words.
typedef struct {
  const char *language;  ///< ISO 639-1
  const unsigned char *text;
  size_t count;  ///< bytes of text
} dedup_background;

/// The backgrounds of all languages; never freed.
const dedup_background *dedup_backgrounds(size_t *count);

#endif
