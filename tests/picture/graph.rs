//! What the computational graph shows, and that nothing in it lies on anything else.

use downhill::autodiff::Phase;
use downhill::autodiff::engine::Interpreter;
use downhill::formula::Program;
use downhill::learn::{Column, Data, Model, OperationPasses};
use downhill::picture::{Bounds, Diagram, Kind, Layout, Node, Theme, draw_graph, extent, layout, svg};

use crate::deck::{self, node};
use crate::drawing::of_graph;
use crate::snapshot;

/// All boxes of a layout: nodes and texts.
fn boxes(layout: &Layout) -> Vec<Bounds> {
    let texts = layout.edges.iter().flat_map(|edge| edge.name.into_iter().chain([edge.value, edge.gradient]));
    layout.nodes.iter().copied().chain(texts).collect()
}

/// The box without a rim, for what may touch but not enter.
fn core(bounds: &Bounds) -> Bounds {
    let rim = 0.5;
    Bounds { left: bounds.left + rim, top: bounds.top + rim, right: bounds.right - rim, bottom: bounds.bottom - rim }
}

/// Points along a line, close to each other.
fn along(path: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    path.windows(2).flat_map(|pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        (0..=20).map(move |k| {
            let part = f64::from(k) / 20.0;
            (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
        })
    })
}

#[track_caller]
fn check(diagram: &Diagram, width: f64, height: f64) {
    let layout = layout(diagram, width, height);
    let boxes: Vec<_> = boxes(&layout).iter().map(core).collect();
    for (k, one) in boxes.iter().enumerate() {
        assert!(one.left >= 0.0 && one.right <= width, "{one:?} leaves {width}: {diagram:?}");
        assert!(one.top >= 0.0 && one.bottom <= height, "{one:?} leaves {height}: {diagram:?}");
        let other = boxes[..k].iter().find(|other| other.overlaps(one));
        assert!(other.is_none(), "{one:?} lies on {other:?}: {diagram:?}");
    }
    for edge in &layout.edges {
        let ends = [Some(edge.from), edge.to.map(|(node, _)| node)];
        let mut others = boxes.iter().enumerate().filter(|(k, _)| !ends.contains(&Some(*k)));
        let hit = others.find(|(_, bounds)| along(&edge.path).any(|point| bounds.contains(point)));
        assert!(hit.is_none(), "{edge:?} enters {hit:?}: {diagram:?}");
    }
}

/// A random program of this many nodes, each of which is used if it can be.
fn random_diagram(seed: &mut u64, count: usize) -> Diagram {
    let mut below = |end: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*seed >> 33) % end as u64) as usize
    };
    let labels = ["×", "−", "+", "( )²", "exp", "sigmoid", "a_rather_long_name"];
    let kinds = [Kind::Data, Kind::Parameter, Kind::Constant];
    let nodes = (0..count).map(|k| match below(3) {
        0 if k + 1 < count => node(["x", "w", "2", "hours"][below(4)], kinds[below(3)], &[]),
        _ => {
            let arity = if k == 0 { 0 } else { 1 + below(3) };
            let inputs: Vec<_> = (0..arity).map(|_| below(k)).collect();
            let name = (below(2) == 0).then(|| ["ŷ", "loss", "prediction_of_y"][below(3)].to_owned());
            Node { name, ..node(labels[below(7)], Kind::Operation, &inputs) }
        }
    });
    Diagram::new(nodes.collect()).unwrap()
}

#[test]
fn nothing_overlaps_in_the_decks_graph() {
    let diagram = deck::diagram();
    for width in [328, 420, 700, 1200] {
        check(&diagram, f64::from(width), extent(&diagram).height_at(f64::from(width)));
        of_graph(&diagram, width).check();
    }
}

#[test]
fn nothing_overlaps_in_random_graphs() {
    let mut seed = 1;
    for k in 0..300 {
        let diagram = random_diagram(&mut seed, 1 + k % 12);
        let extent = extent(&diagram);
        check(&diagram, extent.natural_width, extent.height);
        check(&diagram, extent.least_width, extent.height);
        check(&diagram, 328.0, 100.0);
    }
}

