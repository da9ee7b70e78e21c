#ifndef CTESTARCHIVE_H
#define CTESTARCHIVE_H

#include <stddef.h>

typedef struct {
  const char *name;
  char kind;  ///< 'f' file, 'd' folder, 'l' link to "target", 'h' the same hard, 'c' device
  const void *bytes;
  size_t count;
} cta_member;

/// Packs members in memory: any that libarchive can write, hostile ones too.
/// - format: "raw" for one compressed stream, else "zip", "ustar", …
/// - filter: "none", "gzip", "zstd", …
/// - password: NULL for none; zip only.
/// Returns malloc'd bytes and sets their number; NULL where it cannot be done.
unsigned char *cta_pack(
    const char *format, const char *filter, const char *password, const cta_member *members, size_t count,
    size_t *size);

#endif
