//! Behaviours of CommonMark's blocks: Markdown and the HTML our renderer gives for it.
//!
//! Where HTML is shortened, `read` in `commonmark.rs` says for what: `<pre><code` and ` ext>`.

use super::Case;

pub const TABS: &[Case] = &[
    (
        "\tfoo\tbaz\t\tbim",
        "<pre><code>foo\tbaz\t\tbim\n</code></pre>",
    ),
    ("  - foo\n\n\tbar", "<ul><li><p>foo</p><p>bar</p></li></ul>"),
    (
        "- foo\n\n\t\tbar",
        "<ul><li><p>foo</p><pre><code>  bar\n</code></pre></li></ul>",
    ),
    (
        ">\t\tfoo",
        "<blockquote><pre><code>  foo\n</code></pre></blockquote>",
    ),
    (
        "-\t\tfoo",
        "<ul><li><pre><code>  foo\n</code></pre></li></ul>",
    ),
    ("    foo\n\tbar", "<pre><code>foo\nbar\n</code></pre>"),
    ("#\tFoo", "<h2 id=\"foo\">Foo</h2>"),
    ("*\t*\t*\t", "<hr>"),
];

pub const PRECEDENCE: &[Case] = &[
    ("- `one\n- two`", "<ul><li>`one</li><li>two`</li></ul>"),
    (
        "> `one\n\ntwo`",
        "<blockquote><p>`one</p></blockquote><p>two`</p>",
    ),
];

pub const BREAKS: &[Case] = &[
    ("***\n---\n___", "<hr><hr><hr>"),
    ("+++", "<p>+++</p>"),
    ("--\n**\n__", "<p>--\n**\n__</p>"),
    ("    ***", "<pre><code>***\n</code></pre>"),
    ("Foo\n    ***", "<p>Foo\n***</p>"),
    (" **  * ** * ** * **", "<hr>"),
    ("_ _ _ _ a", "<p>_ _ _ _ a</p>"),
    (" *-*", "<p><em>-</em></p>"),
    (
        "- foo\n***\n- bar",
        "<ul><li>foo</li></ul><hr><ul><li>bar</li></ul>",
    ),
    ("Foo\n***\nbar", "<p>Foo</p><hr><p>bar</p>"),
    (
        "* Foo\n* * *\n* Bar",
        "<ul><li>Foo</li></ul><hr><ul><li>Bar</li></ul>",
    ),
    ("- Foo\n- * * *", "<ul><li>Foo</li><li><hr></li></ul>"),
];

pub const ATX_HEADINGS: &[Case] = &[
    (
        "# foo\n## foo\n### foo\n#### foo\n##### foo\n###### foo",
        "<h2 id=\"foo\">foo</h2><h3 id=\"foo-2\">foo</h3><h4 id=\"foo-3\">foo</h4>\
         <h5 id=\"foo-4\">foo</h5><h6 id=\"foo-5\">foo</h6><h6 id=\"foo-6\">foo</h6>",
    ),
    ("####### foo", "<p>####### foo</p>"),
    ("#5 bolt\n\n#hashtag", "<p>#5 bolt</p><p>#hashtag</p>"),
    ("\\## foo", "<p>## foo</p>"),
    (
        "## foo *bar* \\*baz\\*",
        "<h2 id=\"foo-bar-baz\">foo <em>bar</em> *baz*</h2>",
    ),
    (
        "##                  foo                     ",
        "<h2 id=\"foo\">foo</h2>",
    ),
    (
        " ## foo ##\n  ###   bar    ###",
        "<h2 id=\"foo\">foo</h2><h3 id=\"bar\">bar</h3>",
    ),
    ("## foo ## b", "<h2 id=\"foo-b\">foo ## b</h2>"),
    ("## foo#", "<h2 id=\"foo\">foo#</h2>"),
    ("## foo \\##", "<h2 id=\"foo\">foo ##</h2>"),
    ("foo\n    # bar", "<p>foo\n# bar</p>"),
    ("    # foo", "<pre><code># foo\n</code></pre>"),
    ("****\n## foo\n****", "<hr><h2 id=\"foo\">foo</h2><hr>"),
    (
        "Foo bar\n## baz\nBar foo",
        "<p>Foo bar</p><h2 id=\"baz\">baz</h2><p>Bar foo</p>",
    ),
    (
        "## \n#\n### ###",
        "<h3 id=\"afsnit\"></h3><h2 id=\"afsnit-2\"></h2><h4 id=\"afsnit-3\"></h4>",
    ),
    ("## Foo {#mit-id}", "<h2 id=\"mit-id\">Foo</h2>"),
    ("## Børn & ånd", "<h2 id=\"boern-aand\">Børn &amp; ånd</h2>"),
];

