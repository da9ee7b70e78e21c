/// The columns of one batch, by their role.
struct Part: Sendable {
    private let byRole: [[ArrowColumn]]
    let count: Int

    init(_ byRole: [[ArrowColumn]]) {
        self.byRole = byRole
        count = byRole.first { !$0.isEmpty }![0].count
    }

    func columns(_ role: Role) -> [ArrowColumn] { byRole[role.place] }

    func text(_ row: Int) -> ArrowColumn.Lent? { string(.text, row) }

    /// The first of a role's columns that has a value of use in this row.
    func column(_ role: Role, _ row: Int) -> ArrowColumn? {
        byRole[role.place].first { column in
            guard column.hasValue(row) else { return false }
            return unsafe role == .text || column.string(row)?.bytes.isEmpty != true
        }
    }

    func string(_ role: Role, _ row: Int) -> ArrowColumn.Lent? { column(role, row)?.string(row) }
}
