package import Shingle

/// What is left of a text that is not kept: enough to tell what is the same and what is nearly the same.
@safe package struct TextTrace {
    package var fingerprint: Fingerprint
    /// Tokens; 0 for a text that has lost most of its letters.
    package var length: UInt32
    /// Distinct hashes, ascending, borrowed as the record is; empty where the text is shorter than a shingle, or where
    /// only the same is asked for.
    package var shingles: UnsafeBufferPointer<UInt64>

    package init(fingerprint: Fingerprint, length: UInt32, shingles: UnsafeBufferPointer<UInt64>) {
        (self.fingerprint, self.length) = (fingerprint, length)
        unsafe self.shingles = unsafe shingles
    }
}
