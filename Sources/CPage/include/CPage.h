#ifndef DEDUP_PAGE_H
#define DEDUP_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Nothing is thrown through C: where memory is short, the process ends.
#ifdef __cplusplus
#define CPAGE_NOEXCEPT noexcept
extern "C" {
#else
#define CPAGE_NOEXCEPT
#endif

/// Bytes that live as long as the process.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} cpage_bytes;

/// The files of Sources/CPage/page.
extern const cpage_bytes cpage_overview, cpage_cluster, cpage_near_miss, cpage_compare, cpage_style, cpage_script,
    cpage_compare_script;

/// What a template is filled with: names with strings, truths, or lists of the same.
typedef struct cpage_data cpage_data;

cpage_data *cpage_data_create(void) CPAGE_NOEXCEPT;
void cpage_data_destroy(cpage_data *data) CPAGE_NOEXCEPT;
void cpage_data_set(cpage_data *data, const char *name, const uint8_t *utf8, size_t count) CPAGE_NOEXCEPT;
void cpage_data_set_truth(cpage_data *data, const char *name, bool value) CPAGE_NOEXCEPT;
/// Adds an item to the list of that name, to be filled by the caller; owned by `data`, valid until the next item.
cpage_data *cpage_data_append(cpage_data *data, const char *name) CPAGE_NOEXCEPT;

/// A Mustache template; not for two threads at once.
typedef struct cpage_template cpage_template;

/// NULL where the text is no template.
cpage_template *cpage_template_create(cpage_bytes text) CPAGE_NOEXCEPT;
void cpage_template_destroy(cpage_template *page) CPAGE_NOEXCEPT;

/// Hands out the filled template piece by piece. `{{name}}` is escaped for HTML text and quoted attributes.
void cpage_template_render(
    cpage_template *page, const cpage_data *data, void *context,
    void (*write)(void *context, const uint8_t *bytes, size_t count)) CPAGE_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
