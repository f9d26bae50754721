//! Behaviours of CommonMark's links, their definitions, images and autolinks, with the HTML our renderer gives.
//!
//! Where HTML is shortened, `read` in `commonmark.rs` says for what: `<pre><code` and ` ext>`.

use super::Case;

pub const DEFINITIONS: &[Case] = &[
    (
        "[foo]: https://x.dk/u\n\n[foo]",
        "<p><a href=\"https://x.dk/u\" ext>foo</a></p>",
    ),
    (
        "[foo]\n\n[foo]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext>foo</a></p>",
    ),
    (
        "[Foo*bar\\]]:https://x.dk/(u)\n\n[Foo*bar\\]]",
        "<p><a href=\"https://x.dk/(u)\" ext>Foo*bar]</a></p>",
    ),
    (
        "[foo]:\nhttps://x.dk/u\n\n[foo]",
        "<p><a href=\"https://x.dk/u\" ext>foo</a></p>",
    ),
    ("[foo]:\n\n[foo]", "<p>[foo]:</p><p>[foo]</p>"),
    (
        "[foo]: <https://x.dk/a b>\n\n[foo]",
        "<p><a href=\"https://x.dk/a%20b\" ext>foo</a></p>",
    ),
    (
        "[foo]: https://x.dk/1\n[foo]: https://x.dk/2\n\n[foo]",
        "<p><a href=\"https://x.dk/1\" ext>foo</a></p>",
    ),
    (
        "[FOO]: https://x.dk/u\n\n[Foo]",
        "<p><a href=\"https://x.dk/u\" ext>Foo</a></p>",
    ),
    (
        "[ΑΓΩ]: https://x.dk/φου\n\n[αγω]",
        "<p><a href=\"https://x.dk/%CF%86%CE%BF%CF%85\" ext>αγω</a></p>",
    ),
    (
        "[foo]: https://x.dk/u \"title\" ok",
        "<p>[foo]: https://x.dk/u &quot;title&quot; ok</p>",
    ),
    (
        "[foo]: https://x.dk/u\n\"title\" ok\n\n[foo]",
        "<p>&quot;title&quot; ok</p><p><a href=\"https://x.dk/u\" ext>foo</a></p>",
    ),
    (
        "    [foo]: https://x.dk/u\n\n[foo]",
        "<pre><code>[foo]: https://x.dk/u\n</code></pre><p>[foo]</p>",
    ),
    (
        "Foo\n[bar]: https://x.dk/u\n\n[bar]",
        "<p>Foo\n[bar]: https://x.dk/u</p><p>[bar]</p>",
    ),
    (
        "## [Foo]\n[foo]: https://x.dk/u\n> bar",
        "<h2 id=\"foo\"><a href=\"https://x.dk/u\" ext>Foo</a></h2><blockquote><p>bar</p></blockquote>",
    ),
    (
        "> [foo]: https://x.dk/u\n\n[foo]",
        "<blockquote></blockquote><p><a href=\"https://x.dk/u\" ext>foo</a></p>",
    ),
];

pub const LINKS: &[Case] = &[
    (
        "[link](https://x.dk/u)",
        "<p><a href=\"https://x.dk/u\" ext>link</a></p>",
    ),
    (
        "[link](<https://x.dk/a b>)",
        "<p><a href=\"https://x.dk/a%20b\" ext>link</a></p>",
    ),
    (
        "[link](https://x.dk/a b)",
        "<p>[link](https://x.dk/a b)</p>",
    ),
    (
        "[link](https://x.dk/a\nb)",
        "<p>[link](https://x.dk/a\nb)</p>",
    ),
    (
        "[a](<https://x.dk/b)c>)",
        "<p><a href=\"https://x.dk/b)c\" ext>a</a></p>",
    ),
    (
        "[a](https://x.dk/(b(c)))",
        "<p><a href=\"https://x.dk/(b(c))\" ext>a</a></p>",
    ),
    (
        "[a](https://x.dk/b\\)\\:)",
        "<p><a href=\"https://x.dk/b):\" ext>a</a></p>",
    ),
    (
        "[a](https://x.dk/b\\c)",
        "<p><a href=\"https://x.dk/b%5Cc\" ext>a</a></p>",
    ),
    (
        "[a](https://x.dk/b%20c&auml;)",
        "<p><a href=\"https://x.dk/b%20c%C3%A4\" ext>a</a></p>",
    ),
    (
        "[a](   https://x.dk/u\n  )",
        "<p><a href=\"https://x.dk/u\" ext>a</a></p>",
    ),
    ("[a] (https://x.dk/u)", "<p>[a] (https://x.dk/u)</p>"),
    (
        "[a [b [c]]](https://x.dk/u)",
        "<p><a href=\"https://x.dk/u\" ext>a [b [c]]</a></p>",
    ),
    ("[a] b](https://x.dk/u)", "<p>[a] b](https://x.dk/u)</p>"),
    (
        "[a \\[b](https://x.dk/u)",
        "<p><a href=\"https://x.dk/u\" ext>a [b</a></p>",
    ),
    (
        "[a *b **c** `#`*](https://x.dk/u)",
        "<p><a href=\"https://x.dk/u\" ext>a <em>b <strong>c</strong> <code>#</code></em></a></p>",
    ),
    (
        "[a [b](https://x.dk/u)](https://x.dk/v)",
        "<p>[a <a href=\"https://x.dk/u\" ext>b</a>](https://x.dk/v)</p>",
    ),
    ("[a <bar attr=\"](b)\">", "<p>[a <bar attr=\"](b)\"></p>"),
    (
        "[a`](https://x.dk/u)`",
        "<p>[a<code>](https://x.dk/u)</code></p>",
    ),
    (
        "## Her\n\n[a](#her)",
        "<h2 id=\"her\">Her</h2><p><a href=\"#her\">a</a></p>",
    ),
    ("[a](naboside.md)", "<p><a href=\"../naboside/\">a</a></p>"),
    (
        "[a](naboside.md#afsnit)",
        "<p><a href=\"../naboside/#afsnit\">a</a></p>",
    ),
    (
        "[a][b]\n\n[b]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext>a</a></p>",
    ),
    (
        "[*a* b][]\n\n[*a* b]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext><em>a</em> b</a></p>",
    ),
    (
        "[a] \n[]\n\n[a]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext>a</a>\n[]</p>",
    ),
    (
        "[a][b][c]\n\n[c]: https://x.dk/u",
        "<p>[a]<a href=\"https://x.dk/u\" ext>b</a></p>",
    ),
    (
        "[a](no link)\n\n[a]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext>a</a>(no link)</p>",
    ),
    ("\\[a]\n\n[a]: https://x.dk/u", "<p>[a]</p>"),
    (
        "[Baz][Foo bar]\n\n[Foo\n  bar]: https://x.dk/u",
        "<p><a href=\"https://x.dk/u\" ext>Baz</a></p>",
    ),
    (
        "[]\n\n[]: https://x.dk/u",
        "<p>[]</p><p>[]: https://x.dk/u</p>",
    ),
];

