/// Every kernel that this processor has against the scalar one: tokens, ranges, marks, shingles, samples, sketches.
#include "CDedupKernels.h"
#include "check.h"

typedef struct {
  size_t count, sampled;
  uint64_t *hashes, *shingles;
  ddk_range *ranges;
  uint32_t *sample, slots[DDK_SLOTS];
  ddk_marks marks;
  ddk_fingerprint fingerprint;
} result;

/// The bytes behind a text are anybody's: they may decide nothing.
static uint8_t *padded(const uint8_t *text, size_t length, int padding) {
  uint8_t *copy = room(length + DDK_PADDING);
  if (length) memcpy(copy, text, length);
  memset(copy + length, padding, DDK_PADDING);
  return copy;
}

static result run(const ddk_kernels *k, const uint8_t *text, size_t length, size_t width, uint64_t bound) {
  const size_t most = 6 * length;
  result r = {.hashes = room(most * sizeof *r.hashes), .ranges = room(most * sizeof *r.ranges)};
  r.count = k->tokenise(text, length, r.hashes, r.ranges, &r.marks, most);
  CHECK(r.count != DDK_NO_ROOM && r.count <= most);
  r.fingerprint = k->fingerprint(r.hashes, r.count);
  size_t windows = r.count < width ? 0 : r.count - width + 1;
  r.shingles = room(windows * sizeof *r.shingles);
  r.sample = room((windows + 1) * sizeof *r.sample);
  memset(r.slots, 0, sizeof r.slots);
  if (windows == 0) return r;
  k->shingle(r.hashes, r.count, width, r.shingles);
  r.sampled = k->sample(r.hashes, r.count, width, bound, r.sample);
  k->sketch(r.shingles, windows, r.slots);
  return r;
}

static void release(result *r) {
  free(r->hashes);
  free(r->ranges);
  free(r->shingles);
  free(r->sample);
}

static int same_marks(const ddk_marks *a, const ddk_marks *b) {
  return a->hash.low == b->hash.low && a->hash.high == b->hash.high && a->lost == b->lost &&
         a->question == b->question && a->is_veiled == b->is_veiled;
}

static void compare(const result *a, const result *b, size_t width) {
  size_t windows = a->count < width ? 0 : a->count - width + 1;
  CHECK(a->count == b->count);
  CHECK(!memcmp(a->hashes, b->hashes, a->count * sizeof *a->hashes));
  CHECK(!memcmp(a->ranges, b->ranges, a->count * sizeof *a->ranges));
  CHECK(same_marks(&a->marks, &b->marks));
  CHECK(a->fingerprint.low == b->fingerprint.low && a->fingerprint.high == b->fingerprint.high);
  CHECK(!memcmp(a->shingles, b->shingles, windows * sizeof *a->shingles));
  CHECK(a->sampled == b->sampled && !memcmp(a->sample, b->sample, a->sampled * sizeof *a->sample));
  CHECK(!memcmp(a->slots, b->slots, sizeof a->slots));
}

/// Ranges go forward and stay in the text; samples are the shingles below the bound.
static void check_plainly(const result *r, size_t length, size_t width, uint64_t bound) {
  size_t windows = r->count < width ? 0 : r->count - width + 1, sampled = 0;
  for (size_t i = 0; i < r->count; i++) {
    CHECK(r->ranges[i].start < r->ranges[i].end && r->ranges[i].end <= length);
    CHECK(i == 0 || r->ranges[i - 1].start <= r->ranges[i].start);
  }
  for (size_t i = 0; i < windows; i++)
    if (r->shingles[i] < bound) CHECK(r->sample[sampled++] == (uint32_t)r->shingles[i]);
  CHECK(sampled == r->sampled);
  CHECK(r->marks.question <= length && r->marks.lost <= length);
}

/// With less room, or without ranges and marks, the answer is the same or that there is no room.
static void check_room(const ddk_kernels *k, const uint8_t *text, size_t length, size_t room_for, const result *r) {
  uint64_t *hashes = room(room_for * sizeof *hashes);
  size_t count = k->tokenise(text, length, hashes, NULL, NULL, room_for);
  if (count != DDK_NO_ROOM) CHECK(count == r->count && !memcmp(hashes, r->hashes, count * sizeof *hashes));
  if (count == DDK_NO_ROOM) CHECK(room_for <= r->count + length);
  free(hashes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  const size_t width = 1 + data[0] % 8, length = size - 2;
  const uint64_t bound = (uint64_t)data[1] << 56;
  // Asking the processor takes longer than a short text.
  static const ddk_kernels *kernels[8];
  static size_t count;
  if (count == 0) count = ddk_available(kernels);
  uint8_t *text = padded(data + 2, length, 0), *other = padded(data + 2, length, 'a' + data[1] % 2 * 0x60);
  result first = run(kernels[0], text, length, width, bound);
  check_plainly(&first, length, width, bound);
  for (size_t i = 0; i < count; i++) {
    result r = run(kernels[i], other, length, width, bound);
    compare(&first, &r, width);
    check_room(kernels[i], other, length, data[0] % 2 ? first.count : length * data[1] / 255, &first);
    release(&r);
  }
  release(&first);
  free(text);
  free(other);
  return 0;
}
