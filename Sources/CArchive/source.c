#include "source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/// After an error there is nothing: what comes behind a gap is no start of a file, and no text.
static ssize_t read_block(car_source *source) {
  if (source->error) return 0;
  ssize_t count = (ssize_t)source->head;
  source->head = 0;
  while (count == 0) {
    count = read(source->descriptor, source->block, SOURCE_BLOCK);
    if (count == 0) return 0;
    if (count < 0 && errno == EINTR) count = 0;
  }
  if (count < 0) {
    source->error = errno;
    return 0;
  }
  source->consumed += (uint64_t)count;
  return count;
}

bool car_source_begin(car_source *source, int descriptor, const void *head, size_t count) {
  source->descriptor = descriptor;
  if (count > 0) {
    source->head = count < SOURCE_BLOCK ? count : SOURCE_BLOCK;
    memcpy(source->block, head, source->head);
  } else {
    lseek(descriptor, 0, SEEK_SET);
    ssize_t got = read_block(source);
    source->consumed = 0;
    source->head = (size_t)got;
  }
  source->is_gzip = source->head >= 2 && source->block[0] == 0x1F && source->block[1] == 0x8B;
  return !source->is_gzip || inflateInit2(&source->stream, 16 + MAX_WBITS) == Z_OK;
}

void car_source_end(car_source *source) {
  if (source->is_gzip) inflateEnd(&source->stream);
}

static void fail(car_source *source, const char *message) {
  if (!source->error && !source->message) source->message = message;
}

const char *car_source_error(const car_source *source) {
  return source->message ? source->message : source->error ? strerror(source->error) : NULL;
}

/// Zeros after the last member are padding (of tapes); anything else was not written by gzip.
static bool begin_member(car_source *source) {
  z_stream *stream = &source->stream;
  while (stream->avail_in > 0 && *stream->next_in == 0) {
    stream->next_in++;
    stream->avail_in--;
  }
  if (stream->avail_in == 0) return true;
  if (*stream->next_in != 0x1F) return false;
  inflateReset(stream);
  source->in_member = true;
  return true;
}

static ssize_t unzip(car_source *source, const void **bytes) {
  if (car_source_error(source)) return 0;
  z_stream *stream = &source->stream;
  stream->next_out = source->unzipped;
  stream->avail_out = SOURCE_BLOCK;
  while (stream->avail_out > 0) {
    if (stream->avail_in == 0) {
      ssize_t count = read_block(source);
      if (count == 0 && source->in_member) fail(source, "the gzip data end too early");
      if (count == 0) break;
      stream->next_in = source->block;
      stream->avail_in = (uInt)count;
    }
    if (!source->in_member) {
      if (!begin_member(source)) fail(source, "after the gzip data comes something else");
      if (source->message) break;
      continue;
    }
    int status = inflate(stream, Z_NO_FLUSH);
    source->in_member = status != Z_STREAM_END;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      fail(source, stream->msg ? stream->msg : "the gzip data are damaged");
      break;
    }
  }
  *bytes = source->unzipped;
  return SOURCE_BLOCK - (ssize_t)stream->avail_out;
}

ssize_t car_source_read(car_source *source, const void **bytes) {
  if (source->is_gzip) return unzip(source, bytes);
  *bytes = source->block;
  return read_block(source);
}
