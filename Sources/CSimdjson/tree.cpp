#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <new>
#include <string_view>
#include <vector>

#include "CSimdjson.h"

using namespace simdjson;

struct csj_tree {
  dom::parser parser;
  std::vector<csj_node> nodes;
};

namespace {

csj_slice slice(std::string_view text) { return {reinterpret_cast<const uint8_t *>(text.data()), text.size()}; }

void append(std::vector<csj_node> &nodes, std::string_view name, dom::element element) {
  const size_t at = nodes.size();
  csj_node node = {};
  node.name = slice(name);
  uint32_t children = 0;
  switch (element.type()) {
    case dom::element_type::OBJECT: {
      node.type = CSJ_OBJECT;
      nodes.push_back(node);
      // Named, as is the array: a loop over part of a temporary outlives it.
      const dom::object object = element.get_object().value_unsafe();
      for (dom::key_value_pair field : object) append(nodes, field.key, field.value), children++;
      nodes[at].children = children;
      return;
    }
    case dom::element_type::ARRAY: {
      node.type = CSJ_ARRAY;
      nodes.push_back(node);
      const dom::array array = element.get_array().value_unsafe();
      for (dom::element value : array) append(nodes, {}, value), children++;
      nodes[at].children = children;
      return;
    }
    case dom::element_type::STRING:
      node.type = CSJ_STRING;
      node.string = slice(element.get_string().value_unsafe());
      break;
    case dom::element_type::BOOL:
      node.type = CSJ_BOOLEAN;
      node.boolean = element.get_bool().value_unsafe();
      break;
    case dom::element_type::NULL_VALUE: node.type = CSJ_NULL; break;
    default: node.type = CSJ_NUMBER; node.number = element.get_double().value_unsafe();
  }
  nodes.push_back(node);
}

}  // namespace

csj_tree *csj_tree_create(void) noexcept { return new (std::nothrow) csj_tree; }

void csj_tree_destroy(csj_tree *tree) noexcept { delete tree; }

const csj_node *csj_tree_read(csj_tree *tree, const uint8_t *bytes, size_t count) noexcept {
  dom::element root;
  if (tree->parser.parse(bytes, count, true).get(root)) return nullptr;
  tree->nodes.clear();
  try {
    append(tree->nodes, {}, root);
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
  return tree->nodes.data();
}
