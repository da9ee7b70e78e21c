#include "CPage.h"

// #embed is C23; clang has it in every mode and warns that it does.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char
    overview[] = {
#embed "page/overview.mustache"
    },
    cluster[] = {
#embed "page/cluster.mustache"
    },
    near_miss[] = {
#embed "page/near-miss.mustache"
    },
    compare[] = {
#embed "page/compare.mustache"
    },
    style[] = {
#embed "page/page.css"
    },
    script[] = {
#embed "page/event.js"
        ,
#embed "page/compare.js"
        ,
#embed "page/jump.js"
        ,
#embed "page/page.js"
    },
    compare_script[] = {
#embed "page/two.js"
        ,
#embed "page/jump.js"
    };

const cpage_bytes cpage_overview = {overview, sizeof overview}, cpage_cluster = {cluster, sizeof cluster},
                  cpage_near_miss = {near_miss, sizeof near_miss},
                  cpage_compare = {compare, sizeof compare}, cpage_style = {style, sizeof style},
                  cpage_script = {script, sizeof script},
                  cpage_compare_script = {compare_script, sizeof compare_script};
