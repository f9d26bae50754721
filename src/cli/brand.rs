//! `check -v`: a site's own letters and colours, and how well each colour can be told from what it is seen on.
//!
//! In: what came of a check. Out: for the light and the dark look a line for each colour and rule, with the contrast
//! on every background, and the colours that had to be changed; how many letters there are to load.

use super::console::Console;
use crate::diagnostic::catalogue::{decimal, text};
use crate::model::brand::{Ground, Pair, Scheme, shown_ratio};
use crate::pipeline::Report;

/// Tells of the site's colours, where it has its own and `-v` asks for them.
pub fn tell(console: &Console, report: &Report) {
    if !console.is_verbose() {
        return;
    }
    let (count, bytes) = report.brand.fonts;
    if count > 0 {
        let kilobytes = bytes.div_ceil(1000).to_string();
        console.say(
            "fonts",
            &[("count", &count.to_string()), ("size", &kilobytes)],
        );
    }
    let Some(palette) = &report.brand.palette else {
        return;
    };
    for look in palette {
        let word = match look.scheme {
            Scheme::Light => "look-light",
            Scheme::Dark => "look-dark",
        };
        let name = text(console.language, "word", word).unwrap_or(word);
        console.say("colours", &[("look", name)]);
        for (token, given, used) in &look.changes {
            let colours = [given, used].map(ToString::to_string);
            console.say(
                "colours_changed",
                &[
                    ("token", token.name()),
                    ("given", &colours[0]),
                    ("colour", &colours[1]),
                ],
            );
        }
        let is_one_line = |a: &Pair, b: &Pair| a.token == b.token && a.least == b.least;
        for line in look.pairs.chunk_by(is_one_line) {
            let token = line[0].token;
            let number = |ratio| decimal(console.language, &shown_ratio(ratio));
            let ratios: Vec<String> = line
                .iter()
                .map(|pair| format!("{} {}", ground(pair.ground), number(pair.ratio)))
                .collect();
            console.say(
                "colours_line",
                &[
                    ("token", token.name()),
                    ("colour", &look.tokens.of(token).to_string()),
                    ("least", &number(line[0].least)),
                    ("ratios", &ratios.join(" · ")),
                ],
            );
        }
    }
}

/// What a colour is seen on, by its name in style sheets; `~` for a box in that colour.
fn ground(ground: Ground) -> String {
    match ground {
        Ground::Token(token) => token.name().to_string(),
        Ground::Box(token) => token.name().replace("--", "~"),
    }
}
