import Store

/// One worker's way into a table of keys. Keys asked for in ascending order are found by walking on from the last one.
final class KeyPagesReader {
    let pages: KeyPages
    private let run: PageRun
    /// Whether so many keys are asked for that nearly each page is wanted: then they are read one after the other.
    private let isDense: Bool
    /// Where it stands: a page, its number, and an entry of it.
    private var page: KeyPage?
    private var number = 0
    private var at = 0
    private var asked: UInt32?

    private static let pagesInARow = 16

    /// - Parameter expected: keys that will be asked for, in ascending order.
    init(pages: KeyPages, file: PagedFile, expected: Int = 1) {
        self.pages = pages
        isDense = expected >= pages.pageCount
        run = PageRun(file, size: isDense ? min(max(1, pages.pageCount), Self.pagesInARow) : 1)
    }

    /// Lends a page until the next call.
    func page(_ number: Int) throws(StoreError) -> KeyPage {
        let end = pages.firstPage + pages.pageCount
        guard let page = unsafe KeyPage(try run.payload(pages.firstPage + number, end: end)) else {
            throw StoreError(path: run.file.path, .damaged("page \(pages.firstPage + number) holds no keys"))
        }
        return page
    }

    /// Calls `body` with each place that a key has, until it returns false. Expected two or three pages, fewer behind the
    /// key before: keys are hashes, so that a page is found by how far its keys must lie.
    @inline(__always)
    func forEachPlace(of key: UInt32, _ body: (Int) throws(StoreError) -> Bool) throws(StoreError) {
        guard try seek(key) else { return }
        while let held = page {
            while at < held.count {
                let entry = held[at]
                guard entry >> 32 == UInt64(key) else { return }
                at += 1
                guard try body(try place(entry)) else { return }
            }
            guard try turn() else { return }
        }
    }

    /// So many entries are passed over more quickly than the next one that is wanted is looked for.
    private static let entriesPassedOver = 24

    /// Calls `body` with the places of keys that ascend, each with the number of its key: where many are asked for, in a walk
    /// through all that lies between them.
    @inline(__always)
    func forEachPlace(ofAll keys: [UInt32], _ body: (_ key: Int, Int) throws(StoreError) -> Void) throws(StoreError) {
        guard let first = keys.first, let last = keys.last, try seek(first), let start = page else { return }
        let pages = Double(last - first) / Double(UInt64(1) << 32) * Double(self.pages.pageCount)
        guard Double(start.count) * pages < Double(keys.count * Self.entriesPassedOver) else {
            for (number, key) in keys.enumerated() {
                try forEachPlace(of: key) { place throws(StoreError) in
                    try body(number, place)
                    return true
                }
            }
            return
        }
        var next = 0
        while let held = page {
            if held.last >= keys[next] {
                for at in 0..<held.count {
                    let entry = held[at], key = UInt32(truncatingIfNeeded: entry >> 32)
                    while keys[next] < key {
                        next += 1
                        if next == keys.count { return }
                    }
                    if keys[next] == key { try body(next, try place(entry)) }
                }
            }
            guard try turn() else { return }
        }
    }

    /// Stands at the first entry of a key or a later one; false where there is none.
    private func seek(_ key: UInt32) throws(StoreError) -> Bool {
        guard pages.pageCount > 0 else { return false }
        let before = asked
        asked = key
        if let before, before < key {
            guard let held = page else { return false }
            // What is before is smaller: on from here, in this page or, if that does not do, in the next.
            if held.last < key {
                guard try turn() else { return false }
                if !isDense, page!.last < key { try jump(to: key) }
            }
        } else {
            try jump(to: key)
        }
        while let held = page {
            at = held.lowerBound(key, from: at)
            if at < held.count { return true }
            guard try turn() else { return false }
        }
        return false
    }

    private func jump(to key: UInt32) throws(StoreError) {
        number = try firstPage(of: key)
        (page, at) = (try page(number), 0)
    }

    /// To the next page; false behind the last, where it stands still.
    private func turn() throws(StoreError) -> Bool {
        guard number + 1 < pages.pageCount else {
            page = nil
            return false
        }
        number += 1
        (page, at) = (try page(number), 0)
        return true
    }

    func place(_ entry: UInt64) throws(StoreError) -> Int {
        let place = Int(entry & 0xFFFF_FFFF)
        guard place < pages.documents else {
            throw StoreError(path: run.file.path, .damaged("a key of a document that is not there"))
        }
        return place
    }

    /// The last page whose first key is below the one that is looked for: its entries may begin there.
    private func firstPage(of key: UInt32) throws(StoreError) -> Int {
        let guess = Int(UInt64(key) * UInt64(pages.pageCount) >> 32)
        // From `low` on the first key is not known to be below; from `high` on it is not.
        var low = 0, high = pages.pageCount, step = 1
        if try page(guess).first < key {
            low = guess + 1
            while low + step < high {
                guard try page(low + step).first < key else {
                    high = low + step
                    break
                }
                low += step + 1
                step *= 2
            }
        } else {
            high = guess
            while high - step > low {
                guard try page(high - step).first >= key else {
                    low = high - step + 1
                    break
                }
                high -= step
                step *= 2
            }
        }
        while low < high {
            let middle = (low + high) / 2
            if try page(middle).first < key { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// All entries, one after the other.
    func forEach(_ body: (UInt64) throws(StoreError) -> Void) throws(StoreError) {
        for number in 0..<pages.pageCount {
            let page = try page(number)
            for at in 0..<page.count { try body(page[at]) }
        }
    }
}
