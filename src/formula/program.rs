//! The program: named lines, of which the last is minimised.

use rustc_hash::FxHashMap;

use super::{Error, ErrorKind, Line, Span, parser};
use crate::function::{self, CONSTANTS};

/// A formula program: each line may use the names of earlier ones, and the last is minimised.
///
/// ```
/// let program = downhill::formula::Program::parse("y_hat = x*w\nloss = (y_hat - y)**2")?;
/// assert_eq!(program.free_names(), ["x", "w", "y"]);
/// assert_eq!(program.to_string(), "y_hat = x*w\nloss = (y_hat - y)^2");
///
/// // Values may be tensors: lists, `@`, `sum`, `mean`, `x[0, 1]` and many others.
/// let program = downhill::formula::Program::parse("x = ones(2, 2); mean(3*x @ [1, 2])")?;
/// assert_eq!(program.to_string(), "x = ones(2, 2)\nloss = mean(3*x @ [1, 2])");
/// # Ok::<(), downhill::formula::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    lines: Vec<Line>,
}

impl Program {
    /// Reads a program.
    ///
    /// # Errors
    /// When the text breaks the grammar or a cap, when a line other than the last has no name, or
    /// when names are defined twice or used too early.
    pub fn parse(source: &str) -> Result<Self, Error> {
        Self::of(source, parser::lines(source)?)
    }

    fn of(source: &str, mut lines: Vec<Line>) -> Result<Self, Error> {
        if lines.is_empty() {
            return Err(Error::new(ErrorKind::Empty, Span::new(0, source.len())));
        }
        let definitions = definitions(&lines)?;
        check_order(&lines, &definitions)?;
        let constants = CONSTANTS.iter().map(|constant| constant.name);
        let own: Vec<&str> = constants.filter(|name| definitions.contains_key(name)).collect();
        for line in &mut lines {
            line.expression.resolve_constants(|name| own.contains(&name));
        }
        Ok(Self { lines })
    }

    /// The lines in order; there is at least one.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The names that no line defines, in the order of their first use: data columns and
    /// parameters.
    #[must_use]
    pub fn free_names(&self) -> Vec<&str> {
        self.free_uses().into_iter().map(|(name, _)| name).collect()
    }

    /// Reads a program in which every value is a single number.
    ///
    /// # Errors
    /// Those of [`Program::parse`], and when the program uses tensors.
    pub fn parse_numbers(source: &str) -> Result<Self, Error> {
        let program = Self::parse(source)?;
        match program.tensor_use() {
            Some(span) => Err(Error::new(ErrorKind::NeedsNumbers, span)),
            None => Ok(program),
        }
    }

    /// The place of the first operation on whole tensors; nothing if every value is a number.
    #[must_use]
    pub fn tensor_use(&self) -> Option<Span> {
        self.lines.iter().find_map(|line| line.expression.tensor_use())
    }

    /// The free names, each with the place of its first use.
    #[must_use]
    pub fn free_uses(&self) -> Vec<(&str, Span)> {
        let mut free: Vec<(&str, Span)> = Vec::new();
        let mut seen: Places<'_> = self.lines.iter().map(|line| (line.name(), 0)).collect();
        for line in &self.lines {
            free.extend(line.expression.names().filter(|(name, _)| seen.insert(name, 0).is_none()));
        }
        free
    }
}

/// The index of the line that defines each name.
type Places<'p> = FxHashMap<&'p str, usize>;

fn definitions(lines: &[Line]) -> Result<Places<'_>, Error> {
    let mut definitions = FxHashMap::default();
    for (index, line) in lines.iter().enumerate() {
        let error = |kind| Err(Error::new(kind, line.span));
        let name = line.name();
        if line.name.is_none() && index + 1 < lines.len() {
            return error(ErrorKind::UnnamedLine);
        }
        if function::find(name).is_some() {
            return error(ErrorKind::DefinedFunction(name.to_owned()));
        }
        if let Some(earlier) = definitions.insert(name, index) {
            return error(ErrorKind::DefinedTwice(name.to_owned(), earlier + 1));
        }
    }
    Ok(definitions)
}

fn check_order(lines: &[Line], definitions: &Places<'_>) -> Result<(), Error> {
    for (index, line) in lines.iter().enumerate() {
        for (name, span) in line.expression.names() {
            if let Some(&definition) = definitions.get(name).filter(|&&definition| definition >= index) {
                let kind = ErrorKind::UsedBeforeDefinition(name.to_owned(), definition + 1);
                return Err(Error::new(kind, span));
            }
        }
    }
    Ok(())
}
