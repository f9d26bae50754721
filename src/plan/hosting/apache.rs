//! `.htaccess`, which Apache reads from the site's own folder where `AllowOverride` lets it.

use super::{FOR_EVER, FRESH, HASHED, Hosting};
use std::fmt::Write;

/// Types of the files that have twins, by ending.
const TYPES: [(&str, &str); 7] = [
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
    ("txt", "text/plain"),
];

pub fn text(hosting: &Hosting) -> String {
    let base = &hosting.base;
    let mut out = format!(
        "# How Apache serves this site. Needs AllowOverride All, or this text in a Directory block.\n\
         DirectoryIndex index.html\nOptions -Indexes\nAddDefaultCharset utf-8\n\
         AddCharset utf-8 .css .js .json .svg .xml\nErrorDocument 404 {base}404.html\n\n\
         <FilesMatch \"^\\.\">\n    Require all denied\n</FilesMatch>\n\n\
         <IfModule mod_headers.c>\n"
    );
    for (name, value) in &hosting.headers {
        _ = writeln!(out, "    Header always set {name} \"{value}\"");
    }
    _ = write!(
        out,
        "    Header set Cache-Control \"{FRESH}\"\n    \
         <If \"%{{REQUEST_URI}} =~ m#/{HASHED}(\\.(br|gz))?$#\">\n        \
         Header set Cache-Control \"{FOR_EVER}\"\n    </If>\n</IfModule>\n"
    );
    if hosting.is_precompressed {
        precompressed(&mut out);
    } else {
        out.push_str(
            "\n<IfModule mod_deflate.c>\n    AddOutputFilterByType DEFLATE text/html text/css text/javascript application/javascript application/json image/svg+xml application/xml application/atom+xml text/plain\n</IfModule>\n",
        );
    }
    out
}

/// Sends the twin that the browser reads, with the type of the file itself.
fn precompressed(out: &mut String) {
    out.push_str("\n<IfModule mod_rewrite.c>\n<IfModule mod_headers.c>\n    RewriteEngine On\n");
    for (name, ending) in [("br", "br"), ("gzip", "gz")] {
        _ = write!(
            out,
            "    RewriteCond %{{HTTP:Accept-Encoding}} \\b{name}\\b\n    \
             RewriteCond %{{REQUEST_FILENAME}}.{ending} -f\n    \
             RewriteRule ^(.+)$ $1.{ending} [L]\n"
        );
    }
    for (ending, kind) in TYPES {
        _ = writeln!(
            out,
            "    RewriteRule \\.{ending}\\.(br|gz)$ - [T={kind},E=no-gzip:1,E=no-brotli:1]"
        );
    }
    for (name, ending) in [("br", "br"), ("gzip", "gz")] {
        _ = write!(
            out,
            "    <FilesMatch \"\\.{ending}$\">\n        RemoveType .{ending}\n        RemoveEncoding .{ending}\n        \
             Header set Content-Encoding {name}\n    </FilesMatch>\n"
        );
    }
    out.push_str("    Header append Vary Accept-Encoding\n</IfModule>\n</IfModule>\n");
}
