//! Rust source as far as the rules need it: which paths a file names, and which words stand in its code.
//!
//! In: a file's text. Out: paths with their lines, use-trees unfolded and `self`, `super` and `crate` followed.
//! No parser: comments, texts and characters are blanked, then it is a walk over words and braces. It knows nothing
//! of types, so a path is what is written, not what it means.

/// One file below `src/`.
pub struct Source {
    /// Below `src/`, with `/`: `render/body.rs`.
    pub path: String,
    pub text: String,
    /// The text with comments, strings and characters blanked, line for line.
    pub code: String,
}

/// A path as code names it, `crate` first where it is ours: `crate::text::slug`, `std::fs::File`.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub parts: Vec<String>,
    /// Whether it is brought in under another name.
    pub is_renamed: bool,
    /// Whether a `use` names it.
    pub is_use: bool,
}

impl Named {
    /// The room of ours that is named, and the item in it.
    pub fn room(&self) -> Option<(&str, Option<&str>)> {
        match self.parts.as_slice() {
            [first, room, rest @ ..] if first == "crate" => {
                Some((room, rest.first().map(String::as_str)))
            }
            _ => None,
        }
    }

    pub fn starts_with(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split("::").collect();
        self.parts.len() >= parts.len() && self.parts.iter().zip(parts).all(|(a, b)| a == b)
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        Source {
            path: path.to_string(),
            text: text.to_string(),
            code: blanked(text),
        }
    }

    /// The room a file lies in: its first folder, or its own name.
    pub fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// The module a file is: `crate`, then its folders and name.
    fn module(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs");
        let names = stem
            .split('/')
            .filter(|name| !matches!(*name, "lib" | "main"));
        ["crate"]
            .into_iter()
            .chain(names)
            .map(String::from)
            .collect()
    }

    /// Every path the code names, tests too.
    pub fn paths(&self) -> Vec<Named> {
        let tokens = tokens(&self.code);
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
            module: self.module(),
            found: Vec::new(),
        };
        reader.read();
        let mut found = reader.found;
        // `use crate::discover;` lets `discover::x` mean an item of that room.
        let rooms: Vec<String> = found
            .iter()
            .filter(|named| named.is_use && named.parts.len() == 2 && named.parts[0] == "crate")
            .map(|named| named.parts[1].clone())
            .collect();
        for named in &mut found {
            if !named.is_use && named.parts.len() > 1 && rooms.contains(&named.parts[0]) {
                named.parts.insert(0, "crate".to_string());
            }
        }
        found
    }

    /// Lines of code outside `#[cfg(test)]` in which `word` stands as a whole word, followed by `after`.
    pub fn lines_with(&self, word: &str, after: &str) -> Vec<usize> {
        let shipped = without_tests(&self.code);
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let needle = format!("{word}{after}");
        let mut lines = Vec::new();
        for (at, _) in shipped.match_indices(&needle) {
            let before = shipped[..at].chars().next_back();
            let behind = shipped[at + needle.len()..].chars().next();
            let starts = !word.starts_with(char::is_alphabetic) || !is_part(before);
            if starts && (!after.is_empty() || !is_part(behind)) {
                lines.push(line_of(&shipped, at));
            }
        }
        lines
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Comments, strings and characters as blanks.
fn blanked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = token_end(&chars, at);
        let is_blank = end > at + 1 || matches!(chars[at], '"');
        for c in &chars[at..end.max(at + 1)] {
            let keeps = !is_blank || *c == '\n';
            out.push(if keeps { *c } else { ' ' });
        }
        at = end.max(at + 1);
    }
    out
}

