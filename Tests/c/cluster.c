/// Clusters three texts through the header alone; compiled as C and as C++.
#include <dedup.h>
#include <stdio.h>
#include <string.h>

static int told = 0;

static int progress(void *context, const char *phase, int64_t done, int64_t total) {
  ++*(int *)context;
  return strlen(phase) == 0 || (total >= 0 && done > total);
}

int main(void) {
  static const char texts[] = "the port reopened on MondayThe port – reopened on Monday!It rained all day";
  static const int32_t ends[] = {0, 27, 59, 76};
  const void *buffers[] = {NULL, ends, texts};
  struct ArrowSchema schema = {"u", "text", NULL, 0, 0, NULL, NULL, dedup_borrowed_schema, NULL};
  struct ArrowArray array = {3, 0, 0, 3, 0, buffers, NULL, NULL, dedup_borrowed_array, NULL};
  struct ArrowArrayStream stream, documents;
  dedup_stream_of_array(&schema, &array, &stream);

  dedup_options options;
  dedup_options_init(&options);
  options.level = "nearly";
  options.progress = progress;
  options.context = &told;
  dedup_result *result = NULL;
  dedup_error error;
  if (dedup_cluster(&stream, &options, &result, &error) != DEDUP_BAD_OPTION || stream.release) return 2;
  printf("%s\n", error.message);

  schema.release = dedup_borrowed_schema;
  array.release = dedup_borrowed_array;
  dedup_stream_of_array(&schema, &array, &stream);
  options.level = "near";
  if (dedup_cluster(&stream, &options, &result, &error)) return fprintf(stderr, "%s\n", error.message), 1;
  if (dedup_result_table(result, "documents", &documents, &error)) return fprintf(stderr, "%s\n", error.message), 1;
  dedup_result_free(result);

  struct ArrowArray rows;
  if (documents.get_next(&documents, &rows)) return 3;
  documents.release(&documents);
  const int64_t *exact = (const int64_t *)rows.children[1]->buffers[1];
  printf("%d %d %d\n", (int)exact[0], (int)exact[1], (int)exact[2]);
  rows.release(&rows);

  const uint32_t a[] = {0, 3}, b[] = {1, 2};
  uint32_t least[4];
  if (dedup_components(a, b, 2, 4, least, &error) || least[1] != 0 || least[3] != 2) return 5;
  if (dedup_components(a, b, 2, 3, least, &error) != DEDUP_BAD_OPTION || error.row != 1) return 6;
  return told ? 0 : 4;
}
