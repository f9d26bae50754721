//! Files for machines: sitemap, robots and the feeds.

use super::sites::base_url;
use super::{Planner, about, atom};
use crate::model::plan::{Maker, Output};
use crate::text::escape::escaped;
use std::fmt::Write;

/// Robots always; the sitemap where the site's address is known, since it must hold absolute addresses.
pub fn files(planner: &Planner) -> Vec<Output> {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    let mut files = Vec::new();
    if let Some(base) = base_url(planner) {
        _ = writeln!(robots, "Sitemap: {base}sitemap.xml");
        files.push(Output {
            path: "sitemap.xml".into(),
            maker: Maker::Text(sitemap(planner, base)),
        });
    }
    files.extend(atom::files(planner));
    files.push(Output {
        path: "robots.txt".into(),
        maker: Maker::Text(robots),
    });
    files
}

/// Every page that search engines may show, with the day it last changed where the author says so.
fn sitemap(planner: &Planner, base: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in &planner.site.pages {
        let front_matter = planner.site.front_matter(page);
        let is_hidden = front_matter.is_some_and(|fm| fm.is_noindex || fm.is_draft);
        if page.fragment.is_some() || is_hidden || !page.status.is_current() {
            continue;
        }
        _ = write!(
            xml,
            "<url><loc>{}</loc>",
            escaped(&format!("{base}{}", page.address))
        );
        if let Some(date) = front_matter.and_then(|fm| about::last_changed(fm, planner.site.today))
        {
            _ = write!(xml, "<lastmod>{date}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