#[test]
fn the_decks_graph_stands_as_in_the_deck() {
    let Layout { nodes, edges, .. } = layout(&deck::diagram(), 700.0, 150.0);
    let [x, w, times, y, minus, square] = [0, 1, 2, 3, 4, 5].map(|k| nodes[k].center());
    assert_eq!(x.0, w.0);
    assert_eq!(times.0, y.0);
    assert!(x.0 < times.0 && times.0 < minus.0 && minus.0 < square.0);
    let level = |a: f64, b: f64| assert!((a - b).abs() < 0.1, "{a} and {b}");
    level(times.1, minus.1);
    level(minus.1, square.1);
    level((x.1 + w.1) / 2.0, times.1);
    assert!(x.1 < w.1 && times.1 < y.1);
    let arrivals: Vec<_> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let stub = (5, None);
    let inner = [(0, Some((2, 0))), (1, Some((2, 1))), (2, Some((4, 0))), (3, Some((4, 1)))];
    assert_eq!(arrivals, [&inner[..], &[(4, Some((5, 0))), stub]].concat());
}

#[test]
fn values_stand_above_their_edge_and_gradients_below() {
    for edge in layout(&deck::diagram(), 700.0, 150.0).edges {
        let middle = edge.value.center().0;
        let near = |p: &&(f64, f64)| p.0 <= middle;
        let line = edge.path.iter().rev().find(near).unwrap().1;
        assert!(edge.value.bottom < line && line < edge.gradient.top, "{edge:?}");
    }
}

#[test]
fn values_are_blue_and_gradients_vermilion() {
    let drawing = of_graph(&deck::diagram(), 700);
    let of = |color: &str| -> Vec<String> {
        let texts = drawing.texts().into_iter().filter(|written| written.color == color);
        texts.map(|written| written.text).collect()
    };
    assert_eq!(of("#0062A8"), ["1", "1", "1", "2", "−1", "1"]);
    assert_eq!(of("#B84A00"), ["−2", "−2", "−2", "2", "−2", "1"]);
    assert_eq!(of("#007A58"), ["w"]);
    assert_eq!(of("#1B1F24"), ["ŷ", "s", "loss", "x", "×", "y", "−", "( )²"]);
}

#[test]
fn the_place_of_a_number_that_is_not_computed_is_empty() {
    let bare = Diagram::new(deck::bare_nodes()).unwrap();
    assert_eq!(of_graph(&bare, 700).words(), ["ŷ", "s", "loss", "x", "w", "×", "y", "−", "( )²"]);
}

#[test]
fn numbers_never_move_anything() {
    let mut nodes = deck::nodes();
    nodes.iter_mut().for_each(|node| node.value = Some(-1.234_567e-300));
    let other = Diagram::new(nodes).unwrap();
    assert_eq!(layout(&other, 420.0, 150.0), layout(&deck::diagram(), 420.0, 150.0));
    of_graph(&other, 328).check();
}

/// The value of x as it is written in the deck's graph at a width.
#[track_caller]
fn check_number(width: u32, value: f64, expected: &str) {
    let mut nodes = deck::nodes();
    nodes[0].value = Some(value);
    let drawing = of_graph(&Diagram::new(nodes).unwrap(), width);
    drawing.check();
    assert_eq!(drawing.words()[0], expected);
}

#[test]
fn numbers_have_four_digits_where_there_is_room() {
    check_number(700, 0.1 + 0.2, "0.3");
    check_number(700, -0.0, "0");
    check_number(700, -16.228_8, "−16.23");
    check_number(700, 4.919_240_100_095_999, "4.919");
    check_number(700, 0.000_123_456, "0.0001235");
    check_number(700, 12345.678, "12346");
    check_number(700, 9.999_96, "10");
    check_number(700, -1.234_56e-5, "−1.235e−5");
    check_number(700, 1.5e300, "1.5e300");
    check_number(700, f64::INFINITY, "∞");
    check_number(700, f64::NEG_INFINITY, "−∞");
}

#[test]
fn numbers_have_fewer_digits_where_there_is_not() {
    check_number(328, -16.228_8, "−16.2");
    check_number(328, -0.123_456, "−0.12");
    check_number(328, -12345.678, "−1e4");
    check_number(328, -1.234_56e-5, "−1e−5");
    check_number(328, -1.234_56e-300, "−1e−300");
}

