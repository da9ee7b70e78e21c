import Event
import Shingle
import Testing

@testable import Facts

private let background = Background { tokenHash($0) ?? 0 }
