//! Random programs of tensors that fit together, over every operation of the language.

use downhill::autodiff::engine::{count, lower};
use downhill::formula::{Program, TENSOR_FUNCTIONS};
use downhill::function::FUNCTIONS;
use proptest::prelude::*;
use rand_mt::Mt;

/// Lines that have the same bits on every machine. A capital is a place that [`Writer::written`] fills.
pub const EXACT: [&str; 46] = [
    "A + B",
    "A - 2*B",
    "A*B",
    "A*A - B",
    "A/(B*B + 1)",
    "-A",
    "A^2",
    "sqrt(A*A + 1)",
    "relu(A)",
    "abs(A)",
    "sign(A)*A",
    "step(A) + A",
    "min(A, B)",
    "max(A, B)",
    "(A > B)*A",
    "(A >= B) + B",
    "where(A < B, A, B)",
    "where(A <= 0.5, B, A)",
    "where(A == B, A, 2)",
    "(A != B)*B",
    "sum(A)",
    "sum(A, axis=Y)",
    "mean(A)",
    "mean(A, axis=Y)",
    "max(A)",
    "max(A, axis=X)",
    "max(A, axis=Y)",
    "argmax(A, axis=X) + A",
    "norm(A)",
    "norm(A, axis=Y)",
    "A @ B",
    "A @ M",
    "outer(V, V)",
    "transpose(A)",
    "reshape(A, R)",
    "A[Z]",
    "[A, A]",
    "[A, 2*A]",
    "concat(A, C, axis=X)",
    "pad(A, P, P)",
    "pad(S, P, P, P, P)",
    "conv(S, K, stride=T, padding=P)",
    "maxpool(S, W, stride=T, padding=P)",
    "avgpool(S, W, stride=T, padding=P)",
    "upsample(S, T)",
    "embedding(A, I)",
];

/// Lines with functions of which machines round the last digit as they like.
pub const ROUNDED: [&str; 25] = [
    "exp(A/4)",
    "log(A*A + 0.5)",
    "log2(abs(A) + 0.5)",
    "log10(A*A + 1)",
    "sin(A)",
    "cos(A)",
    "tan(sin(A))",
    "asin(0.9*sin(A))",
    "acos(0.9*cos(A))",
    "atan(A)",
    "sinh(A/4)",
    "cosh(A/4)",
    "tanh(A)*B",
    "sigmoid(A) + 2",
    "softplus(A)",
    "A^3",
    "(A*A + 0.5)^-1.5",
    "(sigmoid(A) + 0.5)^tanh(B)",
    "softmax(A, axis=X)",
    "log_softmax(A, axis=X)",
    "cross_entropy(A, L)",
    "embedding(A, argmax(A, axis=0))",
    "A*ones(1)/zeros()^0",
    "maxpool(S, W)",
    "avgpool(S, W)",
];

/// All of them.
pub fn all_templates() -> Vec<&'static str> {
    EXACT.into_iter().chain(ROUNDED).collect()
}

/// How many numbers a line may have.
const MOST: usize = 150;

/// Any program, which a failing test makes shorter.
pub fn any_tensors() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u32>(), 20..160).prop_map(|choices| written(&choices, &all_templates(), false))
}

/// Any program, with numbers in it that are not finite, or are nearly too large or too small.
pub fn any_strange_tensors() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u32>(), 20..160).prop_map(|choices| written(&choices, &all_templates(), true))
}

/// Programs that are the same in every run.
pub fn seeded_programs(count: u32, templates: &[&str]) -> Vec<String> {
    let choices = |seed| {
        let mut random = Mt::new(seed);
        (0..120).map(|_| random.next_u32()).collect::<Vec<u32>>()
    };
    (0..count).map(|seed| written(&choices(seed), templates, false)).collect()
}