#[test]
fn every_use_of_a_value_has_its_own_gradient() {
    let mut nodes = vec![node("w", Kind::Parameter, &[]), node("×", Kind::Operation, &[0, 0])];
    nodes[1].inputs[0].gradient = Some(3.0);
    nodes[1].inputs[1].gradient = Some(4.0);
    let words = of_graph(&Diagram::new(nodes).unwrap(), 400).words();
    assert_eq!(words, ["3", "4", "w", "×"]);
}

#[test]
fn operands_keep_their_order_from_top_to_bottom() {
    let leaves = ["a", "b"].map(|label| node(label, Kind::Data, &[]));
    let minus = node("−", Kind::Operation, &[1, 0]);
    let diagram = Diagram::new([&leaves[..], &[minus]].concat()).unwrap();
    let edges = layout(&diagram, 300.0, 120.0).edges;
    assert_eq!((edges[0].from, edges[1].from), (1, 0));
    assert!(edges[0].value.top < edges[1].value.top);
}

#[test]
fn a_graph_may_have_one_leaf_or_no_nodes() {
    for nodes in [vec![], vec![node("w", Kind::Parameter, &[])]] {
        let diagram = Diagram::new(nodes).unwrap();
        check(&diagram, 300.0, 100.0);
        of_graph(&diagram, 300).check();
    }
}

#[test]
fn a_picture_without_room_is_not_an_error() {
    let theme = Theme::light();
    for (width, height) in [(0, 0), (1, 1), (0, 100), (100, 0), (30, 400), (1000, 5)] {
        let drawn = svg(width, height, &theme, |area| draw_graph(area, &deck::diagram(), &theme));
        assert!(!drawn.unwrap().contains("NaN"));
    }
}

/// A chain in which every node also takes in the very first one.
fn chain(count: usize) -> Vec<Node> {
    let link = |k: usize| node("+", Kind::Operation, &[k - 1, 0]);
    [node("x", Kind::Data, &[])].into_iter().chain((1..count).map(link)).collect()
}

#[test]
fn the_largest_graph_is_laid_out() {
    let diagram = Diagram::new(chain(400)).unwrap();
    let layout = layout(&diagram, extent(&diagram).natural_width, extent(&diagram).height);
    assert_eq!((layout.nodes.len(), layout.edges.len()), (400, 799));
}

#[track_caller]
fn check_error(nodes: Vec<Node>, expected: &str) {
    assert_eq!(Diagram::new(nodes).unwrap_err().to_string(), expected);
}

#[test]
fn invalid_diagrams_are_refused_with_a_message() {
    check_error(
        chain(401),
        "The graph has 401 nodes, and a picture shows at most 400. \
         Shorten the formula to see its graph.",
    );
    check_error(
        vec![node("x", Kind::Data, &[]), node("sum", Kind::Operation, &[0; 801])],
        "The graph has 801 edges, and a picture shows at most 800. \
         Shorten the formula to see its graph.",
    );
    check_error(
        vec![node("+", Kind::Operation, &[0])],
        "Node 0 takes its input from node 0, which does not come before it. \
         List the nodes in the order in which they are computed.",
    );
}

/// A graph that is too large is drawn with a node for each of its lines.
#[test]
fn the_lines_of_a_large_graph_are_folded() {
    use downhill::autodiff::{Sweep, lower};
    use downhill::formula::Program;
    let source = format!("a = {}\nb = a*w\nloss = b^2 + a", vec!["x*w"; 300].join(" + "));
    let graph = lower(&Program::parse(&source).unwrap(), &["x"]);
    let mut sweep = Sweep::new(&graph);
    sweep.values[..2].copy_from_slice(&[0.5, 2.0]);
    sweep.forward(&graph);
    sweep.backward(&graph);
    let diagram = Diagram::of(&graph, &sweep, 1).unwrap();
    let shown: Vec<_> =
        diagram.nodes().iter().map(|node| (node.label.as_str(), node.name.as_deref(), node.value)).collect();
    let expected = [
        ("x", None, Some(0.5)),
        ("w", None, Some(2.0)),
        ("ƒ", Some("a"), Some(300.0)),
        ("ƒ", Some("b"), Some(600.0)),
        ("ƒ", Some("loss"), Some(360_300.0)),
    ];
    assert_eq!(shown, expected);
    let inputs: Vec<Vec<usize>> =
        diagram.nodes().iter().map(|node| node.inputs.iter().map(|input| input.from).collect()).collect();
    assert_eq!(inputs, [vec![], vec![], vec![0, 1], vec![1, 2], vec![2, 3]]);
    check(&diagram, 800.0, 300.0);
}

