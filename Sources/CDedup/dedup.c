#include "dedup.h"

#include <string.h>

static int32_t number_of(const char *phase) {
  static const char *const phases[] = {"reading", "comparing", "events", "writing"};
  for (int32_t i = 0; i < 4; ++i) {
    if (strcmp(phase, phases[i]) == 0) return i + 1;
  }
  return 0;
}

int dedup_watch_progress(void *context, const char *phase, int64_t done, int64_t total) {
  dedup_watch *watch = context;
  __atomic_store_n(&watch->phase, number_of(phase), __ATOMIC_RELAXED);
  __atomic_store_n(&watch->done, done, __ATOMIC_RELAXED);
  __atomic_store_n(&watch->total, total, __ATOMIC_RELAXED);
  return __atomic_load_n(&watch->cancel, __ATOMIC_RELAXED);
}
