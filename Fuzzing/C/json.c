/// A line of JSON, read twice: record by record as dumps are, and whole as a tree, which is stricter.
#include <stdbool.h>

#include "CSimdjson.h"
#include "check.h"

typedef struct {
  csj_role role;
  const char *name;
} wanted;

static const wanted names[] = {{CSJ_TEXT, "text"},     {CSJ_TEXT, "a.b.0"},    {CSJ_TEXT, "/c/d"},
                               {CSJ_ID, "id"},         {CSJ_TITLE, "title"},   {CSJ_DATE, "date"},
                               {CSJ_SOURCE, "source"}, {CSJ_LANGUAGE, "lang"}, {CSJ_URL, "url"}};

static csj_parser *made(size_t count) {
  csj_parser *parser = csj_parser_create();
  CHECK(parser);
  for (size_t i = 0; i < count; i++)
    csj_parser_add_name(parser, names[i].role, (const uint8_t *)names[i].name, strlen(names[i].name));
  return parser;
}

static uint8_t *padded(const uint8_t *line, size_t size, int padding) {
  uint8_t *copy = room(size + CSJ_PADDING);
  memcpy(copy, line, size);
  memset(copy + size, padding, CSJ_PADDING);
  return copy;
}

static bool same(csj_slice a, csj_slice b) {
  return !a.bytes == !b.bytes && a.count == b.count && (a.count == 0 || !memcmp(a.bytes, b.bytes, a.count));
}

static bool same_records(const csj_record *a, const csj_record *b) {
  return same(a->text, b->text) && same(a->id, b->id) && same(a->title, b->title) && same(a->date, b->date) &&
         same(a->source, b->source) && same(a->language, b->language) && same(a->url, b->url) &&
         !memcmp(a->names, b->names, sizeof a->names);
}

/// All of a record can be read, with the bytes behind a text, and is UTF-8.
static void touch(const csj_record *record) {
  const csj_slice slices[] = {record->text,   record->id,       record->title, record->date,
                              record->source, record->language, record->url};
  volatile uint64_t total = sum(record->text.bytes, record->text.count + CSJ_PADDING);
  (void)total;
  for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
    CHECK(!slices[i].bytes || csj_is_utf8(slices[i].bytes, slices[i].count));
}

/// The node behind a value and all that is inside; each can be read and is UTF-8.
static const csj_node *past(const csj_node *node) {
  CHECK(csj_is_utf8(node->name.bytes, node->name.count) && csj_is_utf8(node->string.bytes, node->string.count));
  uint32_t children = node->type == CSJ_OBJECT || node->type == CSJ_ARRAY ? node->children : 0;
  for (node++; children > 0; children--) node = past(node);
  return node;
}

static bool is_called_text(csj_slice name) {
  if (name.count != 4) return false;
  for (size_t i = 0; i < 4; i++)
    if ((name.bytes[i] | 0x20) != "text"[i]) return false;
  return true;
}

/// What the strict reader takes, the quick one takes too, and finds a text where there is one, and one of those.
static void compare(const csj_node *root, csj_status status, const csj_record *record) {
  if (root->type != CSJ_OBJECT) {
    CHECK(status == CSJ_NOT_OBJECT && record->found == root->type);
    return;
  }
  CHECK(status == CSJ_OK || status == CSJ_NO_TEXT || status == CSJ_TEXT_NOT_STRING);
  bool is_there = false, is_told = false;
  const csj_node *child = root + 1;
  for (uint32_t i = 0; i < root->children; i++, child = past(child)) {
    if (child->type != CSJ_STRING || !is_called_text(child->name)) continue;
    is_there = true;
    is_told = is_told || (status == CSJ_OK && same(child->string, record->text));
  }
  CHECK(is_there == (status == CSJ_OK) && is_there == is_told);
}

/// One that has read little before, or nothing: to make one costs more than to read a line.
static csj_parser *fresh_now(void) {
  static csj_parser *parser;
  static unsigned lines;
  if (lines++ % 64 == 0) {
    if (parser) csj_parser_destroy(parser);
    parser = made(sizeof names / sizeof *names);
  }
  return parser;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static csj_parser *full, *simple;
  static csj_tree *tree;
  if (!full) full = made(sizeof names / sizeof *names), simple = made(1), tree = csj_tree_create();
  uint8_t *line = padded(data, size, ' '), *other = padded(data, size, '"');
  csj_record record = {0}, again = {0};
  csj_status status = csj_parse(full, line, size, &record);
  // Other lines before it, and other bytes behind it.
  csj_status repeated = csj_parse(fresh_now(), other, size, &again);
  CHECK(status == repeated);
  if (status == CSJ_OK) {
    touch(&record);
    CHECK(same_records(&record, &again));
  }
  const csj_node *root = csj_tree_read(tree, line, size);
  if (root) {
    past(root);
    record = (csj_record){0};
    status = csj_parse(simple, line, size, &record);
    compare(root, status, &record);
  }
  free(line);
  free(other);
  return 0;
}
