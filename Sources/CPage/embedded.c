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
    style[] = {
#embed "page/page.css"
    },
    script[] = {
#embed "page/event.js"
        ,
#embed "page/compare.js"
        ,
#embed "page/page.js"
    };

const cpage_bytes cpage_overview = {overview, sizeof overview}, cpage_cluster = {cluster, sizeof cluster},
                  cpage_style = {style, sizeof style}, cpage_script = {script, sizeof script};
