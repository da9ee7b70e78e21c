/// dedup for C and whatever calls C: Arrow tables in, Arrow tables out.
///
///   dedup_options options;
///   dedup_options_init(&options);
///   options.level = "near";
///   dedup_result *result;
///   dedup_error error;
///   if (dedup_cluster(&stream, &options, &result, &error)) return puts(error.message), 1;
///   struct ArrowArrayStream documents;
///   dedup_result_table(result, "documents", &documents, &error);
///   …
///   dedup_result_free(result);
///
/// Strings are UTF-8. What returns `int` returns 0, or the code that it wrote to `error`, which may be NULL, and has
/// then left its outputs as they were. All functions may be called from any thread, on different objects side by side;
/// of one result any number of tables at a time. No thread outlives the call that started it.
///
/// A stream that is given to a function is the function's, whatever comes of it: it is released, and its batches are
/// held, not copied, by the result until that is freed. What a function gives out is released by its own callback,
/// from any thread, also after the result is gone.
#ifndef DEDUP_H
#define DEDUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arrow.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Rises with every change that a program compiled before would not survive.
#define DEDUP_ABI 1

/// New codes may follow; what they mean does not change.
typedef enum dedup_code {
  DEDUP_OK = 0,
  /// The progress callback asked for it. Nothing is left of the run.
  DEDUP_CANCELLED = 1,
  /// An option out of its range; `subject` is its name.
  DEDUP_BAD_OPTION = 2,
  /// A stream failed, or an array is not what its schema says; `subject` is the column.
  DEDUP_BAD_ARROW = 3,
  /// `subject` is the column that is not there.
  DEDUP_NO_COLUMN = 4,
  /// A column's type cannot be read as what it is to be; `subject` is the column.
  DEDUP_BAD_TYPE = 5,
  /// More than can be counted: a text of more than 1 GB, more than 2³² − 2 rows.
  DEDUP_TOO_LARGE = 6,
  /// A result has no such table, or not at its level; `subject` is the table.
  DEDUP_NO_TABLE = 7,
  /// Temporary files could not be written; `subject` is their folder.
  DEDUP_NO_ROOM = 8
} dedup_code;

typedef struct dedup_error {
  int32_t code;
  /// Counted from 0; -1 where it is about no row.
  int64_t row;
  /// What it is about; empty where that is nothing in particular. Cut where it is longer.
  char subject[256];
  /// What is wrong and the way out, in a sentence.
  char message[1024];
} dedup_error;

/// Told how far a part of a run has come, from any of its threads but from one at a time, about a hundred times a
/// second; the run ends soon where it returns anything but 0.
///
/// `phase` is "reading", "comparing", "events" or "writing"; `total` is -1 where nobody knows it yet.
typedef int (*dedup_progress)(void *context, const char *phase, int64_t done, int64_t total);

typedef struct dedup_options {
  /// Set by `dedup_options_init`.
  size_t size;
  /// Names of columns. NULL: of the names that news data uses those that are there, of which in each row the first
  /// with a value counts. Empty: none. A stream of strings, not of rows, has the texts alone.
  const char *text, *id, *title, *date, *source, *language, *url;
  /// The outermost level wanted, those inside it come with it: "exact", "near", "copy", "event" (the default).
  const char *level;
  /// Least Jaccard similarity of near copies, over shingles of five words: 0 to 1, .7 by default.
  double threshold;
  /// Least average score of reports of one event, 0 to 1, .5 by default; the most days that two of them lie apart, 30.
  double event_threshold, event_window;
  /// "star" (the default) or "single".
  const char *linkage;
  /// Which document represents a cluster: "earliest" (the default), "newest", "longest", "first".
  const char *keep;
  /// How dates like 03/04/2024 are read where nothing else in the column tells: "dmy", "mdy"; NULL: with the day first.
  const char *date_order;
  /// 0: one a core. Any number gives the same result.
  int32_t threads;
  /// Bytes of the whole process, beyond which columns go to temporary files; 0: three quarters of what is free.
  int64_t memory;
  /// NULL: $TMPDIR, or /tmp.
  const char *temporary_folder;
  /// Whether all verified pairs are wanted ("pairs", "passages"), and what the reports of events share ("facts").
  bool pairs, explain;
  /// May be NULL.
  dedup_progress progress;
  void *context;
} dedup_options;

/// The defaults. O(1).
void dedup_options_init(dedup_options *options);

/// A context and a callback for who would rather look than be called: the callback keeps the last report here, and
/// ends the run where `cancel` is not 0. Any thread may read and write it at any time.
typedef struct dedup_watch {
  int32_t cancel;
  /// 0 none yet, 1 reading, 2 comparing, 3 events, 4 writing.
  int32_t phase;
  int64_t done, total;
} dedup_watch;

int dedup_watch_progress(void *watch, const char *phase, int64_t done, int64_t total);

/// An answer, and the batches that it is about.
typedef struct dedup_result dedup_result;

void dedup_result_free(dedup_result *result);

/// Clusters the rows of a stream, each a document in its order; a row without a text is one of no words, like no other.
///
/// The same documents and options give the same clusters as the command does. Tables of the result: "documents",
/// "exact_clusters" and so on for each level, "pairs" and "passages" (of `pairs`), "facts" (of `explain`),
/// "near_misses", "boilerplate", "problems", "columns", "summary", "page" (an HTML file); docs/python.md
/// has their columns.
///
/// Near-linear in the bytes of the texts; keeps some 450 bytes a document beside them.
int dedup_cluster(
    struct ArrowArrayStream *documents, const dedup_options *options, dedup_result **result, dedup_error *error);

