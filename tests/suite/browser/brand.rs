//! Three municipalities with very different colours: whatever a reader sees can be read, in light and in dark.
//!
//! The example site is built anew in the colours of each. In the browser the colour of every text is compared with
//! what is behind it, as both come out of the style sheet; the tables of the program are not asked.

use super::{NARROW, Visit, WIDE, ask};
use crate::support::{TODAY, repository, said, vejviser};
use std::fs;
use std::path::{Path, PathBuf};

/// A light yellow, a deep green, a pure red.
const COLOURS: [&str; 3] = ["#ffe066", "#003d1f", "#ff0000"];

/// One page of each kind, with the search's answers, whose words are marked.
const PAGES: [&str; 12] = [
    "index.html",
    "metoder/index.html",
    "metoder/er-du-paa-vej/index.html",
    "modeller/indsatsmodel/index.html",
    "aspekter/partnerskab/index.html",
    "cases/koege/index.html",
    "tjeklister/index.html",
    "tjeklister/opfoelgning-6-8-uger/index.html",
    "begreber/index.html",
    "kilder/index.html",
    "om/for-redaktoerer/opsaetning/index.html",
    "soeg/index.html?q=skole",
];

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 40\"><path fill=\"#888\" d=\"M0 0h200v40z\"/></svg>";

const CONTRAST: &str = r#"(() => {
  const colour = text => {
    const numbers = text.match(/-?[\d.]+(?:e-?\d+)?/g).map(Number);
    const [r, g, b, a = 1] = numbers;
    return text.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = colour => {
    const [r, g, b] = colour.slice(0, 3).map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    const own = element ? colour(getComputedStyle(element).backgroundColor) : [255, 255, 255, 1];
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const isFaint = element => element && (getComputedStyle(element).opacity !== '1' || isFaint(element.parentElement));
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || isFaint(element)) continue;
    if (element.closest('svg, script, style, option, .visually-hidden')) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const [a, b] = [light(over(colour(style.color), behind)), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    count += 1;
    if (ratio < least) faults.add(`${ratio.toFixed(2)}: ${style.color} on ${behind.map(Math.round)} "${text.data.trim().slice(0, 30)}" in ${element.localName}.${element.className}`);
  }
  if (count < 20) faults.add(`only ${count} texts seen`);
  return [...faults];
})()"#;

#[test]
fn everything_can_be_read_in_the_colours_of_three_municipalities() {
    for colour in COLOURS {
        let site = Branded::new(&format!(
            "brand:\n  colors: {{primary: \"{colour}\"}}\n  logo: {{light: static/lys.svg, dark: static/moerk.svg, alt: Kommunen}}\n"
        ));
        let Some(mut visit) = Visit::begin(&site.output, "/", true) else {
            return;
        };
        for name in PAGES {
            for is_dark in [false, true] {
                visit.page.set_dark(is_dark);
                visit.page.open(&format!("{}{name}", visit.base));
                if name.contains("?q=") {
                    let is_there = visit.page.wait_for("!!document.querySelector('main mark')");
                    visit.add(name, (!is_there).then(|| "has no marked words".to_string()));
                }
                let faults = visit.page.eval_list(CONTRAST);
                let scheme = if is_dark { "dark" } else { "light" };
                let place = format!("{colour} {scheme} {name}");
                visit.add(&place, faults);
                visit.page.set_size(NARROW.0, NARROW.1);
                visit.ask(&place, "overflow()");
                visit.page.set_size(WIDE.0, WIDE.1);
            }
        }
        visit.page.set_dark(false);
        visit.check_choice(colour);
        visit.check_the_check();
        let problems = visit.page.problems();
        visit.add(colour, problems);
        assert!(visit.findings.is_empty(), "{}", visit.findings.join("\n"));
    }
}

impl Visit {
    /// A faint text put into the page is seen.
    fn check_the_check(&mut self) {
        self.open("index.html");
        let planted = "document.querySelector('main p').style.color = '#999'; ";
        let faults = self.page.eval_list(&format!("{planted}{CONTRAST}"));
        let missed = (faults.len() != 1).then(|| format!("not seen: {faults:?}"));
        self.add("a faint text", missed);
    }

    /// The reader's own choice of look counts for the site's colours too.
    fn check_choice(&mut self, given: &str) {
        self.open("index.html");
        let primary = "[getComputedStyle(document.documentElement).getPropertyValue('--primary')]";
        let logo = "[...document.querySelectorAll('.brand img')].filter(vv.isShown).map(logo => logo.className + logo.height)";
        let by_system = self.page.eval_list(primary);
        ask(&mut self.page, "colours()");
        let light_logo = self.page.eval_list(logo);
        ask(&mut self.page, "choose('dark')");
        let chosen = self.page.eval_list(primary);
        let dark_logo = self.page.eval_list(logo);
        self.page.set_dark(true);
        ask(&mut self.page, "choose('system')");
        let dark = self.page.eval_list(primary);
        let line = self
            .page
            .eval_list("[getComputedStyle(document.querySelector('.site-header')).borderTopColor]");
        self.page.set_dark(false);
        let are_logos = light_logo == ["when-light40"] && dark_logo == ["when-dark40"];
        let is_good = are_logos && by_system != chosen && chosen == dark && !line.is_empty();
        let said = format!(
            "the choice of look: {by_system:?} {chosen:?} {dark:?} {line:?} {light_logo:?} {dark_logo:?}"
        );
        self.add(given, (!is_good).then_some(said));
    }
}

/// The example site with a brand.
pub struct Branded {
    pub output: PathBuf,
    _folder: tempfile::TempDir,
}

impl Branded {
    pub fn new(brand: &str) -> Branded {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(
            &repository().join("content"),
            &folder.path().join("content"),
        );
        for name in ["lys.svg", "moerk.svg"] {
            let path = folder.path().join("static").join(name);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, LOGO).expect("a file");
        }
        let configuration = fs::read_to_string(repository().join("vejviser.yaml"));
        let configuration = configuration.expect("the example site has a configuration");
        fs::write(
            folder.path().join("vejviser.yaml"),
            format!("{configuration}\n{brand}"),
        )
        .expect("a file");
        let built = vejviser(folder.path(), &["build", "--today", TODAY]);
        assert!(built.status.success(), "{}", said(&built));
        Branded {
            output: folder.path().join("output"),
            _folder: folder,
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let to = to.join(entry.file_name().expect("an entry has a name"));
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, &to).expect("a file");
        }
    }
}
