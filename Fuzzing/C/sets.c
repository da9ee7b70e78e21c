/// Sorting, intersections, overlaps, agreement and places below a bound against the plainest code that does the same.
#include <stdbool.h>

#include "CDedupKernels.h"
#include "check.h"

static int ascending(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static size_t plainly_sorted(uint64_t *values, size_t count) {
  qsort(values, count, sizeof *values, ascending);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (i == 0 || values[i] != values[i - 1]) values[kept++] = values[i];
  return kept;
}

static size_t plainly_common(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count) {
  size_t common = 0;
  for (size_t i = 0; i < a_count; i++) common += bsearch(a + i, b, b_count, sizeof *b, ascending) != NULL;
  return common;
}

/// Two bytes a value, so that values repeat: well mixed, or what no hash looks like.
static uint64_t *values_of(const uint8_t *data, size_t count, bool is_mixed) {
  uint64_t *values = room(count * sizeof *values);
  for (size_t i = 0; i < count; i++) {
    uint64_t value = (uint64_t)data[2 * i] << 8 | data[2 * i + 1];
    values[i] = is_mixed ? ddk_hash_bytes(&value, sizeof value, 0) : value << (data[2 * i] % 49);
  }
  return values;
}

static size_t check_sort(uint64_t *values, size_t count) {
  uint64_t *plain = room(count * sizeof *plain), *scratch = room(count * sizeof *scratch);
  memcpy(plain, values, count * sizeof *plain);
  size_t kept = plainly_sorted(plain, count);
  CHECK(ddk_sort_unique(values, count, scratch) == kept && !memcmp(values, plain, kept * sizeof *plain));
  free(plain);
  free(scratch);
  return kept;
}

static void check_overlap(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, ddk_overlap plain) {
  unsigned bits = 1;
  while ((size_t)1 << bits < 2 * (a_count + b_count)) bits++;
  uint64_t *table = room(sizeof *table << bits);
  ddk_overlap found = ddk_overlap_of(a, a_count, b, b_count, table, bits);
  CHECK(found.common == plain.common && found.a == plain.a && found.b == plain.b);
  free(table);
}

static void check_below(const uint64_t *values, size_t count, uint64_t bound) {
  uint32_t *places = room(count * sizeof *places);
  size_t found = ddk_positions_below(values, count, bound, places), plain = 0;
  for (size_t i = 0; i < count; i++)
    if (values[i] < bound) CHECK(plain < found && places[plain++] == i);
  CHECK(plain == found);
  free(places);
}

static void check_agree(const ddk_kernels *k, const uint8_t *data, size_t size) {
  if (size < 2 * DDK_SLOTS) return;
  size_t plain = 0;
  for (size_t i = 0; i < DDK_SLOTS; i++) plain += data[i] == data[DDK_SLOTS + i];
  CHECK(k->agree(data, data + DDK_SLOTS) == plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 3) return 0;
  const bool is_mixed = data[0] & 1;
  const size_t count = (size - 3) / 2, a_count = count * data[1] / 255, b_count = count - a_count;
  uint64_t *a = values_of(data + 3, a_count, is_mixed), *b = values_of(data + 3 + 2 * a_count, b_count, is_mixed);
  uint64_t *loose_a = values_of(data + 3, a_count, is_mixed);
  uint64_t *loose_b = values_of(data + 3 + 2 * a_count, b_count, is_mixed);
  check_below(a, a_count, is_mixed ? (uint64_t)data[2] << 56 : data[2]);
  size_t a_kept = check_sort(a, a_count), b_kept = check_sort(b, b_count);
  size_t common = plainly_common(a, a_kept, b, b_kept);
  if (is_mixed)
    check_overlap(
        loose_a, a_count, loose_b, b_count, (ddk_overlap){(uint32_t)common, (uint32_t)a_kept, (uint32_t)b_kept});
  static const ddk_kernels *kernels[8];
  static size_t available;
  if (available == 0) available = ddk_available(kernels);
  for (size_t i = 0; i < available; i++) {
    CHECK(kernels[i]->intersect(a, a_kept, b, b_kept) == common);
    check_agree(kernels[i], data + 3, size - 3);
  }
  free(a);
  free(b);
  free(loose_a);
  free(loose_b);
  return 0;
}
