/// The version of the tool and the library.
public let dedupVersion = "0.1.0"
