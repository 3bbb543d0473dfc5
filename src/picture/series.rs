//! The points of a curve: only finite ones, and no more than a picture can show.

/// A point of a curve: its step, and its value, which is finite.
pub(super) type Sample = (usize, f64);

/// The finite values before the step `end`, with their steps.
pub(super) fn finite(values: &[f64], end: Option<usize>) -> Vec<Sample> {
    let end = end.unwrap_or(values.len()).min(values.len());
    values[..end].iter().copied().enumerate().filter(|(_, value)| value.is_finite()).collect()
}

/// Keeps the first, the least, the greatest and the last point of each column of the picture, so
/// that what is left out could not be seen.
pub(super) fn decimate(samples: &[Sample], columns: usize) -> Vec<Sample> {
    let columns = columns.max(1);
    if samples.len() <= 4 * columns {
        return samples.to_vec();
    }
    samples.chunks(samples.len().div_ceil(columns)).flat_map(extremes).collect()
}

fn extremes(chunk: &[Sample]) -> Vec<Sample> {
    let by_value = |a: &&Sample, b: &&Sample| a.1.total_cmp(&b.1);
    let least = chunk.iter().min_by(by_value);
    let greatest = chunk.iter().max_by(by_value);
    let mut kept: Vec<Sample> = [chunk.first(), least, greatest, chunk.last()].into_iter().flatten().copied().collect();
    kept.sort_by_key(|&(step, _)| step);
    kept.dedup();
    kept
}
