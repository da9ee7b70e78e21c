import Foundation
import Testing

/// The import table of docs/architecture.md, Package.swift and the sources say the same.
@Suite struct ImportTableTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func read(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Of each room in its order, what it imports: lines of `Room <- Other, Another`, or of rooms that import nothing.
    private func table() throws -> [(room: String, imports: Set<String>)] {
        let document = try Self.read("docs/architecture.md")
        let block = try #require(document.split(separator: "```").first { $0.contains("<-") })
        return block.split(separator: "\n").flatMap { line -> [(room: String, imports: Set<String>)] in
            let sides = line.components(separatedBy: "<-")
            let rooms = sides[0].split(separator: " ").map(String.init)
            let imports = sides.count > 1 ? sides[1].split(whereSeparator: { ", ".contains($0) }).map(String.init) : []
            return rooms.map { ($0, Set(imports)) }
        }
    }

    /// Of each target below Sources, what Package.swift lets it import of the house.
    private func targets() throws -> [String: Set<String>] {
        let package = try Self.read("Package.swift")
        let declaration = /\.(target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/
        let starts = package.matches(of: declaration)
        var targets: [String: Set<String>] = [:]
        for (at, start) in starts.enumerated() {
            let end = at + 1 < starts.count ? starts[at + 1].range.lowerBound : package.endIndex
            let body = package[start.range.upperBound..<end].prefix(upTo: ".testTarget(")
            guard !body.contains("path:") else { continue }
            let list = body.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
            let names = list.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/).map { String($0.1) }
            targets[String(start.2)] = Set(names)
        }
        return targets
    }

    private func imports(of room: String) throws -> Set<String> {
        let folder = Self.root.appending(path: "Sources/\(room)")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var found: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).matches(
                of: /^(?:@_exported |@testable )?(?:public |package |internal )?import (?:\w+ )?(\w+)/
                    .anchorsMatchLineEndings())
            found.formUnion(lines.map { String($0.1) })
        }
        return found
    }

    @Test func agreesWithThePackage() throws {
        let table = try table(), targets = try targets()
        #expect(Set(table.map(\.room)) == Set(targets.keys))
        for (room, imports) in table { #expect(imports == targets[room], "\(room)") }
    }

    @Test func agreesWithTheSources() throws {
        let table = try table(), rooms = Set(table.map(\.room))
        for (room, imports) in table {
            let found = try self.imports(of: room).intersection(rooms)
            // Rooms of C say in their headers what they include.
            if !room.hasPrefix("C") || room == "Cluster" || room == "Columns" || room == "Containment" {
                #expect(found == imports, "\(room)")
            }
        }
    }

    @Test func runsOneWay() throws {
        var above: Set<String> = []
        for (room, imports) in try table() {
            #expect(imports.isSubset(of: above), "\(room) imports what stands below it")
            above.insert(room)
        }
    }
}

extension Substring {
    /// Up to where something begins, all of it where it does not.
    fileprivate func prefix(upTo end: String) -> Substring { range(of: end).map { self[..<$0.lowerBound] } ?? self }
}
