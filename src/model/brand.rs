//! What a site sets of its look, and the colours that come of it. Read by `config`, derived by `brand`.

use crate::text::span::{Spanned, TextRange};
use std::fmt;

/// A colour of sRGB, eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    pub const BLACK: Colour = Colour([0; 3]);
    pub const WHITE: Colour = Colour([255; 3]);

    /// `#rgb` or `#rrggbb`, in small or large letters.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits: Option<Vec<u8>> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| Some(digit.to_digit(16)? as u8))
            .collect();
        match digits?[..] {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Colour([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// What a site sets of its look.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    pub colours: BrandColours,
    pub logo: Option<LogoFiles>,
    pub fonts: Fonts,
    /// How round corners are, in pixels.
    pub radius: Option<u8>,
}

/// A logo as the configuration names it: files by their path from the site's root.
#[derive(Clone, Debug)]
pub struct LogoFiles {
    pub light: Spanned<String>,
    /// The one for the dark look, where it is another.
    pub dark: Option<Spanned<String>>,
    pub alt: String,
}

/// The site's own letters.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    /// Where they are named.
    pub place: TextRange,
    pub body: Vec<FontFile>,
    /// For headings, where they are others.
    pub heading: Vec<FontFile>,
}

/// One file of letters.
#[derive(Clone, Debug)]
pub struct FontFile {
    /// Its path from the site's root.
    pub file: Spanned<String>,
    /// One weight, or the two ends of those that the file has.
    pub weight: String,
    pub is_italic: bool,
    /// How large the letters are drawn, in hundredths of their own size.
    pub size_adjust: Option<u8>,
}

impl Brand {
    /// Every file that it names.
    pub fn files(&self) -> impl Iterator<Item = &Spanned<String>> {
        let logo = self.logo.iter();
        let logo = logo.flat_map(|logo| std::iter::once(&logo.light).chain(&logo.dark));
        let fonts = self.fonts.body.iter().chain(&self.fonts.heading);
        logo.chain(fonts.map(|font| &font.file))
    }
}

/// What a brand has come to, beside the style sheet.
#[derive(Clone, Debug, Default)]
pub struct Branded {
    /// The colours of a site that has its own.
    pub palette: Option<Palette>,
    pub logo: Option<Logo>,
    /// The files of letters and what they weigh together, in bytes.
    pub fonts: (usize, u64),
}

/// A logo that can be shown.
#[derive(Clone, Debug)]
pub struct Logo {
    pub alt: String,
    pub light: LogoImage,
    pub dark: Option<LogoImage>,
}

/// One of a logo's pictures.
#[derive(Clone, Debug)]
pub struct LogoImage {
    /// Its name among the theme's files.
    pub file: String,
    /// In pixels, as it is shown.
    pub width: u32,
    pub height: u32,
}

/// The colours that a site gives.
#[derive(Clone, Debug, Default)]
pub struct BrandColours {
    pub light: GivenColours,
    pub dark: GivenColours,
    /// The site insists: a colour that cannot be read is an error and not mended.
    pub is_fixed: bool,
}

/// The colours given for one look: `primary`, `link` and `focus`, where the site has its own.
#[derive(Clone, Debug, Default)]
pub struct GivenColours(pub Vec<(Token, Spanned<Colour>)>);

impl GivenColours {
    pub fn of(&self, token: Token) -> Option<Colour> {
        let given = self.0.iter().find(|(own, _)| *own == token);
        given.map(|(_, colour)| colour.value)
    }
}

impl BrandColours {
    pub fn is_empty(&self) -> bool {
        self.light.0.is_empty() && self.dark.0.is_empty()
    }
}

macro_rules! tokens {
    ($($variant:ident $name:literal)*) => {
        /// A colour that style sheets name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Token { $($variant),* }

        impl Token {
            pub const ALL: &[Token] = &[$(Token::$variant),*];

            /// Its name in style sheets.
            pub fn name(self) -> &'static str {
                match self { $(Token::$variant => $name),* }
            }
        }
    };
}

tokens! {
    Background "--background"
    Surface "--surface"
    Tint "--tint"
    Text "--text"
    Muted "--muted"
    Border "--border"
    Primary "--primary"
    Link "--link"
    Visited "--visited"
    OnPrimary "--on-primary"
    Focus "--focus"
    Done "--done"
    Warning "--warning"
    Error "--error"
    Mark "--mark"
}

/// A colour for each token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens(pub [Colour; Token::ALL.len()]);

impl Tokens {
    pub fn of(&self, token: Token) -> Colour {
        self.0[token as usize]
    }

    pub fn set(&mut self, token: Token, colour: Colour) {
        self.0[token as usize] = colour;
    }
}

/// The two looks of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    Light,
    Dark,
}

/// What a token is seen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Token(Token),
    /// A box in the colour of a token, which is mixed into the background.
    Box(Token),
}

/// One colour on another: what must be told apart, and how well it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub token: Token,
    pub ground: Ground,
    pub ratio: f64,
    /// The least ratio that will do.
    pub least: f64,
}

impl Pair {
    pub fn is_good(&self) -> bool {
        self.ratio >= self.least
    }
}

/// A ratio as people read it: one decimal, never rounded up over a rule it does not keep.
pub fn shown_ratio(ratio: f64) -> String {
    format!("{:.1}", (ratio * 10.0).floor() / 10.0)
}

/// All colours of one look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub scheme: Scheme,
    pub tokens: Tokens,
    pub pairs: Vec<Pair>,
    /// Colours that had to be changed: token, what the site gives, what is used.
    pub changes: Vec<(Token, Colour, Colour)>,
}

/// The colours of a site that has its own: light, then dark.
pub type Palette = [Look; 2];

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn colours_are_three_or_six_digits() {
        let read = |text| Colour::parse(text).map(|colour| colour.to_string());
        assert_eq!(read("#0B4f8a").as_deref(), Some("#0b4f8a"));
        assert_eq!(read("#fa0").as_deref(), Some("#ffaa00"));
        for bad in ["red", "0b4f8a", "#0b4f8", "#0b4f8a00", "#", "", "#ååå"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
