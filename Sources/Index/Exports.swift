// What the signatures of this library name comes with it.
@_exported import DedupKit
@_exported import Store
