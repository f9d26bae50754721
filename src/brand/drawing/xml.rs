//! The parts of XML that a cleaner must understand to the letter: attributes, document types, entities.
//!
//! In: text from where such a part begins. Out: the part and what follows it; `None` for what is not well formed. Knows
//! nothing of drawings.

/// Name and value of an attribute, and what follows it.
pub fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, after) = text.split_once('=')?;
    let name = name.trim_end();
    let is_name = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let after = after.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = after[1..].split_once(quote)?;
    (!value.contains('<')).then_some((name, value, after))
}

/// What follows a document type, which may hold declarations in brackets and texts in quotes.
pub fn after_doctype(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return Some(&text[at + 1..]),
            (None, _) => {}
        }
    }
    None
}

/// A text with the entities that every XML has as the characters they mean; `None` where it has others.
pub fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';')?;
        let number = |digits: &str, base| char::from_u32(u32::from_str_radix(digits, base).ok()?);
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => match name.strip_prefix("#x") {
                Some(digits) => number(digits, 16)?,
                None => number(name.strip_prefix('#')?, 10)?,
            },
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
