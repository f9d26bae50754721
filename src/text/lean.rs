//! A script or style sheet as browsers need it: without the comments and blanks that are for its readers.
//!
//! In: a file written as the theme's are. Out: the same rules and statements, fewer bytes. No minifier: no name is
//! changed and no two statements or rules are joined on a line, so what a browser reports can be found in the source.
//! It knows nothing of strings that go over several lines, so it is for our own files alone, which have none; tests
//! read both forms of every file and hold them against each other.

/// The script without lines that are comments, types in comments, remarks at the ends of lines (set off by three
/// spaces), empty lines and indentation.
pub fn script(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_in_comment = false;
    for mut line in text.lines().map(str::trim) {
        if is_in_comment {
            let Some((_, rest)) = line.split_once("*/") else {
                continue;
            };
            is_in_comment = false;
            line = rest.trim_start();
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if line.starts_with("/*") {
            match line.find("*/") {
                None => {
                    is_in_comment = true;
                    continue;
                }
                Some(end) if end + 2 == line.len() => continue,
                Some(_) => {}
            }
        }
        let statement = line.split_once("   // ").map_or(line, |(it, _)| it);
        without_types(&mut out, statement.trim_end());
        out.push('\n');
    }
    out
}

/// Appends a line without `/** @type {…} */` and its like.
fn without_types(out: &mut String, mut line: &str) {
    while let Some(start) = line.find("/** @") {
        let Some(length) = line[start..].find("*/") else {
            break;
        };
        out.push_str(&line[..start]);
        line = line[start + length + 2..].trim_start();
    }
    out.push_str(line);
}

/// The style sheet without comments and without blanks that mean nothing, a line for each rule.
pub fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_blank = false;
    while let Some(next) = rest.chars().next() {
        let (piece, after) = match next {
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                is_blank = true;
                rest = &rest[end..];
                continue;
            }
            '"' => rest.split_at(end_of_string(rest)),
            _ => rest.split_at(next.len_utf8()),
        };
        rest = after;
        if next.is_whitespace() {
            is_blank = true;
            continue;
        }
        // Before a colon a blank means «any descendant», before a bracket «and»; after either it means nothing.
        let is_needed = !matches!(next, '{' | '}' | ';' | ',' | '>')
            && !out.ends_with(['{', '}', ';', ',', '>', ':', '\n']);
        if next == '}' && out.ends_with(';') {
            out.pop();
        }
        if is_blank && is_needed && !out.is_empty() {
            out.push(' ');
        }
        is_blank = false;
        out.push_str(piece);
        if next == '}' {
            out.push('\n');
        }
    }
    out
}

/// The length of the string that a text begins with.
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{script, style};

    #[test]
    fn comments_and_indentation_go() {
        let text = "// @ts-check\n/**\n * @typedef {string} Name\n */\n(() => {\n\n  /** Adds. @param {number} a */\n  \
                    const add = (/** @type {number} */ a, b = 1) => a + b;   // why\n  /** @type {any} */ (add).x = \"// no\";\n})();\n";
        let expected = "(() => {\nconst add = (a, b = 1) => a + b;\n(add).x = \"// no\";\n})();\n";
        assert_eq!(script(text), expected);
        assert_eq!(script(expected), expected);
    }

    #[test]
    fn style_sheets_keep_their_rules() {
        let text = "/* Tokens.\n   Two lines. */\n:root {\n  --gap: 2rem;   /* between columns */\n  --f: a, \"b  c; }\\\" \";\n}\n\
                    /* a */ b > c :is(d, e) , f:hover { g: calc(1em + 2px)\n auto; h: \"›\" / \"\"; }\n@media (min-width: 3em) { a { b: c; } }\n";
        let expected = ":root{--gap:2rem;--f:a,\"b  c; }\\\" \"}\n\
                        b>c :is(d,e),f:hover{g:calc(1em + 2px) auto;h:\"›\" / \"\"}\n@media (min-width:3em){a{b:c}\n}\n";
        assert_eq!(style(text), expected);
        assert_eq!(style(expected), expected);
    }

    #[test]
    fn broken_style_sheets_end() {
        for text in ["/*", "\"", "a \"\\", "}", "é { \u{a0}"] {
            style(text);
        }
    }
}
