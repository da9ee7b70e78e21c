#include "archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source.h"

struct car_reader {
    struct archive *archive;
    struct archive_entry *entry;
    int opened;
    // Of the member at hand: bytes that have been handed on, and the block they are taken from.
    int64_t position;
    const char *block;
    size_t block_size;
    int64_t block_offset;
    uint64_t zip_size;  // of a zip file, which is not read from front to back
    car_source source;
};

static la_ssize_t read_source(struct archive *archive, void *context, const void **bytes) {
    car_source *source = context;
    ssize_t count = car_source_read(source, bytes);
    if (count < 0) {
        archive_set_error(archive, EIO, "%s", source->message ? source->message : strerror(source->error));
        return ARCHIVE_FATAL;
    }
    return count;
}

/// No filter that would start another program, and no format that a dump of news could be mistaken for.
static void support(struct archive *archive) {
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_raw(archive);
    archive_read_support_format_empty(archive);
}

car_reader *car_reader_create(int descriptor, const void *head, size_t count) {
    car_reader *reader = calloc(1, sizeof *reader);
    if (!reader) { return NULL; }
    reader->archive = archive_read_new();
    if (!reader->archive || !car_source_begin(&reader->source, descriptor, head, count)) {
        car_reader_destroy(reader);
        return NULL;
    }
    support(reader->archive);
    struct stat status;
    bool is_zip = reader->source.head >= 4 && memcmp(reader->source.block, "PK", 2) == 0;
    if (is_zip && count == 0 && fstat(descriptor, &status) == 0) {
        // The list of members is at the end of a zip file.
        reader->zip_size = (uint64_t)status.st_size;
        lseek(descriptor, 0, SEEK_SET);
        reader->opened = archive_read_open_fd(reader->archive, descriptor, SOURCE_BLOCK);
    } else {
        reader->opened = archive_read_open(reader->archive, &reader->source, NULL, read_source, NULL);
    }
    return reader;
}

void car_reader_destroy(car_reader *reader) {
    if (!reader) { return; }
    if (reader->archive) { archive_read_free(reader->archive); }
    car_source_end(&reader->source);
    free(reader);
}

car_entry car_next(car_reader *reader) {
    if (reader->opened < ARCHIVE_WARN) { return CAR_ERROR; }
    reader->position = reader->block_offset = 0;
    reader->block_size = 0;
    int status = archive_read_next_header(reader->archive, &reader->entry);
    if (status == ARCHIVE_EOF) { return CAR_END; }
    if (status < ARCHIVE_WARN) { return CAR_ERROR; }
    if (!car_is_archive(reader)) { return CAR_FILE; }
    if (archive_entry_hardlink(reader->entry)) { return CAR_LINK; }
    switch (archive_entry_filetype(reader->entry)) {
        case AE_IFREG: return archive_entry_is_encrypted(reader->entry) ? CAR_ENCRYPTED : CAR_FILE;
        case AE_IFDIR: return CAR_FOLDER;
        case AE_IFLNK: return CAR_LINK;
        default: return CAR_DEVICE;
    }
}

bool car_is_archive(const car_reader *reader) {
    int family = archive_format(reader->archive) & ARCHIVE_FORMAT_BASE_MASK;
    return family == ARCHIVE_FORMAT_ZIP || family == ARCHIVE_FORMAT_TAR;
}

const char *car_name(const car_reader *reader) {
    const char *name = archive_entry_pathname_utf8(reader->entry);
    if (!name) { name = archive_entry_pathname(reader->entry); }
    return name ? name : "";
}

/// Block by block: `archive_read_data` drops what stands before damage.
static bool next_block(car_reader *reader) {
    int status;
    do {
        const void *block = NULL;
        status = archive_read_data_block(reader->archive, &block, &reader->block_size, &reader->block_offset);
        reader->block = block;
    } while (status == ARCHIVE_RETRY || (status == ARCHIVE_OK && reader->block_size == 0));
    if (status != ARCHIVE_OK) { reader->block_size = 0; }
    // A warning is a checksum that does not fit.
    return status == ARCHIVE_OK || status == ARCHIVE_EOF;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

ptrdiff_t car_read(car_reader *reader, void *target, size_t count) {
    if (reader->block_size == 0 && !next_block(reader)) { return -1; }
    if (reader->block_size == 0) { return 0; }
    if (reader->block_offset > reader->position) {
        // A hole of a sparse file.
        count = least(count, (size_t)(reader->block_offset - reader->position));
        memset(target, 0, count);
    } else {
        count = least(count, reader->block_size);
        memcpy(target, reader->block, count);
        reader->block += count;
        reader->block_size -= count;
        reader->block_offset += (int64_t)count;
    }
    reader->position += (int64_t)count;
    return (ptrdiff_t)count;
}

uint64_t car_consumed(const car_reader *reader) {
    return reader->zip_size ? reader->zip_size : reader->source.consumed;
}

const char *car_error(const car_reader *reader) {
    const char *error = archive_error_string(reader->archive);
    return error ? error : reader->source.message ? reader->source.message : "the data are damaged or end too early";
}
