#define _GNU_SOURCE
#include "dedup.h"

#include <dlfcn.h>
#include <stdlib.h>
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

void dedup_borrowed_schema(struct ArrowSchema *schema) { schema->release = NULL; }

void dedup_borrowed_array(struct ArrowArray *array) { array->release = NULL; }

// The process has Python's functions where it has a capsule; nothing else here knows Python.
void dedup_python_end_stream(void *capsule) {
  void *(*pointer_of)(void *, const char *) =
      (void *(*)(void *, const char *))dlsym(RTLD_DEFAULT, "PyCapsule_GetPointer");
  struct ArrowArrayStream *stream = pointer_of ? pointer_of(capsule, "arrow_array_stream") : NULL;
  if (!stream) return;
  if (stream->release) stream->release(stream);
  free(stream);
}
