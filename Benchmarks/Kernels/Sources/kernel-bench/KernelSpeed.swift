import CDedupKernels
import CRivals

/// Every kernel on every instruction set of this CPU.
struct KernelSpeed {
    var rounds: Int

    func print() {
        Swift.print("### tokenise\n")
        tokenise()
        Swift.print("### the others\n")
        others()
    }

    /// The same tokenisers with XXH3 for each token.
    private var rivals: [NamedKernels] {
        #if arch(x86_64)
            let all = ["scalar": xxh3_scalar, "avx2": xxh3_avx2, "avx512": xxh3_avx512]
            return kernels.map { NamedKernels(all[$0.name]!) }
        #else
            return [NamedKernels(xxh3_scalar)]
        #endif
    }

    private func tokenise() {
        let named = kernels.map { ($0.name, $0.table) } + rivals.map { ("\($0.name), XXH3 a token", $0.table) }
        var table = Table(["text", "tokens in 100 bytes"] + named.flatMap { ["\($0.0): GB/s", "ns a token"] })
        for (name, texts) in Texts.all {
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4096) { hashes in
                texts.bytes.withUnsafeBufferPointer { bytes in
                    func pass(_ kernel: ddk_kernels) -> Int {
                        texts.ranges.reduce(0) {
                            $0
                                + kernel.tokenise(
                                    bytes.baseAddress! + $1.lowerBound, $1.count, hashes.baseAddress!, nil, nil, 4096)
                        }
                    }
                    let tokens = Double(pass(kernels[0].table)), size = Double(texts.byteCount)
                    let times = race(
                        named.map { kernel in Candidate(name: kernel.0, units: texts.byteCount) { _ = pass(kernel.1) }
                        },
                        rounds: rounds)
                    table.append(
                        [name, fixed(tokens * 100 / size, 1)]
                            + times.flatMap { [fixed(1 / $0, 2), fixed($0 * size / tokens, 2)] })
                }
            }
        }
        Swift.print(table.markdown)
    }

    private func others() {
        var table = Table(["ns", "a"] + kernels.map(\.name))
        for task in [fingerprint(), shingle(), sortUnique(), intersect(), overlap(), agree()] {
            let times = race(task.candidates, rounds: rounds)
            let cells = times.count == 1 ? kernels.map { _ in times[0] } : times
            table.append([task.name, task.unit] + cells.map(short))
        }
        Swift.print(table.markdown)
    }

    private typealias Task = (name: String, unit: String, candidates: [Candidate])
    private static let size = 400, sets = 64

    private func values(seed: UInt64) -> UnsafeMutablePointer<UInt64> {
        var random = SplitMix64(seed: seed)
        let values = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.size * Self.sets)
        for i in 0..<Self.size * Self.sets { values[i] = random.next() }
        return values
    }

    private func fingerprint() -> Task {
        let tokens = values(seed: 1)
        return (
            "fingerprint", "token",
            kernels.map { kernel in
                Candidate(name: kernel.name, units: Self.size * Self.sets) {
                    for set in 0..<Self.sets { _ = kernel.table.fingerprint(tokens + set * Self.size, Self.size) }
                }
            }
        )
    }

    private func shingle() -> Task {
        let tokens = values(seed: 1), out = values(seed: 2)
        return (
            "shingle", "token",
            kernels.map { kernel in
                Candidate(name: kernel.name, units: Self.size * Self.sets) {
                    for set in 0..<Self.sets { kernel.table.shingle(tokens + set * Self.size, Self.size, 5, out) }
                }
            }
        )
    }

    /// One code for all instruction sets. The copy that it sorts costs a few percent.
    private func sortUnique() -> Task {
        let source = values(seed: 3), work = values(seed: 4), scratch = values(seed: 5)
        return (
            "sort_unique", "value",
            [
                Candidate(name: "all", units: Self.size * Self.sets) {
                    for set in 0..<Self.sets {
                        work.update(from: source + set * Self.size, count: Self.size)
                        _ = ddk_sort_unique(work, Self.size, scratch)
                    }
                }
            ]
        )
    }

    /// Sets that have four fifths in common: Jaccard .67, the border that verification is about.
    private func similar() -> (a: UnsafeMutablePointer<UInt64>, b: UnsafeMutablePointer<UInt64>) {
        let a = values(seed: 6), b = values(seed: 7)
        for i in 0..<Self.size * Self.sets where i % 5 != 0 { b[i] = a[i] }
        return (a, b)
    }

    private func intersect() -> Task {
        let (a, b) = similar()
        for set in 0..<Self.sets {
            for values in [a, b] {
                var values = UnsafeMutableBufferPointer(start: values + set * Self.size, count: Self.size)
                values.sort()
            }
        }
        return (
            "intersect, sorted", "value of both",
            kernels.map { kernel in
                Candidate(name: kernel.name, units: 2 * Self.size * Self.sets) {
                    for set in 0..<Self.sets {
                        _ = kernel.table.intersect(a + set * Self.size, Self.size, b + set * Self.size, Self.size)
                    }
                }
            }
        )
    }

    /// What verification does: neither set is sorted.
    private func overlap() -> Task {
        let (a, b) = similar()
        let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << 11)
        return (
            "overlap, hash table", "value of both",
            [
                Candidate(name: "all", units: 2 * Self.size * Self.sets) {
                    for set in 0..<Self.sets {
                        _ = ddk_overlap_of(a + set * Self.size, Self.size, b + set * Self.size, Self.size, table, 11)
                    }
                }
            ]
        )
    }

    private func agree() -> Task {
        let a = values(seed: 8), b = values(seed: 9), pairs = Self.size * Self.sets * 8 / 128
        return (
            "agree", "pair",
            kernels.map { kernel in
                Candidate(name: kernel.name, units: pairs) {
                    a.withMemoryRebound(to: UInt8.self, capacity: pairs * 128) { a in
                        b.withMemoryRebound(to: UInt8.self, capacity: pairs * 128) { b in
                            for pair in 0..<pairs { _ = kernel.table.agree(a + pair * 128, b + pair * 128) }
                        }
                    }
                }
            }
        )
    }
}
