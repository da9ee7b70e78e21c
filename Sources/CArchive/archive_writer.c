#include "archive_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct car_writer {
  struct archive *archive;
  int descriptor;
  bool is_empty;
  bool is_finished;
};

static const struct {
  const char *extension;
  int (*add)(struct archive *);
} filters[] = {
    {"gz", archive_write_add_filter_gzip}, {"zst", archive_write_add_filter_zstd},
    {"xz", archive_write_add_filter_xz},   {"bz2", archive_write_add_filter_bzip2},
    {"lz4", archive_write_add_filter_lz4},
};

static int (*filter(const char *extension))(struct archive *) {
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
    if (strcmp(filters[i].extension, extension) == 0) return filters[i].add;
  }
  return NULL;
}

bool car_writer_knows(const char *extension) { return filter(extension) != NULL; }

static la_ssize_t write_on(struct archive *archive, void *context, const void *bytes, size_t count) {
  car_writer *writer = context;
  ssize_t written;
  do {
    written = write(writer->descriptor, bytes, count);
  } while (written < 0 && errno == EINTR);
  if (written < 0) archive_set_error(archive, errno, "%s", strerror(errno));
  return written;
}

/// A stream of one nameless file.
static bool begin(car_writer *writer, const char *extension) {
  struct archive *archive = writer->archive;
  struct archive_entry *entry = archive_entry_new();
  if (!entry) return false;
  archive_entry_set_filetype(entry, AE_IFREG);
  bool is_ready = archive_write_set_format_raw(archive) == ARCHIVE_OK && filter(extension)(archive) == ARCHIVE_OK &&
                  archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK;
  // Only gzip has a time to leave out.
  archive_write_set_filter_option(archive, "gzip", "timestamp", NULL);
  is_ready = is_ready && archive_write_open(archive, writer, NULL, write_on, NULL) == ARCHIVE_OK &&
             archive_write_header(archive, entry) == ARCHIVE_OK;
  archive_entry_free(entry);
  return is_ready;
}

car_writer *car_writer_create(int descriptor, const char *extension) {
  car_writer *writer = calloc(1, sizeof *writer);
  if (!writer) return NULL;
  writer->descriptor = descriptor;
  writer->is_empty = true;
  writer->archive = archive_write_new();
  if (writer->archive && begin(writer, extension)) return writer;
  car_writer_destroy(writer);
  return NULL;
}

static int failure(car_writer *writer) {
  int number = archive_errno(writer->archive);
  return number > 0 ? number : EIO;
}

int car_writer_write(car_writer *writer, const void *bytes, size_t count) {
  writer->is_empty = writer->is_empty && count == 0;
  return archive_write_data(writer->archive, bytes, count) < 0 ? failure(writer) : 0;
}

/// LZ4 of nothing, which libarchive 3.6 crashes at.
static int finish_empty_lz4(car_writer *writer) {
  static const unsigned char frame[] = {4, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7, 0, 0, 0, 0, 5, 0x5D, 0xCC, 2};
  archive_write_fail(writer->archive);
  return write_on(writer->archive, writer, frame, sizeof frame) == sizeof frame ? 0 : failure(writer);
}

int car_writer_finish(car_writer *writer) {
  writer->is_finished = true;
  if (writer->is_empty && archive_filter_code(writer->archive, 0) == ARCHIVE_FILTER_LZ4) {
    return finish_empty_lz4(writer);
  }
  return archive_write_close(writer->archive) == ARCHIVE_OK ? 0 : failure(writer);
}

void car_writer_destroy(car_writer *writer) {
  if (!writer) return;
  if (writer->archive) {
    if (!writer->is_finished) archive_write_fail(writer->archive);
    archive_write_free(writer->archive);
  }
  free(writer);
}
