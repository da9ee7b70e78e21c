import Background
import TestSupport
import Workers

@testable import Event

/// A stand-in for the tokeniser: lower-cased runs of letters and digits, kana and Han one by one.
func tokens(_ text: String) -> [UInt64] {
    var words: [String] = []
    var open = false
    for character in text.lowercased() {
        let scalar = character.unicodeScalars.first!.value
        if (0x3040...0x9FFF).contains(scalar) && character.isLetter {
            words.append(String(character))
            open = false
        } else if character.isLetter || character.isNumber {
            if open { words[words.count - 1].append(character) } else { words.append(String(character)) }
            open = true
        } else {
            open = false
        }
    }
    return words.map(hash)
}

func hash(_ word: String) -> UInt64 { Array(word.utf8).withUnsafeBufferPointer(hash(bytes:)) }

/// FNV-1a with a finaliser, for keys are taken from the upper half.
@Sendable func hash(bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
}

let background = Background(hash: hash(bytes:))

func bag(_ text: String, declared: Language? = nil) -> TermBag { bag(tokens(text), declared: declared) }

func bag(_ tokens: [UInt64], declared: Language? = nil) -> TermBag {
    tokens.withUnsafeBufferPointer { TermBag(tokens: $0, declared: declared, background: background) }
}

/// Documents about a few topics each of a few events, as words of an invented vocabulary among common English.
func inventedDocuments(_ count: Int, seed: UInt64) -> [EventDocument] {
    var random = SplitMix64(seed: seed)
    let common = ["the", "of", "and", "to", "in", "said", "that", "for", "on", "was", "with", "government", "people"]
    return (0..<count).map { number in
        let event = Int.random(in: 0...count / 4, using: &random)
        var words = (0..<60).map { _ in common.randomElement(using: &random)! }
        words += (0..<20).map { _ in "topic\(event % 5)x\(Int.random(in: 0..<40, using: &random))" }
        words += (0..<20).map { _ in "event\(event)x\(Int.random(in: 0..<25, using: &random))" }
        words += (0..<10).map { _ in "own\(number)x\(Int.random(in: 0..<25, using: &random))" }
        words.shuffle(using: &random)
        let day = Bool.random(using: &random) ? Double(event % 9) + Double.random(in: 0..<2, using: &random) : nil
        return EventDocument(terms: bag(words.map(hash)), day: day)
    }
}

func vectors(_ documents: [EventDocument], indexed: Int = 24, _ workers: Workers) -> TermVectors {
    let store = TermStore(documents)
    let frequencies = DocumentFrequencies(store, workers: workers)
    return TermVectors(
        store, frequencies: frequencies, backgroundDocuments: 10_000, indexed: indexed, workers: workers)
}
