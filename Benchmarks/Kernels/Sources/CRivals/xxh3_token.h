#ifndef XXH3_TOKEN_H
#define XXH3_TOKEN_H

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t xxh3_token(ddk_words words, uint64_t length) { return XXH3_64bits(&words, length); }

#endif