/// The program that some numbers choose: leaves first where they are needed, then lines that use
/// them, and a last line that is a single number. Numbers that are missing count as 0.
fn written(choices: &[u32], templates: &[&str], is_strange: bool) -> String {
    let mut writer = Writer { is_strange, choices: choices.iter(), lines: Vec::new(), shapes: Vec::new() };
    let shape = writer.shape();
    writer.leaf(&shape);
    for _ in 0..1 + writer.below(6) {
        let template = templates[writer.below(templates.len())];
        writer.line(template);
    }
    let tensors = writer.tensors();
    let ((name, shape), other) = (&tensors[tensors.len() - 1], &tensors[writer.below(tensors.len())].0);
    let weights = writer.leaf(shape);
    writer.lines.push(format!("out = sum({name}*{weights}) + mean({other})"));
    writer.lines.join("; ")
}

/// The numbers beside ordinary ones in strange programs; four in five are ordinary.
const STRANGE: [&str; 8] = ["1/0", "-1/0", "0/0", "1.7e308", "-1e308", "5e-324", "-0", "1e-300"];

struct Writer<'c> {
    is_strange: bool,
    choices: std::slice::Iter<'c, u32>,
    lines: Vec<String>,
    shapes: Vec<(String, Vec<usize>)>,
}

