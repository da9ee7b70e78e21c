#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CTestArchive.h"

typedef struct {
  unsigned char *bytes;
  size_t size;
} buffer;

static la_ssize_t append(struct archive *archive, void *context, const void *bytes, size_t count) {
  (void)archive;
  buffer *target = context;
  target->bytes = realloc(target->bytes, target->size + count + 1);
  if (!target->bytes) abort();
  memcpy(target->bytes + target->size, bytes, count);
  target->size += count;
  return (la_ssize_t)count;
}

static int add(struct archive *archive, const cta_member *member) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, member->name);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_filetype(entry, member->kind == 'd' ? AE_IFDIR : member->kind == 'c' ? AE_IFCHR : AE_IFREG);
  if (member->kind == 'l') {
    archive_entry_set_filetype(entry, AE_IFLNK);
    archive_entry_set_symlink(entry, "target");
  }
  if (member->kind == 'h') archive_entry_set_hardlink(entry, "target");
  if (member->kind == 'f') archive_entry_set_size(entry, (la_int64_t)member->count);
  int status = archive_write_header(archive, entry);
  archive_entry_free(entry);
  if (status < ARCHIVE_WARN) return -1;
  if (member->kind != 'f' || member->count == 0) return 0;
  return archive_write_data(archive, member->bytes, member->count) == (la_ssize_t)member->count ? 0 : -1;
}

unsigned char *cta_pack(
    const char *format, const char *filter, const char *password, const cta_member *members, size_t count,
    size_t *size) {
  buffer target = {malloc(1), 0};
  struct archive *archive = archive_write_new();
  int status = archive_write_set_format_by_name(archive, format);
  if (strcmp(filter, "none") != 0) status |= archive_write_add_filter_by_name(archive, filter);
  if (password) {
    status |= archive_write_set_options(archive, "zip:encryption=traditional");
    status |= archive_write_set_passphrase(archive, password);
  }
  archive_write_set_bytes_in_last_block(archive, 1);
  if (status == ARCHIVE_OK) status = archive_write_open(archive, &target, NULL, append, NULL);
  for (size_t i = 0; status == ARCHIVE_OK && i < count; i++) status = add(archive, &members[i]);
  if (status == ARCHIVE_OK) status = archive_write_close(archive);
  if (status != ARCHIVE_OK) {
    fprintf(stderr, "%s: %s\n", format, archive_error_string(archive));
    archive_write_fail(archive);
  }
  archive_write_free(archive);
  *size = target.size;
  if (status == ARCHIVE_OK) return target.bytes;
  free(target.bytes);
  return NULL;
}
