import Arrow
import DedupKit
import Workers

/// Shingles and signatures of texts, for who builds something else of them.
struct TextTables {
    private let source: ArrowSource
    private let width: Int
    private let workers: Workers

    private struct Chunk: Sendable {
        var isNull: [Bool] = []
        var sizes: [Int] = []
        var hashes: [Int64] = []
        var slots: [UInt32] = []
    }

    init(_ source: ArrowSource, width: Int32, threads: Int32) throws(Failure) {
        guard width >= 1 else { throw .option("width", "is \(width), not 1 or more") }
        (self.source, self.width) = (source, Int(width))
        workers = Workers(count: try Options.threads(threads))
    }

    func shingles() -> Answer {
        let chunks = unsafe map { shingler, text, chunk in
            guard let text = unsafe text else {
                chunk.sizes.append(-1)
                return
            }
            unsafe shingler.read(text.span)
            let hashes = shingler.shingleSet().hashes
            chunk.sizes.append(hashes.count)
            chunk.hashes += hashes.map { Int64(bitPattern: $0) }
        }
        let lists = OutColumn.lists(
            "shingles", sizes: chunks.flatMap(\.sizes), of: .unsigned("item", chunks.flatMap(\.hashes)))
        return Answer(["shingles": { OutTable([lists]) }])
    }

    func signatures() -> Answer {
        let chunks = unsafe map { shingler, text, chunk in
            var isNull = true
            if let text = unsafe text {
                unsafe shingler.read(text.span)
                isNull = shingler.shingleCount == 0
            }
            chunk.isNull.append(isNull)
            guard !isNull else { return chunk.slots += repeatElement(0, count: Signature.slotCount) }
            let slots = shingler.withShingles { Signature(of: $0).slots }
            for slot in slots.indices { chunk.slots.append(slots[slot]) }
        }
        let lists = OutColumn.lists(
            "signature", of: Signature.slotCount, chunks.flatMap(\.slots), isNull: chunks.flatMap(\.isNull))
        return Answer(["signatures": { OutTable([lists]) }])
    }

    private func map(
        _ body: @Sendable (inout Shingler, UnsafeBufferPointer<UInt8>?, inout Chunk) -> Void
    ) -> [Chunk] {
        workers.map(source.expectedChunks!, scratch: { Shingler(width: width) }) { shingler, number in
            var chunk = Chunk()
            unsafe source.forEachText(inChunk: number) { text in unsafe body(&shingler, text, &chunk) }
            return chunk
        }
    }
}
