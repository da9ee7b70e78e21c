#ifndef DDK_KERNELS_H
#define DDK_KERNELS_H

#include "token.h"

extern const ddk_kernels ddk_scalar;
#if defined(__x86_64__)
extern const ddk_kernels ddk_avx2, ddk_avx512;
#elif defined(__aarch64__)
extern const ddk_kernels ddk_neon;
#endif

#endif
