import CZstd
import Store

/// What records are compressed with: the dictionary of the index, trained on its first texts, or none.
@safe final class TextDictionary: @unchecked Sendable {
    let bytes: [UInt8]
    fileprivate let forWriting, forReading: OpaquePointer

    /// Of 1 to 9 a sixth smaller than 1 for 7 µs a text of 2 KB more; 5 takes 3 % off that for 17 µs.
    static let level: Int32 = 3

    init?(_ bytes: [UInt8]) {
        guard let writing = unsafe ZSTD_createCDict(bytes, bytes.count, Self.level),
            let reading = unsafe ZSTD_createDDict(bytes, bytes.count)
        else { return nil }
        self.bytes = bytes
        (unsafe forWriting, unsafe forReading) = unsafe (writing, reading)
    }

    deinit {
        unsafe ZSTD_freeCDict(forWriting)
        unsafe ZSTD_freeDDict(forReading)
    }

    /// Of some records; nil where they have too little in common.
    ///
    /// - Parameter size: bytes that it has at most.
    static func train(on samples: [[UInt8]], size: Int) -> [UInt8]? {
        let all = Array(samples.joined()), sizes = samples.map(\.count)
        var bytes = [UInt8](repeating: 0, count: size)
        let count = unsafe ZDICT_trainFromBuffer(&bytes, bytes.count, all, sizes, UInt32(sizes.count))
        return ZDICT_isError(count) != 0 ? nil : Array(bytes[..<count])
    }
}

/// Compresses and restores blocks of bytes; one for each worker.
@safe final class Zstandard {
    private let writing: OpaquePointer
    private let reading: OpaquePointer
    private let dictionary: TextDictionary?

    /// Records are shorter, whatever a damaged one says of itself.
    static let longest = 1 << 31

    init(_ dictionary: TextDictionary?) {
        self.dictionary = dictionary
        (unsafe writing, unsafe reading) = unsafe (ZSTD_createCCtx()!, ZSTD_createDCtx()!)
    }

    deinit {
        unsafe ZSTD_freeCCtx(writing)
        unsafe ZSTD_freeDCtx(reading)
    }

    func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var target = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count =
            if let dictionary {
                unsafe ZSTD_compress_usingCDict(
                    writing, &target, target.count, bytes, bytes.count, dictionary.forWriting)
            } else {
                unsafe ZSTD_compressCCtx(
                    writing, &target, target.count, bytes, bytes.count, TextDictionary.level)
            }
        precondition(ZSTD_isError(count) == 0, "there is room for what cannot be compressed")
        target.removeLast(target.count - count)
        return target
    }

    /// Nil where it is damaged.
    func restored(_ bytes: [UInt8]) -> [UInt8]? {
        let size = unsafe ZSTD_getFrameContentSize(bytes, bytes.count)
        // No block grows to more than 32,768 times its size: a number beyond that would only take memory.
        guard size <= UInt64(Self.longest), size <= UInt64(bytes.count) << 15 else { return nil }
        var target = [UInt8](repeating: 0, count: Int(size))
        let needs = unsafe ZSTD_getDictID_fromFrame(bytes, bytes.count) != 0
        if needs, dictionary == nil { return nil }
        let count =
            if needs, let dictionary {
                unsafe ZSTD_decompress_usingDDict(
                    reading, &target, target.count, bytes, bytes.count, dictionary.forReading)
            } else {
                unsafe ZSTD_decompressDCtx(reading, &target, target.count, bytes, bytes.count)
            }
        return ZSTD_isError(count) == 0 && count == target.count ? target : nil
    }

    /// Bytes of the frame that begins here; nil where none does.
    static func frameSize(_ bytes: ArraySlice<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { bytes in
            let size = unsafe ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
            return ZSTD_isError(size) != 0 || size == 0 || size > bytes.count ? nil : size
        }
    }
}
