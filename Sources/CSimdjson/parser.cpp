#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "CSimdjson.h"

using namespace simdjson;

static_assert(CSJ_PADDING >= SIMDJSON_PADDING);

namespace {

constexpr size_t smallest_capacity = 64 * 1024;
constexpr uint32_t no_rank = UINT32_MAX;

struct Name {
  std::string bytes;
  csj_role role;
  uint32_t rank;  // 0 is preferred over 1
};

/// A value as it stands in the line: the inside of a string (still escaped), the digits of a number.
struct Value {
  csj_type type = CSJ_UNKNOWN;
  bool named = false;  // an object; `raw` is its "name"
  csj_slice raw = {nullptr, 0};
};

/// The best value of a role so far, unescaped only when the object is done and nothing better has turned up.
struct Candidate {
  uint32_t rank = no_rank;
  Value value;
};

csj_status status(error_code error) {
  switch (error) {
    case UTF8_ERROR:
    case UNESCAPED_CHARS:
    case STRING_ERROR: return CSJ_REPAIRABLE;
    case EMPTY: return CSJ_BLANK;
    case CAPACITY:
    case MEMALLOC: return CSJ_TOO_LONG;
    default: return CSJ_MALFORMED;
  }
}

csj_type type_of(char first) {
  switch (first) {
    case '{': return CSJ_OBJECT;
    case '[': return CSJ_ARRAY;
    case '"': return CSJ_STRING;
    case 't':
    case 'f': return CSJ_BOOLEAN;
    case 'n': return CSJ_NULL;
    default: return first == '-' || (first >= '0' && first <= '9') ? CSJ_NUMBER : CSJ_UNKNOWN;
  }
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_usable(csj_role role, const Value &value) {
  switch (value.type) {
    case CSJ_STRING: return role == CSJ_TEXT || value.raw.count > 0;
    case CSJ_NUMBER: return role == CSJ_ID || role == CSJ_DATE;
    case CSJ_OBJECT: return role == CSJ_SOURCE && value.named && value.raw.count > 0;
    default: return false;
  }
}

/// Looks at a value without stepping over it.
error_code peek(ondemand::value &json, Value &value) {
  // The token reaches to the next one, so white space may follow.
  std::string_view token = json.raw_json_token();
  value.type = type_of(token[0]);
  while (token.size() > 1 && is_space(token.back())) token.remove_suffix(1);
  if (value.type == CSJ_STRING) {
    if (token.size() < 2 || token.back() != '"') return TAPE_ERROR;
    token = token.substr(1, token.size() - 2);
  }
  value.raw = {reinterpret_cast<const uint8_t *>(token.data()), token.size()};
  return SUCCESS;
}

/// Takes the name of {"source": {"id": …, "name": …}}, as NewsAPI has it.
error_code open(ondemand::value &json, Value &value) {
  ondemand::object object;
  SIMDJSON_TRY(json.get_object().get(object));
  ondemand::value inner;
  error_code error = object.find_field("name").get(inner);
  if (error == NO_SUCH_FIELD) return SUCCESS;
  SIMDJSON_TRY(error);
  Value name;
  SIMDJSON_TRY(peek(inner, name));
  value.named = name.type == CSJ_STRING;
  value.raw = name.raw;
  return SUCCESS;
}

}  // namespace

struct csj_parser {
  ondemand::parser json;
  std::unique_ptr<uint8_t[]> unescaped;
  std::array<std::vector<Name>, 64> buckets;
  std::array<uint32_t, CSJ_ROLES> name_counts = {};
  std::vector<uint8_t> key;
  std::array<Candidate, CSJ_ROLES> best;
  uint32_t wrong_rank = no_rank;  // the first name for text whose value is neither a string nor null
  csj_type wrong_type = CSJ_UNKNOWN;

  std::vector<Name> &bucket(std::string_view name) {
    size_t first = name.empty() ? 0 : uint8_t(name[0]);
    return buckets[(first ^ (name.size() << 3)) & 63];
  }

