import Columns
import Glibc
import Records
import Synchronization
import Workers

/// What is to be spooled: read once, into a file without a name, so that its records can be read again.
struct SpoolJob: Sendable {
    enum Source: Sendable {
        /// What has been read of a stream, and the rest.
        case stream(head: [UInt8], Descriptor)
        /// The same of a compressed one, open at its only member.
        case expansion(head: [UInt8], Expansion)
        /// A compressed file, opened when its turn comes.
        case file(String)
    }

    let path: String
    let source: Source
    /// That it is converted from on the way.
    let encoding: TextEncoding?
    let growth = Growth()
}

/// Copies streams and decompresses files, several side by side. Those of one thread stand behind each other in one
/// temporary file: there may be more of them than a process may have files open.
final class Spooler: Sendable {
    private let jobs: [SpoolJob]
    private let folder: SpillFolder
    private let limit = ExpansionLimit()
    private let next = Atomic<Int>(0)
    private let isCancelled = Atomic<Bool>(false)

    init(_ jobs: [SpoolJob], _ folder: SpillFolder) { (self.jobs, self.folder) = (jobs, folder) }

    /// Begins with the first and returns; their `growth` tells how far they are.
    func start() {
        for _ in 0..<min(jobs.count, Workers.available) { Workers.detach { self.work() } }
    }

    /// Leaves off as soon as it can; what comes is as if cut off.
    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    private func work() {
        let file = SpoolFile(folder)
        while case let number = next.wrappingAdd(1, ordering: .relaxed).oldValue, number < jobs.count {
            let job = jobs[number]
            job.growth.update { ($0.file, $0.base) = (file.descriptor, file.size) }
            var fault: Problem?
            do throws(Fault) {
                try spool(job, to: file)
            } catch {
                fault = error.of(job.path)
            }
            job.growth.update { ($0.isOver, $0.fault) = (true, fault) }
        }
    }

    private func spool(_ job: SpoolJob, to file: SpoolFile) throws(Fault) {
        let converter = job.encoding.flatMap { TextConverter($0) }
        try copy(job, to: file, converter)
        guard let rest = converter?.end() else { return }
        try append(rest, of: job, to: file, nil)
    }

    private func copy(_ job: SpoolJob, to file: SpoolFile, _ converter: TextConverter?) throws(Fault) {
        switch job.source {
        case .stream(let head, let stream):
            try append(head, of: job, to: file, converter)
            let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
            defer { unsafe block.deallocate() }
            try unsafe copy(job, to: file, converter) { () throws(Fault) in
                unsafe UnsafeRawBufferPointer(rebasing: block[..<(try stream.readSome(into: block))])
            }
        case .expansion(let head, let expansion):
            try append(head, of: job, to: file, converter)
            try expand(expansion, of: job, to: file, converter)
        case .file(let path):
            let expansion = Expansion(try .open(path))
            if try expansion.next() != .end { try expand(expansion, of: job, to: file, converter) }
        }
    }

    private func expand(
        _ expansion: Expansion, of job: SpoolJob, to file: SpoolFile, _ converter: TextConverter?
    ) throws(Fault) {
        let start = file.size
        try unsafe copy(job, to: file, converter) { () throws(Fault) in
            try self.limit.check(file.size - start, from: expansion.consumed, in: self.folder)
            return try unsafe expansion.read()
        }
    }

    private func copy(
        _ job: SpoolJob, to file: SpoolFile, _ converter: TextConverter?,
        _ read: () throws(Fault) -> UnsafeRawBufferPointer
    ) throws(Fault) {
        while !isCancelled.load(ordering: .relaxed), case let bytes = try unsafe read(), unsafe !bytes.isEmpty {
            if let converter {
                let text = unsafe converter.next(bytes.assumingMemoryBound(to: UInt8.self))
                try append(text, of: job, to: file, nil)
                continue
            }
            try unsafe file.append(bytes)
            job.growth.update { $0.size += UInt64(bytes.count) }
        }
    }

    private func append(
        _ head: [UInt8], of job: SpoolJob, to file: SpoolFile, _ converter: TextConverter?
    ) throws(Fault) {
        let bytes = unsafe head.withUnsafeBufferPointer { unsafe converter?.next($0) } ?? head
        if let error = unsafe bytes.withUnsafeBytes({ bytes in unsafe file.attempt(bytes) }) { throw error }
        job.growth.update { $0.size += UInt64(bytes.count) }
    }
}

/// A temporary file that is written from front to back.
final class SpoolFile {
    let descriptor: Descriptor
    private(set) var size: UInt64 = 0
    let folder: SpillFolder

    init(_ folder: SpillFolder) {
        self.folder = folder
        descriptor = Descriptor(adopting: folder.open())
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
        var done = 0
        while done < bytes.count, folder.failure == nil {
            let place = off_t(size) + off_t(done)
            let step = unsafe pwrite(descriptor.raw, bytes.baseAddress! + done, bytes.count - done, place)
            if step < 0, errno != EINTR { folder.fail(errno) }
            done += max(0, step)
        }
        if let failure = folder.failure { throw .notCopied(to: failure.folder, reason: failure.reason) }
        size += UInt64(bytes.count)
    }

    /// A closure that throws its error on makes the optimiser of Swift 6.3 release the bytes too early.
    func attempt(_ bytes: UnsafeRawBufferPointer) -> Fault? {
        do throws(Fault) {
            try unsafe append(bytes)
            return nil
        } catch {
            return error
        }
    }
}