impl Writer<'_> {
    fn below(&mut self, count: usize) -> usize {
        self.choices.next().map_or(0, |&number| number as usize % count.max(1))
    }

    /// The names and shapes of all but labels.
    fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        self.shapes.iter().filter(|(name, _)| name.starts_with('t')).cloned().collect()
    }

    /// Few are empty, and many have a size of 1 somewhere.
    fn size(&mut self) -> usize {
        [2, 1, 3, 1, 2, 4, 3, 2, 3, 1, 2, 4, 3, 2, 3, 1, 2, 4, 3, 0][self.below(20)]
    }

    fn shape(&mut self) -> Vec<usize> {
        let rank = [2, 1, 0, 3, 2, 1, 3, 4][self.below(8)];
        (0..rank).map(|_| self.size()).collect()
    }

    /// Appends a line without names, and returns its name.
    fn leaf(&mut self, shape: &[usize]) -> String {
        let sizes = joined(shape);
        let seed = self.below(100);
        let text = match self.below(8) {
            _ if shape.contains(&0) => format!("zeros({sizes})"),
            1 => format!("normal({sizes}{}seed={seed})", comma(shape)),
            2 => format!("uniform({sizes}{}low=-1, high=2, seed={seed})", comma(shape)),
            3 if !shape.is_empty() => format!("kaiming({sizes}, seed={seed})"),
            4 => format!("ones({sizes})"),
            _ => self.literal(shape),
        };
        self.push('t', &text, shape)
    }

    fn literal(&mut self, shape: &[usize]) -> String {
        let Some((&size, inner)) = shape.split_first() else {
            let number = self.below(6_000) as f64 / 1_000.0;
            if self.is_strange && self.below(5) == 0 {
                return STRANGE[self.below(STRANGE.len())].to_owned();
            }
            return if self.below(2) == 0 { number } else { -number }.to_string();
        };
        format!("[{}]", (0..size).map(|_| self.literal(inner)).collect::<Vec<_>>().join(", "))
    }

    /// Whole numbers below a limit: what chooses rows or classes. Their names begin with `k`.
    fn labels(&mut self, shape: &[usize], below: usize) -> String {
        let numbers: Vec<usize> = (0..count(shape)).map(|_| self.below(below)).collect();
        let text = if shape.is_empty() { joined(&numbers) } else { nested(&numbers, shape) };
        self.push('k', &if shape.contains(&0) { format!("zeros({})", joined(shape)) } else { text }, shape)
    }

    fn push(&mut self, letter: char, text: &str, shape: &[usize]) -> String {
        let name = format!("{letter}{}", self.lines.len());
        self.lines.push(format!("{name} = {text}"));
        self.shapes.push((name.clone(), shape.to_vec()));
        name
    }

    /// Appends a line, unless its tensors do not fit or it has too many numbers.
    fn line(&mut self, template: &str) {
        let operand = self.operand(template);
        let text = self.written(template, operand);
        let program = Program::parse(&text).unwrap_or_else(|error| panic!("{}", error.pointed(&text)));
        let known: Vec<(&str, Vec<usize>)> =
            self.shapes.iter().map(|(name, shape)| (name.as_str(), shape.clone())).collect();
        if let Ok(lowered) = lower(&program, &known)
            && count(&lowered.shape) <= MOST
        {
            self.push('t', &text, &lowered.shape);
        }
    }

    /// The place of a tensor that the template can take, the last ones more often than others.
    fn operand(&mut self, template: &str) -> usize {
        let ranks = match template {
            _ if template.contains('S') => 2..=3,
            _ if template.contains('V') => 1..=1,
            _ if template.contains(['X', 'Z', 'I', 'L', 'M']) => 1..=4,
            _ => 0..=4,
        };
        let fits =
            |place: &usize| self.shapes[*place].0.starts_with('t') && ranks.contains(&self.shapes[*place].1.len());
        let fitting: Vec<usize> = (0..self.shapes.len()).filter(fits).collect();
        if fitting.is_empty() {
            let shape: Vec<usize> =
                (0..*ranks.end()).map(|_| self.size().max(1) + usize::from(*ranks.end() > 1)).collect();
            self.leaf(&shape);
            return self.shapes.len() - 1;
        }
        let back = self.below(fitting.len()).min(self.below(fitting.len()));
        fitting[fitting.len() - 1 - back]
    }

    /// A template with a tensor in the place of `A`, `S` or `V`, and what suits it in the places of
    /// the other capitals.
    fn written(&mut self, template: &str, operand: usize) -> String {
        let (name, shape) = self.shapes[operand].clone();
        let axis = self.below(shape.len());
        let letters = template.chars().map(|letter| match letter {
            'A' | 'S' | 'V' => name.clone(),
            'B' => self.partner(&shape),
            'C' => self.beside(&shape, axis),
            'M' => self.matrix(&shape),
            'K' => self.kernels(&shape),
            'I' => self.rows(shape[0]),
            'L' => self.classes(&shape),
            'P' => self.below(3).to_string(),
            'T' | 'W' => (1 + self.below(3)).to_string(),
            'X' => axis.to_string(),
            'Y' => self.axes(&shape),
            'Z' => self.slices(&shape),
            'R' => self.sizes(&shape),
            other => other.to_string(),
        });
        letters.collect()
    }

    /// A tensor that is there, or one with the same shape but for sizes of 1.
    fn partner(&mut self, shape: &[usize]) -> String {
        if self.below(2) == 0 {
            let tensors = self.tensors();
            return tensors[self.below(tensors.len())].0.clone();
        }
        let missing = self.below(3).saturating_sub(1).min(shape.len());
        let shape: Vec<usize> =
            shape[missing..].iter().map(|&size| if self.below(4) == 0 { 1 } else { size }).collect();
        self.leaf(&shape)
    }

    /// The same shape but for the size of one axis.
    fn beside(&mut self, shape: &[usize], axis: usize) -> String {
        let mut shape = shape.to_vec();
        shape[axis] = self.size();
        self.leaf(&shape)
    }

    /// What stands on the right of `@`.
    fn matrix(&mut self, shape: &[usize]) -> String {
        let columns = self.size();
        self.leaf(&[shape[shape.len() - 1], columns])
    }

    fn kernels(&mut self, shape: &[usize]) -> String {
        let outputs = 1 + self.below(2);
        let sizes: Vec<usize> = shape[1..].iter().map(|_| 1 + self.below(3)).collect();
        self.leaf(&[&[outputs, shape[0]], sizes.as_slice()].concat())
    }

    fn rows(&mut self, rows: usize) -> String {
        let shape: Vec<usize> = (0..self.below(3)).map(|_| 1 + self.below(3)).collect();
        self.labels(&shape, rows)
    }

    fn classes(&mut self, shape: &[usize]) -> String {
        let axis = usize::from(shape.len() == 2);
        let others = [&shape[..axis], &shape[axis + 1..]].concat();
        self.labels(&others, shape[axis])
    }

    /// One axis, counted from the front or from the end, or several.
    fn axes(&mut self, shape: &[usize]) -> String {
        let rank = shape.len() as i64;
        let first = self.below(shape.len()) as i64;
        match self.below(3) {
            0 => first.to_string(),
            1 => (first - rank.max(1)).to_string(),
            _ => format!("({first}, {})", (first + 1 + self.below(2) as i64) % rank.max(2)),
        }
    }

    fn slices(&mut self, shape: &[usize]) -> String {
        let axes = 1 + self.below(shape.len());
        let slices = shape[..axes].iter().map(|&size| {
            let [first, last] = [self.below(size), self.below(size + 1)].map(|place| place as i64);
            match self.below(5) {
                0 => first.to_string(),
                1 => format!("{}", first - size.max(1) as i64),
                2 => format!("{first}:"),
                3 => format!(":{}", last - size as i64),
                _ => format!("{first}:{last}"),
            }
        });
        slices.collect::<Vec<_>>().join(", ")
    }

    fn sizes(&mut self, shape: &[usize]) -> String {
        let mut sizes: Vec<String> = shape.iter().rev().map(usize::to_string).collect();
        match self.below(3) {
            0 => "-1".to_owned(),
            1 if !sizes.is_empty() => {
                let place = self.below(sizes.len());
                sizes[place] = "-1".to_owned();
                sizes.join(", ")
            }
            _ => [&["1".to_owned()], sizes.as_slice()].concat().join(", "),
        }
    }
}

