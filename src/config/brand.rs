//! Reads `brand`: colours, logo and letters. Whether a colour can be read and a file is there is found later.

use crate::diagnostic::Code;
use crate::model::brand::*;
use crate::text::span::Spanned;
use crate::yaml::KeyReader;

/// The roundest corners, in pixels: beyond this boxes with text look like buttons.
const ROUNDEST: i64 = 24;

pub fn read(keys: &mut KeyReader) -> Brand {
    let brand = keys.map("brand", |keys| Brand {
        colours: keys.map("colors", colours).unwrap_or_default(),
        logo: keys.map("logo", logo).flatten(),
        fonts: fonts(keys),
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

fn logo(keys: &mut KeyReader) -> Option<LogoFiles> {
    let light = keys.required_text("light");
    let dark = keys.text("dark");
    let alt = keys.required_text("alt")?;
    if alt.value.is_empty() {
        keys.report(Code::MissingKey, alt.range).arg("key", "alt");
        return None;
    }
    Some(LogoFiles {
        light: light?,
        dark,
        alt: alt.value,
    })
}

fn fonts(keys: &mut KeyReader) -> Fonts {
    let place = keys.place_of("fonts");
    let fonts = keys.map("fonts", |keys| Fonts {
        place,
        body: font_files(keys, "body"),
        heading: font_files(keys, "heading"),
    });
    fonts.unwrap_or_default()
}

fn font_files(keys: &mut KeyReader, key: &'static str) -> Vec<FontFile> {
    let files = keys.maps(key, |keys, _| {
        let file = keys.required_text("file");
        let weight = keys.text_like("weight", "^[1-9][0-9]{0,2}( [1-9][0-9]{0,2})?$");
        let weight = weight.and_then(|weight| checked_weight(keys, weight));
        let is_italic = keys.choice("style", &[("normal", false), ("italic", true)]);
        let size_adjust = keys.integer("size_adjust", 50..=200);
        Some(FontFile {
            file: file?,
            weight: weight.unwrap_or_else(|| "400".to_string()),
            is_italic: is_italic.unwrap_or(false),
            size_adjust: size_adjust.map(|size| size.value as u8),
        })
    });
    files.into_iter().flatten().collect()
}

/// A weight from 1 to 999, or two with the lighter first.
fn checked_weight(keys: &mut KeyReader, weight: Spanned<String>) -> Option<String> {
    let is_one = |text: &str| {
        let is_number = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        is_number && !text.starts_with('0') && !text.is_empty()
    };
    let is_good = match weight.value.split_once(' ') {
        None => is_one(&weight.value),
        Some((light, heavy)) => {
            let both = is_one(light) && is_one(heavy);
            both && light.parse::<u16>().ok() < heavy.parse().ok()
        }
    };
    if !is_good {
        keys.report(Code::BadValue, weight.range)
            .arg("key", "weight")
            .arg("known", "400, 700, 100 900 …");
        return None;
    }
    Some(weight.value)
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
