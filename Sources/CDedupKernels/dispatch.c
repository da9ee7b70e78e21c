#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>

// Asked of the processor: a libgcc before 11 answers no to __builtin_cpu_supports("lzcnt") everywhere.
static bool has_lzcnt(void) {
  unsigned a, b, c, d;
  return __get_cpuid(0x80000001, &a, &b, &c, &d) && c & bit_LZCNT;
}
#endif

static bool runs_here(const ddk_kernels *k) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
              has_lzcnt();
  if (k == &ddk_avx2) return bits && __builtin_cpu_supports("avx2");
  if (k == &ddk_avx512)
    return bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
#endif
  (void)k;
  return true;
}

static const ddk_kernels *const compiled[] = {
    &ddk_scalar,
#if defined(__x86_64__)
    &ddk_avx2,
    &ddk_avx512,
#elif defined(__aarch64__)
    &ddk_neon,
#endif
};

size_t ddk_available(const ddk_kernels *_Nullable out[_Nonnull 8]) {
  size_t n = 0;
  for (size_t i = 0; i < sizeof compiled / sizeof *compiled; i++)
    if (runs_here(compiled[i])) out[n++] = compiled[i];
  return n;
}

static const ddk_kernels *requested(const char *name) {
  const ddk_kernels *here[8];
  size_t n = ddk_available(here);
  if (!name || !*name) return here[n - 1];
  for (size_t i = 0; i < n; i++)
    if (!strcmp(here[i]->name, name)) return here[i];
  return NULL;
}

const char *ddk_unknown_request(void) {
  const char *name = getenv("DEDUP_KERNEL");
  return requested(name) ? NULL : name;
}

const ddk_kernels *ddk_active(void) {
  static _Atomic(const ddk_kernels *) chosen;
  const ddk_kernels *k = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (!k) {
    k = requested(getenv("DEDUP_KERNEL"));
    if (!k) k = requested(NULL);
    atomic_store_explicit(&chosen, k, memory_order_relaxed);
  }
  return k;
}
