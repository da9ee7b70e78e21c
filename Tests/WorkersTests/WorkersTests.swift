import Synchronization
import Testing
import Workers

@Suite struct WorkersTests {
    @Test(arguments: [1, 2, 3, 16])
    func eachItemOnce(_ count: Int) {
        for items in [0, 1, 2, 1000] {
            let seen = Mutex([Int](repeating: 0, count: items))
            Workers(count: count).forEach(items) { item, worker in
                #expect((0..<count).contains(worker))
                seen.withLock { $0[item] += 1 }
            }
            #expect(seen.withLock { $0.allSatisfy { $0 == 1 } }, "\(items) items, \(count) workers")
        }
    }
}
