//! Reads `brand`: colours, logo and letters. Whether a colour can be read and a file is there is found later.

use crate::diagnostic::Code;
use crate::model::brand::*;
use crate::yaml::KeyReader;

/// The roundest corners, in pixels: beyond this boxes with text look like buttons.
const ROUNDEST: i64 = 24;

pub fn read(keys: &mut KeyReader) -> Brand {
    let brand = keys.map("brand", |keys| Brand {
        colours: keys.map("colors", colours).unwrap_or_default(),
        radius: keys
            .integer("radius", 0..=ROUNDEST)
            .map(|radius| radius.value as u8),
    });
    brand.unwrap_or_default()
}

fn colours(keys: &mut KeyReader) -> BrandColours {
    BrandColours {
        light: given(keys),
        dark: keys.map("dark", given).unwrap_or_default(),
        is_fixed: keys.boolean("fixed").unwrap_or(false),
    }
}

fn given(keys: &mut KeyReader) -> GivenColours {
    let tokens = [
        ("primary", Token::Primary),
        ("link", Token::Link),
        ("focus", Token::Focus),
    ];
    let mut given = Vec::new();
    for (key, token) in tokens {
        let text = keys.text_like(key, "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$");
        let Some(text) = text else {
            // Without quotes `#` begins a comment, and the key is empty.
            if let Some(place) = keys.place_of_empty(key) {
                keys.report(Code::BadColour, place).arg("key", key);
            }
            continue;
        };
        let range = text.range.clone();
        match Colour::parse(&text.value) {
            Some(colour) => given.push((token, text.with(colour))),
            None => {
                let with_sign = format!("#{}", text.value);
                let proposed = Colour::parse(&with_sign).map(|_| format!("\"{with_sign}\""));
                keys.report(Code::BadColour, range)
                    .arg("key", key)
                    .propose(proposed.unwrap_or_default());
            }
        }
    }
    GivenColours(given)
}
