public import Tables

/// See `ItemNumber`.
public enum OfItem {}

/// Which of the things that are compared with each other, in the order of preference: a distinct text, say.
public typealias ItemNumber = Number<OfItem>

/// See `BucketNumber`.
public enum OfBucket {}

/// Which of the buckets of an index.
public typealias BucketNumber = Number<OfBucket>
