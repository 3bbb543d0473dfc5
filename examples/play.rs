use downhill::calculus::*;
use downhill::formula::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    for f in &args {
        let program = Program::parse(f).unwrap();
        let mut pool = Pool::default();
        let root = pool.import_program(&program);
        let w = pool.name("w");
        let text = |pool: &Pool, id| {
            pool.export(id, &|_| Derivative { variable: "w".into(), step: 0 })
                .map(|e| e.to_string())
                .unwrap_or_else(|e| e.to_string())
        };
        match simplify(&mut pool, root) {
            Ok(s) => println!("simplified {} {:?}", text(&pool, s.id), s.conditions),
            Err(e) => println!("{e}"),
        }
        match Derivation::of(&mut pool, root, w) {
            Ok(d) => {
                for l in lines(&mut pool, &d) {
                    println!("  = {}", text(&pool, l));
                }
                match simplify(&mut pool, d.result()) {
                    Ok(s) => println!(
                        "  => {} {:?}",
                        text(&pool, s.id),
                        s.conditions
                            .iter()
                            .map(|c| match c {
                                Condition::NonZero(i) => format!("{} != 0", text(&pool, *i)),
                                Condition::NonNegative(i) => format!("{} >= 0", text(&pool, *i)),
                                Condition::Defined(i) => format!("{} defined", text(&pool, *i)),
                            })
                            .collect::<Vec<_>>()
                    ),
                    Err(e) => println!("{e}"),
                }
            }
            Err(e) => println!("{e}"),
        }
        match roots(&mut pool, root, w, &[("x", 1.0), ("y", 2.0)]) {
            Ok(r) => {
                for r in &r.found {
                    match r {
                        Root::Exact { value, multiplicity, real_where } => println!(
                            "  root {} x{} {:?}",
                            text(&pool, *value),
                            multiplicity,
                            real_where.map(|i| text(&pool, i))
                        ),
                        n => println!("  {n:?}"),
                    }
                }
                println!("  searched {} missing {:?}", r.searched, r.missing)
            }
            Err(e) => println!("{e}"),
        }
    }
}
