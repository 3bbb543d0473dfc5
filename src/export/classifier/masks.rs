//! The data of a network that gives each pixel a class, and its test.

use super::Writer;
use crate::number::repr;

/// Pictures with a class for some of their pixels.
#[derive(Clone, Copy, Debug)]
pub struct Masks<'m> {
    /// The channels, rows and columns of a picture, without those for the place of a pixel.
    pub size: [usize; 3],
    /// Whether two channels more have the row and the column of each pixel, from 0 to 1.
    pub has_places: bool,
    /// How many classes there are.
    pub classes: usize,
    /// What a byte of a picture is divided by.
    pub levels: f64,
    /// A byte for each number of a picture, in base64.
    pub pixels: &'m str,
    /// A byte for each pixel, in base64: its class, counted from 1, or 0 where none is known.
    pub classified: &'m str,
    /// How much a pixel of each class counts in the loss of each picture: little-endian doubles in
    /// base64.
    pub shares: &'m str,
}

impl Writer<'_> {
    pub(super) fn write_masks(&mut self, masks: &Masks<'_>) {
        let (Masks { size: [channels, rows, columns], classes, .. }, training) = (*masks, self.run.training);
        self.write_count("each number, channel by channel");
        self.write_bytes("PICTURES", masks.pixels);
        self.push("# The class of each pixel, a byte each: from 1 on, and 0 where none is known.");
        self.write_bytes("CLASSES", masks.classified);
        self.push("# How much a pixel of each class counts in the loss of each picture: eight bytes each.");
        self.write_bytes("SHARES", masks.shares);
        self.write_reader();
        self.push(format!("training = {training}"));
        let pixels = "bytes_of(PICTURES, torch.uint8).to(torch.get_default_dtype())";
        self.push(format!("pictures = {pixels}.reshape(-1, {channels}, {rows}, {columns}) / {}", repr(masks.levels)));
        if masks.has_places {
            self.write_places(rows, columns);
        }
        self.push(format!("classes = bytes_of(CLASSES, torch.uint8).reshape(-1, {rows}, {columns})"));
        let shares = "bytes_of(SHARES, torch.float64).to(torch.get_default_dtype())";
        self.push(format!("shares = {shares}.reshape(-1, {classes}, 1, 1)"));
        self.push("# A channel for each class: the share of its pixels, and 0 elsewhere.");
        self.push(format!("numbers = torch.arange(1, {}).reshape(1, -1, 1, 1)", classes + 1));
        self.push("masks = (classes[:, None] == numbers) * shares");
    }

    /// Two channels more: how far down and how far to the right a pixel is.
    fn write_places(&mut self, rows: usize, columns: usize) {
        self.push(format!("down = torch.arange({rows}).reshape(1, 1, -1, 1) / {}", (rows - 1).max(1)));
        self.push(format!("right = torch.arange({columns}).reshape(1, 1, 1, -1) / {}", (columns - 1).max(1)));
        let wide = |name: &str| format!("{name}.expand(len(pictures), 1, {rows}, {columns})");
        self.push(format!("pictures = torch.cat([pictures, {}, {}], 1)", wide("down"), wide("right")));
    }

    pub(super) fn test_masks(&mut self) {
        self.push("with torch.no_grad():");
        let results = self.results();
        self.push(format!("    {results} = torch.vmap(forward)(pictures[training:], masks[training:])"));
        self.push("print(\"test loss\", losses.mean().item())");
        if self.run.scores.is_some() {
            self.push("right = classes[training:]");
            self.push("correct = (scores.argmax(1) + 1 == right)[right > 0].double()");
            self.push("print(\"test accuracy\", correct.mean().item())");
        }
    }
}
