#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "CSimdjson.h"
#include "names.hpp"
#include "values.hpp"

static_assert(CSJ_PADDING >= SIMDJSON_PADDING);

namespace {

constexpr size_t smallest_capacity = 64 * 1024;
constexpr uint32_t no_rank = UINT32_MAX;
constexpr uint32_t blank_rank = 1u << 30;

/// The best value of a role so far, unescaped only when the object is done and nothing better has turned up.
struct Candidate {
  uint32_t rank = no_rank;
  Value value;
};

}  // namespace

struct csj_parser {
  ondemand::parser json;
  std::unique_ptr<uint8_t[]> unescaped;
  Names names;
  std::array<uint32_t, CSJ_ROLES> name_counts = {};
  std::vector<uint8_t> key;
  std::array<Candidate, CSJ_ROLES> best;
  uint32_t wrong_name = no_rank;  // the first name for text whose value is neither a string nor null
  csj_type wrong_type = CSJ_UNKNOWN;

  void add(const std::vector<std::string> &path, csj_role role, uint32_t order);
  bool reserve(size_t count);
  error_code read_record(ondemand::object object);
  error_code read_fields(ondemand::object &object, Names &names);
  error_code read_value(ondemand::value json, std::string_view name, Names &names);
  error_code read_inside(ondemand::value &json, csj_type type, Names &names);
  void offer(Use use, bool is_exact, const Value &value);
  error_code key_of(ondemand::field &field, std::string_view &name);
  error_code publish(csj_record &record);
};

void csj_parser::add(const std::vector<std::string> &path, csj_role role, uint32_t order) {
  Names *inside = &names;
  for (size_t i = 0; i + 1 < path.size(); i++) inside = &inside->inner(path[i]);
  inside->entry(path.back()).uses.push_back({role, order});
}

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

/// A name as it was given goes before one in other case, a text that says something before a blank one.
void csj_parser::offer(Use use, bool is_exact, const Value &value) {
  if (!is_usable(use.role, value)) {
    if (use.role == CSJ_TEXT && value.type != CSJ_NULL) {
      if (use.order < wrong_name) wrong_type = value.type;
      wrong_name = std::min(wrong_name, use.order);
    }
    return;
  }
  uint32_t rank = 2 * use.order + !is_exact;
  if (use.role == CSJ_TEXT && is_blank(value.raw)) rank += blank_rank;
  if (rank < best[use.role].rank) best[use.role] = {rank, value};
}

/// Elements of arrays are called by their numbers.
error_code csj_parser::read_value(ondemand::value json, std::string_view name, Names &names) {
  Value value;
  Names *inner = nullptr;
  for (const Name &each : names.bucket(name)) {
    const bool is_exact = each.bytes == name;
    if (!is_exact && !same_but_for_case(each.bytes, name)) continue;
    if (!value.raw.bytes) SIMDJSON_TRY(peek(json, value));
    if (each.inner) inner = each.inner.get();
    for (Use use : each.uses) offer(use, is_exact, value);
  }
  // `name` may point into what is used again inside.
  return inner ? read_inside(json, value.type, *inner) : SUCCESS;
}

error_code csj_parser::read_inside(ondemand::value &json, csj_type type, Names &names) {
  if (type == CSJ_OBJECT) {
    ondemand::object object;
    SIMDJSON_TRY(json.get_object().get(object));
    return read_fields(object, names);
  }
  if (type != CSJ_ARRAY) return SUCCESS;
  ondemand::array elements;
  SIMDJSON_TRY(json.get_array().get(elements));
  size_t number = 0;
  for (auto result : elements) {
    ondemand::value element;
    SIMDJSON_TRY(std::move(result).get(element));
    SIMDJSON_TRY(read_value(element, std::to_string(number++), names));
  }
  return SUCCESS;
}

error_code csj_parser::read_fields(ondemand::object &object, Names &names) {
  for (auto result : object) {
    ondemand::field field;
    SIMDJSON_TRY(std::move(result).get(field));
    std::string_view name;
    SIMDJSON_TRY(key_of(field, name));
    SIMDJSON_TRY(read_value(field.value(), name, names));
  }
  return SUCCESS;
}

error_code csj_parser::read_record(ondemand::object object) {
  best.fill({});
  wrong_name = no_rank;
  return read_fields(object, names);
}

error_code csj_parser::publish(csj_record &record) {
  csj_slice *slices[CSJ_ROLES] = {
      &record.text, &record.id, &record.title, &record.date, &record.source, &record.language, &record.url,
  };
  uint8_t *out = unescaped.get();
  for (int role = 0; role < CSJ_ROLES; role++) {
    const auto [type, raw] = best[role].value;
    *slices[role] = raw;
    record.names[role] = raw.bytes ? uint8_t(best[role].rank % blank_rank / 2) : 255;
    // A string without escapes stays where it is.
    if (type != CSJ_STRING || raw.count == 0 || !memchr(raw.bytes, '\\', raw.count)) continue;
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
  if (auto error = parser.read_record(object)) return status(error);
  if (document.current_location().error() != OUT_OF_BOUNDS) return CSJ_TRAILING;
  if (auto error = parser.publish(record)) return status(error);
  if (record.text.bytes) return CSJ_OK;
  record.text_name = parser.wrong_name;
  record.found = parser.wrong_type;
  return parser.wrong_name == no_rank ? CSJ_NO_TEXT : CSJ_TEXT_NOT_STRING;
}

}  // namespace

csj_parser *csj_parser_create(void) noexcept { return new (std::nothrow) csj_parser; }

void csj_parser_destroy(csj_parser *parser) noexcept { delete parser; }

void csj_parser_add_name(csj_parser *parser, csj_role role, const uint8_t *name, size_t count) noexcept {
  const std::string_view bytes(reinterpret_cast<const char *>(name), count);
  const uint32_t order = parser->name_counts[role]++;
  parser->add({std::string(bytes)}, role, order);
  std::vector<std::string> path = parts(bytes);
  if (path.size() > 1 || path[0] != bytes) parser->add(path, role, order);
  for (const auto &inside : wrapped(role)) {
    std::vector<std::string> longer = path;
    longer.insert(longer.end(), inside.begin(), inside.end());
    parser->add(longer, role, order);
  }
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
