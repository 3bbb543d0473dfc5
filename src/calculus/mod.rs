//! Calculus on formulas: derivatives with their steps, simplification and roots.
//!
//! Everything happens in a [`Pool`], in which each different expression is stored once. A
//! [`Derivation`] is a tree of steps that gives the derivative; nothing is differentiated twice.

mod assemble;
mod calculation;
mod chain;
mod derive;
mod error;
mod evaluate;
mod exchange;
mod lines;
mod pool;
mod ratio;
mod roots;
mod rule;
mod simplify;
mod table;
mod writer;

pub use calculation::{Calculation, Order};
pub use chain::{ChainLink, ChainRule, Path};
pub use derive::{Derivation, Step};
pub use error::Error;
pub use evaluate::evaluate;
pub use lines::lines;
pub use pool::{Id, Node, Operands, Pool};
pub use roots::{Root, Roots, SEARCHED, roots};
pub use rule::Rule;
pub use simplify::{Condition, Simplified, simplify};

/// The longest expression that is accepted in a calculation, in terms when written out.
pub const MAX_TERMS: u32 = 30_000;

/// The longest line of a derivation, in terms; a longer one is left out.
pub const MAX_LINE: u32 = 1_000;

/// The highest order of a derivative.
pub const MAX_ORDER: usize = 4;
