//! The part of the grammar that speaks of whole tensors: lists, slices, calls with options.

use super::lexer::TokenKind;
use super::parser::Parser;
use super::tensor::takes_any_number;
use super::{
    Arguments, BinaryOperator, Error, ErrorKind, Expression, Slice, Span, TensorFunction, TensorOperation, Term, TermId,
};
use crate::function;

/// What a call has been given so far.
#[derive(Default)]
struct Call {
    operands: Vec<TermId>,
    arguments: Arguments,
}

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

    /// `a[0, 1:3]`
    pub(super) fn slice(&mut self, out: &mut Expression, operand: TermId) -> Result<TermId, Error> {
        let open = self.token().span;
        self.position += 1;
        let mut slices = vec![self.one_slice()?];
        while self.takes(TokenKind::Comma) {
            slices.push(self.one_slice()?);
        }
        let span = out.span(operand).to(self.close_bracket(open)?);
        Ok(out.push(Term::Tensor(TensorOperation::Slice(slices), vec![operand]), span))
    }

    fn one_slice(&mut self) -> Result<Slice, Error> {
        let ends = |kind| matches!(kind, TokenKind::Comma | TokenKind::CloseBracket);
        let start = if self.token().kind == TokenKind::Colon { None } else { Some(self.whole_number()?) };
        match (start, self.takes(TokenKind::Colon)) {
            (Some(place), false) => Ok(Slice::At(place)),
            (start, _) if ends(self.token().kind) => Ok(Slice::Range(start, None)),
            (start, _) => Ok(Slice::Range(start, Some(self.whole_number()?))),
        }
    }

    /// `sum(a, axis=0)`: operands, then whole numbers, then options by name or in their order.
    pub(super) fn tensor_call(
        &mut self,
        out: &mut Expression,
        called: &'static TensorFunction,
    ) -> Result<TermId, Error> {
        let start = self.token().span;
        let open = Span::new(start.end, start.end + 1);
        self.position += 2;
        let mut call = Call::default();
        while self.token().kind != TokenKind::Close {
            self.argument(out, called, &mut call)?;
            if !self.takes(TokenKind::Comma) {
                break;
            }
        }
        let end = self.token().span;
        let span = start.to(self.close(open)?);
        let term = finished(called, call).ok_or_else(|| Error::new(ErrorKind::TensorArguments(called), end))?;
        Ok(out.push(term, span))
    }

    fn argument(
        &mut self,
        out: &mut Expression,
        called: &'static TensorFunction,
        call: &mut Call,
    ) -> Result<(), Error> {
        let place = self.token().span;
        let refused = || Error::new(ErrorKind::TensorArguments(called), place);
        if let Some(name) = self.option_name() {
            let option = called.options.iter().find(|option| **option == name).ok_or_else(refused)?;
            self.position += 2;
            return self.option(called, option, call);
        }
        // `max` of two is the larger one of each pair.
        let most = if called.name == "max" { 2 } else { called.operands.1 };
        if call.operands.len() < most {
            call.operands.push(self.nested(|parser| parser.expression(out, 0))?);
            return Ok(());
        }
        if call.arguments.numbers.len() < called.numbers.1 {
            call.arguments.numbers.push(self.whole_number()?);
            return Ok(());
        }
        self.option(called, called.options.get(call.arguments.options.len()).ok_or_else(refused)?, call)
    }

    /// The name before a `=`; `dim` is PyTorch's name of `axis`.
    fn option_name(&self) -> Option<String> {
        let token = self.token();
        let named = token.kind == TokenKind::Name && self.follows(TokenKind::Equals);
        named.then(|| self.name(token.span)).map(|name| if name == "dim" { "axis".to_owned() } else { name })
    }

    fn option(&mut self, called: &TensorFunction, option: &'static str, call: &mut Call) -> Result<(), Error> {
        let values = match takes_any_number(option) {
            true => vec![self.number_with_sign()?],
            false => self.axes()?.into_iter().map(|number| number as f64).collect(),
        };
        let order = |name: &str| called.options.iter().position(|option| *option == name);
        let options = &mut call.arguments.options;
        options.retain(|(name, _)| *name != option);
        let place = options.iter().take_while(|(name, _)| order(name) < order(option)).count();
        options.insert(place, (option, values));
        Ok(())
    }

    /// `0` or `(0, 1)`
    fn axes(&mut self) -> Result<Vec<i64>, Error> {
        let open = self.token().span;
        if !self.takes(TokenKind::Open) {
            return Ok(vec![self.whole_number()?]);
        }
        let mut numbers = vec![self.whole_number()?];
        while self.takes(TokenKind::Comma) && self.token().kind != TokenKind::Close {
            numbers.push(self.whole_number()?);
        }
        self.close(open)?;
        Ok(numbers)
    }

    fn number_with_sign(&mut self) -> Result<f64, Error> {
        let negative = self.takes(TokenKind::Operator(BinaryOperator::Subtract));
        let TokenKind::Number(value) = self.token().kind else {
            return Err(Error::new(ErrorKind::ExpectedNumber(self.found()), self.token().span));
        };
        self.position += 1;
        Ok(if negative { -value } else { value })
    }

    fn whole_number(&mut self) -> Result<i64, Error> {
        let negative = self.takes(TokenKind::Operator(BinaryOperator::Subtract));
        match self.token().kind {
            TokenKind::Number(value) if value.fract() == 0.0 && value < 1e9 => {
                self.position += 1;
                Ok(if negative { -(value as i64) } else { value as i64 })
            }
            _ => Err(Error::new(ErrorKind::ExpectedWholeNumber(self.found()), self.token().span)),
        }
    }

    fn takes(&mut self, kind: TokenKind) -> bool {
        let found = self.token().kind == kind;
        self.position += usize::from(found);
        found
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

/// The term of a call; nothing where an operand or a number is missing.
fn finished(called: &'static TensorFunction, call: Call) -> Option<Term> {
    let Call { operands, arguments } = call;
    if called.name == "max" && operands.len() == 2 && arguments.options.is_empty() {
        return Some(Term::Call(function::find("max")?, operands));
    }
    let complete = operands.len() >= called.operands.0
        && operands.len() <= called.operands.1
        && arguments.numbers.len() >= called.numbers.0
        && (called.name != "pad" || arguments.numbers.len() != 3);
    complete.then_some(Term::Tensor(TensorOperation::Call(called, arguments), operands))
}
