/// Why an Arrow table cannot be read.
package struct ArrowFailure: Error {
    package enum Kind: Sendable {
        /// A stream failed, or an array is not what its schema says.
        case damaged
        case noColumn
        case type
        case tooLarge
        case cancelled
    }

    package var kind: Kind
    /// The column; empty where it is about all.
    package var column: String
    /// Counted from 0.
    package var row: Int?
    /// What is wrong and the way out.
    package var message: String

    package init(_ kind: Kind, column: String = "", row: Int? = nil, _ message: String) {
        (self.kind, self.column, self.row, self.message) = (kind, column, row, message)
    }
}
