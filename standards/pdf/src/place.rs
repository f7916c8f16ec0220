//! Where text is put: matrices of six numbers (ISO 32000-1, 8.3.3).

/// `[a b c d e f]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    pub fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    /// Where the origin goes.
    pub fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// How much it stretches along and across the line.
    pub fn scale(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// The direction of the line.
    pub fn direction(self) -> (f64, f64) {
        let length = self.0[0].hypot(self.0[1]).max(1e-9);
        (self.0[0] / length, self.0[1] / length)
    }
}
