#ifndef CSJ_NAMES_HPP
#define CSJ_NAMES_HPP

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "CSimdjson.h"

namespace {

struct Names;

struct Use {
  csj_role role;
  uint32_t order;  // 0 is preferred over 1
};

/// A name to look for, the first part of a path to one, or both.
struct Name {
  std::string bytes;
  std::vector<Use> uses;
  std::shared_ptr<Names> inner;  // of a path: what to look for inside
};

/// What is looked for in one object.
struct Names {
  std::array<std::vector<Name>, 64> buckets;

  /// Names that differ in case only share one.
  std::vector<Name> &bucket(std::string_view name) {
    size_t first = name.empty() ? 0 : uint8_t(name[0]) | 0x20;
    return buckets[(first ^ (name.size() << 3)) & 63];
  }

  Name &entry(std::string_view name) {
    auto &names = bucket(name);
    for (Name &each : names) {
      if (each.bytes == name) return each;
    }
    names.push_back({std::string(name), {}, nullptr});
    return names.back();
  }

  Names &inner(std::string_view name) {
    auto &inner = entry(name).inner;
    if (!inner) inner = std::make_shared<Names>();
    return *inner;
  }
};

/// `a.b` or, as a JSON Pointer (RFC 6901), `/a/b`; one part where it is no path.
std::vector<std::string> parts(std::string_view path) {
  const bool is_pointer = !path.empty() && path[0] == '/';
  std::vector<std::string> parts(1);
  for (size_t i = is_pointer; i < path.size(); i++) {
    if (path[i] == (is_pointer ? '/' : '.')) {
      parts.emplace_back();
    } else if (is_pointer && path[i] == '~' && i + 1 < path.size()) {
      parts.back() += path[++i] == '1' ? '/' : '~';
    } else {
      parts.back() += path[i];
    }
  }
  return parts;
}

/// What an object of a role wraps: {"source": {"id": …, "name": …}} as NewsAPI has it, {"$date": …} and {"$oid": …} as
/// MongoDB has them.
std::vector<std::vector<std::string>> wrapped(csj_role role) {
  switch (role) {
    case CSJ_SOURCE: return {{"name"}};
    case CSJ_DATE: return {{"$date"}, {"$date", "$numberLong"}};
    case CSJ_ID: return {{"$oid"}};
    default: return {};
  }
}

}  // namespace

#endif
