#ifndef CSJ_VALUES_HPP
#define CSJ_VALUES_HPP

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <algorithm>
#include <string_view>

#include "CSimdjson.h"

using namespace simdjson;

namespace {

/// A value as it stands in the line: the inside of a string (still escaped), the digits of a number.
struct Value {
  csj_type type = CSJ_UNKNOWN;
  csj_slice raw = {nullptr, 0};
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

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; }

bool same_but_for_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Of a string as it stands in JSON: nothing in it but white space and escapes of it.
bool is_blank(csj_slice raw) {
  for (size_t i = 0; i < raw.count; i++) {
    const char next = i + 1 < raw.count ? char(raw.bytes[i + 1]) : ' ';
    if (raw.bytes[i] == '\\' && (next == 'n' || next == 'r' || next == 't')) {
      i++;
    } else if (raw.bytes[i] == 0xC2 && uint8_t(next) == 0xA0) {  // a no-break space
      i++;
    } else if (!is_space(char(raw.bytes[i]))) {
      return false;
    }
  }
  return true;
}

/// What Python and JavaScript write for a number that is none: no JSON, and as good as null.
bool is_no_number(std::string_view token) {
  if (!token.empty() && token[0] == '-') token.remove_prefix(1);
  return token == "NaN" || token == "Infinity" || token == "nan" || token == "inf";
}

/// Whether a token that begins like a number may be one, or what is written for one (007, 1_000): no string without its
/// quotes, of which nobody would know the end.
bool is_like_number(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '+' || c == '-' ||
           c == '_';
  });
}

bool is_usable(csj_role role, const Value &value) {
  switch (value.type) {
    case CSJ_STRING: return role == CSJ_TEXT || value.raw.count > 0;
    case CSJ_NUMBER: return role == CSJ_ID || role == CSJ_DATE;
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
  if ((value.type == CSJ_UNKNOWN || value.type == CSJ_NUMBER) && is_no_number(token)) value.type = CSJ_NULL;
  if (value.type == CSJ_NUMBER && !is_like_number(token)) return simdjson::NUMBER_ERROR;
  value.raw = {reinterpret_cast<const uint8_t *>(token.data()), token.size()};
  return SUCCESS;
}

}  // namespace

#endif
