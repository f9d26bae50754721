//! How common web servers should serve the site, as a file of their own kind: `build --headers nginx`.
//!
//! In: the servers asked for, the path of the site's address, who may frame it. Out: `.nginx.conf` to include,
//! `.htaccess` for Apache, `web.config` for IIS, `_headers` for hosts of static files. Every one says the same: the
//! policy of each page as a header, which can also forbid framing; pages asked for anew each time; files whose names
//! change with their bytes kept for a year; the page of errors; nothing that begins with a dot. They stand in the
//! site, so that they are swapped in with it and fit it.

mod apache;
mod headers_file;
mod iis;
mod nginx;

use super::{Planner, sites};
use crate::model::plan::{Maker, Output};

/// A kind of web server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    Nginx,
    Apache,
    Iis,
    /// Hosts of static files that read `_headers`.
    HeadersFile,
}

impl Server {
    pub const ALL: [Server; 4] = [
        Server::Nginx,
        Server::Apache,
        Server::Iis,
        Server::HeadersFile,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Server::Nginx => "nginx",
            Server::Apache => "apache",
            Server::Iis => "iis",
            Server::HeadersFile => "_headers",
        }
    }

    pub fn of(name: &str) -> Option<Server> {
        Server::ALL.into_iter().find(|server| server.name() == name)
    }

    /// The file that the server, or who sets it up, reads.
    fn file(self) -> &'static str {
        match self {
            Server::Nginx => ".nginx.conf",
            Server::Apache => ".htaccess",
            Server::Iis => "web.config",
            Server::HeadersFile => "_headers",
        }
    }
}

/// What every server is told.
struct Hosting {
    /// Where the site stands on its host, with `/` at both ends.
    base: String,
    /// Name and value of the headers of every answer, in order.
    headers: Vec<(&'static str, String)>,
    /// The languages of the search's indexes.
    languages: Vec<String>,
    /// Each text file has a twin with `.gz`, and one with `.br`, at its end.
    is_precompressed: bool,
}

/// Pages and whatever keeps its name: asked for anew each time, sent only when changed.
const FRESH: &str = "no-cache";
/// Files whose names change with their bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The paths of those files below the site, as a regular expression without anchors.
const HASHED: &str = r"assets/([^/]+\.[0-9a-f]{10}\.[a-z0-9]+|search/[a-z-]+/[0-9a-f]{10}/[^/]+)";

/// The files for the servers asked for.
pub fn files(planner: &Planner) -> Vec<Output> {
    let options = planner.options;
    let hosting = Hosting {
        base: sites::base_url(planner)
            .map_or("/", sites::path_of)
            .to_string(),
        headers: headers(&planner.site.config.frame_ancestors),
        languages: planner
            .site
            .languages
            .iter()
            .map(|language| language.code.clone())
            .collect(),
        is_precompressed: options.precompress,
    };
    let file = |server: Server| {
        let text = match server {
            Server::Nginx => nginx::text(&hosting),
            Server::Apache => apache::text(&hosting),
            Server::Iis => iis::text(&hosting),
            Server::HeadersFile => headers_file::text(&hosting, planner),
        };
        Output {
            path: server.file().into(),
            maker: Maker::Text(text),
        }
    };
    options.servers.iter().copied().map(file).collect()
}

/// The headers of every answer. The policy is that of each page; only a header can say who may frame it.
fn headers(frame_ancestors: &[String]) -> Vec<(&'static str, String)> {
    let framers = match frame_ancestors {
        [] => "'none'".to_string(),
        framers => framers.join(" "),
    };
    vec![
        (
            "Content-Security-Policy",
            format!("{}; frame-ancestors {framers}", sites::CSP),
        ),
        ("X-Content-Type-Options", "nosniff".to_string()),
        (
            "Referrer-Policy",
            "strict-origin-when-cross-origin".to_string(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosting(base: &str) -> Hosting {
        Hosting {
            base: base.to_string(),
            headers: headers(&[]),
            languages: vec!["da".to_string()],
            is_precompressed: true,
        }
    }

    #[test]
    fn every_server_gets_the_policy_and_the_page_of_errors() {
        let hosting = hosting("/kommune/vejledning/");
        for text in [
            nginx::text(&hosting),
            apache::text(&hosting),
            iis::text(&hosting),
        ] {
            assert!(text.contains("default-src 'none'"), "{text}");
            assert!(text.contains("frame-ancestors 'none'"), "{text}");
            assert!(text.contains("/kommune/vejledning/404.html"), "{text}");
        }
    }

    #[test]
    fn a_framing_intranet_is_named_in_the_policy() {
        let framers = ["https://intranet.eksempel.dk".to_string()];
        let policy = &headers(&framers)[0].1;
        assert!(
            policy.ends_with("; frame-ancestors https://intranet.eksempel.dk"),
            "{policy}"
        );
    }
}
