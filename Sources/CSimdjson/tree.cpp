#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include "CSimdjson.h"

using namespace simdjson;

struct csj_tree {
  ondemand::parser parser;
  std::vector<uint8_t> json;
  std::vector<csj_node> nodes;

  error_code read(const uint8_t *bytes, size_t count);
  error_code append(std::string_view name, ondemand::value value, int depth);
  error_code append_fields(ondemand::value &value, int depth, uint32_t &children);
  error_code append_elements(ondemand::value &value, int depth, uint32_t &children);
};

namespace {

// simdjson keeps track of 1024 values inside each other.
constexpr int deepest = 1000;

csj_slice slice(std::string_view text) { return {reinterpret_cast<const uint8_t *>(text.data()), text.size()}; }

// The token reaches to the next one, so white space may follow.
std::string_view written(std::string_view token) { return token.substr(0, token.find_last_not_of(" \t\r\n") + 1); }

}  // namespace

// In brackets, so that a value that stands alone is read like any other: numbers as they are written are only to be had
// of values inside others.
error_code csj_tree::read(const uint8_t *bytes, size_t count) {
  json.assign(count + 2 + SIMDJSON_PADDING, 0);
  json[0] = '[';
  if (count > 0) memcpy(json.data() + 1, bytes, count);
  json[count + 1] = ']';
  nodes.clear();
  ondemand::document document;
  SIMDJSON_TRY(parser.iterate(json.data(), count + 2, json.size()).get(document));
  ondemand::array values;
  SIMDJSON_TRY(document.get_array().get(values));
  size_t roots = 0;
  for (auto result : values) {
    ondemand::value value;
    SIMDJSON_TRY(std::move(result).get(value));
    SIMDJSON_TRY(append({}, value, 0));
    roots++;
  }
  const bool is_whole = roots == 1 && document.current_location().error() == OUT_OF_BOUNDS;
  return is_whole ? SUCCESS : TAPE_ERROR;
}

error_code csj_tree::append(std::string_view name, ondemand::value value, int depth) {
  if (depth > deepest) return DEPTH_ERROR;
  const std::string_view token = written(value.raw_json_token());
  csj_node node = {};
  node.name = slice(name);
  const size_t at = nodes.size();
  uint32_t children = 0;
  switch (token.empty() ? 0 : token[0]) {
    case '{':
      node.type = CSJ_OBJECT;
      nodes.push_back(node);
      SIMDJSON_TRY(append_fields(value, depth, children));
      nodes[at].children = children;
      return SUCCESS;
    case '[':
      node.type = CSJ_ARRAY;
      nodes.push_back(node);
      SIMDJSON_TRY(append_elements(value, depth, children));
      nodes[at].children = children;
      return SUCCESS;
    case '"': {
      std::string_view string;
      SIMDJSON_TRY(value.get_string().get(string));
      node.type = CSJ_STRING;
      node.string = slice(string);
      break;
    }
    case 't':
    case 'f':
      SIMDJSON_TRY(value.get_bool().get(node.boolean));
      node.type = CSJ_BOOLEAN;
      break;
    case 'n':
      if (token != "null") return N_ATOM_ERROR;
      node.type = CSJ_NULL;
      break;
    default:
      SIMDJSON_TRY(value.get_double().get(node.number));
      node.type = CSJ_NUMBER;
      node.string = slice(token);
  }
  nodes.push_back(node);
  return SUCCESS;
}

error_code csj_tree::append_fields(ondemand::value &value, int depth, uint32_t &children) {
  ondemand::object fields;
  SIMDJSON_TRY(value.get_object().get(fields));
  for (auto result : fields) {
    ondemand::field field;
    SIMDJSON_TRY(std::move(result).get(field));
    std::string_view name;
    SIMDJSON_TRY(field.unescaped_key().get(name));
    SIMDJSON_TRY(append(name, field.value(), depth + 1));
    children++;
  }
  return SUCCESS;
}

error_code csj_tree::append_elements(ondemand::value &value, int depth, uint32_t &children) {
  ondemand::array elements;
  SIMDJSON_TRY(value.get_array().get(elements));
  for (auto result : elements) {
    ondemand::value element;
    SIMDJSON_TRY(std::move(result).get(element));
    SIMDJSON_TRY(append({}, element, depth + 1));
    children++;
  }
  return SUCCESS;
}

csj_tree *csj_tree_create(void) noexcept { return new (std::nothrow) csj_tree; }

void csj_tree_destroy(csj_tree *tree) noexcept { delete tree; }

const csj_node *csj_tree_read(csj_tree *tree, const uint8_t *bytes, size_t count) noexcept {
  try {
    return tree->read(bytes, count) == SUCCESS ? tree->nodes.data() : nullptr;
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}
