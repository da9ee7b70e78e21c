/// What dedup's kernels are measured against.
#ifndef CRIVALS_H
#define CRIVALS_H

#include "CDedupKernels.h"

#pragma clang assume_nonnull begin

typedef void (*rival_sketch)(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);

/// One hash function a slot, the least hash under each (Broder: On the resemblance and containment of documents, 1997).
void classic_scalar(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);
#if defined(__x86_64__)
void classic_avx2(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);
void classic_avx512(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);
#endif

/// One hash function, one slot a hash; an empty slot copies one at random (Shrivastava: Optimal densification for fast
/// and accurate minwise hashing, ICML 2017).
void one_permutation(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);

/// All rounds (Dahlgaard, Knudsen, Thorup: Fast similarity sketching, FOCS 2017): each round sends every hash to one
/// random slot, until no slot is empty; round 128 + j would send every hash to slot j.
void fast_similarity(const uint64_t *shingles, size_t count, uint32_t slots[_Nonnull DDK_SLOTS]);

/// The tokenisers of the project with XXH3 over each token in place of the multiply-and-fold.
extern const ddk_kernels xxh3_scalar;
#if defined(__x86_64__)
extern const ddk_kernels xxh3_avx2, xxh3_avx512;
#endif

#pragma clang assume_nonnull end

#endif
