//! Other runs' losses behind the curve, for comparison.

use super::super::axis::Scale;
use super::super::geometry::Point;
use super::series::is_drawable;

/// How many times as high as its first loss a line with a name may rise.
const ROOM: f64 = 4.0;

/// The losses of another run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ghost {
    /// Increasing steps on the curve's own axis, with their losses. Any numbers are allowed; those
    /// that are not finite are left out of the line.
    pub points: Vec<Point>,
    /// Whether the pointer is on it.
    pub chosen: bool,
    /// What stands on its line in the place of a number.
    pub name: Option<String>,
}

impl Ghost {
    /// The range of its losses that must fit in the picture: up to its first loss, or some times as
    /// much for a line with a name, so that a run that diverges leaves at the top and does not
    /// flatten the others.
    pub(super) fn span(&self, scale: Scale) -> Option<(f64, f64)> {
        let mut drawable = self.points.iter().map(|point| point.1).filter(|&loss| is_drawable(loss, scale));
        let first = drawable.next()?;
        let most = if self.name.is_some() { ROOM * first.abs() } else { first };
        Some(drawable.fold((first, first), |(low, high), loss| (low.min(loss), high.max(loss.min(most)))))
    }

    /// Whether it is drawn as strongly as the axes' text.
    pub(super) fn stands_out(&self) -> bool {
        self.chosen || self.name.is_some()
    }

    /// Its last step.
    pub(super) fn last(&self) -> f64 {
        self.points.iter().map(|point| point.0).filter(|step| step.is_finite()).fold(0.0, f64::max)
    }

    /// Its parts without a gap.
    pub(super) fn stretches(&self, scale: Scale) -> impl Iterator<Item = &[Point]> {
        let fits = move |&(step, loss): &Point| step.is_finite() && is_drawable(loss, scale);
        self.points.split(move |point| !fits(point)).filter(|stretch| !stretch.is_empty())
    }
}

/// Both ranges together.
pub(super) fn joined(one: Option<(f64, f64)>, other: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (one, other) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (one, other) => one.or(other),
    }
}

/// The parts of a line that lie below a height on the screen; the line is cut where it crosses this
/// height.
pub(super) fn below(line: &[Point], top: f64) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = vec![Vec::new()];
    for (place, &point) in line.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| line[place]);
        if let Some(crossing) = before.and_then(|before| crossing(before, point, top)) {
            parts.last_mut().into_iter().for_each(|part| part.push(crossing));
            if point.1 < top {
                parts.push(Vec::new());
            }
        }
        if point.1 >= top {
            parts.last_mut().into_iter().for_each(|part| part.push(point));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The point at which a piece of a line crosses a height.
fn crossing(from: Point, to: Point, top: f64) -> Option<Point> {
    let part = (top - from.1) / (to.1 - from.1);
    ((from.1 < top) != (to.1 < top)).then_some((from.0 + part * (to.0 - from.0), top))
}

/// The number of points of a line that are tried as the place of its number.
const LOOKS: usize = 40;
/// The distance that a number needs from other lines.
pub(super) const CLEAR: f64 = 18.0;

/// The place of each ghost's number on its line: the first place that is clear of other lines and
/// numbers, or the clearest. Nothing for a line without a point, or if other numbers leave no room.
/// Numbers or names need the distance `clear` from each other, and lie between two places of the
/// horizontal axis.
pub(super) fn number_places(
    ghosts: &[Vec<Point>],
    own: &[Point],
    clear: f64,
    (first, last): (f64, f64),
) -> Vec<Option<Point>> {
    let looks: Vec<Vec<Point>> = ghosts.iter().map(|line| spread(line)).collect();
    let own = spread(own);
    let mut taken: Vec<Point> = Vec::new();
    let mut places = Vec::new();
    for (index, line) in looks.iter().enumerate() {
        let others = || looks.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, line)| line);
        let from = |at: Point, points: &mut dyn Iterator<Item = &Point>| {
            points.map(|other| (at.0 - other.0).hypot(at.1 - other.1)).fold(clear, f64::min)
        };
        // Two runs may be equal; then at least their numbers are apart.
        let clearance = |at: Point| (from(at, &mut taken.iter()), from(at, &mut others().chain(&own)));
        let less = |a: (f64, f64), b: (f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        // If several places are equally clear, the first is taken.
        let inside = line.iter().rev().copied().filter(|at| (first..=last).contains(&at.0));
        let place = inside.max_by(|a, b| less(clearance(*a), clearance(*b)));
        let place = place.filter(|&at| clearance(at).0 >= clear);
        taken.extend(place);
        places.push(place);
    }
    places
}

