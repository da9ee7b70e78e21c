import Dates
import JSON
public import Stages
import Store

/// What is the same in an index, and how far it goes: fixed when it is made.
public struct IndexDefinition: Sendable, Equatable {
    public var definition: Definition
    /// The outermost that is judged.
    public var level: Level
    /// Whether texts and titles are kept. Without them an index judges levels exact and near, with the same answers, and no
    /// further out: of each text its shingles are left.
    public var keepsTexts: Bool
    /// Of the definition that it was made by.
    public private(set) var version = Definition.version
    /// Over all that `definition` says: also what is not written down one by one.
    private(set) var sum: UInt64

    public init(_ definition: Definition = Definition(), level: Level = .event, keepsTexts: Bool = true) {
        precondition(definition.linkage == .star, "an index clusters around representatives")
        precondition(
            definition.favour == nil && !definition.keepsKnown && definition.keep != .newest,
            "an index prefers what was there first")
        (self.definition, self.level, self.keepsTexts) = (definition, level, keepsTexts)
        sum = checksum(Array("\(definition)".utf8))
    }

    /// Whether this program gives the answers that the index gives.
    var isKnown: Bool { version == Definition.version && sum == ofNow.sum }

    /// The same of this program's version.
    var ofNow: IndexDefinition { IndexDefinition(definition, level: level, keepsTexts: keepsTexts) }

    /// Tokens of the shingles that stand for texts; nil where none do.
    var keptWidth: Int? { keepsTexts || level == .exact ? nil : definition.shingleWidth }

    /// In words, to be held against another.
    public var description: String {
        let event = definition.event
        return "definition \(version), level \(level.rawValue), threshold \(definition.threshold), event threshold "
            + "\(event.threshold), window \(event.window) days, dates "
            + "\((definition.dateOrder ?? .dmy).rawValue), parameters \(sum.hex.prefix(8))\(keepsTexts ? "" : ", without texts")"
    }

    /// Whether a segment can be of an index of this definition.
    func fits(_ layout: SegmentLayout) -> Bool {
        (layout.form == .withoutText) != keepsTexts && (!isKnown || layout.bands == definition.banding.bands)
    }

    func write(to json: inout JSONWriter) {
        json.beginRecord("definition")
        json.field("version", version)
        json.field("level", level.rawValue)
        // As they are written they are read again, to the last bit.
        json.field("threshold", "\(definition.threshold)")
        json.field("event_threshold", "\(definition.event.threshold)")
        json.field("event_window", "\(definition.event.window)")
        json.field("keep", definition.keep.rawValue)
        if !keepsTexts { json.field("texts", false) }
        if let order = definition.dateOrder { json.field("date_order", order.rawValue) }
        json.field("parameters", sum.hex)
        json.endRecord()
    }

    init?(_ row: JSONValue) {
        guard let version = row["version"]?.integer, let level = row["level"]?.string.flatMap(Level.init),
            let threshold = row["threshold"]?.string.flatMap(Double.init), threshold > 0, threshold <= 1,
            let event = row["event_threshold"]?.string.flatMap(Double.init), event > 0, event <= 1,
            let window = row["event_window"]?.string.flatMap(Double.init), window >= 0, window.isFinite,
            let keep = row["keep"]?.string.flatMap(Keep.init), keep != .newest,
            let sum = row["parameters"]?.hex
        else { return nil }
        let keepsTexts = row["texts"]?.isTrue ?? true
        guard keepsTexts || level <= .near else { return nil }
        var definition = Definition()
        definition.threshold = threshold
        definition.event.threshold = event
        definition.event.window = window
        definition.keep = keep
        definition.dateOrder = row["date_order"]?.string.flatMap { DateOrder(rawValue: $0) }
        self.init(definition, level: level, keepsTexts: keepsTexts)
        (self.version, self.sum) = (version, sum)
    }
}
