public import Records
public import Stages
public import Store

/// Why an index could not be read or changed. What was there before is there still.
public enum IndexError: Error, Sendable, CustomStringConvertible {
    case store(StoreError)
    /// The folder holds none.
    case noIndex(path: String)
    case format(path: String, found: Int, known: Int)
    case definition(path: String, index: IndexDefinition, asked: IndexDefinition)
    /// Of an index without texts.
    case textsNotKept(path: String, wanted: TextUse)
    /// A record or a temporary file.
    case input(Problem)
    case temporary(String)
    /// An id that was made up for a record without one, and which another document has.
    case madeUpID(id: String)
    /// Ids that are to be removed and are not there.
    case unknownIDs([String])
    /// What was read is not what its user wants.
    case refused(any Error)
    case full

    public var description: String {
        switch self {
        case .store(let error): "\(error)"
        case .noIndex(let path): "\(path): no index"
        case .format(let path, let found, let known):
            "\(path): an index of format \(found), and this version reads formats up to \(known)"
        case .definition(let path, let index, let asked):
            "\(path): made by \(index.description); asked for is \(asked.description)"
        case .textsNotKept(let path, let wanted): "\(path): keeps no texts, and there is no \(wanted) without them"
        case .input(let problem): "\(problem)"
        case .temporary(let reason): reason
        case .madeUpID(let id):
            "\(id): the index has another text by this name, which was made up for a record without an id"
        case .unknownIDs(let ids):
            "not in the index: \(ids.prefix(5).joined(separator: ", "))\(ids.count > 5 ? " and \(ids.count - 5) more" : "")"
        case .refused(let error): "\(error)"
        case .full: "an index holds no more than 4,294,967,294 documents in all its time"
        }
    }
}

/// What texts of an index are wanted for.
public enum TextUse: Sendable, CustomStringConvertible {
    case level(Level)
    case page
    /// To read them again.
    case stories

    public var description: String {
        switch self {
        case .level(let level): "level \(level.rawValue)"
        case .page: "page"
        case .stories: "story to be given again"
        }
    }
}
