public import Containment
public import Overlap

/// The knobs of the copy level.
public struct CopyParameters: Sendable, Equatable {
    /// Which pairs are compared.
    public var candidates = SharedShingles.Limits()
    /// Which of them are copies.
    public var criteria = CopyCriteria()

    /// Texts that weigh nothing: a template, a prompt, a footer.
    public var ignored: [String] = []

    public init() {}
}
