//! The data of a network that learns classes of pictures, and its test.

use super::Writer;
use crate::number::repr;

/// Pictures with a class each.
#[derive(Clone, Copy, Debug)]
pub struct Pictures<'p> {
    /// The rows and the columns of a picture.
    pub size: [usize; 2],
    /// What a white pixel is.
    pub levels: f64,
    /// A byte for each pixel, in base64.
    pub pixels: &'p str,
    /// A byte for each label, in base64.
    pub labels: &'p str,
}

impl Writer<'_> {
    pub(super) fn write_pictures(&mut self, pictures: &Pictures<'_>) {
        let (Pictures { size: [rows, columns], levels, pixels, labels }, training) = (*pictures, self.run.training);
        self.write_count("each pixel, row by row");
        self.write_bytes("PICTURES", pixels);
        self.push("# The class of each picture, a byte each.");
        self.write_bytes("LABELS", labels);
        self.write_reader();
        self.push(format!("training = {training}"));
        let pixels = "bytes_of(PICTURES, torch.uint8).to(torch.get_default_dtype())";
        self.push(format!("pictures = {pixels}.reshape(-1, 1, {rows}, {columns}) / {}", repr(levels)));
        self.push("labels = bytes_of(LABELS, torch.uint8).to(torch.get_default_dtype())");
    }

    /// How many pictures there are, and what the bytes of `PICTURES` stand for.
    pub(super) fn write_count(&mut self, each: &str) {
        let test = self.run.test;
        let rest = if test > 0 { format!(", then {test} for the test") } else { String::new() };
        self.push(format!("# {} pictures for training{rest}: a byte for {each}.", self.run.training));
    }

    pub(super) fn test_pictures(&mut self) {
        self.push("with torch.no_grad():");
        let results = self.results();
        self.push(format!("    {results} = torch.vmap(forward)(pictures[training:], labels[training:])"));
        self.push("print(\"test loss\", losses.mean().item())");
        self.write_accuracy("labels[training:]");
    }
}
