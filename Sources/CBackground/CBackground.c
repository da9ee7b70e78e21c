#include "CBackground.h"

// #embed is C23; clang has it in every mode and warns that it does.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char
    ar[] = {
#embed "data/ar.txt"
    },
    de[] = {
#embed "data/de.txt"
    },
    en[] = {
#embed "data/en.txt"
    },
    es[] = {
#embed "data/es.txt"
    },
    fr[] = {
#embed "data/fr.txt"
    },
    it[] = {
#embed "data/it.txt"
    },
    ja[] = {
#embed "data/ja.txt"
    },
    pt[] = {
#embed "data/pt.txt"
    },
    ru[] = {
#embed "data/ru.txt"
    },
    uk[] = {
#embed "data/uk.txt"
    },
    zh[] = {
#embed "data/zh.txt"
    };

const dedup_background *dedup_backgrounds(size_t *count) {
    // Where a text fits two languages equally, the earlier one here is taken.
    static const dedup_background all[] = {
        {"en", en, sizeof en}, {"es", es, sizeof es}, {"fr", fr, sizeof fr}, {"de", de, sizeof de},
        {"pt", pt, sizeof pt}, {"it", it, sizeof it}, {"ru", ru, sizeof ru}, {"uk", uk, sizeof uk},
        {"ar", ar, sizeof ar}, {"zh", zh, sizeof zh}, {"ja", ja, sizeof ja},
    };
    *count = sizeof all / sizeof *all;
    return all;
}
