import DedupKit
import TestSupport
import Testing

@testable import Index

/// Ended at any of its system calls, a change has happened or has not.
@Suite struct KillTests {
    private enum Change: CaseIterable {
        case create, add, supersede, merge, remove, expire, settle, addEvents, mergeEvents, settleEvents
        case mergeWithoutTexts, supersedeWithoutTexts, settleWithoutTexts

        var definition: IndexDefinition {
            switch self {
            // There are more files.
            case .addEvents, .mergeEvents, .settleEvents: IndexDefinition()
            case .mergeWithoutTexts, .supersedeWithoutTexts, .settleWithoutTexts:
                IndexDefinition(level: .near, keepsTexts: false)
            default: IndexDefinition(level: .copy)
            }
        }
        var isMerge: Bool { [.merge, .mergeEvents, .mergeWithoutTexts].contains(self) }
    }

    private static let documents = syntheticStories(seed: 77, count: 60, datesDiffer: true).map(\.document)

    /// An index as it is before the change.
    private func prepare(_ change: Change, _ scratch: Scratch) throws {
        if change == .create { return }
        var index = try Index(create: scratch.path, change.definition)
        // Of seven parts the next makes one.
        for day in 0..<(change.isMerge ? 7 : 3) { _ = try index.add(Array(Self.documents[day * 7..<day * 7 + 7])) }
    }

    private func make(_ change: Change, _ path: String, _ faults: Faults?) throws {
        guard change != .create else {
            _ = try Index(create: path, change.definition, faults: faults)
            return
        }
        var index = try Index(open: path, faults: faults)
        switch change {
        case .create: break
        case .add, .merge, .addEvents, .mergeEvents, .mergeWithoutTexts: _ = try index.add(Array(Self.documents[49...]))
        case .supersede, .supersedeWithoutTexts:
            _ = try index.add(
                Self.documents[..<5].map { document in
                    var document = document
                    document.text += " and more"
                    return document
                })
        case .remove: try index.remove(Self.documents[3..<9].map { $0.id! })
        case .expire: _ = try index.expire(before: 1_705_000_000)
        case .settle, .settleEvents, .settleWithoutTexts: _ = try index.settle()
        }
    }

    private func state(_ path: String) throws -> [String: [Level: String]]? {
        do { return try Index(open: path).labels() } catch IndexError.noIndex { return nil }
    }

    @Test(arguments: Change.allCases)
    private func leavesBeforeOrAfter(_ change: Change) throws {
        // What is kept of events is raw at first and has weights from the second addition on.
        try EventLedger.$few.withValue(10) { try tryAll(change) }
    }

    private func tryAll(_ change: Change) throws {
        let done = Scratch()
        try prepare(change, done)
        let before = try state(done.path)
        try make(change, done.path, nil)
        let after = try state(done.path)
        var calls = 0, ended = 0
        while true {
            let scratch = Scratch(), faults = Faults(after: calls)
            try prepare(change, scratch)
            do { try make(change, scratch.path, faults) } catch let error as IndexError {
                guard case .store(let error) = error, error.reason == .killed else { throw error }
                ended += 1
            }
            let found = try state(scratch.path)
            #expect(found == before || found == after, "\(change) ended at call \(calls)")
            if found != nil { #expect(try Index(open: scratch.path).check() == []) }
            // And whoever comes next can do it again, and leaves nothing of it lying about.
            if found == before {
                try make(change, scratch.path, nil)
                #expect(try state(scratch.path) == after)
            }
            if change != .create {
                var index = try Index(open: scratch.path)
                _ = try index.add([Document(text: "one more story that is like none of the others at all", id: "last")])
                let names = TemporaryFolder.names(in: scratch.path)
                let numbers = Set(names.filter { $0.hasSuffix(".segment") })
                let others = names.count { $0.hasSuffix(".journal") || $0.hasSuffix(".events") }
                #expect(names.count == 2 * numbers.count + 2 + others, "\(names)")
                #expect(
                    names.count { $0.hasSuffix(".events") } <= (change.definition.level == .event ? numbers.count : 0))
            }
            if !faults.hasStruck { break }
            calls += 1
        }
        #expect(ended > 5)
    }
}
