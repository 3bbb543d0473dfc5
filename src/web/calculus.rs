//! Derivatives, simplification and roots as plain objects.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::notation::{name_mathml, partial};
use super::object::{Problem, problem, refusal, set};
use super::once::prepare;
use super::report::Report;
use crate::calculus::{self, Calculation, ChainRule, Condition, Error, Pool, Root, SEARCHED, evaluate};
use crate::formula::{Expression, Program};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A formula in the notations in which it is copied. */
export interface Formula { text: string; latex: string; python: string; mathml: string }

/** A line of a derivation. */
export interface FormulaLine { text: string; mathml: string }

/** Texts one after the other with their ends, and the numbers that say what they are. */
export interface PackedReport { text: string; ends: Uint32Array; numbers: Uint32Array }

/** The value of a derivative at one point: step by step, by autodiff and by a central difference. */
export interface PointValues { steps: Float64Array; value: number; derivative: number; autodiff: number; difference: number }

/** A factor of the chain rule: the derivative of one line with respect to a name in it, and its value. */
export interface ChainFactor { symbol: string; text: string; mathml: string; value: number }

/** A root: a formula, or a number with the interval that brackets it. */
export interface FoundRoot { text: string; mathml: string; multiplicity?: number; realWhere?: string; value?: number; low?: number; high?: number }

/** The roots that were found, and whether there may be others. */
export interface FoundRoots { roots: FoundRoot[]; searched: boolean; cut: boolean; interval: [number, number]; missing: string[]; everywhere: boolean }

/** A simplified formula, and the conditions under which it equals the original. */
export interface SimplifiedFormula extends Formula { conditions: string[] }
"#;

#[wasm_bindgen]
extern "C" {
    /// A derivation, packed.
    #[wasm_bindgen(typescript_type = "PackedReport")]
    pub type PackedReport;
    /// The values at one point.
    #[wasm_bindgen(typescript_type = "PointValues")]
    pub type PointValues;
    /// The paths of the chain rule.
    #[wasm_bindgen(typescript_type = "ChainFactor[][]")]
    pub type Paths;
    /// The roots of a formula.
    #[wasm_bindgen(typescript_type = "FoundRoots")]
    pub type FoundRoots;
    /// A simplified formula.
    #[wasm_bindgen(typescript_type = "SimplifiedFormula")]
    pub type SimplifiedFormula;
}

/// The derivative of a program's last line with respect to one variable.
#[wasm_bindgen]
pub struct Calculus {
    source: String,
    program: Program,
    calculation: Calculation,
}

#[wasm_bindgen]
impl Calculus {
    /// Differentiates a program's last line `order` times with respect to `variable`.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str, variable: &str, order: f64) -> Result<Self, Problem> {
        let program = read(model)?;
        let calculation = whole(order)
            .and_then(|order| Calculation::of(&program, variable, order))
            .map_err(|error| of_calculus(&error))?;
        Ok(Self { source: model.to_owned(), program, calculation })
    }

    /// The function, its derivative, lines and steps: texts with their `ends`, and numbers.
    pub fn report(&mut self) -> Result<PackedReport, Problem> {
        let report = Report::of(&mut self.calculation, &self.program).map_err(|error| of_calculus(&error))?;
        Ok(JsValue::from(report).unchecked_into())
    }

    /// The values at one point: a number for each of the `names`.
    pub fn values(&mut self, names: Vec<String>, numbers: &[f64]) -> Result<PointValues, Problem> {
        let values: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(numbers.iter().copied()).collect();
        let simplified = self.calculation.simplified().map_err(|error| of_calculus(&error))?.id;
        let Calculation { pool, function, .. } = &self.calculation;
        let derivation = self.calculation.derivation();
        let all = evaluate(pool, Some(derivation), &values);
        let steps: Vec<f64> = derivation.steps.iter().map(|step| all[step.result as usize]).collect();
        let object = Object::new();
        set(&object, "steps", &js_sys::Float64Array::from(steps.as_slice()));
        set(&object, "value", &all[*function as usize].into());
        set(&object, "derivative", &all[simplified as usize].into());
        let (autodiff, difference) = self.witnesses(&names, numbers)?;
        set(&object, "autodiff", &autodiff.into());
        set(&object, "difference", &difference.into());
        Ok(JsValue::from(object).unchecked_into())
    }
}