pub const SETEXT_HEADINGS: &[Case] = &[
    (
        "Foo *bar*\n=========\n\nFoo *bar*\n---------",
        "<h2 id=\"foo-bar\">Foo <em>bar</em></h2><h3 id=\"foo-bar-2\">Foo <em>bar</em></h3>",
    ),
    ("Foo\nbar\n---", "<h2 id=\"foo-bar\">Foo\nbar</h2>"),
    ("Foo\n-------------------------", "<h2 id=\"foo\">Foo</h2>"),
    ("    Foo\n---", "<pre><code>Foo\n</code></pre><hr>"),
    ("Foo\n    ---", "<p>Foo\n---</p>"),
    ("Foo\n= =\n\nFoo\n--- -", "<p>Foo\n= =</p><p>Foo</p><hr>"),
    ("Foo\\\n----", "<h2 id=\"foo\">Foo\\</h2>"),
    ("`Foo\n----\n`", "<h2 id=\"foo\">`Foo</h2><p>`</p>"),
    ("> Foo\n---", "<blockquote><p>Foo</p></blockquote><hr>"),
    (
        "> foo\nbar\n===",
        "<blockquote><p>foo\nbar\n===</p></blockquote>",
    ),
    ("- Foo\n---", "<ul><li>Foo</li></ul><hr>"),
    ("\n====", "<p>====</p>"),
    ("\\> foo\n------", "<h2 id=\"foo\">&gt; foo</h2>"),
    (
        "Foo\n\nbar\n---\nbaz",
        "<p>Foo</p><h2 id=\"bar\">bar</h2><p>baz</p>",
    ),
];

pub const INDENTED_CODE: &[Case] = &[
    (
        "    a simple\n      block",
        "<pre><code>a simple\n  block\n</code></pre>",
    ),
    (
        "1.  foo\n\n    - bar",
        "<ol><li><p>foo</p><ul><li>bar</li></ul></li></ol>",
    ),
    (
        "    <a/>\n    *hi*\n\n    - one",
        "<pre><code>&lt;a/&gt;\n*hi*\n\n- one\n</code></pre>",
    ),
    (
        "    chunk1\n\n    chunk2\n  \n \n \n    chunk3",
        "<pre><code>chunk1\n\nchunk2\n\n\n\nchunk3\n</code></pre>",
    ),
    (
        "    chunk1\n      \n      chunk2",
        "<pre><code>chunk1\n  \n  chunk2\n</code></pre>",
    ),
    ("Foo\n    bar", "<p>Foo\nbar</p>"),
    ("    foo\nbar", "<pre><code>foo\n</code></pre><p>bar</p>"),
    (
        "        foo\n    bar",
        "<pre><code>    foo\nbar\n</code></pre>",
    ),
    ("\n    \n    foo\n    \n", "<pre><code>foo\n</code></pre>"),
    ("    foo  ", "<pre><code>foo  \n</code></pre>"),
];

pub const FENCED_CODE: &[Case] = &[
    ("```\n<\n >\n```", "<pre><code>&lt;\n &gt;\n</code></pre>"),
    ("~~~\n<\n >\n~~~", "<pre><code>&lt;\n &gt;\n</code></pre>"),
    ("``\nfoo\n``", "<p><code>foo</code></p>"),
    ("```\naaa\n~~~\n```", "<pre><code>aaa\n~~~\n</code></pre>"),
    (
        "````\naaa\n```\n``````",
        "<pre><code>aaa\n```\n</code></pre>",
    ),
    ("```", "<pre><code></code></pre>"),
    ("`````\n\n```\naaa", "<pre><code>\n```\naaa\n</code></pre>"),
    (
        "> ```\n> aaa\n\nbbb",
        "<blockquote><pre><code>aaa\n</code></pre></blockquote><p>bbb</p>",
    ),
    ("```\n\n  \n```", "<pre><code>\n  \n</code></pre>"),
    (
        "  ```\n  aaa\n    aaa\naaa\n  ```",
        "<pre><code>aaa\n  aaa\naaa\n</code></pre>",
    ),
    (
        "    ```\n    aaa\n    ```",
        "<pre><code>```\naaa\n```\n</code></pre>",
    ),
    (
        "```\naaa\n    ```",
        "<pre><code>aaa\n    ```\n</code></pre>",
    ),
    ("``` ```\naaa", "<p><code> </code>\naaa</p>"),
    (
        "foo\n```\nbar\n```\nbaz",
        "<p>foo</p><pre><code>bar\n</code></pre><p>baz</p>",
    ),
    (
        "```nosuch startline=3 $%@#$\ndef foo(x)\n```",
        "<pre><code class=\"language-nosuch\">def foo(x)\n</code></pre>",
    ),
    (
        "~~~ aa ``` ~~~\nfoo\n~~~",
        "<pre><code class=\"language-aa\">foo\n</code></pre>",
    ),
    ("``` aa ```\nfoo", "<p><code>aa</code>\nfoo</p>"),
    ("```\n``` aaa\n```", "<pre><code>``` aaa\n</code></pre>"),
];

