//! Whether an SVG picture can do nothing but be looked at.
//!
//! Shown in a page a picture runs nothing, but opened by its own address it is a document of the site. So a picture
//! that an author brings may hold no script, handler, foreign content, entity or address outside itself. The look is
//! a coarse one: it refuses what it does not know, and a picture refused can lie in `static/`.

/// Looks at a picture's bytes.
pub fn is_harmless(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let text = text.to_ascii_lowercase();
    let forbidden = [
        "script",
        "foreignobject",
        "<!doctype",
        "<!entity",
        "<?xml-stylesheet",
        "data:",
        "//",
        "@import",
        "<iframe",
        "<handler",
        "<use",
    ];
    let known = ["http://www.w3.org/", "https://www.w3.org/"];
    let without_names = known.iter().fold(text, |text, name| text.replace(name, ""));
    !without_names.contains('\0')
        && !forbidden.iter().any(|part| without_names.contains(part))
        && !has_handler(&without_names)
}

/// `onload=`, or a name of a handler as a value (`attributeName="onload"`).
fn has_handler(text: &str) -> bool {
    text.match_indices("on").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let name_end = text[at..]
            .find(|c: char| !c.is_ascii_alphabetic())
            .map_or(text.len(), |length| at + length);
        let after = text[name_end..].trim_start();
        let is_name = before.is_none_or(|c| !c.is_alphanumeric()) && name_end > at + 2;
        let is_value = matches!(before, Some('"' | '\'')) && after.starts_with(['"', '\'']);
        is_name && (after.starts_with('=') || is_value)
    })
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn a_drawing_is_harmless() {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Kun på tonen, kun én gang, only once</title><path d=\"M0 0\"/></svg>";
        assert!(is_harmless(drawing.as_bytes()));
    }

    #[test]
    fn what_runs_or_fetches_is_not() {
        for inside in [
            "<script>x</script>",
            "<x:SCRIPT/>",
            "<path onload = \"x\"/>",
            "<set attributeName='onclick' to='x'/>",
            "<foreignObject/>",
            "<image href=\"https://x.dk/a\"/>",
            "<a href=\"javascript:x\">a</a>",
            "<image href=\"data:text/html,x\"/>",
        ] {
            assert!(
                !is_harmless(format!("<svg>{inside}</svg>").as_bytes()),
                "{inside}"
            );
        }
        assert!(!is_harmless(b"\xff\xfe<\0s\0"));
    }
}
