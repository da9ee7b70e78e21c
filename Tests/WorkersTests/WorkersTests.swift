import Synchronization
import Testing
import Workers

@Suite struct WorkersTests {
    private static let counts = [1, 2, 3, 16]

    @Test(arguments: counts)
    func eachItemOnce(_ count: Int) {
        for items in [0, 1, 2, 1000] {
            let seen = Mutex([Int](repeating: 0, count: items))
            Workers(count: count).forEach(items) { item in seen.withLock { $0[item] += 1 } }
            #expect(seen.withLock { $0.allSatisfy { $0 == 1 } }, "\(items) items, \(count) workers")
        }
    }

    @Test(arguments: counts)
    func resultsStandInTheirOrder(_ count: Int) {
        for items in [0, 1, 2, 1000] {
            let words = Workers(count: count).map(items) { "item \($0)" }
            #expect(words == (0..<items).map { "item \($0)" }, "\(count) workers")
        }
    }

    /// `forEach` leaves the rest undone; results are all there.
    @Test(arguments: counts)
    func stopped(_ count: Int) {
        let done = Atomic<Int>(0)
        let workers = Workers(count: count) { done.load(ordering: .relaxed) >= 100 }
        workers.forEach(1000) { _ in done.wrappingAdd(1, ordering: .relaxed) }
        #expect((100..<100 + count).contains(done.load(ordering: .relaxed)))
        #expect(workers.isStopped())
        #expect(workers.map(1000) { $0 } == Array(0..<1000))
    }

    /// A scratch that cannot be copied, made by its worker and seen by no other.
    private struct Tally: ~Copyable {
        var items = 0
        let total: @Sendable (Int) -> Void
        deinit { total(items) }
    }

    @Test(arguments: counts)
    func eachWorkerHasItsScratch(_ count: Int) {
        let made = Atomic<Int>(0), handled = Atomic<Int>(0)
        let found = Workers(count: count).map(
            500,
            scratch: {
                made.wrappingAdd(1, ordering: .relaxed)
                return Tally { handled.wrappingAdd($0, ordering: .relaxed) }
            }
        ) { tally, item in
            tally.items += 1
            return item * 2
        }
        #expect(found == (0..<500).map { $0 * 2 })
        #expect((1...count).contains(made.load(ordering: .relaxed)))
        #expect(handled.load(ordering: .relaxed) == 500)
    }

    @Test(arguments: counts)
    func goesOnUntilEachIsToldThatThereIsNoMore(_ count: Int) {
        let seen = Mutex<Set<Int>>([])
        Workers(count: count).forEachWhile(scratch: {}) { _, item in
            guard item < 77 else { return false }
            seen.withLock { _ = $0.insert(item) }
            return true
        }
        #expect(seen.withLock { $0 } == Set(0..<77))
    }

    @Test(arguments: counts)
    func blocksAreChangedInPlace(_ count: Int) {
        for size in [1, 3, 64, 1000] {
            var numbers = Array(0..<257)
            Workers(count: count).forEachBlock(of: &numbers, size: size) { first, block in
                for at in block.indices { block[at] += first }
            }
            #expect(numbers == (0..<257).map { $0 + $0 / size * size }, "blocks of \(size)")
        }
    }

    @Test func aDetachedThreadRuns() {
        let isDone = Flag()
        Workers.detach { isDone.value.store(true, ordering: .releasing) }
        while !isDone.value.load(ordering: .acquiring) {}
    }
}

private final class Flag: Sendable { let value = Atomic<Bool>(false) }
