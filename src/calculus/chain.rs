//! The chain rule through a program's lines: every path from the last line to a variable, with the
//! derivative of each line on the path with respect to the next.

use rustc_hash::FxHashMap;

use super::{Derivation, Error, Id, Pool, simplify};
use crate::formula::{Line, Program};

/// The most paths that are listed.
const MAX_PATHS: usize = 8;

/// One factor: the partial derivative of a line with respect to a name that it uses.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainLink {
    /// The line.
    pub of: String,
    /// The name in it: an earlier line, or at the end of the path the variable.
    pub by: String,
    /// The derivative, simplified.
    pub derivative: Id,
}

/// A path from the last line to the variable; the product of its factors is one term of the
/// derivative.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The factors, starting at the last line.
    pub links: Vec<ChainLink>,
}

/// The derivative of a program's last line as a sum over paths.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainRule {
    /// The paths; none where the last line does not depend on the variable.
    pub paths: Vec<Path>,
    /// Whether all paths are listed.
    pub complete: bool,
}

impl ChainRule {
    /// Follows the chain rule from a program's last line to a variable.
    ///
    /// # Errors
    /// When a line's derivative is too large to be written out.
    pub fn of(pool: &mut Pool, program: &Program, variable: &str) -> Result<Self, Error> {
        let mut tracer = Tracer { pool, lines: Lines::new(program, variable), links: FxHashMap::default() };
        tracer.paths()
    }
}

/// The lines of a program by name, and which of them depend on the variable.
struct Lines<'p> {
    lines: &'p [Line],
    by_name: FxHashMap<&'p str, usize>,
    uses: Vec<Vec<&'p str>>,
    reached: FxHashMap<&'p str, bool>,
}

impl<'p> Lines<'p> {
    fn new(program: &'p Program, variable: &'p str) -> Self {
        let lines = program.lines();
        let by_name = lines.iter().enumerate().map(|(index, line)| (line.name(), index)).collect();
        let mut reached = FxHashMap::default();
        reached.insert(variable, true);
        let mut uses = Vec::with_capacity(lines.len());
        for line in lines {
            let mut names: Vec<&str> = line.expression.names().map(|(name, _)| name).collect();
            let mut seen = Vec::new();
            names.retain(|name| {
                reached.get(name) == Some(&true) && !seen.contains(name) && {
                    seen.push(*name);
                    true
                }
            });
            reached.insert(line.name(), !names.is_empty());
            uses.push(names);
        }
        Self { lines, by_name, uses, reached }
    }
}

struct Tracer<'t> {
    pool: &'t mut Pool,
    lines: Lines<'t>,
    links: FxHashMap<(usize, String), Id>,
}

impl Tracer<'_> {
    /// Every partial path can be completed, because only names that depend on the variable are
    /// followed.
    fn paths(&mut self) -> Result<ChainRule, Error> {
        let last = self.lines.lines.len() - 1;
        let mut rule = ChainRule { paths: Vec::new(), complete: true };
        let mut waiting: Vec<(usize, Vec<ChainLink>)> = vec![(last, Vec::new())];
        if self.lines.reached.get(self.lines.lines[last].name()) != Some(&true) {
            return Ok(rule);
        }
        while let Some((line, links)) = waiting.pop() {
            if rule.paths.len() == MAX_PATHS {
                rule.complete = false;
                break;
            }
            let names: Vec<String> = self.lines.uses[line].iter().rev().map(|&name| name.to_owned()).collect();
            for by in names {
                let next = self.lines.by_name.get(by.as_str()).copied();
                let mut links = links.clone();
                links.push(self.link(line, &by)?);
                match next {
                    Some(next) => waiting.push((next, links)),
                    None => rule.paths.push(Path { links }),
                }
            }
        }
        Ok(rule)
    }

    fn link(&mut self, line: usize, by: &str) -> Result<ChainLink, Error> {
        let of = self.lines.lines[line].name().to_owned();
        let key = (line, by.to_owned());
        if let Some(&derivative) = self.links.get(&key) {
            return Ok(ChainLink { of, by: by.to_owned(), derivative });
        }
        let expression = self.pool.import(&self.lines.lines[line].expression);
        let variable = self.pool.name(by);
        let result = Derivation::of(self.pool, expression, variable)?.result();
        let derivative = simplify(self.pool, result)?.id;
        self.links.insert(key, derivative);
        Ok(ChainLink { of, by: by.to_owned(), derivative })
    }
}
