//! Tokens to lines: one loop and the table of binding powers in `operator`.

use super::lexer::{Token, TokenKind, tokens};
use super::operator::NEGATION;
use super::{
    BinaryOperator, Error, ErrorKind, Expression, Line, MAX_BYTES, MAX_NESTING, Span, TensorOperation, Term, TermId,
    find_tensor_function,
};
use crate::function::{self, Function};

/// Reads the lines of a program; names are not resolved yet, and an unnamed line is called `loss`.
pub(super) fn lines(source: &str) -> Result<Vec<Line>, Error> {
    if source.len() > MAX_BYTES {
        let span = Span::new(MAX_BYTES, source.len());
        return Err(Error::new(ErrorKind::TooLong(source.len()), span));
    }
    let mut parser = Parser { source, tokens: tokens(source)?, position: 0, nesting: 0 };
    let mut lines = Vec::new();
    while parser.skip_empty_lines() {
        lines.push(parser.line()?);
    }
    Ok(lines)
}

pub(super) struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    pub(super) position: usize,
    nesting: usize,
}

impl Parser<'_> {
    /// Whether there is another line to read.
    fn skip_empty_lines(&mut self) -> bool {
        let rest = &self.tokens[self.position..];
        let empty = rest.iter().take_while(|token| token.kind == TokenKind::LineEnd);
        self.position += empty.count();
        self.position < self.tokens.len()
    }

    fn line(&mut self) -> Result<Line, Error> {
        let first = self.token();
        let named = self.follows(TokenKind::Equals);
        let name = (first.kind == TokenKind::Name && named).then(|| self.name(first.span));
        if name.is_some() {
            self.position += 2;
        }
        let mut expression = Expression::default();
        self.expression(&mut expression, 0)?;
        self.expect_line_end()?;
        Ok(Line { name, span: first.span, expression })
    }

    /// Reads operands and the operators between them as long as these bind at least as tightly as
    /// `minimum`. A flat sum stays in this loop; only what nests deepens the call.
    pub(super) fn expression(&mut self, out: &mut Expression, minimum: u8) -> Result<TermId, Error> {
        let left = self.arithmetic(out, minimum)?;
        let TokenKind::Comparison(name) = self.token().kind else { return Ok(left) };
        if minimum > 0 {
            return Ok(left);
        }
        let function = function::find(name).ok_or_else(|| self.unexpected())?;
        self.position += 1;
        let right = self.arithmetic(out, 0)?;
        let span = out.span(left).to(out.span(right));
        Ok(out.push(Term::Call(function, vec![left, right]), span))
    }

    fn arithmetic(&mut self, out: &mut Expression, minimum: u8) -> Result<TermId, Error> {
        let mut left = self.operand(out)?;
        while let Some(operator) = self.operator() {
            if operator.binding().left < minimum {
                break;
            }
            let matrices = self.token().kind == TokenKind::At;
            self.position += 1;
            let right = self.right_operand(out, operator)?;
            let span = out.span(left).to(out.span(right));
            let term = match matrices {
                true => Term::Tensor(TensorOperation::MatrixProduct, vec![left, right]),
                false => Term::Binary(operator, [left, right]),
            };
            left = out.push(term, span);
        }
        Ok(left)
    }

    /// The operator here; a matrix product binds as a product does.
    fn operator(&self) -> Option<BinaryOperator> {
        match self.token().kind {
            TokenKind::Operator(operator) => Some(operator),
            TokenKind::At => Some(BinaryOperator::Multiply),
            _ => None,
        }
    }

    /// A tower of powers nests to the right; the operands of sums and products come back at once.
    fn right_operand(&mut self, out: &mut Expression, operator: BinaryOperator) -> Result<TermId, Error> {
        let minimum = operator.binding().right;
        match operator {
            BinaryOperator::Power => self.nested(|parser| parser.expression(out, minimum)),
            _ => self.arithmetic(out, minimum),
        }
    }

    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.nesting == MAX_NESTING {
            return Err(Error::new(ErrorKind::TooDeep, self.token().span));
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    fn operand(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let mut operand = self.whole_operand(out)?;
        while self.token().kind == TokenKind::OpenBracket {
            operand = self.slice(out, operand)?;
        }
        Ok(operand)
    }

    fn whole_operand(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let token = self.token();
        match token.kind {
            TokenKind::OpenBracket => self.list(out),
            TokenKind::Number(value) => Ok(self.leaf(out, Term::Number(value))),
            TokenKind::Name => self.name_or_call(out),
            TokenKind::Open => self.parenthesis(out),
            TokenKind::Operator(BinaryOperator::Add) => {
                self.position += 1;
                self.nested(|parser| parser.expression(out, NEGATION))
            }
            TokenKind::Operator(BinaryOperator::Subtract) => self.negation(out),
            TokenKind::Close if self.nesting == 0 => Err(Error::new(ErrorKind::UnopenedParenthesis, token.span)),
            _ => Err(Error::new(ErrorKind::ExpectedOperand(self.found()), token.span)),
        }
    }

    fn leaf(&mut self, out: &mut Expression, term: Term) -> TermId {
        let span = self.token().span;
        self.position += 1;
        out.push(term, span)
    }

    fn negation(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let sign = self.token().span;
        self.position += 1;
        let operand = self.nested(|parser| parser.expression(out, NEGATION))?;
        let span = sign.to(out.span(operand));
        Ok(out.push(Term::Negate(operand), span))
    }

    fn parenthesis(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let open = self.token().span;
        self.position += 1;
        let inner = self.nested(|parser| parser.expression(out, 0))?;
        self.close(open)?;
        Ok(inner)
    }

    pub(super) fn close(&mut self, open: Span) -> Result<Span, Error> {
        let token = self.token();
        match token.kind {
            TokenKind::Close => {
                self.position += 1;
                Ok(token.span)
            }
            TokenKind::LineEnd => Err(Error::new(ErrorKind::UnclosedParenthesis, open)),
            _ => Err(self.unexpected()),
        }
    }

    fn name_or_call(&mut self, out: &mut Expression) -> Result<TermId, Error> {
        let span = self.token().span;
        let name = self.name(span);
        let called = self.tokens[self.position + 1].kind == TokenKind::Open;
        if let Some(function) = find_tensor_function(&name).filter(|_| called) {
            return self.tensor_call(out, function);
        }
        match (function::find(&name), called) {
            (Some(function), true) => self.call(out, function),
            (None, true) => Err(Error::new(ErrorKind::UnknownFunction(name), span)),
            (Some(_), false) => Err(Error::new(ErrorKind::FunctionWithoutCall(name), span)),
            (None, false) => Ok(self.leaf(out, Term::Name(name))),
        }
    }

    fn call(&mut self, out: &mut Expression, function: &'static Function) -> Result<TermId, Error> {
        let name = self.token().span;
        self.position += 1;
        let open = self.token().span;
        self.position += 1;
        let arguments = self.nested(|parser| parser.arguments(out))?;
        let span = name.to(self.close(open)?);
        if arguments.len() != function.arity() {
            let kind = ErrorKind::WrongArity(function.name, function.arity(), arguments.len());
            return Err(Error::new(kind, span));
        }
        Ok(out.push(Term::Call(function, arguments), span))
    }

    pub(super) fn arguments(&mut self, out: &mut Expression) -> Result<Vec<TermId>, Error> {
        let mut arguments = Vec::new();
        if self.token().kind == TokenKind::Close {
            return Ok(arguments);
        }
        arguments.push(self.expression(out, 0)?);
        while self.token().kind == TokenKind::Comma {
            self.position += 1;
            arguments.push(self.expression(out, 0)?);
        }
        Ok(arguments)
    }

    fn expect_line_end(&mut self) -> Result<(), Error> {
        match self.token().kind {
            TokenKind::LineEnd => Ok(()),
            _ => Err(self.unexpected()),
        }
    }

    /// The error for a token that can't follow a complete expression.
    fn unexpected(&self) -> Error {
        let kind = match self.token().kind {
            TokenKind::Close => ErrorKind::UnopenedParenthesis,
            TokenKind::Comma => ErrorKind::StrayComma,
            TokenKind::Equals => ErrorKind::StrayEquals,
            _ => ErrorKind::ExpectedOperator(self.found()),
        };
        Error::new(kind, self.token().span)
    }

    /// Whether the next token is of this kind.
    pub(super) fn follows(&self, kind: TokenKind) -> bool {
        self.tokens.get(self.position + 1).is_some_and(|token| token.kind == kind)
    }

    pub(super) fn token(&self) -> Token {
        self.tokens[self.position]
    }

    /// The name at `span`; a `y` with a combining circumflex is the one-character `ŷ`.
    pub(super) fn name(&self, span: Span) -> String {
        let mut name = String::new();
        for character in self.source[span.start..span.end].chars() {
            if character == '\u{302}' && name.ends_with('y') {
                name.pop();
                name.push('ŷ');
            } else {
                name.push(character);
            }
        }
        name
    }

    pub(super) fn found(&self) -> String {
        let Span { start, end } = self.token().span;
        match &self.source[start..end] {
            "" | "\n" => "the end of the line".to_owned(),
            text => format!("`{text}`"),
        }
    }
}
