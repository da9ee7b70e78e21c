#include "CBackground.h"

// #embed is C23; clang has it in every mode and warns that it does.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char ar[] = {
#embed "data/ar.txt"
};
static const unsigned char de[] = {
#embed "data/de.txt"
};
static const unsigned char en[] = {
#embed "data/en.txt"
};
static const unsigned char es[] = {
#embed "data/es.txt"
};
static const unsigned char fr[] = {
#embed "data/fr.txt"
};
static const unsigned char it[] = {
#embed "data/it.txt"
};
static const unsigned char ja[] = {
#embed "data/ja.txt"
};
static const unsigned char pt[] = {
#embed "data/pt.txt"
};
static const unsigned char ru[] = {
#embed "data/ru.txt"
};
static const unsigned char uk[] = {
#embed "data/uk.txt"
};
static const unsigned char zh[] = {
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