pub const PARAGRAPHS: &[Case] = &[
    ("aaa\n\nbbb", "<p>aaa</p><p>bbb</p>"),
    ("aaa\nbbb\n\nccc\nddd", "<p>aaa\nbbb</p><p>ccc\nddd</p>"),
    ("aaa\n\n\nbbb", "<p>aaa</p><p>bbb</p>"),
    ("  aaa\n bbb", "<p>aaa\nbbb</p>"),
    ("aaa\n             bbb\n        ccc", "<p>aaa\nbbb\nccc</p>"),
    ("    aaa\nbbb", "<pre><code>aaa\n</code></pre><p>bbb</p>"),
    ("aaa     \nbbb     ", "<p>aaa<br>\nbbb</p>"),
    (
        "  \n\naaa\n  \n\n## aaa\n\n  ",
        "<p>aaa</p><h2 id=\"aaa\">aaa</h2>",
    ),
];

pub const QUOTES: &[Case] = &[
    (
        "> # Foo\n> bar\n> baz",
        "<blockquote><h2 id=\"foo\">Foo</h2><p>bar\nbaz</p></blockquote>",
    ),
    (
        "># Foo\n>bar\n> baz",
        "<blockquote><h2 id=\"foo\">Foo</h2><p>bar\nbaz</p></blockquote>",
    ),
    (
        "> bar\nbaz\n> foo",
        "<blockquote><p>bar\nbaz\nfoo</p></blockquote>",
    ),
    (
        "> - foo\n- bar",
        "<blockquote><ul><li>foo</li></ul></blockquote><ul><li>bar</li></ul>",
    ),
    (
        ">     foo\n    bar",
        "<blockquote><pre><code>foo\n</code></pre></blockquote><pre><code>bar\n</code></pre>",
    ),
    (
        "> foo\n    - bar",
        "<blockquote><p>foo\n- bar</p></blockquote>",
    ),
    (">", "<blockquote></blockquote>"),
    (">\n> foo\n>  ", "<blockquote><p>foo</p></blockquote>"),
    (
        "> foo\n\n> bar",
        "<blockquote><p>foo</p></blockquote><blockquote><p>bar</p></blockquote>",
    ),
    (
        "> foo\n>\n> bar",
        "<blockquote><p>foo</p><p>bar</p></blockquote>",
    ),
    (
        "foo\n> bar",
        "<p>foo</p><blockquote><p>bar</p></blockquote>",
    ),
    (
        "> bar\n\nbaz",
        "<blockquote><p>bar</p></blockquote><p>baz</p>",
    ),
    (
        "> > > foo\nbar",
        "<blockquote><blockquote><blockquote><p>foo\nbar</p></blockquote></blockquote></blockquote>",
    ),
    (
        ">     code\n\n>    not code",
        "<blockquote><pre><code>code\n</code></pre></blockquote><blockquote><p>not code</p></blockquote>",
    ),
];

