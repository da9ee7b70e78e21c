import Background
import Testing
import Workers

@testable import Event

/// What has a topic in common and not the event.
@Suite struct TopicTests {
    /// A month of one strike: on each of ten days something else happened, reported twice where `again` says how.
    private static let month: [(day: Double, report: String, again: String?)] = [
        (
            1,
            "Dockers at Marrowick voted by nine to one to strike over pay, their union said after counting 2,140 ballots.",
            "The dock workers' union in Marrowick has a mandate to walk out: of 2,140 ballots nine in ten were for a strike over wages."
        ),
        (
            4,
            "Supermarkets near Marrowick began to stock up on fruit as the dockers' strike drew nearer, wholesalers said.",
            nil
        ),
        (
            7,
            "The cranes of Marrowick stood still at dawn as the dockers began their strike; fourteen ships waited in the roads.",
            "Fourteen ships lay at anchor off Marrowick on the first morning of the dock strike, and not one crane moved at dawn."
        ),
        (
            10, "Lorry drivers blocked the ring road of Marrowick for three hours to protest against the closed port.",
            nil
        ),
        (
            13,
            "Police arrested six pickets after a scuffle at the north gate of Marrowick docks in which an officer broke his wrist.",
            "Six strikers were detained and a policeman's wrist was broken when pickets clashed with police at the north gate."
        ),
        (
            16,
            "The car maker Veldt sent 900 workers home because parts are stuck in the strike-bound port of Marrowick.",
            nil
        ),
        (
            19,
            "Mediator Anna Holm met both sides of the Marrowick dock dispute in a hotel and spoke of a first narrow bridge.",
            "After six hours in a hotel with union and employers, mediator Anna Holm saw “a first, narrow bridge” in the dock dispute."
        ),
        (
            22,
            "A judge refused to ban the dockers' strike at Marrowick, ruling that the ballot had been held by the book.",
            nil
        ),
        (
            25,
            "Shippers have moved a third of Marrowick's containers to Osthaven during the strike, the rival port said.",
            nil
        ),
        (
            29,
            "Dockers at Marrowick accepted a rise of 6.4 per cent over two years and return to work on Monday, ending the strike.",
            "The strike in the port of Marrowick is over: the union took 6.4 per cent over two years, and cranes will move on Monday."
        ),
    ]

    @Test(arguments: [true, false]) func aMonthOfOneTopicIsNotOneEvent(isDated: Bool) {
        var documents: [EventDocument] = []
        var days: [Double] = []
        for (day, report, again) in Self.month {
            for text in [report, again].compactMap({ $0 }) {
                documents.append(EventDocument(terms: bag(text), day: isDated ? day : nil))
                days.append(day)
            }
        }
        let labels = EventClustering(documents, workers: Workers(count: 2)).labels
        let largest = Dictionary(grouping: labels) { $0 }.values.map(\.count).max()!
        #expect(largest * 3 <= labels.count, "\(labels)")
        guard isDated else { return }
        for (document, label) in labels.enumerated() {
            #expect(days[document] == days[label.index], "document \(document) is with \(label)")
        }
        #expect(zip(labels, labels.indices).count { $0.index != $1 } == 5, "\(labels)")
    }

    @Test func theSameHappensElsewhere() {
        let reports = [
            "An earthquake of magnitude 5.8 shook the Valmora valley on Monday, killing at least 17 people in Sant Orel.",
            "At least 17 people died in Sant Orel when a magnitude 5.8 earthquake struck the Valmora valley on Monday.",
            "An earthquake of magnitude 6.1 shook the islands of Keresh on Thursday; no deaths were reported from Port Amal.",
            "Port Amal came away without deaths when a magnitude 6.1 earthquake struck the Keresh islands on Thursday.",
        ]
        let labels = EventClustering(
            reports.map { EventDocument(terms: bag($0), day: nil) }, workers: Workers(count: 1)
        ).labels
        #expect(labels == [0, 0, 2, 2])
    }

    @Test func capitalsDoNotMatter() {
        let documents = Self.month.flatMap { [$0.report, $0.again].compactMap { $0 } }
        func labels(_ change: (String) -> String) -> [VoiceNumber] {
            EventClustering(
                documents.map { EventDocument(terms: bag(change($0)), day: nil) }, workers: Workers(count: 1)
            ).labels
        }
        #expect(labels { $0.uppercased() } == labels { $0 })
        #expect(labels { $0.lowercased() } == labels { $0 })
    }

    /// An archive of last year that has nothing to do with today.
    @Test func anUnrelatedArchiveChangesNothingOfToday() {
        let today = Self.month.flatMap { day, report, again in
            [report, again].compactMap { $0 }.map { EventDocument(terms: bag($0), day: 1000 + day) }
        }
        let archive = inventedDocuments(400, seed: 3).enumerated().map { number, document in
            EventDocument(terms: document.terms, day: Double(number % 300))
        }
        func events(_ documents: [EventDocument], of range: Range<Int>) -> [Int] {
            let labels = EventClustering(documents, workers: Workers(count: 2)).labels
            return range.map { labels[$0].index - range.lowerBound }
        }
        let alone = events(today, of: 0..<today.count)
        let after = events(archive + today, of: archive.count..<archive.count + today.count)
        #expect(zip(alone, after).count { $0 != $1 } * 100 <= today.count, "\(alone), \(after)")
    }

    /// Nouns have capitals in German, and headlines may have them throughout: no word is a name for that.
    @Test func germanNounsAreNoNames() {
        let reports = [
            "Am Hafen von Marrowick ist am Montag ein Kran auf die Fähre gestürzt. Drei Arbeiter wurden verletzt, sagte die Polizei.",
            "Drei Verletzte nach Sturz eines Krans auf eine Fähre: Im Hafen von Marrowick traf es am Montag drei Arbeiter.",
            "Die Stadt Kelbrunn baut eine neue Schule. Der Rat hat das Geld dafür nach langem Streit bewilligt.",
            "Im Theater von Osthaven spielt am Samstag ein Orchester aus Valmora. Karten gibt es an der Kasse.",
            "Ein Bauer bei Tannfelde hat einen Kürbis von 612 Kilogramm geerntet und damit einen Preis gewonnen.",
        ]
        func labels(_ change: (String) -> String) -> [VoiceNumber] {
            EventClustering(
                reports.map { EventDocument(terms: bag(change($0), declared: Language("de")), day: 3) },
                workers: Workers(count: 1)
            ).labels
        }
        #expect(labels { $0 } == [0, 0, 2, 3, 4])
        #expect(labels { $0.lowercased() } == labels { $0 } && labels { $0.uppercased() } == labels { $0 })
    }
}