fn joined(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn comma(shape: &[usize]) -> &'static str {
    if shape.is_empty() { "" } else { ", " }
}

/// Numbers row by row as a list of lists.
fn nested(numbers: &[usize], shape: &[usize]) -> String {
    match shape {
        [] => joined(numbers),
        [size, ..] => {
            let rows = numbers.chunks((numbers.len() / size.max(&1)).max(1));
            format!("[{}]", rows.map(|row| nested(row, &shape[1..])).collect::<Vec<_>>().join(", "))
        }
    }
}

#[track_caller]
fn check_all_occur<'n>(names: impl Iterator<Item = &'n str>, sources: &[String]) {
    for name in names {
        assert!(sources.iter().any(|source| source.contains(&format!("{name}("))), "no program calls {name}");
    }
}

/// Every operation is somewhere in a line that fits.
#[test]
fn every_operation_occurs() {
    let sources = seeded_programs(500, &all_templates());
    check_all_occur(TENSOR_FUNCTIONS.iter().map(|function| function.name), &sources);
    let signs = ["gt", "ge", "lt", "le", "eq", "ne"];
    check_all_occur(FUNCTIONS.iter().map(|function| function.name).filter(|name| !signs.contains(name)), &sources);
    for sign in [" > ", " >= ", " < ", " <= ", " == ", " != ", " @ ", "^tanh", "^-1.5", "[t", " - ", "/("] {
        assert!(sources.iter().any(|source| source.contains(sign)), "no program has {sign}");
    }
}

/// Operations on the tensors `a` and `b`, which have three numbers each.
const BODIES: [&str; 20] = [
    "a + b",
    "a*b",
    "a/b",
    "exp(a)",
    "log(a)",
    "tanh(a)",
    "sigmoid(a)",
    "relu(a)",
    "softmax(a)",
    "log_softmax(a)",
    "max(a)",
    "max(a, b)",
    "norm(a)",
    "a @ b",
    "where(a > b, a, b)",
    "cross_entropy(a, 1)",
    "argmax(a) + a",
    "mean(a)",
    "maxpool(reshape(a, 1, 3), 2)",
    "conv(reshape(a, 1, 3), reshape(b, 1, 1, 3))",
];

/// Each of them with each number that is not finite, or nearly so.
pub fn not_finite() -> Vec<String> {
    let numbers = ["1/0", "-1/0", "0/0", "1e308", "5e-324"];
    let source = |number, body| format!("a = [1, {number}, -2]; b = [{number}, 0, 3]; out = sum({body})");
    numbers.iter().flat_map(|number| BODIES.map(|body| source(number, body))).collect()
}
