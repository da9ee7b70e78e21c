#ifndef ARCHIVE_WRITER_H
#define ARCHIVE_WRITER_H

#include <stdbool.h>
#include <stddef.h>

/// Compresses a stream on its way into a file. The same bytes in give the same bytes out: no time, no name.
typedef struct car_writer car_writer;

/// Whether a file with this extension, without the dot, is compressed: gz, zst, xz, bz2 and lz4 are.
bool car_writer_knows(const char *extension);

/// Compresses into `descriptor`, which stays the caller's. NULL without memory.
car_writer *car_writer_create(int descriptor, const char *extension);
/// 0, or why not as in errno.
int car_writer_write(car_writer *writer, const void *bytes, size_t count);
/// Writes out what is left: 0, or why not as in errno.
int car_writer_finish(car_writer *writer);
/// What is not finished stays cut off.
void car_writer_destroy(car_writer *writer);

#endif
