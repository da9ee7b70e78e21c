/// An archive or a compressed stream, read from a file and as one that comes through a pipe; and what is written
/// compressed, read back.
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "CArchive.h"
#include "check.h"

/// What a bomb may grow to here.
enum { MOST = 1 << 22, MOST_MEMBERS = 1000 };

typedef struct {
  uint64_t digest, total;
  size_t members;
  int last;
} contents;

static void mix(contents *all, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) all->digest = (all->digest ^ bytes[i]) * 0x100000001b3ull;
}

static contents read_all(car_reader *reader) {
  contents all = {0};
  for (; all.members < MOST_MEMBERS && all.total < MOST; all.members++) {
    all.last = car_next(reader);
    if (all.last == CAR_END || all.last == CAR_ERROR) break;
    if (car_is_archive(reader)) mix(&all, (const uint8_t *)car_name(reader), strlen(car_name(reader)));
    const void *bytes;
    ptrdiff_t count = 0;
    while (all.last == CAR_FILE && all.total < MOST && (count = car_read(reader, &bytes)) > 0) {
      mix(&all, bytes, (size_t)count);
      all.total += (uint64_t)count;
    }
    if (count < 0) all.last = CAR_ERROR;
    if (count < 0) break;
  }
  CHECK(strlen(car_error(reader)) > 0);
  return all;
}

static int file_of(const uint8_t *data, size_t size) {
  static int file = -1;
  if (file < 0) file = memfd_create("input", 0);
  CHECK(file >= 0 && ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
  lseek(file, 0, SEEK_SET);
  return file;
}

static contents read_file(const uint8_t *data, size_t size, size_t head) {
  int file = file_of(data, size);
  lseek(file, (off_t)head, SEEK_SET);
  car_reader *reader = car_reader_create(file, head ? data : NULL, head);
  CHECK(reader);
  contents all = read_all(reader);
  CHECK(car_consumed(reader) <= size);
  car_reader_destroy(reader);
  return all;
}

static void check_round_trip(const uint8_t *data, size_t size, const char *extension) {
  int file = memfd_create("output", 0);
  CHECK(file >= 0 && car_writer_knows(extension));
  car_writer *writer = car_writer_create(file, extension);
  CHECK(writer && car_writer_write(writer, data, size / 2) == 0);
  CHECK(car_writer_write(writer, data + size / 2, size - size / 2) == 0 && car_writer_finish(writer) == 0);
  car_writer_destroy(writer);
  car_reader *reader = car_reader_create(file, NULL, 0);
  const void *bytes;
  size_t at = 0;
  CHECK(reader && car_next(reader) == CAR_FILE && !car_is_archive(reader));
  for (ptrdiff_t count; (count = car_read(reader, &bytes)) != 0; at += (size_t)count)
    CHECK(count > 0 && (size_t)count <= size - at && !memcmp(bytes, data + at, (size_t)count));
  CHECK(at == size && car_next(reader) == CAR_END);
  car_reader_destroy(reader);
  close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const extensions[] = {"gz", "zst", "lz4", "bz2", "xz"};
  if (size < 1) return 0;
  // The first byte says what to do; the last two extensions take a hundred times longer.
  size_t what = data[0] < 64 ? data[0] : data[0] % 48;
  data++, size--;
  if (what >= 48 && size > 0) {
    // The byte that said so is no beginning of anything compressed, which would be read through to its inside.
    check_round_trip(data - 1, size + 1, extensions[what < 62 ? what % 3 : what - 59]);
    return 0;
  }
  contents whole = read_file(data, size, 0);
  // Two bytes tell gzip; whoever reads a pipe reads on until there are as many.
  size_t head = what % 3 || size < 4 ? size : size / 2;
  contents piped = read_file(data, size, head);
  // A zip file has its list of members at its end, which a pipe shows too late.
  if (size < 2 || memcmp(data, "PK", 2)) CHECK(whole.digest == piped.digest && whole.last == piped.last);
  return 0;
}
