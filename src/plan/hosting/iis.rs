//! `web.config`, which IIS reads from the site's own folder.

use super::{FRESH, Hosting};
use crate::text::escape::escaped;
use std::fmt::Write;

/// Types that older versions of IIS do not know, and so do not send.
const TYPES: [(&str, &str); 6] = [
    (".woff2", "font/woff2"),
    (".webp", "image/webp"),
    (".avif", "image/avif"),
    (".json", "application/json"),
    (".svg", "image/svg+xml"),
    (".ics", "text/calendar"),
];

pub fn text(hosting: &Hosting) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- How IIS serves this site, as an application or a folder of one. -->\n\
         <configuration>\n  <system.webServer>\n    \
         <defaultDocument enabled=\"true\"><files><clear/><add value=\"index.html\"/></files></defaultDocument>\n    \
         <directoryBrowse enabled=\"false\"/>\n",
    );
    _ = writeln!(
        out,
        "    <httpErrors errorMode=\"Custom\" existingResponse=\"Replace\"><remove statusCode=\"404\"/><error statusCode=\"404\" path=\"{}404.html\" responseMode=\"ExecuteURL\"/></httpErrors>",
        escaped(&hosting.base)
    );
    out.push_str("    <staticContent>\n");
    for (ending, kind) in TYPES {
        _ = writeln!(
            out,
            "      <remove fileExtension=\"{ending}\"/><mimeMap fileExtension=\"{ending}\" mimeType=\"{kind}\"/>"
        );
    }
    _ = write!(
        out,
        "      <clientCache cacheControlMode=\"NoControl\" cacheControlCustom=\"{FRESH}\"/>\n    </staticContent>\n    \
         <urlCompression doStaticCompression=\"true\"/>\n    <httpProtocol><customHeaders>\n      \
         <remove name=\"X-Powered-By\"/>\n"
    );
    for (name, value) in &hosting.headers {
        _ = writeln!(
            out,
            "      <remove name=\"{name}\"/><add name=\"{name}\" value=\"{}\"/>",
            escaped(value)
        );
    }
    out.push_str(
        "    </customHeaders></httpProtocol>\n    \
         <security><requestFiltering><hiddenSegments><add segment=\".vejviser-manifest.json\"/><add segment=\".htaccess\"/><add segment=\".nginx.conf\"/></hiddenSegments></requestFiltering></security>\n  \
         </system.webServer>\n  \
         <!-- Names that change with their bytes; the search's first file keeps its name. -->\n  \
         <location path=\"assets\"><system.webServer><staticContent>\n    \
         <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" cacheControlCustom=\"public, immutable\"/>\n  \
         </staticContent></system.webServer></location>\n",
    );
    for language in &hosting.languages {
        _ = write!(
            out,
            "  <location path=\"assets/search/{language}.js\"><system.webServer><staticContent>\n    \
             <clientCache cacheControlMode=\"NoControl\" cacheControlCustom=\"{FRESH}\"/>\n  \
             </staticContent></system.webServer></location>\n"
        );
    }
    out.push_str("</configuration>\n");
    out
}