/// A small network with the numbers of a sample; the shapes of its tensors have rank 0, 1 and 2.
fn network(phase: Phase) -> Diagram {
    let program = Program::parse("h = tanh(W @ x + b)\nloss = (sum(v*h) - y)^2").unwrap();
    let column = Column { shape: vec![2], ..Column::numbers("x", [1.0, -2.0]) };
    let data = Data::new(vec![column, Column::numbers("y", [1.0])]).unwrap();
    let shapes = [("W", vec![3, 2]), ("b", vec![3]), ("v", vec![3])];
    let model = Model::with_shapes(program, data, &shapes).unwrap();
    let parameters = [0.5, -1.0, 0.25, 0.0, -0.75, 1.0, 0.1, 0.2, 0.3, 1.0, -1.0, 2.0];
    let nodes = OperationPasses::of(&model, Interpreter::new).unwrap().at(&[1.0, -2.0, 1.0], &parameters);
    Diagram::of_tensors(&nodes, model.columns(), phase).unwrap()
}

#[test]
fn tensors_are_heat_maps() {
    for (name, phase) in [("graph-tensors", Phase::Update), ("graph-tensors-backward", Phase::Backward(4))] {
        let (diagram, theme) = (network(phase), Theme::light().scaled(2.0));
        let height = extent(&diagram).height_at(900.0).ceil() as u32;
        snapshot::check(name, &svg(900, height, &theme, |area| draw_graph(area, &diagram, &theme)).unwrap());
    }
}

/// The ranges that the legend writes are those of all numbers, at every phase.
#[test]
fn the_colours_stay_from_phase_to_phase() {
    let whole = network(Phase::Update);
    let [values, gradients] = whole.ranges().map(Option::unwrap);
    let numbers = |diagram: &Diagram| {
        let tensors = diagram.nodes().iter().filter(|node| node.numbers.len() > 1);
        tensors.flat_map(|node| node.numbers.clone()).collect::<Vec<f64>>()
    };
    let all = numbers(&whole);
    assert_eq!(
        (values.least, values.most),
        (all.iter().copied().fold(0.0, f64::min), all.iter().copied().fold(0.0, f64::max))
    );
    assert!(gradients.least < 0.0 && gradients.most > 0.0);
    for phase in [Phase::Forward(0), Phase::Forward(3), Phase::Backward(0), Phase::Backward(5)] {
        assert_eq!(network(phase).ranges(), whole.ranges());
    }
    assert_eq!(numbers(&network(Phase::Forward(0))).len(), 2 + 6 + 3 + 3);
}

/// Texts and heat maps never overlap, whatever the shapes are.
#[test]
fn heat_maps_have_room_of_their_own() {
    let shapes: [&[usize]; 7] = [&[1], &[5], &[400], &[3, 4], &[200, 7], &[16, 8, 8], &[16, 8, 3, 3]];
    for shape in shapes {
        let tensor = |node: Node| Node { shape: shape.to_vec(), ..node };
        let leaf = |label: &str, kind| tensor(node(label, kind, &[]));
        let sum = Node { name: Some("h".to_owned()), ..tensor(node("+", Kind::Operation, &[0, 1])) };
        let nodes = vec![leaf("x", Kind::Data), leaf("W", Kind::Parameter), sum, node("sum", Kind::Operation, &[2])];
        let diagram = Diagram::new(nodes).unwrap();
        let laid = layout(&diagram, 700.0, extent(&diagram).height_at(700.0));
        let places = laid.edges.iter().flat_map(|edge| [edge.value, edge.gradient].into_iter().chain(edge.name));
        let boxes: Vec<Bounds> = laid.nodes.iter().copied().chain(places).collect();
        for (place, bounds) in boxes.iter().enumerate() {
            assert!(boxes[..place].iter().all(|other| !bounds.overlaps(other)), "{shape:?} {bounds:?}");
            assert!(bounds.left >= 0.0 && bounds.top >= 0.0 && bounds.right <= 700.0, "{shape:?} {bounds:?}");
        }
    }
}
