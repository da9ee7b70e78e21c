import Records
import Stages

extension IndexSource {
    /// Of texts of the index that stay in memory.
    private static let heldBytes = 1 << 26

    /// Reads its documents as a run does, without a word of it. Throws where a text cannot be read.
    func firstPass(_ run: Run, memory: Memory) throws(IndexError) -> FirstPass {
        var options = run.options
        (options.memory, options.progress, options.timesStages) = (memory, nil, false)
        let pass: FirstPass, source: any DocumentSource
        // What is left of texts is read as fast as it is held.
        source = snapshot.definition.keepsTexts ? HeldSource(self, room: Self.heldBytes) : self
        do throws(SpillError) {
            pass = try FirstPass(source, Run(run.definition, options))
        } catch {
            throw .temporary("\(error)")
        }
        try requireAll()
        return pass
    }
}
