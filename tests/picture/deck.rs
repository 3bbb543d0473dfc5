//! The deck's program: y_hat = x*w, loss = (y_hat - y)^2, with x = 1, 2, 3, y = 2, 4, 6 and w = 1.

use downhill::picture::{Diagram, Input, Kind, Node};

/// The mean loss over the data before the first and after each step, at this learning rate.
pub fn losses(rate: f64, epochs: usize) -> Vec<f64> {
    let data = [(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)];
    let mean = |w: f64| data.iter().map(|(x, y)| (x * w - y).powi(2)).sum::<f64>() / 3.0;
    let mut w = 1.0;
    let mut losses = vec![mean(w)];
    for (x, y) in data.iter().cycle().take(3 * epochs) {
        w -= rate * 2.0 * x * (x * w - y);
        losses.push(mean(w));
    }
    losses
}

/// A node without numbers that takes in these nodes.
pub fn node(label: &str, kind: Kind, inputs: &[usize]) -> Node {
    let inputs =
        inputs.iter().map(|&from| Input { from, gradient: None, factors: None, numbers: Vec::new() }).collect();
    Node {
        label: label.to_owned(),
        name: None,
        kind,
        value: None,
        gradient: None,
        inputs,
        work: None,
        shape: Vec::new(),
        numbers: Vec::new(),
        gradient_is_known: false,
    }
}

/// The nodes of the deck's graph before anything is computed.
pub fn bare_nodes() -> Vec<Node> {
    let named = |name: &str, node: Node| Node { name: Some(name.to_owned()), ..node };
    vec![
        node("x", Kind::Data, &[]),
        node("w", Kind::Parameter, &[]),
        named("ŷ", node("×", Kind::Operation, &[0, 1])),
        node("y", Kind::Data, &[]),
        named("s", node("−", Kind::Operation, &[2, 3])),
        named("loss", node("( )²", Kind::Operation, &[4])),
    ]
}

/// The deck's graph at x = 1, y = 2, w = 1 after the backward pass.
pub fn nodes() -> Vec<Node> {
    let mut nodes = bare_nodes();
    let values = [1.0, 1.0, 1.0, 2.0, -1.0, 1.0];
    let gradients = [-2.0, -2.0, -2.0, 2.0, -2.0, 1.0];
    for (node, (value, gradient)) in nodes.iter_mut().zip(values.iter().zip(gradients)) {
        (node.value, node.gradient) = (Some(*value), Some(gradient));
        node.inputs.iter_mut().for_each(|input| input.gradient = Some(gradients[input.from]));
    }
    nodes
}

/// The deck's graph after the backward pass.
pub fn diagram() -> Diagram {
    Diagram::new(nodes()).unwrap()
}