/// Which rows of `documents` a filter drops: each duplicates a row that stays. Table "removals" with columns `row`,
/// `of_row`, `of_against` (whether that is a row of `against`), `relation` (the innermost level) and `score` (Jaccard
/// similarity or containment).
///
/// `against` may be NULL; of its rows all stay, whatever their dates. Columns of the same names are read of both.
int dedup_filter(
    struct ArrowArrayStream *documents, struct ArrowArrayStream *against, const dedup_options *options,
    dedup_result **result, dedup_error *error);

/// What two texts have in common: tables "pair", "passages", "pieces", "facts". Places are half-open ranges of bytes.
///
/// `language` is the ISO 639 code of both, NULL where it is not known. O(n log n).
int dedup_compare(
    const char *a, size_t a_size, const char *b, size_t b_size, const char *language, dedup_result **result,
    dedup_error *error);

/// Gives out a table of a result, once or more often.
int dedup_result_table(dedup_result *result, const char *name, struct ArrowArrayStream *out, dedup_error *error);

/// How well a clustering agrees with labels. Precision and recall over documents (B-cubed) and over pairs; the adjusted
/// Rand index is 1 for equal partitions and 0 on average for random ones.
typedef struct dedup_scores {
  int64_t documents, predicted_clusters, gold_clusters;
  double bcubed_precision, bcubed_recall, pairwise_precision, pairwise_recall, adjusted_rand;
} dedup_scores;

/// Of each document its cluster and its label, as any numbers. O(count).
void dedup_evaluate(const int64_t *predicted, const int64_t *gold, size_t count, dedup_scores *scores);

/// The distinct shingles of each text of a stream of strings, hashed and ascending: table "shingles" with a column
/// `shingles` of lists of uint64; null for null. `width` is tokens in a shingle, at least 1.
int dedup_shingles(
    struct ArrowArrayStream *texts, int32_t width, int32_t threads, dedup_result **result, dedup_error *error);

/// The signature of each text of a stream of strings: table "signatures" with a column `signature` of lists of 128
/// uint32; null, and zeros, for null and for texts of no words.
int dedup_signatures(
    struct ArrowArrayStream *texts, int32_t width, int32_t threads, dedup_result **result, dedup_error *error);

/// Bands and rows of a threshold, 0 to 1: .7 gives 25 × 5.
int dedup_banding(double threshold, int32_t *bands, int32_t *rows, dedup_error *error);

/// The key of each band of each signature. `signatures` has `count` × 128 values, `keys` room for `count` × `bands`,
/// row by row, with `bands` × `rows` at most 128.
int dedup_bands(
    const uint32_t *signatures, size_t count, int32_t bands, int32_t rows, uint32_t *keys, dedup_error *error);

/// Exact Jaccard similarity of two texts' shingles, 0 to 1; 0 where neither has a word. O(n log n).
int dedup_jaccard(
    const char *a, size_t a_size, const char *b, size_t b_size, int32_t width, double *jaccard, dedup_error *error);

/// What the first pass makes of each document of a part of a dump, which follows from that document alone: for who runs
/// the stages on many machines (docs/spark.md). Level "exact" or "near", and of the other options those that say what
/// is the same and the names of columns are heeded; `known` tells that these are documents of an archive. On this
/// thread.
///
/// Table "sketches", a row for each document: `high` and `low`, the two halves of the fingerprint, equal where the
/// words are; `length`, in words, 0 where the text has lost its letters; `date_rank`, `length_rank`, by which documents
/// are preferred, ascending, before their order decides; `date_rank_month_first`, the first of these where the dates of
/// the whole dump say that 03/04/2024 has the month first; `too_short`, whether it has too few words to be like
/// another; at level near `keys`, a list of a uint32 for each band, null where that is so. Two documents are compared
/// only if they have an equal key at one place.
///
/// Table "dates" with `what` and `count`: dates that can be read with the day first alone ("day_first"), with the month
/// first alone, both ways ("ambiguous"), not at all ("unread"). Those of the whole dump, added up, decide as in a run.
int dedup_sketches(
    struct ArrowArrayStream *documents, const dedup_options *options, bool known, dedup_result **result,
    dedup_error *error);

/// Connected components of a graph of `nodes` nodes, numbered from 0, and `count` pairs of them: of each node the least
/// that it is connected with, written to `least`. O((count + nodes) log nodes).
int dedup_components(
    const uint32_t *a, const uint32_t *b, size_t count, uint32_t nodes, uint32_t *least, dedup_error *error);

/// Makes a stream of one array, which it takes over together with its schema.
void dedup_stream_of_array(struct ArrowSchema *schema, struct ArrowArray *array, struct ArrowArrayStream *out);

/// Release callbacks that do nothing, for arrays and schemas whose memory the caller keeps until the result is freed.
void dedup_borrowed_schema(struct ArrowSchema *schema);
void dedup_borrowed_array(struct ArrowArray *array);

/// For Python: ends a capsule named "arrow_array_stream", whose stream was allocated by `calloc`.
void dedup_python_end_stream(void *capsule);

/// The version of dedup, such as "0.1.0".
const char *dedup_version(void);

#ifdef __cplusplus
}
#endif

#endif
