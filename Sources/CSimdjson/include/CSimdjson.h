#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Nothing is thrown through C. Where memory is short and a function has no way to say so, the process ends.
#ifdef __cplusplus
#define CSJ_NOEXCEPT noexcept
extern "C" {
#else
#define CSJ_NOEXCEPT
#endif

/// Bytes that must be readable after the last byte of a line. A text is followed by as many.
#define CSJ_PADDING 64

typedef struct csj_parser csj_parser;

typedef enum : uint8_t { CSJ_TEXT, CSJ_ID, CSJ_TITLE, CSJ_DATE, CSJ_SOURCE, CSJ_LANGUAGE, CSJ_URL, CSJ_ROLES } csj_role;

typedef enum : uint8_t {
  CSJ_OK,
  CSJ_BLANK,
  CSJ_NO_TEXT,          ///< no field of the names for text, or null in all of them
  CSJ_TEXT_NOT_STRING,  ///< `found`, `text_name`
  CSJ_NOT_OBJECT,       ///< `found`
  CSJ_TRAILING,         ///< something other than white space follows the object
  CSJ_MALFORMED,        ///< or cut off
  CSJ_REPAIRABLE,       ///< invalid UTF-8, a bare control character, a lone surrogate or another bad escape
  CSJ_TOO_LONG,         ///< more than the parser can index (4 GiB), or than memory holds
} csj_status;

typedef enum : uint8_t { CSJ_OBJECT, CSJ_ARRAY, CSJ_STRING, CSJ_NUMBER, CSJ_BOOLEAN, CSJ_NULL, CSJ_UNKNOWN } csj_type;

/// In the line or in the parser, so valid until the parser is used again or the line changes. `bytes` is NULL where the
/// field is absent.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} csj_slice;

typedef struct {
  csj_slice text, id, title, date, source, language, url;
  uint8_t names[CSJ_ROLES];  ///< of each role, which of its names, in the order they were added; 255 for none
  uint32_t text_name;        ///< which of the names for text is of no string
  csj_type found;
} csj_record;

/// NULL when memory is short.
csj_parser *csj_parser_create(void) CSJ_NOEXCEPT;
void csj_parser_destroy(csj_parser *parser) CSJ_NOEXCEPT;

/// Adds a name for the role, to be preferred over those added later: of a field of the record, in any case of its ASCII
/// letters; or a path to one inside others, as `a.b.0` or as the JSON Pointer `/a/b/0`.
///
/// A blank text gives way to the next name that has one; NaN and infinities are taken for null.
void csj_parser_add_name(csj_parser *parser, csj_role role, const uint8_t *name, size_t count) CSJ_NOEXCEPT;

/// Reads the wanted fields of the JSON object on a line in one pass.
/// Fields of other names are skipped, not validated beyond UTF-8, quotes and brackets.
csj_status csj_parse(csj_parser *parser, const uint8_t *line, size_t count, csj_record *record) CSJ_NOEXCEPT;

/// Gives memory back when a giant line has made the parser larger than `capacity` bytes of line.
void csj_parser_trim(csj_parser *parser, size_t capacity) CSJ_NOEXCEPT;

bool csj_is_utf8(const uint8_t *bytes, size_t count) CSJ_NOEXCEPT;

/// A JSON value, before the values that it holds.
typedef struct {
  csj_type type;
  bool boolean;
  uint32_t children;  ///< of an array or object
  double number;
  csj_slice name;    ///< in an object
  csj_slice string;  ///< unescaped; of a number as it is written
} csj_node;

typedef struct csj_tree csj_tree;

/// NULL when memory is short.
csj_tree *csj_tree_create(void) CSJ_NOEXCEPT;
void csj_tree_destroy(csj_tree *tree) CSJ_NOEXCEPT;

/// Reads one JSON value and nothing after it, all of it validated.
/// Returns its nodes, each followed by its children; valid until the tree is used again. NULL if it is malformed, cut
/// off or too deep, or memory is short.
const csj_node *csj_tree_read(csj_tree *tree, const uint8_t *bytes, size_t count) CSJ_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
