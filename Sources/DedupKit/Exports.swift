// What the signatures of this library name comes with it: `import DedupKit` is all that a user needs.
@_exported import Background
@_exported import Cluster
@_exported import Columns
@_exported import Containment
@_exported import Dates
@_exported import Event
@_exported import Facts
@_exported import MinHash
@_exported import Overlap
@_exported import Records
@_exported import Shingle
@_exported import Stages
