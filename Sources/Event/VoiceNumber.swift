public import Tables

/// See `VoiceNumber`.
public enum OfVoice {}

/// Which of the texts of which each stands for its copies, in the order of preference.
public typealias VoiceNumber = Number<OfVoice>
