//! The data of a network that learns the next token of a text, its test, and how it writes.

use super::{WIDTH, Writer};

/// The token for all characters that have none of their own.
const OTHER: &str = "\u{fffd}";

/// How many characters of a line stand before and after a row.
const MARGIN: usize = 6;

/// A text in windows that do not overlap.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// How many tokens a window has.
    pub window: usize,
    /// The tokens by number; at most 256.
    pub tokens: &'t [String],
    /// The text for training and the one for the test, each at least a token longer than its windows.
    pub parts: [&'t str; 2],
    /// Whether the parts are bytes with the number of each token, in base64. Otherwise they are as
    /// they are read, and each character is a token.
    pub is_encoded: bool,
}

impl Writer<'_> {
    pub(super) fn write_text(&mut self, text: &Text<'_>) {
        self.push("# Each token has a number: its place in this list.");
        self.push("TOKENS = [");
        let tokens = rows(text.tokens.iter().map(|token| format!("{}, ", quoted(token))));
        tokens.iter().for_each(|row| self.push(format!("    {}", row.trim_end())));
        self.push("]");
        self.push(format!("# How many tokens a window has.\nWINDOW = {}", text.window));
        self.write_parts(text);
        self.write_reader();
        self.write_numbers(text);
        self.push("\n\ndef windows_of(numbers):");
        self.push("    \"\"\"Windows that do not overlap, and the token after each of theirs.\"\"\"");
        self.push("    numbers = numbers.to(torch.get_default_dtype())");
        self.push("    end = (len(numbers) - 1) // WINDOW * WINDOW");
        self.push("    return numbers[:end].reshape(-1, WINDOW), numbers[1 : end + 1].reshape(-1, WINDOW)\n\n");
        self.write_windows(text);
    }

    fn write_parts(&mut self, text: &Text<'_>) {
        let parts = [("TEXT", "training"), ("TEST", "the test")].into_iter().zip(text.parts);
        for ((name, what), part) in parts.take(if self.run.test > 0 { 2 } else { 1 }) {
            if text.is_encoded {
                self.push(format!("# The text for {what}: a byte with the number of each token."));
                self.write_bytes(name, part);
            } else {
                self.push(format!("# The text for {what}.\n{name} = ("));
                rows(part.chars().map(escaped)).iter().for_each(|row| self.push(format!("    \"{row}\"")));
                self.push(")");
            }
        }
    }

    /// The function that reads the tokens of a text.
    fn write_numbers(&mut self, text: &Text<'_>) {
        self.push("NUMBERS = {token: number for number, token in enumerate(TOKENS)}");
        let found = if text.is_encoded {
            self.push("# Where several tokens fit, it is the longest.");
            self.push("PATTERN = \"|\".join(re.escape(token) for token in sorted(TOKENS, key=len, reverse=True))");
            "re.findall(PATTERN + \"|.\", text, re.DOTALL)"
        } else {
            "text"
        };
        let has_other = text.tokens.iter().any(|token| token == OTHER);
        let number =
            if has_other { format!("NUMBERS.get(token, NUMBERS[\"{OTHER}\"])") } else { "NUMBERS[token]".to_owned() };
        self.push("\n\ndef numbers_of(text):\n    \"\"\"The number of each token of a text.\"\"\"");
        self.push(format!("    return [{number} for token in {found}]"));
    }

    fn write_windows(&mut self, text: &Text<'_>) {
        let numbers = |name: &str| {
            if text.is_encoded {
                format!("bytes_of({name}, torch.uint8)")
            } else {
                format!("torch.tensor(numbers_of({name}))")
            }
        };
        self.push(format!("windows, following = windows_of({})", numbers("TEXT")));
        if self.run.test > 0 {
            self.push(format!("test_windows, test_following = windows_of({})", numbers("TEST")));
        }
        self.push("training = len(windows)");
    }

    pub(super) fn test_windows(&mut self) {
        self.push("with torch.no_grad():");
        let results = self.results();
        self.push("    # Not all at once: there is a score for each token at each place.");
        self.push(format!("    {results} = torch.vmap(forward, chunk_size=256)(test_windows, test_following)"));
        self.push("loss = losses.mean()");
        self.push("print(\"test loss in nats\", loss.item())");
        self.push("print(\"test loss in bits\", loss.item() / math.log(2.0))");
        self.push("print(\"test perplexity\", loss.exp().item())");
        self.write_accuracy("test_following");
    }

    /// A function that writes. Before the beginning stands a line break, if the text has one.
    pub(super) fn write_writing(&mut self, text: &Text<'_>) {
        let start = text.tokens.iter().find(|token| *token == "\n").or(text.tokens.first());
        let start = start.map_or_else(String::new, |token| quoted(token));
        self.script.begin();
        self.push("def write(beginning=\"\", length=200, temperature=1.0):");
        self.push("    \"\"\"The beginning, and what the network writes after it, token by token.\"\"\"");
        self.push("    # The first token stands before the beginning, and is not shown.");
        self.push(format!("    numbers, written = [NUMBERS[{start}], *numbers_of(beginning)], []"));
        self.push("    while len(written) < length:\n        seen = (numbers + written)[-WINDOW:]");
        self.push("        # No score depends on a later token, so zeros can stand there.");
        self.push("        window = torch.tensor(seen + [0] * (WINDOW - len(seen)), dtype=torch.get_default_dtype())");
        self.push("        with torch.no_grad():\n            scores = forward(window, window)[0][:, len(seen) - 1]");
        self.push("        if temperature > 0.0:");
        self.push("            chances = torch.softmax((scores - scores.max()) / temperature, 0)");
        self.push("            written.append(torch.multinomial(chances, 1).item())");
        self.push("        else:\n            written.append(scores.argmax().item())");
        self.push("    return beginning + \"\".join(TOKENS[number] for number in written)\n\n");
        self.push("print(write(temperature=0.8))");
    }
}

/// Pieces in rows of about the same length.
fn rows(pieces: impl Iterator<Item = String>) -> Vec<String> {
    let (mut rows, mut length) = (vec![String::new()], 0);
    for piece in pieces {
        let width = piece.chars().count();
        if length + width > WIDTH - MARGIN {
            rows.push(String::new());
            length = 0;
        }
        length += width;
        if let Some(row) = rows.last_mut() {
            row.push_str(&piece);
        }
    }
    rows
}

/// A text between quotation marks, in one line.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A character in a text between quotation marks. What can't be seen is written as its number, and
/// so is what changes the direction of a line.
fn escaped(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' => number(c),
        '\u{a0}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => {
            number(c)
        }
        _ if c.is_control() => number(c),
        _ => c.to_string(),
    }
}

fn number(c: char) -> String {
    format!("\\U{:08x}", u32::from(c))
}