/// The chain rule through a program's lines, with the factors' values at one point; if there are
/// too many paths, only the first.
#[wasm_bindgen(js_name = chainRule)]
pub fn chain_rule(model: &str, variable: &str, names: Vec<String>, numbers: &[f64]) -> Result<Paths, Problem> {
    let program = read(model)?;
    let mut pool = Pool::default();
    let rule = ChainRule::of(&mut pool, &program, variable).map_err(|error| of_calculus(&error))?;
    let lines = line_values(model, &names, numbers)?;
    let values: Vec<(&str, f64)> = lines.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let all = evaluate(&pool, None, &values);
    let factor = |link: &calculus::ChainLink| {
        let object = line_of(&pool.written(link.derivative)?);
        set(&object, "symbol", &partial(&name_mathml(&link.of), &name_mathml(&link.by)).into());
        set(&object, "value", &all[link.derivative as usize].into());
        Ok(JsValue::from(object))
    };
    let path = |path: &calculus::Path| path.links.iter().map(factor).collect::<Result<Array, Error>>();
    let paths: Result<Array, Error> = rule.paths.iter().map(path).collect();
    Ok(JsValue::from(paths.map_err(|error| of_calculus(&error))?).unchecked_into())
}

impl Calculus {
    /// The derivative of what the last order differentiates, by autodiff and by a central difference.
    fn witnesses(&self, names: &[String], numbers: &[f64]) -> Result<(f64, f64), Problem> {
        let variable = self.calculation.pool.as_name(self.calculation.variable).unwrap_or_default();
        let before = self.calculation.before_last();
        let text = if before == self.calculation.function {
            self.source.clone()
        } else {
            self.calculation.written(before).map_err(|error| of_calculus(&error))?.to_string()
        };
        let prepared = prepare(&text, &[], names, numbers).map_err(|error| problem(&error, &text))?;
        let (graph, mut sweep) = prepared;
        let Some(place) = graph.variables().iter().position(|name| name == variable) else { return Ok((0.0, 0.0)) };
        sweep.forward(&graph);
        sweep.backward(&graph);
        let autodiff = sweep.gradients[place];
        let here = sweep.values[place];
        // The step that balances the rounding error and the truncation error: the cube root of
        // 2^-52.
        let h = 6e-6 * here.abs().max(1.0);
        let mut at = |x: f64| {
            sweep.values[place] = x;
            sweep.forward(&graph)
        };
        Ok((autodiff, (at(here + h) - at(here - h)) / ((here + h) - (here - h))))
    }
}

/// The values of all names at one point, including the program's lines.
fn line_values(model: &str, names: &[String], numbers: &[f64]) -> Result<Vec<(String, f64)>, Problem> {
    let (graph, mut sweep) = prepare(model, &[], names, numbers).map_err(|error| problem(&error, model))?;
    sweep.forward(&graph);
    let named = (0..graph.len()).filter_map(|node| Some((graph.name(node)?.to_owned(), sweep.values[node])));
    Ok(named.collect())
}

/// The free names of a program.
#[wasm_bindgen(js_name = freeNames)]
pub fn free_names(model: &str) -> Result<Vec<String>, Problem> {
    Ok(read(model)?.free_names().into_iter().map(str::to_owned).collect())
}

