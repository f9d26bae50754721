//! A script or style sheet as browsers need it: without the comments and indentation that are for its readers.
//!
//! In: a file written as the theme's are. Out: the same lines, fewer bytes. No minifier: no line is joined to another
//! and no name changed, so what a browser reports can be found in the source. It knows nothing of strings that go
//! over several lines, so it is for our own files alone, which have none.

/// The text without lines that are comments, types in comments, empty lines and indentation.
pub fn lean(text: &str) -> String {
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
        without_types(&mut out, line);
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

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_and_indentation_go() {
        let script = "// @ts-check\n/**\n * @typedef {string} Name\n */\n(() => {\n\n  /** Adds. @param {number} a */\n  \
                      const add = (/** @type {number} */ a, b = 1) => a + b;   // why\n  /** @type {any} */ (add).x = \"// no\";\n})();\n";
        let expected =
            "(() => {\nconst add = (a, b = 1) => a + b;   // why\n(add).x = \"// no\";\n})();\n";
        assert_eq!(lean(script), expected);
        assert_eq!(lean(expected), expected);
    }

    #[test]
    fn style_sheets_keep_their_rules() {
        let style = "/* Tokens.\n   Two lines. */\n:root {\n  --gap: 2rem;   /* between columns */\n}\n/* a */ b { c: d }\n";
        let expected = ":root {\n--gap: 2rem;   /* between columns */\n}\n/* a */ b { c: d }\n";
        assert_eq!(lean(style), expected);
    }
}
