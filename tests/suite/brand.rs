//! What a brand makes of the pages: the logo in the header, its files, the end of the style sheet.

use crate::support::{in_memory, site};
use vejviser::pipeline::Memory;

const SITE: &str = "\
-- vejviser.yaml
id: test
title: Vejledning
publisher: Eksempel Kommune
base_url: https://eksempel.dk/
brand:
  colors: {primary: \"#ffe066\"}
  logo: {light: static/logo.svg, dark: content/moerk.svg, alt: Eksempel Kommune}
  fonts:
    body:
      - {file: static/skrift/min skrift.woff2, weight: 100 900, size_adjust: 96}
    heading:
      - {file: static/skrift/fed.woff2, weight: 700, style: italic}
  radius: 0
-- content/index.md
---
title: Forside
---

Tekst.
-- content/moerk.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\"><path fill=\"#fff\" d=\"M0 0h60v20z\"/></svg>
-- static/logo.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><script>x</script><path d=\"M0 0h60v20z\"/></svg>
-- static/skrift/min skrift.woff2
wOF2
-- static/skrift/fed.woff2
wOF2
";

fn text_of(files: &Memory, start: &str, end: &str) -> String {
    let (_, bytes) = files
        .iter()
        .find(|(path, _)| path.starts_with(start) && path.ends_with(end))
        .expect("the file is made");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn a_brand_is_a_logo_in_the_header_and_the_end_of_the_style_sheet() {
    let folder = site(SITE);
    let (_, files) = in_memory(folder.path());
    let page = text_of(&files, "index.html", "");
    let (_, header) = page.split_once("class=\"brand\">").expect("a header");
    let (header, _) = header.split_once("</a>").expect("an end");
    assert_eq!(
        without_hashes(header),
        "<img class=\"when-light\" src=\"./assets/logo.#.svg\" width=\"120\" height=\"40\" alt=\"Eksempel Kommune\">\
         <img class=\"when-dark\" src=\"./assets/logo-dark.#.svg\" width=\"120\" height=\"40\" alt=\"Eksempel Kommune\" loading=\"lazy\">\
         <span><span class=\"brand-title\">Vejledning</span></span>"
    );
    assert_eq!(
        text_of(&files, "assets/logo.", ".svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\" viewBox=\"0 0 90 30\"><path d=\"M0 0h60v20z\"/></svg>"
    );
    let sheet = text_of(&files, "assets/site.", ".css");
    let (_, brand) = sheet.rsplit_once("@media screen{\n").expect("a brand");
    assert_eq!(
        brand,
        ":root{--tint:#f4f2eb;--primary:#826d00;--link:#826d00;--visited:#5b3a8c;--on-primary:#ffffff;--focus:#1b1f23;--brand:#ffe066}
:root[data-appearance=dark]{--tint:#2b2616;--primary:#fce076;--link:#fce076;--visited:#cdb2ff;--on-primary:#1e1805;--focus:#ffd54a;--brand:var(--primary)}
}
@media screen and (prefers-color-scheme:dark){
:root:not([data-appearance=light]){--tint:#2b2616;--primary:#fce076;--link:#fce076;--visited:#cdb2ff;--on-primary:#1e1805;--focus:#ffd54a;--brand:var(--primary)}
}
:root{--radius:0px}
@font-face{font-family:\"vv-body\";src:url(\"../skrift/min%20skrift.woff2\")format(\"woff2\");font-weight:100 900;font-style:normal;font-display:swap;size-adjust:96%}
:root{--font:\"vv-body\",var(--stack)}
@font-face{font-family:\"vv-heading\";src:url(\"../skrift/fed.woff2\")format(\"woff2\");font-weight:700;font-style:italic;font-display:swap}
:root{--font-heading:\"vv-heading\",var(--stack)}
"
    );
}

#[test]
fn without_a_brand_the_theme_is_as_it_was() {
    let plain = site("-- content/index.md\n---\ntitle: Forside\n---\n\nTekst.\n");
    let (_, files) = in_memory(plain.path());
    let sheet = text_of(&files, "assets/site.", ".css");
    assert!(!sheet.contains("@font-face") && !sheet.contains("--brand:#"));
    assert!(!text_of(&files, "index.html", "").contains("<img"));
}

/// Names of files without the hash of their bytes.
fn without_hashes(html: &str) -> String {
    let is_hash = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts = html.split('.');
    let parts: Vec<&str> = parts
        .map(|part| if is_hash(part) { "#" } else { part })
        .collect();
    parts.join(".")
}
