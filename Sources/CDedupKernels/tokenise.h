/// From bytes to token hashes and marks: a part of generic.h, once for each instruction set.

/// Where a mark may stand, and how many borders the runs before it have.
typedef struct {
  uint32_t at, borders;
} cue;

enum { CHUNK = 4096 };  // bytes whose token borders are found before they are hashed; stays in L1

/// Hashes the runs between pairs of borders. `ranged` is a constant where this is inlined.
DDK_INLINE void hash_runs(
    const uint8_t *text, const uint32_t *border, const uint32_t *last, ddk_sink *sink, bool ranged) {
  uint64_t *out = sink->hashes + sink->count;
  for (; border + 2 <= last; border += 2) {
    size_t start = border[0], end = border[1];
    if (__builtin_expect(end - start <= DDK_SHORT, 1)) {
      ddk_words w = ddk_load_lower(text + start, end - start);
      if (__builtin_expect(((w.low | w.high) & 0x8080808080808080ull) == 0, 1)) {
        *out = ddk_hash_short(w, end - start);
        if (ranged) sink->ranges[out - sink->hashes] = (ddk_range){(uint32_t)start, (uint32_t)end};
        out++;
        continue;
      }
    }
    sink->count = (size_t)(out - sink->hashes);
    ddk_tokenise_slowly(text, start, end, sink);
    if (sink->capacity - sink->count < (size_t)(last - border) / 2) sink->full = true;
    if (sink->full) return;
    out = sink->hashes + sink->count;
  }
  sink->count = (size_t)(out - sink->hashes);
}

/// Apart from what calls them, so that each keeps its constants in registers.
DDK_APART void hash_plain(const uint8_t *text, const uint32_t *border, const uint32_t *last, ddk_sink *sink) {
  hash_runs(text, border, last, sink, false);
}
DDK_APART void hash_ranged(const uint8_t *text, const uint32_t *border, const uint32_t *last, ddk_sink *sink) {
  hash_runs(text, border, last, sink, true);
}

/// The borders and cues of a chunk, and what the byte before it was.
typedef struct {
  uint64_t inside, open;  // 1 if that byte belongs to a run, or is punctuation
  uint32_t *border;       // behind the last
  cue *cue;               // likewise
  uint32_t borders[CHUNK + 64];
  cue cues[CHUNK];
} scan;

/// Symbols, hyphens that may stand before a line end, and what may be a number directly behind punctuation, of 64
/// bytes.
DDK_INLINE uint64_t cues_of(ddk_classes is, uint64_t wanted, uint64_t *open) {
  uint64_t other = is.visible & ~is.word & wanted;
  uint64_t parting = is.hyphen & ~(is.visible >> 1);
  uint64_t cues = (is.symbol | parting | (is.number & (other << 1 | *open))) & wanted;
  *open = other >> 63;
  return cues;
}

DDK_INLINE void add_cues(scan *scan, uint64_t cues, uint64_t edges, size_t base) {
  size_t borders = (size_t)(scan->border - scan->borders);
  for (; cues; cues &= cues - 1) {
    uint64_t before = (cues & -cues) - 1;
    size_t ended = borders + (size_t)__builtin_popcountll(edges & before);
    // Odd where a run ends at the cue.
    *scan->cue++ = (cue){(uint32_t)(base + (size_t)__builtin_popcountll(before)), (uint32_t)(ended + (ended & 1))};
  }
}

DDK_APART void find_borders(scan *scan, const uint8_t *text, size_t base, size_t size) {
  uint64_t inside = scan->inside, open = scan->open;
  for (size_t at = 0; at < size; at += 64) {
    ddk_classes is = classify(text + base + at);
    uint64_t wanted = size - at < 64 ? (1ull << (size - at)) - 1 : ~0ull, word = is.word & wanted;
    uint64_t edges = word ^ (word << 1 | inside), cues = cues_of(is, wanted, &open);
    if (__builtin_expect(cues != 0, 0)) add_cues(scan, cues, edges, base + at);
    scan->border = flatten(edges, (uint32_t)(base + at), scan->border);
    inside = word >> 63;
  }
  scan->inside = inside, scan->open = open;
}

/// Hashes the runs of a chunk, and counts its marks where they stand among them.
DDK_INLINE void hash_chunk(const uint8_t *text, size_t length, const scan *scan, ddk_sink *sink) {
  const uint32_t *border = scan->borders, *last = scan->border;
  for (const cue *next = scan->cues; !sink->full; next++) {
    bool is_last = next == scan->cue || !sink->marks;
    const uint32_t *end = is_last ? last : scan->borders + next->borders;
    (sink->ranges ? hash_ranged : hash_plain)(text, border, end, sink);
    if (sink->capacity - sink->count < (size_t)(last - end) / 2) sink->full = true;
    if (is_last) return;
    ddk_mark_cue(text, length, next->at, sink);
    border = end;
  }
}

static size_t tokenise(
    const uint8_t *text, size_t length, uint64_t *hashes, ddk_range *ranges, ddk_marks *marks, size_t capacity) {
  if (length > UINT32_MAX) abort();
  ddk_sink sink = {hashes, ranges, marks, 0, capacity, false};
  if (marks) *marks = (ddk_marks){{0, 0}, 0, 0, false};
  scan scan;
  scan.inside = scan.open = 0;
  uint32_t carried = 0;  // 1 if borders[0] is the start of a run that crosses into this chunk
  for (size_t base = 0; base <= length; base += CHUNK) {
    size_t size = length - base < CHUNK ? length - base : CHUNK;
    scan.border = scan.borders + carried;
    scan.cue = scan.cues;
    find_borders(&scan, text, base, size);
    if (size < CHUNK && (scan.border - scan.borders) & 1) *scan.border++ = (uint32_t)length;
    size_t count = (size_t)(scan.border - scan.borders);
    if (sink.capacity - sink.count < count / 2) return DDK_NO_ROOM;
    hash_chunk(text, length, &scan, &sink);
    if (sink.full) return DDK_NO_ROOM;
    carried = count & 1;
    scan.borders[0] = scan.borders[count - carried];
  }
  return sink.count;
}
