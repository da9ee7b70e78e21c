"""gaoya: its native tokeniser, shingler and 32-bit MinHash. Its index sketches every document twice,
once to insert it and once to query it; this asks for the sketches once and applies the index's own
rule to the bucket mates: estimated similarity at or above the threshold."""

import numpy as np
from common import (BANDS, SHINGLE, SLOTS, THRESHOLD, arguments, batches, bucket_pairs, components,
                    write_clusters)
from gaoya.minhash import MinHashStringIndex

source, target = arguments()
sketcher = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=BANDS, band_size=SLOTS // BANDS,
                              analyzer="word", lowercase=False, ngram_range=(SHINGLE, SHINGLE)).minhash_index
ids: list[str] = []
sketches: list[np.ndarray] = []
for names, texts in batches(source):
    # Python lower-cases ASCII faster than gaoya's own option does.
    sketches.append(np.array(sketcher.bulk_hash_docs([text.lower() for text in texts]), np.uint32))
    ids += names
signatures = np.concatenate(sketches)
a, b = bucket_pairs(signatures)
similar = np.concatenate([np.count_nonzero(signatures[a[i:i + 65536]] == signatures[b[i:i + 65536]], axis=1)
                          for i in range(0, len(a), 65536)] or [np.array([])]) >= THRESHOLD * SLOTS
write_clusters(target, ids, components(len(ids), [(a[similar], b[similar])]))
