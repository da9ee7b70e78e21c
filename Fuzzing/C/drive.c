/// usage: TARGET ROUNDS FILE ...
/// Gives a target each file, and ROUNDS of random changes of each: for where there is no libFuzzer.
#include "check.h"

enum { MOST = 6000 };

static uint64_t next(uint64_t *state) {
  uint64_t x = *state += 0x9e3779b97f4a7c15ull;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
  return (x ^ x >> 27) * 0x94d049bb133111ebull >> 16;
}

/// A byte, a stretch again elsewhere, or an end cut off.
static size_t change(uint8_t *bytes, size_t size, uint64_t *state) {
  if (size < 3) return size;
  size_t from = next(state) % size, to = next(state) % size, length = next(state) % (size - (from > to ? from : to));
  switch (next(state) % 8) {
    case 0: return size - length / 4;
    case 1: memmove(bytes + to, bytes + from, length); return size;
    case 2: return size + length > MOST ? size : (memcpy(bytes + size, bytes + from, length), size + length);
    default: bytes[to] = (uint8_t)next(state); return size;
  }
}

int main(int count, char **words) {
  CHECK(count > 2);
  uint64_t state = 1;
  for (int i = 2; i < count; i++) {
    uint8_t seed[MOST], bytes[MOST];
    FILE *file = fopen(words[i], "rb");
    CHECK(file);
    size_t length = fread(seed, 1, MOST, file);
    fclose(file);
    for (int round = 0; round < atoi(words[1]); round++) {
      size_t size = length;
      memcpy(bytes, seed, length);
      for (uint64_t changes = round ? 1 + next(&state) % 16 : 0; changes; changes--) size = change(bytes, size, &state);
      uint8_t *exact = room(size);
      memcpy(exact, bytes, size);
      LLVMFuzzerTestOneInput(exact, size);
      free(exact);
    }
  }
  return 0;
}
