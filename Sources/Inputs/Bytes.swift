import Glibc

extension UnsafeBufferPointer<UInt8> {
    func index(of byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
        let end = end ?? count
        guard start < end, let found = unsafe memchr(baseAddress! + start, Int32(byte), end - start) else { return nil }
        return unsafe baseAddress!.distance(to: found.assumingMemoryBound(to: UInt8.self))
    }

    var lineFeeds: Int {
        var count = 0, start = 0
        while let feed = unsafe index(of: UInt8(ascii: "\n"), from: start) { (count, start) = (count + 1, feed + 1) }
        return count
    }

    /// Without the line feed or carriage return and line feed that it may end in.
    var withoutLineEnd: Self {
        var end = count
        if end > 0, unsafe self[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, unsafe self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return unsafe Self(rebasing: self[..<end])
    }

    var withoutByteOrderMark: Self {
        unsafe starts(with: byteOrderMark) ? Self(rebasing: self[byteOrderMark.count...]) : self
    }
}

extension UInt8 {
    /// White space between the values of JSON.
    var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
