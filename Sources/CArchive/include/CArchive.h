#ifndef CARCHIVE_H
#define CARCHIVE_H

/// libarchive and zlib behind a few calls. Reading and writing stand apart.
#include "archive_reader.h"
#include "archive_writer.h"

#endif
