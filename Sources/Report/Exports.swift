// What the signatures of this library name comes with it.
@_exported import DedupKit
@_exported import Index
@_exported import Inputs
@_exported import Output