/// Simplifies a program's last line.
#[wasm_bindgen]
pub fn simplify(model: &str) -> Result<SimplifiedFormula, Problem> {
    let program = read(model)?;
    let mut pool = Pool::default();
    let id = pool.import_program(&program);
    let simplified = calculus::simplify(&mut pool, id).map_err(|error| of_calculus(&error))?;
    let calculation = Calculation { pool, function: id, variable: id, orders: Vec::new() };
    let expression = calculation.written(simplified.id).map_err(|error| of_calculus(&error))?;
    let object = formula_of(&expression);
    let conditions = in_words(&calculation, &simplified.conditions);
    set(&object, "conditions", &conditions.into_iter().map(JsValue::from).collect::<Array>());
    Ok(JsValue::from(object).unchecked_into())
}

/// The roots of a program's last line in a variable; `names` and `numbers` are the known values of
/// the other names.
#[wasm_bindgen]
pub fn roots(model: &str, variable: &str, names: Vec<String>, numbers: &[f64]) -> Result<FoundRoots, Problem> {
    let program = read(model)?;
    let mut calculation = Calculation::new(&program, variable).map_err(|error| of_calculus(&error))?;
    let Calculation { pool, function, variable, .. } = &mut calculation;
    let values: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(numbers.iter().copied()).collect();
    let found = calculus::roots(pool, *function, *variable, &values).map_err(|error| of_calculus(&error))?;
    let object = Object::new();
    let root = |root: &Root| root_of(&calculation, root).map_err(|error| of_calculus(&error));
    let list = found.found.iter().map(root).collect::<Result<Array, Problem>>()?;
    set(&object, "roots", &list);
    set(&object, "searched", &found.searched.into());
    set(&object, "cut", &found.cut.into());
    set(&object, "interval", &[SEARCHED.0, SEARCHED.1].map(JsValue::from).iter().collect::<Array>());
    set(&object, "missing", &found.missing.into_iter().map(JsValue::from).collect::<Array>());
    set(&object, "everywhere", &found.everywhere.into());
    Ok(JsValue::from(object).unchecked_into())
}

fn root_of(calculation: &Calculation, root: &Root) -> Result<JsValue, Error> {
    let object = match root {
        Root::Exact { value, multiplicity, real_where } => {
            let object = line_of(&calculation.written(*value)?);
            set(&object, "multiplicity", &(*multiplicity as u32).into());
            if let Some(id) = real_where {
                set(&object, "realWhere", &format!("{} ≥ 0", calculation.written(*id)?).into());
            }
            object
        }
        Root::Numeric { value, low, high } => {
            let mut pool = Pool::default();
            let id = pool.number(*value);
            let object = line_of(&pool.written(id)?);
            for (key, number) in [("value", value), ("low", low), ("high", high)] {
                set(&object, key, &(*number).into());
            }
            object
        }
    };
    Ok(object.into())
}

fn read(model: &str) -> Result<Program, Problem> {
    Program::parse_numbers(model).map_err(|error| problem(&error.into(), model))
}

/// An order as a number that a person typed.
fn whole(order: f64) -> Result<usize, Error> {
    let whole = order.fract() == 0.0 && (0.0..1e6).contains(&order);
    if whole { Ok(order as usize) } else { Err(Error::Order(crate::number::repr(order))) }
}

fn of_calculus(error: &Error) -> Problem {
    let field = match error {
        Error::Order(_) => "order",
        Error::UnknownVariable(..) => "by",
        Error::TooLarge | Error::NotSettled(_) => "model",
    };
    refusal(&error.to_string(), field)
}

fn in_words(calculation: &Calculation, conditions: &[Condition]) -> Vec<String> {
    conditions.iter().filter_map(|&condition| calculation.condition(condition).ok()).collect()
}

fn formula_of(expression: &Expression) -> Object {
    let object = line_of(expression);
    set(&object, "latex", &expression.latex().into());
    set(&object, "python", &expression.python().into());
    object
}

fn line_of(expression: &Expression) -> Object {
    let object = Object::new();
    set(&object, "text", &expression.to_string().into());
    set(&object, "mathml", &expression.mathml().into());
    object
}
