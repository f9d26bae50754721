//! Behaviours of CommonMark's inlines and raw HTML: Markdown and the HTML our renderer gives for it.
//!
//! Where HTML is shortened, `read` in `commonmark.rs` says for what: `<pre><code` and ` ext>`.

use super::Case;

pub const HTML_BLOCKS: &[Case] = &[
    (
        "<table><tr><td>\n<pre>\n**Hello**,\n\n_world_.\n</pre>\n</td></tr></table>",
        "<table><tr><td>\n<pre>\n**Hello**,\n<p><em>world</em>.\n</pre></p>\n</td></tr></table>",
    ),
    (
        " <div>\n  *hello*\n         <foo><a>",
        " <div>\n  *hello*\n         <foo><a>",
    ),
    (
        "<div></div>\n``` int\nx = 33;\n```",
        "<div></div>\n``` int\nx = 33;\n```",
    ),
    (
        "<div>\n\n*Emphasized* text.\n\n</div>",
        "<div><p><em>Emphasized</em> text.</p></div>",
    ),
    (
        "<!-- Foo\n\nbar\n   baz -->\nokay",
        "<!-- Foo\n\nbar\n   baz -->\n<p>okay</p>",
    ),
    (
        "<?php\n\n  echo '>';\n\n?>\nokay",
        "<?php\n\n  echo '>';\n\n?>\n<p>okay</p>",
    ),
    ("<!DOCTYPE html>", "<!DOCTYPE html>"),
    (
        "<![CDATA[\n\n*x*\n]]>\nokay",
        "<![CDATA[\n\n*x*\n]]>\n<p>okay</p>",
    ),
    (
        "  <!-- foo -->\n\n    <!-- foo -->",
        "  <!-- foo -->\n<pre><code>&lt;!-- foo --&gt;\n</code></pre>",
    ),
    ("Foo\n<div>\nbar\n</div>", "<p>Foo</p><div>bar</div>"),
    (
        "Foo\n<a href=\"bar\">\nbaz",
        "<p>Foo\n<a href=\"bar\">\nbaz</p>",
    ),
    (
        "<style>p{color:red;}</style>\n*foo*",
        "<style>p{color:red;}</style>\n<p><em>foo</em></p>",
    ),
    ("<del>\n*foo*\n</del>", "<del>\n*foo*\n</del>"),
    ("<del>*foo*</del>", "<p><del><em>foo</em></del></p>"),
    ("- <div>\n- foo", "<ul><li><div></li><li>foo</li></ul>"),
    (
        "> <div>\n> foo\n\nbar",
        "<blockquote><div>foo</blockquote><p>bar</p>",
    ),
];

pub const CODE_SPANS: &[Case] = &[
    ("`foo`", "<p><code>foo</code></p>"),
    ("`` foo ` bar ``", "<p><code>foo ` bar</code></p>"),
    ("` `` `", "<p><code>``</code></p>"),
    ("`  ``  `", "<p><code> `` </code></p>"),
    ("` a`", "<p><code> a</code></p>"),
    (
        "``\nfoo\nbar  \nbaz\n``",
        "<p><code>foo bar   baz</code></p>",
    ),
    ("`foo\\`bar`", "<p><code>foo\\</code>bar`</p>"),
    ("*foo`*`", "<p>*foo<code>*</code></p>"),
    (
        "`<a href=\"`\">`",
        "<p><code>&lt;a href=&quot;</code>&quot;&gt;`</p>",
    ),
    (
        "<https://foo.bar.`baz>`",
        "<p><a href=\"https://foo.bar.%60baz\" ext>https://foo.bar.`baz</a>`</p>",
    ),
    ("```foo``", "<p>```foo``</p>"),
];

