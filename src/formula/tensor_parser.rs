//! The part of the grammar that only tensors have: lists, elements, and functions with an axis.

use super::lexer::TokenKind;
use super::parser::Parser;
use super::{BinaryOperator, Error, ErrorKind, Expression, Reduction, Span, TensorOperation, Term, TermId};
use crate::function;

impl Parser<'_> {
    /// `[a, b]`
    pub(super) fn list(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let open = self.token().span;
        self.position += 1;
        let items = match self.token().kind {
            TokenKind::CloseBracket => Vec::new(),
            _ => self.nested(|parser| parser.arguments(out))?,
        };
        let span = open.to(self.close_bracket(open)?);
        Ok(out.push(Term::Tensor(TensorOperation::List, items), span))
    }

    /// `a[0, 1]`
    pub(super) fn element(&mut self, out: &mut Expression, operand: TermId) -> Result<TermId, Error> {
        let open = self.token().span;
        self.position += 1;
        let place = self.whole_numbers(TokenKind::CloseBracket)?;
        let span = out.span(operand).to(self.close_bracket(open)?);
        Ok(out.push(Term::Tensor(TensorOperation::Element(place), vec![operand]), span))
    }

    pub(super) fn tensor_call(&mut self, out: &mut Expression, name: &str) -> Result<TermId, Error> {
        let start = self.token().span;
        let open = Span::new(start.end, start.end + 1);
        self.position += 2;
        if let "ones" | "zeros" = name {
            let shape = self.whole_numbers(TokenKind::Close)?;
            let operation = if name == "ones" { TensorOperation::Ones(shape) } else { TensorOperation::Zeros(shape) };
            let span = start.to(self.close(open)?);
            return Ok(out.push(Term::Tensor(operation, Vec::new()), span));
        }
        let operand = self.nested(|parser| parser.expression(out, 0))?;
        let term = self.after_operand(out, name, operand)?;
        let span = start.to(self.close(open)?);
        Ok(out.push(term, span))
    }

    /// What follows the first argument: nothing, an axis, a shape, or for `max` the second argument.
    fn after_operand(&mut self, out: &mut Expression, name: &str, operand: TermId) -> Result<Term, Error> {
        let more = self.token().kind == TokenKind::Comma;
        self.position += usize::from(more);
        let operation = match (name, more) {
            ("transpose", false) => TensorOperation::Transpose,
            ("reshape", true) => TensorOperation::Reshape(self.whole_numbers(TokenKind::Close)?),
            ("max", true) if !self.at_axis() => {
                let second = self.nested(|parser| parser.expression(out, 0))?;
                return match function::find("max") {
                    Some(max) => Ok(Term::Call(max, vec![operand, second])),
                    None => Err(Error::new(ErrorKind::UnknownFunction("max".to_owned()), self.token().span)),
                };
            }
            ("sum" | "mean" | "max", _) => TensorOperation::Reduce(reduction(name), self.axis(more)?),
            _ => return Err(Error::new(ErrorKind::TensorArguments(name.to_owned()), self.token().span)),
        };
        Ok(Term::Tensor(operation, vec![operand]))
    }

    fn at_axis(&self) -> bool {
        let token = self.token();
        token.kind == TokenKind::Name && matches!(self.name(token.span).as_str(), "axis" | "dim")
    }

    /// `axis=0`, also as PyTorch names it, or the number alone.
    fn axis(&mut self, given: bool) -> Result<Option<i64>, Error> {
        if !given {
            return Ok(None);
        }
        if self.at_axis() {
            self.position += 1;
            if self.token().kind != TokenKind::Equals {
                return Err(Error::new(ErrorKind::ExpectedWholeNumber(self.found()), self.token().span));
            }
            self.position += 1;
        }
        self.whole_number().map(Some)
    }

    fn whole_numbers(&mut self, end: TokenKind) -> Result<Vec<i64>, Error> {
        let mut numbers = Vec::new();
        while self.token().kind != end {
            numbers.push(self.whole_number()?);
            if self.token().kind != TokenKind::Comma {
                break;
            }
            self.position += 1;
        }
        Ok(numbers)
    }

    fn whole_number(&mut self) -> Result<i64, Error> {
        let negative = self.token().kind == TokenKind::Operator(BinaryOperator::Subtract);
        self.position += usize::from(negative);
        match self.token().kind {
            TokenKind::Number(value) if value.fract() == 0.0 && value < 1e9 => {
                self.position += 1;
                Ok(if negative { -(value as i64) } else { value as i64 })
            }
            _ => Err(Error::new(ErrorKind::ExpectedWholeNumber(self.found()), self.token().span)),
        }
    }

    fn close_bracket(&mut self, open: Span) -> Result<Span, Error> {
        let token = self.token();
        match token.kind {
            TokenKind::CloseBracket => {
                self.position += 1;
                Ok(token.span)
            }
            TokenKind::LineEnd => Err(Error::new(ErrorKind::UnclosedBracket, open)),
            _ => Err(Error::new(ErrorKind::ExpectedOperator(self.found()), token.span)),
        }
    }
}

fn reduction(name: &str) -> Reduction {
    match name {
        "sum" => Reduction::Sum,
        "mean" => Reduction::Mean,
        _ => Reduction::Max,
    }
}
