//! One feeder by itself: which of its items are worth most together within what it takes (branch and bound with
//! Dantzig's bound, 1957).

/// So many nodes are looked at before a feeder is left to its relaxation.
const NODES: u32 = 3_000;

/// Something to be packed: its profit and what it draws, both above zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub profit: f64,
    pub draw: f64,
}

/// The best pieces within a limit, with their profit; pieces stand in falling order of profit for what they draw. `None`
/// where that takes too long to find out.
pub(super) fn pack(pieces: &[Piece], limit: f64) -> Option<(f64, Vec<bool>)> {
    let mut packing = Packing {
        pieces,
        taken: vec![false; pieces.len()],
        best: (0.0, vec![false; pieces.len()]),
        left: NODES,
    };
    packing.go(0, limit, 0.0);
    (packing.left > 0).then_some(packing.best)
}

struct Packing<'a> {
    pieces: &'a [Piece],
    taken: Vec<bool>,
    best: (f64, Vec<bool>),
    left: u32,
}

impl Packing<'_> {
    fn go(&mut self, from: usize, room: f64, profit: f64) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if profit > self.best.0 {
            self.best = (profit, self.taken.clone());
        }
        let Some(piece) = self.pieces.get(from).copied() else { return };
        if profit + self.most(from, room) <= self.best.0 {
            return;
        }
        if piece.draw <= room {
            self.mark(from, true);
            self.go(from + 1, room - piece.draw, profit + piece.profit);
            self.mark(from, false);
        }
        self.go(from + 1, room, profit);
    }

    fn mark(&mut self, at: usize, taken: bool) {
        if let Some(mark) = self.taken.get_mut(at) {
            *mark = taken;
        }
    }

    /// What the pieces from a place on are worth at most, one of them in part.
    fn most(&self, from: usize, mut room: f64) -> f64 {
        let mut most = 0.0;
        for piece in self.pieces.iter().skip(from) {
            if piece.draw > room {
                return most + piece.profit * room / piece.draw;
            }
            most += piece.profit;
            room -= piece.draw;
        }
        most
    }
}
