//! Text to tokens.

use super::{BinaryOperator, Error, ErrorKind, Span};
use crate::number;

/// A piece of the source that the parser reads as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    Name,
    Operator(BinaryOperator),
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    At,
    Colon,
    /// `>`, with the name of the function that it calls: `gt`.
    Comparison(&'static str),
    Comma,
    Equals,
    /// A line break, a semicolon or the end of the text.
    LineEnd,
}

/// The signs of comparisons with the functions that they call, longer signs first.
const COMPARISONS: [(&str, &str); 6] =
    [(">=", "ge"), ("<=", "le"), ("==", "eq"), ("!=", "ne"), (">", "gt"), ("<", "lt")];

/// Splits a source into tokens; the last one is always a [`TokenKind::LineEnd`].
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, Error> {
    let mut lexer = Lexer { source, position: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    let end = Span::new(source.len(), source.len());
    tokens.push(Token { kind: TokenKind::LineEnd, span: end });
    Ok(tokens)
}

struct Lexer<'s> {
    source: &'s str,
    position: usize,
}

impl<'s> Lexer<'s> {
    fn next(&mut self) -> Result<Option<Token>, Error> {
        self.skip_blanks();
        let Some(first) = self.rest().chars().next() else {
            return Ok(None);
        };
        let start = self.position;
        let kind = match first {
            '0'..='9' | '.' => self.number()?,
            c if starts_name(c) => {
                self.take_while(continues_name);
                TokenKind::Name
            }
            c => self.symbol(c)?,
        };
        Ok(Some(Token { kind, span: Span::new(start, self.position) }))
    }

    fn rest(&self) -> &'s str {
        &self.source[self.position..]
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let end = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.position += end;
        &rest[..end]
    }

    fn skip_blanks(&mut self) {
        self.take_while(|c| c != '\n' && c.is_whitespace());
        if self.rest().starts_with('#') {
            self.take_while(|c| c != '\n');
        }
    }

    fn symbol(&mut self, first: char) -> Result<TokenKind, Error> {
        let rest = self.rest();
        let double_star = rest.starts_with("**");
        if let Some((sign, name)) = COMPARISONS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            self.position += sign.len();
            return Ok(TokenKind::Comparison(name));
        }
        let kind = match first {
            '*' if double_star => TokenKind::Operator(BinaryOperator::Power),
            '+' => TokenKind::Operator(BinaryOperator::Add),
            '-' | '−' => TokenKind::Operator(BinaryOperator::Subtract),
            '*' | '·' | '×' => TokenKind::Operator(BinaryOperator::Multiply),
            '/' => TokenKind::Operator(BinaryOperator::Divide),
            '^' => TokenKind::Operator(BinaryOperator::Power),
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '[' => TokenKind::OpenBracket,
            ']' => TokenKind::CloseBracket,
            '@' => TokenKind::At,
            ':' => TokenKind::Colon,
            ',' => TokenKind::Comma,
            '=' => TokenKind::Equals,
            '\n' | ';' => TokenKind::LineEnd,
            c => return Err(self.error(ErrorKind::UnknownCharacter(c), c.len_utf8())),
        };
        self.position += if double_star { 2 } else { first.len_utf8() };
        Ok(kind)
    }

    fn number(&mut self) -> Result<TokenKind, Error> {
        let start = self.position;
        self.take_while(|c| c.is_ascii_digit() || c == '.');
        self.exponent();
        let text = &self.source[start..self.position];
        let span = Span::new(start, self.position);
        match number::read(text) {
            Some(value) if value.is_finite() => self.end_of_number(text, value),
            Some(_) => Err(Error::new(ErrorKind::NumberTooLarge(text.to_owned()), span)),
            None => Err(Error::new(ErrorKind::MalformedNumber(text.to_owned()), span)),
        }
    }

    /// Takes `e-3`, and leaves the `e` of `2*e` or `2e` alone.
    fn exponent(&mut self) {
        let rest = self.rest();
        let Some(after_e) = rest.strip_prefix(['e', 'E']) else {
            return;
        };
        let digits = after_e.strip_prefix(['+', '-']).unwrap_or(after_e);
        if digits.starts_with(|c: char| c.is_ascii_digit()) {
            self.position += rest.len() - digits.len();
            self.take_while(|c| c.is_ascii_digit());
        }
    }

    fn end_of_number(&mut self, text: &str, value: f64) -> Result<TokenKind, Error> {
        if !self.rest().starts_with(starts_name) {
            return Ok(TokenKind::Number(value));
        }
        let name = self.take_while(continues_name);
        let kind = ErrorKind::MissingProduct(text.to_owned(), name.to_owned());
        let length = text.len() + name.len();
        Err(Error::new(kind, Span::new(self.position - length, self.position)))
    }

    fn error(&self, kind: ErrorKind, length: usize) -> Error {
        Error::new(kind, Span::new(self.position, self.position + length))
    }
}

fn starts_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// Combining marks belong to a name, so that a `y` with a circumflex of its own is one.
fn continues_name(c: char) -> bool {
    let mark = ('\u{300}'..='\u{36f}').contains(&c);
    let subscript = ('₀'..='₉').contains(&c);
    starts_name(c) || c.is_ascii_digit() || mark || subscript
}
