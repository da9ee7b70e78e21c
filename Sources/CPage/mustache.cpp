#include <kainjow/mustache.hpp>
#include <string>

#include "CPage.h"

using namespace kainjow::mustache;

// The library's own type under the name that C knows: nothing is wrapped, so nothing is copied.
static data &of(cpage_data *handle) { return *reinterpret_cast<data *>(handle); }
static cpage_data *handle(data *data) { return reinterpret_cast<cpage_data *>(data); }

struct cpage_template {
  mustache compiled;
};

cpage_data *cpage_data_create(void) noexcept { return handle(new data); }

void cpage_data_destroy(cpage_data *data) noexcept { delete &of(data); }

void cpage_data_set(cpage_data *object, const char *name, const uint8_t *utf8, size_t count) noexcept {
  of(object)[name] = data(std::string(reinterpret_cast<const char *>(utf8), count));
}

void cpage_data_set_truth(cpage_data *object, const char *name, bool value) noexcept { of(object)[name] = data(value); }

cpage_data *cpage_data_append(cpage_data *object, const char *name) noexcept {
  data &items = of(object)[name];
  if (!items.is_list()) items = data(data::type::list);
  items.push_back(data());
  return handle(const_cast<data *>(&items.list_value().back()));
}

cpage_template *cpage_template_create(cpage_bytes text) noexcept {
  auto page = new cpage_template{mustache(std::string(reinterpret_cast<const char *>(text.bytes), text.count))};
  if (page->compiled.is_valid()) return page;
  delete page;
  return nullptr;
}

void cpage_template_destroy(cpage_template *page) noexcept { delete page; }

void cpage_template_render(
    cpage_template *page, const cpage_data *filling, void *context,
    void (*write)(void *context, const uint8_t *bytes, size_t count)) noexcept {
  page->compiled.render(*reinterpret_cast<const data *>(filling), [=](const std::string &piece) {
    write(context, reinterpret_cast<const uint8_t *>(piece.data()), piece.size());
  });
}
