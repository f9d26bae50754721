//! The fast way through a text: chunks that are one word of plain letters, as nearly all are.
//!
//! In: a text at the beginning of a chunk. Out: the chunk's word, where it stands. What is not plain is left to the
//! tokenizer's way letter by letter, which a plain chunk would come out of the same.

/// What a byte is at a place where nearly all words are plain: letters, then what ends a sentence, then a space.
#[derive(Clone, Copy)]
enum Byte {
    Small,
    Capital,
    /// The first of the two bytes of æ, ø and å.
    Danish,
    Closing,
    Separator,
    Other,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Other; 256];
    let mut at = 0;
    while at < 256 {
        bytes[at] = match at as u8 {
            b'a'..=b'z' => Byte::Small,
            b'A'..=b'Z' => Byte::Capital,
            0xc3 => Byte::Danish,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'"' => Byte::Closing,
            b' ' | b'\n' | b'\t' | b'\r' => Byte::Separator,
            _ => Byte::Other,
        };
        at += 1;
    }
    bytes
};

/// A chunk that is one word of plain letters and what closes it, in bytes.
pub struct PlainChunk {
    /// Length of the word.
    pub word: usize,
    /// Length of the chunk.
    pub length: usize,
    pub has_capitals: bool,
}

/// The first chunk of a text, if it is plain.
pub fn plain_chunk(text: &str) -> Option<PlainChunk> {
    let bytes = text.as_bytes();
    let class = |at: usize| {
        let byte = bytes.get(at);
        byte.map_or(Byte::Separator, |byte| BYTES[usize::from(*byte)])
    };
    let mut word = 0;
    let mut has_capitals = false;
    loop {
        match class(word) {
            Byte::Small => word += 1,
            Byte::Capital => {
                has_capitals = true;
                word += 1;
            }
            Byte::Danish => {
                match bytes[word + 1] {
                    0xa6 | 0xb8 | 0xa5 => {}
                    0x86 | 0x98 | 0x85 => has_capitals = true,
                    _ => return None,
                }
                word += 2;
            }
            _ => break,
        }
    }
    let mut length = word;
    while matches!(class(length), Byte::Closing) {
        length += 1;
    }
    let is_plain = word > 0 && matches!(class(length), Byte::Separator);
    is_plain.then_some(PlainChunk {
        word,
        length,
        has_capitals,
    })
}

/// A plain letter in lower case.
pub fn small(c: char) -> char {
    match c {
        'Æ' => 'æ',
        'Ø' => 'ø',
        'Å' => 'å',
        other => other.to_ascii_lowercase(),
    }
}
