//! A piece of nginx's configuration, to be included in a `server` block.

use super::{FOR_EVER, FRESH, HASHED, Hosting};
use std::fmt::Write;

pub fn text(hosting: &Hosting) -> String {
    let base = &hosting.base;
    let mut out = String::new();
    _ = write!(
        out,
        "# How nginx serves this site. In the server block whose root has the site at {base}:\n\
         #     include /the/folder/of/the/site/.nginx.conf;\n\n\
         location {base} {{\n    \
             index index.html;\n    \
             charset utf-8;\n    \
             absolute_redirect off;\n    \
             error_page 404 {base}404.html;\n"
    );
    common(&mut out, hosting, FRESH, "    ");
    _ = write!(
        out,
        "\n    location ~ /\\. {{\n        return 404;\n    }}\n\n    \
         location ~ \"^{}{HASHED}$\" {{\n        charset utf-8;\n",
        escaped(base)
    );
    common(&mut out, hosting, FOR_EVER, "        ");
    out.push_str("    }\n}\n");
    out
}

/// What nginx does not hand down to a location that has any header of its own.
fn common(out: &mut String, hosting: &Hosting, caching: &str, indent: &str) {
    for (name, value) in &hosting.headers {
        _ = writeln!(out, "{indent}add_header {name} \"{value}\" always;");
    }
    _ = writeln!(out, "{indent}add_header Cache-Control \"{caching}\";");
    _ = writeln!(
        out,
        "{indent}gzip on;\n{indent}gzip_vary on;\n{indent}gzip_types text/css application/javascript text/javascript application/json image/svg+xml application/xml text/xml application/atom+xml text/plain;"
    );
    if hosting.is_precompressed {
        _ = writeln!(out, "{indent}gzip_static on;");
        _ = writeln!(
            out,
            "{indent}# With nginx's module for Brotli: brotli_static on;"
        );
    }
}

/// The path as a regular expression.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if !c.is_ascii_alphanumeric() && !matches!(c, '/' | '-' | '_' | '~' | '%') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
