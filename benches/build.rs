//! Times whole builds of generated pages, as a ratio between sizes in one run.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const SIZES: [usize; 3] = [100, 1_000, 5_000];
const PAGES_IN_SECTION: usize = 15;
const ROUNDS: usize = 3;

fn main() {
    let mut first: Option<Duration> = None;
    for size in SIZES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_site(folder.path(), size);
        let output = folder.path().join("output");
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS {
            _ = std::fs::remove_dir_all(&output);
            let start = Instant::now();
            let status = Command::new(env!("CARGO_BIN_EXE_vejviser"))
                .args(["build", "-q", "--root"])
                .arg(folder.path())
                .status()
                .expect("the program runs");
            assert!(status.success());
            best = best.min(start.elapsed());
        }
        let page = best / size as u32;
        let ratio = first.map_or(1.0, |first| page.as_secs_f64() / first.as_secs_f64());
        first.get_or_insert(page);
        println!(
            "{size:>6} pages: {best:>10.1?} in all, {page:>8.1?} a page, {ratio:.2} × the smallest site's page"
        );
    }
}

/// Sections of fifteen pages, each page with headings, links, a list, a table and some seven hundred words.
fn write_site(root: &Path, pages: usize) {
    let content = root.join("content");
    let write = |path: &Path, text: &str| {
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write(
        &root.join("vejviser.yaml"),
        "id: bench\ntitle: Prøve\nfront_matter: lenient\n",
    );
    write(
        &content.join("index.md"),
        "---\ntitle: Prøve\n---\nVelkommen.\n",
    );
    for page in 0..pages {
        let section = page / PAGES_IN_SECTION;
        let folder = content.join(format!("afsnit-{section}"));
        if page % PAGES_IN_SECTION == 0 {
            write(
                &folder.join("index.md"),
                &format!("---\ntitle: Afsnit {section}\n---\nKort om afsnittet.\n"),
            );
        }
        write(
            &folder.join(format!("side-{page}.md")),
            &text_of(page, section),
        );
    }
}

fn text_of(page: usize, section: usize) -> String {
    const WORDS: [&str; 12] = [
        "skolen",
        "samarbejde",
        "eleverne",
        "fravær",
        "pædagog",
        "undervisning",
        "forældre",
        "trivsel",
        "læring",
        "børn",
        "møde",
        "aftale",
    ];
    let mut text =
        format!("---\ntitle: Side {page}\ndescription: Om side {page}.\nweight: {page}\n---\n\n");
    for part in 0..6 {
        text.push_str(&format!("## Del {part} af side {page}\n\n"));
        for word in 0..100 {
            text.push_str(WORDS[(page * 7 + part * 5 + word * 3) % WORDS.len()]);
            text.push_str(if word % 13 == 12 { ". " } else { " " });
        }
        let neighbour = section * PAGES_IN_SECTION + part;
        if neighbour <= page {
            text.push_str(&format!("se [naboen](side-{neighbour}.md)"));
        }
        text.push_str(".\n\n- et *vigtigt* punkt\n- et **andet** punkt\n\n");
    }
    text.push_str("| Trin | Frist |\n| --- | ---: |\n| Første | 14 dage |\n| Andet | 28 dage |\n");
    text
}