pub const LIST_ITEMS: &[Case] = &[
    (
        "1.  A paragraph\n    with two lines.\n\n        code\n\n    > A quote.",
        "<ol><li><p>A paragraph\nwith two lines.</p><pre><code>code\n</code></pre>\
         <blockquote><p>A quote.</p></blockquote></li></ol>",
    ),
    ("- one\n\n two", "<ul><li>one</li></ul><p>two</p>"),
    ("-one\n\n2.two", "<p>-one</p><p>2.two</p>"),
    ("- foo\n\n\n  bar", "<ul><li><p>foo</p><p>bar</p></li></ul>"),
    ("123456789. ok", "<ol start=\"123456789\"><li>ok</li></ol>"),
    ("1234567890. not ok", "<p>1234567890. not ok</p>"),
    ("0. ok", "<ol start=\"0\"><li>ok</li></ol>"),
    ("003. ok", "<ol start=\"3\"><li>ok</li></ol>"),
    ("-1. not ok", "<p>-1. not ok</p>"),
    (
        "- foo\n\n      bar",
        "<ul><li><p>foo</p><pre><code>bar\n</code></pre></li></ul>",
    ),
    (
        "- foo\n-\n- bar",
        "<ul><li>foo</li><li></li><li>bar</li></ul>",
    ),
    ("*", "<ul><li></li></ul>"),
    ("foo\n*\n\nfoo\n1.", "<p>foo\n*</p><p>foo\n1.</p>"),
    (
        "> 1. > Quote\ncontinued here.",
        "<blockquote><ol><li><blockquote><p>Quote\ncontinued here.</p></blockquote></li></ol></blockquote>",
    ),
    (
        "- foo\n  - bar\n    - baz",
        "<ul><li>foo<ul><li>bar<ul><li>baz</li></ul></li></ul></li></ul>",
    ),
    (
        "- foo\n - bar\n  - baz",
        "<ul><li>foo</li><li>bar</li><li>baz</li></ul>",
    ),
    (
        "10) foo\n    - bar",
        "<ol start=\"10\"><li>foo<ul><li>bar</li></ul></li></ol>",
    ),
    (
        "10) foo\n   - bar",
        "<ol start=\"10\"><li>foo</li></ol><ul><li>bar</li></ul>",
    ),
    ("- - foo", "<ul><li><ul><li>foo</li></ul></li></ul>"),
    (
        "1. - 2. foo",
        "<ol><li><ul><li><ol start=\"2\"><li>foo</li></ol></li></ul></li></ol>",
    ),
    (
        "- ## Foo\n- Bar\n  ---\n  baz",
        "<ul><li><h2 id=\"foo\">Foo</h2></li><li><h2 id=\"bar\">Bar</h2>baz</li></ul>",
    ),
];

pub const LISTS: &[Case] = &[
    (
        "- foo\n- bar\n+ baz",
        "<ul><li>foo</li><li>bar</li></ul><ul><li>baz</li></ul>",
    ),
    (
        "1. foo\n2. bar\n3) baz",
        "<ol><li>foo</li><li>bar</li></ol><ol start=\"3\"><li>baz</li></ol>",
    ),
    (
        "Foo\n- bar\n- baz",
        "<p>Foo</p><ul><li>bar</li><li>baz</li></ul>",
    ),
    (
        "The number is\n14.  six.",
        "<p>The number is\n14.  six.</p>",
    ),
    (
        "The number is\n1.  six.",
        "<p>The number is</p><ol><li>six.</li></ol>",
    ),
    (
        "- foo\n\n- bar\n\n\n- baz",
        "<ul><li><p>foo</p></li><li><p>bar</p></li><li><p>baz</p></li></ul>",
    ),
    (
        "- a\n- b\n\n- c",
        "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>",
    ),
    (
        "* a\n*\n\n* c",
        "<ul><li><p>a</p></li><li></li><li><p>c</p></li></ul>",
    ),
    (
        "- a\n- b\n\n  [ref]: https://x.dk/u\n- d",
        "<ul><li><p>a</p></li><li><p>b</p></li><li><p>d</p></li></ul>",
    ),
    (
        "- a\n- ```\n  b\n\n\n  ```\n- c",
        "<ul><li>a</li><li><pre><code>b\n\n\n</code></pre></li><li>c</li></ul>",
    ),
    (
        "- a\n  - b\n\n    c\n- d",
        "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>",
    ),
    (
        "* a\n  > b\n  >\n* c",
        "<ul><li>a<blockquote><p>b</p></blockquote></li><li>c</li></ul>",
    ),
    (
        "- a\n - b\n  - c\n   - d\n    - e",
        "<ul><li>a</li><li>b</li><li>c</li><li>d\n- e</li></ul>",
    ),
    (
        "- foo\n- bar\n\n<!-- -->\n\n- baz",
        "<ul><li>foo</li><li>bar</li></ul><!-- --><ul><li>baz</li></ul>",
    ),
];
