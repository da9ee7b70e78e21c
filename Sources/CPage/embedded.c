#include "CPage.h"

// #embed is C23; clang has it in every mode and warns that it does.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char overview[] = {
#embed "page/overview.mustache"
};
static const unsigned char cluster[] = {
#embed "page/cluster.mustache"
};
static const unsigned char near_miss[] = {
#embed "page/near-miss.mustache"
};
static const unsigned char compare[] = {
#embed "page/compare.mustache"
};
static const unsigned char style[] = {
#embed "page/page.css"
    ,
#embed "page/event.css"
    ,
#embed "page/media.css"
};
static const unsigned char script[] = {
#embed "page/base.js"
    ,
#embed "page/axis.js"
    ,
#embed "page/data.js"
    ,
#embed "page/list.js"
    ,
#embed "page/find.js"
    ,
#embed "page/line.js"
    ,
#embed "page/take.js"
    ,
#embed "page/event.js"
    ,
#embed "page/compare.js"
    ,
#embed "page/jump.js"
    ,
#embed "page/page.js"
};
static const unsigned char compare_script[] = {
#embed "page/two.js"
    ,
#embed "page/jump.js"
};

const cpage_bytes cpage_overview = {overview, sizeof overview};
const cpage_bytes cpage_cluster = {cluster, sizeof cluster};
const cpage_bytes cpage_near_miss = {near_miss, sizeof near_miss};
const cpage_bytes cpage_compare = {compare, sizeof compare};
const cpage_bytes cpage_style = {style, sizeof style};
const cpage_bytes cpage_script = {script, sizeof script};
const cpage_bytes cpage_compare_script = {compare_script, sizeof compare_script};
