import DedupKit
import Glibc
import Index
import TestSupport
import Testing

/// `Golden/format-N` is an index as the release that had this format wrote it. `DEDUP_RENEW_GOLDEN=1` writes that of now
/// anew, which is right only as long as no release has it.
@Suite struct GoldenTests {
    private static let root = {
        let file = #filePath
        return String(file[..<file.lastIndex(of: "/")!]) + "/Golden"
    }()
    private static let documents = syntheticStories(seed: 14, count: 40, datesDiffer: true).map(\.document)

    /// Of two additions, a removal and a new text.
    private func write(_ path: String) throws {
        var index = try Index(create: path)
        _ = try index.add(Array(Self.documents[..<20]))
        _ = try index.add(Array(Self.documents[20..<30]))
        try index.remove([Self.documents[3].id!])
        var revised = Self.documents[5]
        revised.text += " and more of it"
        _ = try index.add([revised])
    }

    @Test func readsWhatItsReleaseWrote() throws {
        let path = "\(Self.root)/format-1"
        if getenv("DEDUP_RENEW_GOLDEN") != nil {
            for name in TemporaryFolder.names(in: path) { unlink("\(path)/\(name)") }
            try write(path)
            unlink("\(path)/lock")
        }
        let scratch = TemporaryFolder()
        for name in TemporaryFolder.names(in: path) {
            scratch.write("old/\(name)", TemporaryFolder.read("\(path)/\(name)")!)
        }
        var old = try Index(open: "\(scratch.path)/old")
        #expect(old.check() == [])
        try write("\(scratch.path)/new")
        var new = try Index(open: "\(scratch.path)/new")
        #expect(try old.labels() == new.labels() && old.count == 29)
        // An index of another definition is still read, but adds nothing.
        guard old.definition == new.definition else { return }
        #expect(try old.add(Array(Self.documents[30...])).byID == new.add(Array(Self.documents[30...])).byID)
        #expect(try old.settle() == new.settle())
    }
}