/// Equally spaced points along a line.
fn spread(line: &[Point]) -> Vec<Point> {
    let length = |pair: &[Point]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let stride = line.windows(2).map(length).sum::<f64>() / LOOKS as f64;
    let (mut places, mut walked) = (line.first().copied().into_iter().collect::<Vec<_>>(), 0.0);
    for pair in line.windows(2) {
        let (start, end) = (walked, walked + length(pair));
        while (places.len() as f64) * stride <= end && stride > 0.0 && places.len() <= LOOKS {
            let part = (places.len() as f64 * stride - start) / (end - start);
            places.push((pair[0].0 + part * (pair[1].0 - pair[0].0), pair[0].1 + part * (pair[1].1 - pair[0].1)));
        }
        walked = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_picture_is_cut_at_its_top() {
        let check = |line: &[Point], parts: &[&[Point]]| assert_eq!(below(line, 10.0), parts);
        check(&[(0.0, 20.0), (10.0, 30.0)], &[&[(0.0, 20.0), (10.0, 30.0)]]);
        check(&[(0.0, 20.0), (10.0, 0.0)], &[&[(0.0, 20.0), (5.0, 10.0)]]);
        check(&[(0.0, 20.0), (10.0, 0.0), (20.0, 20.0)], &[&[(0.0, 20.0), (5.0, 10.0)], &[(15.0, 10.0), (20.0, 20.0)]]);
        check(&[(0.0, 0.0), (10.0, 5.0)], &[]);
    }

    #[test]
    fn numbers_stand_clear_of_other_lines_and_of_each_other() {
        let line = |y: f64| vec![(0.0, 0.0), (100.0, y), (200.0, y)];
        let places =
            number_places(&[line(50.0), line(50.0), line(120.0), Vec::new()], &line(80.0), CLEAR, (0.0, 200.0));
        let known: Vec<Point> = places.iter().flatten().copied().collect();
        assert_eq!((known.len(), places[3]), (3, None));
        for (index, a) in known.iter().enumerate() {
            for b in &known[..index] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) >= CLEAR, "{known:?}");
            }
        }
    }

    #[test]
    fn places_of_a_line_are_spread_over_its_length() {
        let places = spread(&[(0.0, 0.0), (30.0, 40.0), (30.0, 90.0)]);
        assert_eq!((places.len(), places[0]), (LOOKS + 1, (0.0, 0.0)));
        let middle = places[LOOKS / 2];
        assert!((middle.0 - 30.0).abs() < 1e-9 && (middle.1 - 40.0).abs() < 1e-9, "{middle:?}");
    }

    #[test]
    fn a_diverging_run_asks_for_no_more_room_than_where_it_began() {
        let ghost = Ghost { points: vec![(0.0, 4.0), (1.0, 1.0), (2.0, 1e300), (3.0, f64::NAN)], ..Ghost::default() };
        assert_eq!(ghost.span(Scale::Linear), Some((1.0, 4.0)));
        let named = Ghost { name: Some("test".to_owned()), ..ghost.clone() };
        assert_eq!(named.span(Scale::Linear), Some((1.0, 16.0)));
        assert_eq!(ghost.last(), 3.0);
        assert_eq!(ghost.stretches(Scale::Linear).collect::<Vec<_>>(), [&ghost.points[..3]]);
    }
}
