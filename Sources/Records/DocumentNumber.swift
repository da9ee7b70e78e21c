public import Tables

/// See `DocumentNumber`.
public enum OfDocument {}

/// Which document of a source, in its order.
public typealias DocumentNumber = Number<OfDocument>
