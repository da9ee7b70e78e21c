"""The stages on parts of a dump, as functions over Arrow batches: what an engine that shuffles rows puts together. They
know no engine; `dedup.spark` is one that uses them."""
