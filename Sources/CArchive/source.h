#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <zlib.h>

enum { SOURCE_BLOCK = 1 << 17 };

/// The bytes that libarchive is given: those of a descriptor, unzipped where they are gzip.
///
/// libarchive (3.6.2, and 3.7) reads gzip without looking at its checksums, so a flipped bit would pass for text.
typedef struct {
  int descriptor;
  int error;  // errno, or 0 where `message` says more
  const char *message;
  uint64_t consumed;
  bool is_gzip;
  bool in_member;
  z_stream stream;
  size_t head;  // bytes in `block` that nobody has had yet
  unsigned char block[SOURCE_BLOCK];
  unsigned char unzipped[SOURCE_BLOCK];
} car_source;

/// False when memory is short.
bool car_source_begin(car_source *source, int descriptor, const void *head, size_t count);
void car_source_end(car_source *source);
/// 0 at the end, and after an error: libarchive would drop what it has read before one.
ssize_t car_source_read(car_source *source, const void **bytes);
/// NULL for none.
const char *car_source_error(const car_source *source);

#endif