  bool reserve(size_t count);
  error_code read_object(ondemand::object object);
  error_code read_field(ondemand::field &field);
  error_code key_of(ondemand::field &field, std::string_view &name);
  error_code publish(csj_record &record);
};

bool csj_parser::reserve(size_t count) {
  if (unescaped && count <= json.capacity()) return true;
  size_t capacity = std::min(std::max(smallest_capacity, count + count / 4), SIMDJSON_MAXSIZE_BYTES);
  // Unescaping never lengthens, and no field is unescaped twice.
  // One padding is for the wide stores of unescaping, one for the loads of who reads the text.
  unescaped.reset(new (std::nothrow) uint8_t[capacity + 2 * CSJ_PADDING]);
  return unescaped && count <= capacity && json.allocate(capacity) == SUCCESS;
}

/// A raw key has no length: its closing quote is found here, and only an escaped key is copied.
error_code csj_parser::key_of(ondemand::field &field, std::string_view &name) {
  const char *raw = field.key().raw();
  size_t count = 0;
  while (raw[count] != '"' && raw[count] != '\\') count++;
  if (raw[count] == '"') {
    name = {raw, count};
    return SUCCESS;
  }
  while (raw[count] != '"') count += raw[count] == '\\' ? 2 : 1;
  key.resize(count + CSJ_PADDING);
  uint8_t *out = key.data();
  return json.unescape(field.key(), out).get(name);
}

error_code csj_parser::read_field(ondemand::field &field) {
  std::string_view name;
  SIMDJSON_TRY(key_of(field, name));
  Value value;
  for (const Name &each : bucket(name)) {
    if (each.rank >= best[each.role].rank || each.bytes != name) continue;
    if (!value.raw.bytes) SIMDJSON_TRY(peek(field.value(), value));
    if (each.role == CSJ_SOURCE && value.type == CSJ_OBJECT) SIMDJSON_TRY(open(field.value(), value));
    if (is_usable(each.role, value)) {
      best[each.role] = {each.rank, value};
    } else if (each.role == CSJ_TEXT && value.type != CSJ_NULL && each.rank < wrong_rank) {
      wrong_rank = each.rank;
      wrong_type = value.type;
    }
  }
  return SUCCESS;
}

error_code csj_parser::read_object(ondemand::object object) {
  best.fill({});
  wrong_rank = no_rank;
  for (auto result : object) {
    ondemand::field field;
    SIMDJSON_TRY(std::move(result).get(field));
    SIMDJSON_TRY(read_field(field));
  }
  return SUCCESS;
}

error_code csj_parser::publish(csj_record &record) {
  csj_slice *slices[CSJ_ROLES] = {
      &record.text, &record.id, &record.title, &record.date, &record.source, &record.language, &record.url,
  };
  uint8_t *out = unescaped.get();
  for (int role = 0; role < CSJ_ROLES; role++) {
    csj_slice raw = best[role].value.raw;
    *slices[role] = raw;
    // A string without escapes stays where it is.
    if (raw.count == 0 || !memchr(raw.bytes, '\\', raw.count)) continue;
    int same = 0;
    while (best[same].value.raw.bytes != raw.bytes) same++;
    if (same < role) {
      *slices[role] = *slices[same];
      continue;
    }
    std::string_view string;
    SIMDJSON_TRY(json.unescape(ondemand::raw_json_string(raw.bytes), out).get(string));
    *slices[role] = {reinterpret_cast<const uint8_t *>(string.data()), string.size()};
  }
  return SUCCESS;
}

namespace {

csj_status parse(csj_parser &parser, const uint8_t *line, size_t count, csj_record &record) {
  if (!parser.reserve(count)) return CSJ_TOO_LONG;
  ondemand::document document;
  if (auto error = parser.json.iterate(line, count, count + CSJ_PADDING).get(document)) return status(error);
  const uint8_t *first = line;
  while (is_space(char(*first))) first++;
  record.found = type_of(char(*first));
  if (record.found != CSJ_OBJECT) return CSJ_NOT_OBJECT;

  ondemand::object object;
  if (auto error = document.get_object().get(object)) return status(error);
  if (auto error = parser.read_object(object)) return status(error);
  if (document.current_location().error() != OUT_OF_BOUNDS) return CSJ_TRAILING;
  if (auto error = parser.publish(record)) return status(error);
  if (record.text.bytes) return CSJ_OK;
  record.text_name = parser.wrong_rank;
  record.found = parser.wrong_type;
  return parser.wrong_rank == no_rank ? CSJ_NO_TEXT : CSJ_TEXT_NOT_STRING;
}

}  // namespace

csj_parser *csj_parser_create(void) noexcept { return new (std::nothrow) csj_parser; }

void csj_parser_destroy(csj_parser *parser) noexcept { delete parser; }

void csj_parser_add_name(csj_parser *parser, csj_role role, const uint8_t *name, size_t count) noexcept {
  std::string bytes(reinterpret_cast<const char *>(name), count);
  auto &bucket = parser->bucket(bytes);
  bucket.push_back({std::move(bytes), role, parser->name_counts[role]++});
}

csj_status csj_parse(csj_parser *parser, const uint8_t *line, size_t count, csj_record *record) noexcept {
  try {
    return parse(*parser, line, count, *record);
  } catch (const std::bad_alloc &) {
    return CSJ_TOO_LONG;
  }
}

void csj_parser_trim(csj_parser *parser, size_t capacity) noexcept {
  if (parser->json.capacity() <= capacity) return;
  parser->json = ondemand::parser();
  parser->unescaped.reset();
}

bool csj_is_utf8(const uint8_t *bytes, size_t count) noexcept {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