pub const IMAGES: &[Case] = &[
    ("a ![b](billede.png)", "<p>a <img alt=\"b\"></p>"),
    ("![b][]\n\n[b]: billede.png", "<p><img alt=\"b\"></p>"),
    ("![a\nb](billede.png)", "<p><img alt=\"a b\"></p>"),
    (
        "![a `b` &amp; c](billede.png)",
        "<p><img alt=\"a b &amp; c\"></p>",
    ),
    ("!\\[b](https://x.dk/u)", "<p>![b](https://x.dk/u)</p>"),
    (
        "\\![b](https://x.dk/u)",
        "<p>!<a href=\"https://x.dk/u\" ext>b</a></p>",
    ),
    (
        "[![b](billede.png)](https://x.dk/u)",
        "<p><a href=\"https://x.dk/u\" ext><img alt=\"b\"></a></p>",
    ),
];

/// Only the text of what stands in an image's brackets is its alternative.
pub const IMAGES_WITH_MARKUP: &[Case] = &[
    ("![a *b*](billede.png)", "<p><img alt=\"a b\"></p>"),
    (
        "![a ![b](andet.png)](billede.png)",
        "<p><img alt=\"a b\"></p>",
    ),
    (
        "![a [b](https://x.dk/u)](billede.png)",
        "<p><img alt=\"a b\"></p>",
    ),
];

/// A link's title is kept, as CommonMark says.
pub const TITLES: &[Case] = &[
    (
        "[a](https://x.dk/u \"t\")",
        "<p><a href=\"https://x.dk/u\" title=\"t\" ext>a</a></p>",
    ),
    (
        "[a](https://x.dk/u 't \\\" &quot;')",
        "<p><a href=\"https://x.dk/u\" title=\"t &quot; &quot;\" ext>a</a></p>",
    ),
    (
        "[a]\n\n[a]: https://x.dk/u (t)",
        "<p><a href=\"https://x.dk/u\" title=\"t\" ext>a</a></p>",
    ),
];

pub const AUTOLINKS: &[Case] = &[
    (
        "<https://x.dk/test?q=a&id=22&b>",
        "<p><a href=\"https://x.dk/test?q=a&amp;id=22&amp;b\" ext>https://x.dk/test?q=a&amp;id=22&amp;b</a></p>",
    ),
    (
        "<MAILTO:FOO@BAR.BAZ>",
        "<p><a href=\"MAILTO:FOO@BAR.BAZ\">MAILTO:FOO@BAR.BAZ</a></p>",
    ),
    (
        "<foo@bar.example.com>",
        "<p><a href=\"mailto:foo@bar.example.com\">foo@bar.example.com</a></p>",
    ),
    (
        "<https://foo.bar/baz bim>",
        "<p>&lt;https://foo.bar/baz bim&gt;</p>",
    ),
    (
        "<https://x.dk/\\[\\>",
        "<p><a href=\"https://x.dk/%5C%5B%5C\" ext>https://x.dk/\\[\\</a></p>",
    ),
    (
        "<foo\\+@bar.example.com>",
        "<p>&lt;foo+@bar.example.com&gt;</p>",
    ),
    ("<>", "<p>&lt;&gt;</p>"),
    ("< https://foo.bar >", "<p>&lt; https://foo.bar &gt;</p>"),
    ("<m:abc>", "<p>&lt;m:abc&gt;</p>"),
    ("https://example.com", "<p>https://example.com</p>"),
    ("foo@bar.example.com", "<p>foo@bar.example.com</p>"),
];