pub const EMPHASIS: &[Case] = &[
    ("*foo bar*", "<p><em>foo bar</em></p>"),
    ("a * foo bar*", "<p>a * foo bar*</p>"),
    ("a*\"foo\"*", "<p>a*&quot;foo&quot;*</p>"),
    ("*\u{a0}a\u{a0}*", "<p>*\u{a0}a\u{a0}*</p>"),
    ("*£*bravo.", "<p>*£*bravo.</p>"),
    ("foo*bar*", "<p>foo<em>bar</em></p>"),
    ("foo_bar_", "<p>foo_bar_</p>"),
    ("foo-_(bar)_", "<p>foo-<em>(bar)</em></p>"),
    ("_foo*", "<p>_foo*</p>"),
    ("*foo bar *", "<p>*foo bar *</p>"),
    ("*(*foo*)*", "<p><em>(<em>foo</em>)</em></p>"),
    ("_foo_bar_baz_", "<p><em>foo_bar_baz</em></p>"),
    ("**foo bar**", "<p><strong>foo bar</strong></p>"),
    ("foo**bar**", "<p>foo<strong>bar</strong></p>"),
    ("foo__bar__", "<p>foo__bar__</p>"),
    (
        "__foo, __bar__, baz__",
        "<p><strong>foo, <strong>bar</strong>, baz</strong></p>",
    ),
    ("**foo bar **", "<p>**foo bar **</p>"),
    (
        "*foo **bar** baz*",
        "<p><em>foo <strong>bar</strong> baz</em></p>",
    ),
    (
        "*foo**bar**baz*",
        "<p><em>foo<strong>bar</strong>baz</em></p>",
    ),
    ("*foo**bar*", "<p><em>foo**bar</em></p>"),
    ("***foo** bar*", "<p><em><strong>foo</strong> bar</em></p>"),
    ("***foo* bar**", "<p><strong><em>foo</em> bar</strong></p>"),
    ("***foo***", "<p><em><strong>foo</strong></em></p>"),
    ("foo ***", "<p>foo ***</p>"),
    ("**foo*", "<p>*<em>foo</em></p>"),
    ("*foo**", "<p><em>foo</em>*</p>"),
    (
        "****foo****",
        "<p><strong><strong>foo</strong></strong></p>",
    ),
    ("*foo _bar* baz_", "<p><em>foo _bar</em> baz_</p>"),
    ("**foo **bar baz**", "<p>**foo <strong>bar baz</strong></p>"),
    (
        "*[bar*](https://x.dk/u)",
        "<p>*<a href=\"https://x.dk/u\" ext>bar*</a></p>",
    ),
    ("*a `*`*", "<p><em>a <code>*</code></em></p>"),
    (
        "**a<https://x.dk/?q=**>",
        "<p>**a<a href=\"https://x.dk/?q=**\" ext>https://x.dk/?q=**</a></p>",
    ),
    ("**foo\nbar**", "<p><strong>foo\nbar</strong></p>"),
];

pub const RAW_HTML: &[Case] = &[
    ("<a><bab><c2c>", "<p><a><bab><c2c></p>"),
    (
        "x <a  /><b2\ndata=\"foo\" >",
        "<p>x <a  /><b2\ndata=\"foo\" ></p>",
    ),
    ("<33> <__>", "<p>&lt;33&gt; &lt;__&gt;</p>"),
    (
        "<a h*#ref=\"hi\">",
        "<p>&lt;a h*#ref=&quot;hi&quot;&gt;</p>",
    ),
    ("x </a></foo >", "<p>x </a></foo ></p>"),
    (
        "foo <!-- this is a --\ncomment -->",
        "<p>foo <!-- this is a --\ncomment --></p>",
    ),
    ("foo <?php echo $a; ?>", "<p>foo <?php echo $a; ?></p>"),
    ("foo <!ELEMENT br EMPTY>", "<p>foo <!ELEMENT br EMPTY></p>"),
    ("foo <![CDATA[>&<]]>", "<p>foo <![CDATA[>&<]]></p>"),
    (
        "<a href=\"\\\"\">",
        "<p>&lt;a href=&quot;&quot;&quot;&gt;</p>",
    ),
];

pub const LINE_BREAKS: &[Case] = &[
    ("foo  \nbaz", "<p>foo<br>\nbaz</p>"),
    ("foo\\\nbaz", "<p>foo<br>\nbaz</p>"),
    ("foo       \n     bar", "<p>foo<br>\nbar</p>"),
    ("*foo\\\nbar*", "<p><em>foo<br>\nbar</em></p>"),
    ("`code  \nspan`", "<p><code>code   span</code></p>"),
    ("foo\\", "<p>foo\\</p>"),
    ("foo  ", "<p>foo</p>"),
    ("## foo\\", "<h2 id=\"foo\">foo\\</h2>"),
    ("foo \n baz", "<p>foo\nbaz</p>"),
    ("hello $.;'there", "<p>hello $.;'there</p>"),
    ("Multiple     spaces", "<p>Multiple     spaces</p>"),
];

pub const ENTITIES: &[Case] = &[
    (
        "&nbsp; &amp; &copy; &AElig; &ngE;",
        "<p>\u{a0} &amp; © Æ ≧̸</p>",
    ),
    ("&#35; &#1234; &#992; &#0;", "<p># Ӓ Ϡ \u{fffd}</p>"),
    ("&#X22; &#XD06; &#xcab;", "<p>&quot; ആ ಫ</p>"),
    (
        "&nbsp &x; &#; &#x; &#87654321; &hi?;",
        "<p>&amp;nbsp &amp;x; &amp;#; &amp;#x; &amp;#87654321; &amp;hi?;</p>",
    ),
    ("&copy", "<p>&amp;copy</p>"),
    ("&MadeUpEntity;", "<p>&amp;MadeUpEntity;</p>"),
    (
        "[a](https://x.dk/f&ouml;)",
        "<p><a href=\"https://x.dk/f%C3%B6\" ext>a</a></p>",
    ),
    (
        "`f&ouml;&ouml;`",
        "<p><code>f&amp;ouml;&amp;ouml;</code></p>",
    ),
    ("    f&ouml;", "<pre><code>f&amp;ouml;\n</code></pre>"),
    ("&#42;foo&#42;\n*foo*", "<p>*foo*\n<em>foo</em></p>"),
    ("&#42; foo\n\n* foo", "<p>* foo</p><ul><li>foo</li></ul>"),
    (
        "[a](url &quot;tit&quot;)",
        "<p>[a](url &quot;tit&quot;)</p>",
    ),
];

