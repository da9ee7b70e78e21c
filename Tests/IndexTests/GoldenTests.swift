import DedupKit
import Glibc
import TestSupport
import Testing

@testable import Index

/// `Golden/format-N` is an index as the release that had this format wrote it, `format-1-events` one in which reports have
/// weights, `format-2` one without texts. `DEDUP_RENEW_GOLDEN=1` writes what is
/// not there; to take one away is right only as long as no release has it.
@Suite struct GoldenTests {
    private static let root = {
        let file = #filePath
        return String(file[..<file.lastIndex(of: "/")!]) + "/Golden"
    }()
    private static let documents = syntheticStories(seed: 14, count: 40, datesDiffer: true).map(\.document)

    /// Of two additions, a removal and a new text.
    private func write(_ path: String, _ definition: IndexDefinition) throws {
        var index = try Index(create: path, definition)
        _ = try index.add(Array(Self.documents[..<20]))
        _ = try index.add(Array(Self.documents[20..<30]))
        try index.remove([Self.documents[3].id!])
        var revised = Self.documents[5]
        revised.text += " and more of it"
        _ = try index.add([revised])
    }

    /// Nothing is kept of events in the first.
    @Test(arguments: ["format-1", "format-1-events", "format-2"]) func readsWhatItsReleaseWrote(_ name: String) throws {
        try EventLedger.$few.withValue(name == "format-1" ? 512 : 5) { try read(name) }
    }

    private func read(_ name: String) throws {
        let path = "\(Self.root)/\(name)"
        let definition = name == "format-2" ? IndexDefinition(level: .near, keepsTexts: false) : IndexDefinition()
        if getenv("DEDUP_RENEW_GOLDEN") != nil, mkdir(path, 0o777) == 0 {
            try write(path, definition)
            unlink("\(path)/lock")
        }
        let scratch = TemporaryFolder()
        for name in TemporaryFolder.names(in: path) {
            scratch.write("old/\(name)", TemporaryFolder.read("\(path)/\(name)")!)
        }
        var old = try Index(open: "\(scratch.path)/old")
        #expect(old.check() == [])
        try write("\(scratch.path)/new", definition)
        var new = try Index(open: "\(scratch.path)/new")
        #expect(try old.labels() == new.labels() && old.count == 29)
        // An index of another definition is still read, but adds nothing.
        guard old.definition == new.definition else { return }
        #expect(try old.add(Array(Self.documents[30...])).byID == new.add(Array(Self.documents[30...])).byID)
        #expect(try old.settle() == new.settle())
    }
}