/// Where the comment, string or character that begins here ends; `at` where none does.
fn token_end(chars: &[char], at: usize) -> usize {
    let next = |offset: usize| chars.get(at + offset).copied();
    let until = |from: usize, mark: &str| {
        let mark: Vec<char> = mark.chars().collect();
        (from..chars.len())
            .find(|i| chars[*i..].starts_with(&mark))
            .map_or(chars.len(), |i| i + mark.len())
    };
    match (chars[at], next(1)) {
        ('/', Some('/')) => until(at + 2, "\n") - 1,
        ('/', Some('*')) => {
            let mut depth = 1;
            let mut i = at + 2;
            while i < chars.len() && depth > 0 {
                let opens = chars[i..].starts_with(&['/', '*']);
                let closes = chars[i..].starts_with(&['*', '/']);
                depth = depth + usize::from(opens) - usize::from(closes);
                i += if opens || closes { 2 } else { 1 };
            }
            i
        }
        ('"', _) => string_end(chars, at + 1),
        ('r', Some('"' | '#'))
            if !is_word(at.checked_sub(1).map(|i| chars[i])) || chars[at - 1] == 'b' =>
        {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if next(hashes + 1) != Some('"') {
                return at;
            }
            until(at + hashes + 2, &format!("\"{}", "#".repeat(hashes)))
        }
        // A character, not a lifetime: `'a'`, `'\n'`.
        ('\'', Some('\\')) => until(at + 3, "'"),
        ('\'', Some(_)) if next(2) == Some('\'') => at + 3,
        _ => at,
    }
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Code with everything below a `#[cfg(test)]` blanked, up to the item's end.
fn without_tests(code: &str) -> String {
    let mut out = code.to_string();
    let marks = ["#[cfg(test)]", "#[cfg(all(test,"];
    while let Some(start) = marks.iter().filter_map(|mark| out.find(mark)).min() {
        let mut depth = 0;
        let mut end = out.len();
        for (i, c) in out[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 && matches!(c, '}' | ';') {
                end = start + i + 1;
                break;
            }
        }
        let blank: String = out[start..end]
            .chars()
            .map(|c| if c == '\n' { '\n' } else { ' ' })
            .collect();
        out.replace_range(start..end, &blank);
    }
    out
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Colons,
    Other(char),
}

fn tokens(code: &str) -> Vec<(Token, usize)> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        if c.is_whitespace() {
            continue;
        }
        if is_word(Some(c)) {
            let mut word = String::from(c);
            while let Some(c) = chars.next_if(|c| is_word(Some(*c))) {
                word.push(c);
            }
            tokens.push((Token::Word(word), line));
        } else if c == ':' && chars.next_if_eq(&':').is_some() {
            tokens.push((Token::Colons, line));
        } else {
            tokens.push((Token::Other(c), line));
        }
    }
    tokens
}

struct Reader<'t> {
    tokens: &'t [(Token, usize)],
    at: usize,
    module: Vec<String>,
    found: Vec<Named>,
}

impl Reader<'_> {
    fn word(&self) -> Option<&str> {
        match self.tokens.get(self.at) {
            Some((Token::Word(word), _)) => Some(word),
            _ => None,
        }
    }

    fn is(&self, wanted: char) -> bool {
        matches!(self.tokens.get(self.at), Some((Token::Other(c), _)) if *c == wanted)
    }

    fn read(&mut self) {
        // For each open brace, whether it is an inline module's.
        let mut braces: Vec<bool> = Vec::new();
        let mut is_module = false;
        while self.at < self.tokens.len() {
            match self.word() {
                Some("mod") => {
                    self.at += 1;
                    let name = self.word().unwrap_or_default().to_string();
                    self.at += 1;
                    is_module = self.is('{');
                    if is_module {
                        self.module.push(name);
                    }
                }
                Some("use") => {
                    self.at += 1;
                    self.tree(Vec::new(), true);
                }
                Some(_) => self.tree(Vec::new(), false),
                None => {
                    if self.is('{') {
                        braces.push(std::mem::take(&mut is_module));
                    } else if self.is('}') && braces.pop() == Some(true) {
                        self.module.pop();
                    }
                    self.at += 1;
                }
            }
        }
    }

    /// Reads a path and, after `::{`, the paths below it.
    fn tree(&mut self, above: Vec<String>, is_use: bool) {
        let mut parts = above;
        let line = self.tokens.get(self.at).map_or(0, |(_, line)| *line);
        while let Some((token, _)) = self.tokens.get(self.at) {
            match token {
                Token::Word(word) if parts.is_empty() || !self.ended_before() => {
                    if word != "self" || parts.is_empty() {
                        parts.push(word.clone());
                    }
                    self.at += 1;
                }
                Token::Colons => self.at += 1,
                Token::Other('*') if is_use => {
                    parts.push("*".to_string());
                    self.at += 1;
                    break;
                }
                Token::Other('{') if is_use && !self.ended_before() => {
                    self.at += 1;
                    while self.at < self.tokens.len() && !self.is('}') {
                        let before = self.at;
                        self.tree(parts.clone(), true);
                        while self.is(',') {
                            self.at += 1;
                        }
                        if self.at == before {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                _ => break,
            }
        }
        let is_renamed = is_use && self.word() == Some("as");
        if is_renamed {
            self.at += 2;
        }
        if is_use || parts.len() > 1 {
            let parts = self.absolute(parts);
            self.found.push(Named {
                line,
                parts,
                is_renamed,
                is_use,
            });
        }
    }

    /// Whether the path has come to its end: the last token was a word of it, and no `::` follows.
    fn ended_before(&self) -> bool {
        let last = self.at.checked_sub(1).map(|at| &self.tokens[at].0);
        matches!(last, Some(Token::Word(word)) if word != "use")
    }

    fn absolute(&self, parts: Vec<String>) -> Vec<String> {
        let mut base = match parts[0].as_str() {
            "crate" => return parts,
            "vejviser" => vec!["crate".to_string()],
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().saturating_sub(1)].to_vec(),
            _ => return parts,
        };
        for part in parts.into_iter().skip(1) {
            if part == "super" {
                base.pop();
            } else {
                base.push(part);
            }
        }
        base
    }
}
