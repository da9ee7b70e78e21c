public import Tables

/// See `ItemNumber`.
public enum OfItem {}

/// Which of the things that are compared with each other, in the order of preference: a distinct text, say.
public typealias ItemNumber = Number<OfItem>
