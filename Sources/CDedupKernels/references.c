/// Named character references of HTML (html.spec.whatwg.org, section 13.5), those that stand for one code point.
/// Made by `make references`.
#include <string.h>

#include "CDedupKernels.h"

// #embed is C23; clang has it in every mode and warns that it does.
#pragma clang diagnostic ignored "-Wc23-extensions"

/// Lines of a name, a space and the code point in six hexadecimal digits, ascending by their bytes.
static const char lines[] = {
#embed "data/references.txt"
};

static size_t start_of_line(size_t at) {
  while (at > 0 && lines[at - 1] != '\n') at--;
  return at;
}

static int compare(const char *line, const char *name, size_t length) {
  int order = strncmp(line, name, length);
  return order ? order : line[length] == ' ' ? 0 : 1;
}

uint32_t ddk_reference(const char *name, size_t length) {
  size_t low = 0, high = sizeof lines;
  while (low < high) {
    size_t line = start_of_line(low + (high - low) / 2), end = line;
    while (lines[end] != '\n') end++;
    int order = compare(lines + line, name, length);
    if (order < 0) {
      low = end + 1;
    } else if (order > 0) {
      high = line;
    } else {
      uint32_t c = 0;
      for (size_t i = line + length + 1; i < end; i++)
        c = c << 4 | (uint32_t)(lines[i] <= '9' ? lines[i] - '0' : lines[i] - 'a' + 10);
      return c;
    }
  }
  return 0;
}
