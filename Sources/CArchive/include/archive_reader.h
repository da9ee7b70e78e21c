#ifndef ARCHIVE_READER_H
#define ARCHIVE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a compressed stream (gzip, Zstandard, xz, bzip2, LZ4) or an archive (zip, tar) holds, told by its bytes.
/// Members are data: none is ever put on disk, no program is started.
typedef struct car_reader car_reader;

typedef enum : uint8_t { CAR_FILE, CAR_FOLDER, CAR_LINK, CAR_DEVICE, CAR_ENCRYPTED, CAR_END, CAR_ERROR } car_entry;

/// Reads from a descriptor, which stays the caller's and must outlive the reader. NULL when memory is short; all else
/// that is wrong is told by the first `car_next`.
/// - head: the first bytes, where they have been read from a stream already; they are copied. None: the descriptor is a
///   regular file and is read from its start.
car_reader *car_reader_create(int descriptor, const void *head, size_t count);
void car_reader_destroy(car_reader *reader);

/// Steps to the next member; what is no archive has one.
car_entry car_next(car_reader *reader);
/// Whether there are members rather than one stream: known after the first step.
bool car_is_archive(const car_reader *reader);
/// Of the member at hand, in whatever bytes the archive has; valid until the next step.
const char *car_name(const car_reader *reader);
/// The next bytes of the member at hand, valid until the next call: how many; 0 at its end, -1 for an error.
ptrdiff_t car_read(car_reader *reader, const void **bytes);
/// Compressed bytes that have been read, at least; of a zip file the whole.
uint64_t car_consumed(const car_reader *reader);
/// What is wrong; never NULL.
const char *car_error(const car_reader *reader);

#endif
