#include "archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.h"

struct car_reader {
  struct archive *archive;
  struct archive_entry *entry;
  int opened;
  char *open_error;  // damage so near the start that libarchive takes the rest for nothing
  // Of the member at hand: bytes that have been handed on, and the block they are taken from.
  int64_t position;
  const void *block;
  size_t block_size;
  int64_t block_offset;
  uint64_t zip_size;  // of a zip file, which is not read from front to back
  car_source source;
};

static la_ssize_t read_source(struct archive *archive, void *context, const void **bytes) {
  (void)archive;
  return car_source_read(context, bytes);
}

/// No filter that would start another program, and no format that a dump of news could be mistaken for.
static void support(struct archive *archive) {
  archive_read_support_filter_zstd(archive);
  archive_read_support_filter_xz(archive);
  archive_read_support_filter_bzip2(archive);
  archive_read_support_filter_lz4(archive);
  archive_read_support_format_zip_streamable(archive);
  archive_read_support_format_tar(archive);
  archive_read_support_format_raw(archive);
  archive_read_support_format_empty(archive);
}

car_reader *car_reader_create(int descriptor, const void *head, size_t count) {
  car_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->archive = archive_read_new();
  if (!reader->archive || !car_source_begin(&reader->source, descriptor, head, count)) {
    car_reader_destroy(reader);
    return NULL;
  }
  support(reader->archive);
  struct stat status;
  bool is_zip = reader->source.head >= 4 && memcmp(reader->source.block, "PK", 2) == 0;
  if (is_zip && count == 0 && fstat(descriptor, &status) == 0) {
    // The list of members is at the end of a zip file.
    reader->zip_size = (uint64_t)status.st_size;
    archive_read_support_format_zip_seekable(reader->archive);
    lseek(descriptor, 0, SEEK_SET);
    reader->opened = archive_read_open_fd(reader->archive, descriptor, SOURCE_BLOCK);
  } else {
    reader->opened = archive_read_open(reader->archive, &reader->source, NULL, read_source, NULL);
  }
  const char *error = archive_error_string(reader->archive);
  if (error) reader->open_error = strdup(error);
  if (!error || reader->open_error) return reader;
  car_reader_destroy(reader);
  return NULL;
}

void car_reader_destroy(car_reader *reader) {
  if (!reader) return;
  if (reader->archive) archive_read_free(reader->archive);
  car_source_end(&reader->source);
  free(reader->open_error);
  free(reader);
}

car_entry car_next(car_reader *reader) {
  if (reader->opened < ARCHIVE_WARN) return CAR_ERROR;
  reader->position = reader->block_offset = 0;
  reader->block_size = 0;
  int status = archive_read_next_header(reader->archive, &reader->entry);
  if (status == ARCHIVE_EOF) return reader->open_error || car_source_error(&reader->source) ? CAR_ERROR : CAR_END;
  if (status < ARCHIVE_WARN) return CAR_ERROR;
  if (!car_is_archive(reader)) return CAR_FILE;
  if (archive_entry_hardlink(reader->entry)) return CAR_LINK;
  switch (archive_entry_filetype(reader->entry)) {
    case AE_IFREG: return archive_entry_is_encrypted(reader->entry) ? CAR_ENCRYPTED : CAR_FILE;
    case AE_IFDIR: return CAR_FOLDER;
    case AE_IFLNK: return CAR_LINK;
    default: return CAR_DEVICE;
  }
}

bool car_is_archive(const car_reader *reader) {
  int family = archive_format(reader->archive) & ARCHIVE_FORMAT_BASE_MASK;
  return family == ARCHIVE_FORMAT_ZIP || family == ARCHIVE_FORMAT_TAR;
}

const char *car_name(const car_reader *reader) {
  const char *name = archive_entry_pathname_utf8(reader->entry);
  if (!name) name = archive_entry_pathname(reader->entry);
  return name ? name : "";
}

/// Block by block: `archive_read_data` drops what stands before damage.
static bool next_block(car_reader *reader) {
  int status;
  do {
    status = archive_read_data_block(reader->archive, &reader->block, &reader->block_size, &reader->block_offset);
  } while (status == ARCHIVE_RETRY || (status == ARCHIVE_OK && reader->block_size == 0));
  if (status != ARCHIVE_OK) reader->block_size = 0;
  // A warning is a checksum that does not fit.
  return status == ARCHIVE_OK || (status == ARCHIVE_EOF && !car_source_error(&reader->source));
}

ptrdiff_t car_read(car_reader *reader, const void **bytes) {
  static const char zeros[1 << 16];
  if (reader->block_size == 0 && !next_block(reader)) return -1;
  int64_t hole = reader->block_size == 0 ? 0 : reader->block_offset - reader->position;
  size_t count;
  if (hole > 0) {
    // Of a sparse file.
    *bytes = zeros;
    count = hole < (int64_t)sizeof zeros ? (size_t)hole : sizeof zeros;
  } else {
    *bytes = reader->block;
    count = reader->block_size;
    reader->block_size = 0;
  }
  reader->position += (int64_t)count;
  return (ptrdiff_t)count;
}

uint64_t car_consumed(const car_reader *reader) {
  return reader->zip_size ? reader->zip_size : reader->source.consumed;
}

const char *car_error(const car_reader *reader) {
  const char *error = car_source_error(&reader->source);
  if (!error) error = archive_error_string(reader->archive);
  if (!error) error = reader->open_error;
  return error ? error : "the data are damaged or end too early";
}
