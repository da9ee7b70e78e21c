/// The version of the tool and the library.
public let dedupVersion = "\(dedupVersionLiteral)"

/// The same as it stands in the program, with a NUL behind it.
package let dedupVersionLiteral: StaticString = "0.1.0"