pub const ESCAPES: &[Case] = &[
    (
        "\\!\\\"\\#\\$\\%\\&\\'\\(\\)\\*\\+\\,\\-\\.\\/\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~",
        "<p>!&quot;#$%&amp;'()*+,-./:;&lt;=&gt;?@[\\]^_`{|}~</p>",
    ),
    ("\\A\\a\\ \\3\\φ\\«", "<p>\\A\\a\\ \\3\\φ\\«</p>"),
    ("\\*not emphasized*", "<p>*not emphasized*</p>"),
    ("\\<br/> not a tag", "<p>&lt;br/&gt; not a tag</p>"),
    ("\\`not code`", "<p>`not code`</p>"),
    ("1\\. not a list", "<p>1. not a list</p>"),
    ("\\&ouml; not an entity", "<p>&amp;ouml; not an entity</p>"),
    ("\\\\*emphasis*", "<p>\\<em>emphasis</em></p>"),
    ("`` \\[\\` ``", "<p><code>\\[\\`</code></p>"),
    ("    \\[\\]", "<pre><code>\\[\\]\n</code></pre>"),
    ("~~~\n\\[\\]\n~~~", "<pre><code>\\[\\]\n</code></pre>"),
    ("x <a href=\"/bar\\/)\">", "<p>x <a href=\"/bar\\/)\"></p>"),
    (
        "[a](https://x.dk/b\\*c)",
        "<p><a href=\"https://x.dk/b*c\" ext>a</a></p>",
    ),
];

/// GitHub's extensions that we read: strikethrough, tables, footnotes.
pub const EXTENSIONS: &[Case] = &[
    ("~~Hi~~ there", "<p><del>Hi</del> there</p>"),
    (
        "This ~~has a\n\nnew paragraph~~.",
        "<p>This ~~has a</p><p>new paragraph~~.</p>",
    ),
    ("this is ~~~~not~~~~", "<p>this is ~~~~not~~~~</p>"),
    (
        "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |",
        "<table 1><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th>\
         <th scope=\"col\" class=\"align-center\">c</th><th scope=\"col\" class=\"align-right\">d</th>\
         </tr></thead><tbody><tr><td>1</td><td>2</td>\
         <td class=\"align-center\">3</td><td class=\"align-right\">4</td></tr></tbody></table></div>",
    ),
    (
        "| a |\n| --- |\n| b `\\|` az |\n| **b** \\| i",
        "<table 1><thead><tr><th scope=\"col\">a</th></tr></thead><tbody>\
         <tr><td>b <code>|</code> az</td></tr><tr><td><strong>b</strong> | i</td></tr></tbody></table></div>",
    ),
    (
        "| a | b |\n| --- | --- |\n| c |\n| d | e | f |\n\ng",
        "<table 1><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody>\
         <tr><td>c</td><td></td></tr><tr><td>d</td><td>e</td></tr></tbody></table></div><p>g</p>",
    ),
    (
        "| a | b |\n| --- |\n| c |",
        "<p>| a | b |\n| --- |\n| c |</p>",
    ),
    (
        "| a |\n| --- |\n> b",
        "<table 1><thead><tr><th scope=\"col\">a</th></tr></thead></table></div>\
         <blockquote><p>b</p></blockquote>",
    ),
    (
        "a[^n]\n\n[^n]: note",
        "<p>a<sup class=\"footnote-reference\"><a href=\"#vv-note-1\" id=\"vv-noteref-1\" aria-label=\"Note 1\">1</a></sup></p>\
         <section class=\"footnotes\" aria-label=\"Noter\"><ol><li id=\"vv-note-1\"><p>note \
         <a href=\"#vv-noteref-1\" class=\"backlink\" aria-label=\"Tilbage til teksten (1.1)\">↩</a></p></li></ol></section>",
    ),
    ("a[^n]", "<p>a[^n]</p>"),
    (
        "`[^n]`\n\n[^n]: note",
        "<p><code>[^n]</code></p><section class=\"footnotes\" aria-label=\"Noter\">\
         <ol><li id=\"vv-note-1\"><p>note</p></li></ol></section>",
    ),
];
