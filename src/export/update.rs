//! The update of a parameter as lines of Python.

use crate::learn::{Optimizer, Rule};
use crate::number::repr;

/// The lines that move a parameter.
pub(super) fn update(optimizer: &Optimizer, w: &str, d: &str, [v, s]: [&str; 2]) -> Vec<String> {
    let Optimizer { rule, momentum, nesterov, weight_decay, alpha, betas: [first, second], eps } = *optimizer;
    let (decay, eps) = (repr(weight_decay), repr(eps));
    let mut lines = match rule {
        _ if weight_decay == 0.0 => Vec::new(),
        Rule::AdamW => vec![format!("{w} = {w} * (1.0 - learning_rate * {decay})")],
        _ => vec![format!("{d} = {d} + {decay} * {w}")],
    };
    let kept = |name: &str, beta: f64, what: &str| format!("{name} = {0} * {name} + (1.0 - {0}) * {what}", repr(beta));
    let step = match rule {
        Rule::Sgd if momentum == 0.0 => d.to_owned(),
        Rule::Sgd => {
            lines.push(format!("{v} = {} * {v} + {d}", repr(momentum)));
            if nesterov { format!("({d} + {} * {v})", repr(momentum)) } else { v.to_owned() }
        }
        Rule::Adagrad => {
            lines.push(format!("{s} = {s} + {d} * {d}"));
            format!("({d} / (math.sqrt({s}) + {eps}))")
        }
        Rule::RmsProp => {
            lines.push(kept(s, alpha, &format!("{d} * {d}")));
            lines.push(format!("{v} = {} * {v} + {d} / (math.sqrt({s}) + {eps})", repr(momentum)));
            v.to_owned()
        }
        Rule::Adam | Rule::AdamW => {
            lines.push(kept(v, first, d));
            lines.push(kept(s, second, &format!("{d} * {d}")));
            format!("({v} / (1.0 - power1) / (math.sqrt({s} / (1.0 - power2)) + {eps}))")
        }
    };
    lines.push(format!("{w} = {w} - learning_rate * {step}"));
    lines
}
