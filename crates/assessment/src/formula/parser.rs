//! From words to a tree: operators by how tightly they bind (after V. Pratt, *Top Down Operator Precedence*, 1973).

use terms::Span;

use super::error::{Fault, FormulaErrorKind};
use super::lexer::{Token, Word, is_this, words};
use super::syntax::{Expr, ExprKind, Function, NOT, Operator, SIGN};

/// So many characters are read at most.
const LONGEST: usize = 4000;

/// So deep may parentheses stand in each other, and so many parts below each other: what walks the tree calls itself.
const DEEPEST: usize = 100;

/// The tree of a formula.
pub(crate) fn parse(source: &str) -> Result<Expr, Fault> {
    if let Some((at, _)) = source.char_indices().nth(LONGEST) {
        return Err((FormulaErrorKind::TooLong(LONGEST), Span::new(at, source.len())));
    }
    let mut parser = Parser { tokens: words(source)?, next: 0, depth: 0, source };
    if parser.peek().word == Word::End {
        return Err((FormulaErrorKind::Empty, Span::new(0, source.len())));
    }
    let root = parser.expression(0)?;
    match parser.peek().word {
        Word::End => Ok(root),
        _ => Err(parser.unexpected("运算符或公式的结尾")),
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    source: &'a str,
}

impl Parser<'_> {
    /// The next word; the last one stays.
    fn peek(&self) -> Token {
        let end = Token { word: Word::End, span: Span::new(self.source.len(), self.source.len()) };
        self.tokens.get(self.next).cloned().unwrap_or(end)
    }

    fn advance(&mut self) -> Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn unexpected(&self, expected: &'static str) -> Fault {
        let Token { word, span } = self.peek();
        let found = match word {
            Word::End => "公式的结尾".to_owned(),
            _ => format!("“{}”", &self.source[span.range()]),
        };
        (FormulaErrorKind::Expected { expected, found }, span)
    }

    fn expression(&mut self, least: u8) -> Result<Expr, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err((FormulaErrorKind::TooDeep(DEEPEST), self.peek().span));
        }
        let mut left = self.prefix()?;
        let mut compared = false;
        while let Some(operator) = operator(&self.peek().word) {
            if operator.power() < least.max(1) {
                break;
            }
            if compared && operator.is_comparison() {
                return Err((FormulaErrorKind::Chain, self.peek().span));
            }
            compared = operator.is_comparison();
            self.advance();
            let right = self.expression(operator.power() + 1)?;
            let span = Span::new(left.span.start, right.span.end);
            let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
            left = part(kind, span)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Expr, Fault> {
        let Token { word, span } = self.peek();
        match word {
            Word::Number(value, unit) => {
                self.advance();
                part(ExprKind::Number(value, unit), span)
            }
            Word::Name(name, bracketed) => {
                self.advance();
                match self.peek().word {
                    Word::Open if !bracketed => self.call(&name, span),
                    _ if !bracketed && is_this(&name) => part(ExprKind::This, span),
                    _ => part(ExprKind::Name(name), span),
                }
            }
            Word::Minus | Word::Not => {
                self.advance();
                let power = if word == Word::Not { NOT } else { SIGN };
                let inner = self.expression(power)?;
                let span = Span::new(span.start, inner.span.end);
                let inner = Box::new(inner);
                let negated = word == Word::Minus;
                part(if negated { ExprKind::Negate(inner) } else { ExprKind::Not(inner) }, span)
            }
            Word::Open => {
                self.advance();
                let inner = self.expression(0)?;
                let end = self.close()?;
                Ok(Expr { span: Span::new(span.start, end), ..inner })
            }
            _ => Err(self.unexpected("名称、数、函数或“(”")),
        }
    }

    /// The end of a closing parenthesis, which must be next.
    fn close(&mut self) -> Result<usize, Fault> {
        match self.peek().word {
            Word::Close => Ok(self.advance().span.end),
            _ => Err(self.unexpected("运算符或“)”")),
        }
    }

    fn call(&mut self, name: &str, span: Span) -> Result<Expr, Fault> {
        let function = Function::named(name)
            .ok_or_else(|| (FormulaErrorKind::UnknownFunction(name.to_owned()), span))?;
        self.advance();
        let mut arguments = Vec::new();
        if self.peek().word != Word::Close {
            loop {
                arguments.push(self.expression(0)?);
                match self.peek().word {
                    Word::Comma => self.advance(),
                    _ => break,
                };
            }
        }
        let end = match self.peek().word {
            Word::Close => self.advance().span.end,
            _ => return Err(self.unexpected("运算符、“,”或“)”")),
        };
        let span = Span::new(span.start, end);
        if !function.takes(arguments.len()) {
            let (function, expected) = (function.chinese(), function.arguments());
            let found = arguments.len();
            return Err((FormulaErrorKind::Arguments { function, expected, found }, span));
        }
        part(ExprKind::Call(function, arguments), span)
    }
}

/// A part of the tree, unless too many stand below it.
fn part(kind: ExprKind, span: Span) -> Result<Expr, Fault> {
    let below = match &kind {
        ExprKind::Number(..) | ExprKind::Name(_) | ExprKind::This => 0,
        ExprKind::Negate(inner) | ExprKind::Not(inner) => inner.height,
        ExprKind::Binary(_, left, right) => left.height.max(right.height),
        ExprKind::Call(_, arguments) => {
            arguments.iter().map(|argument| argument.height).max().unwrap_or_default()
        }
    };
    if below >= DEEPEST {
        return Err((FormulaErrorKind::TooDeep(DEEPEST), span));
    }
    Ok(Expr { kind, span, height: below + 1 })
}

fn operator(word: &Word) -> Option<Operator> {
    Some(match word {
        Word::And => Operator::And,
        Word::Or => Operator::Or,
        Word::Equal => Operator::Equal,
        Word::NotEqual => Operator::NotEqual,
        Word::Less => Operator::Less,
        Word::LessEqual => Operator::LessEqual,
        Word::Greater => Operator::Greater,
        Word::GreaterEqual => Operator::GreaterEqual,
        Word::About => Operator::About,
        Word::Plus => Operator::Add,
        Word::Minus => Operator::Subtract,
        Word::Times => Operator::Multiply,
        Word::Divide => Operator::Divide,
        _ => return None,
    })
}
