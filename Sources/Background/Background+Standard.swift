import Shingle

extension Background {
    /// With the hashes that `Shingle` gives words.
    public static let standard = unsafe Background { unsafe tokenHash($0.span) ?? 0 }
}
