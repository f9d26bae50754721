//! The colours of a site, made from the few that it gives, so that everything can be read.
//!
//! In: the given colours. Out: every token of the light and the dark look, and the table of pairs it was tried on. A
//! colour that fails is made darker in light and lighter in dark until it passes; chroma gives way only where sRGB
//! has no such colour, hue never. The neutral colours are those of the theme's own style sheet, which a test compares.

use super::colour::{Lab, contrast, mixed};
use crate::model::brand::*;

/// How much of its colour a box has, in hundredths; `.callout` in the style sheet says the same.
const BOX: u8 = 7;
/// The finest step of lightness, as a part of the whole way from black to white.
const STEPS: u32 = 500;
/// The lightness that a colour of the light look has at least in the dark one, and the chroma it has at most: as the
/// theme's own, which neither glare nor glow.
const DARK_LIGHTNESS: f64 = 0.8;
const DARK_CHROMA: f64 = 0.13;
/// Visited links differ from others by at least forty degrees of hue; this is the cosine.
const SAME_HUE: f64 = 0.766;

/// The tokens in the order of [`Token::ALL`].
const LIGHT: [&str; Token::ALL.len()] = [
    "#fff", "#f3f5f7", "#edf3f9", "#1b1f23", "#4a5560", "#6b7680", "#0b4f8a", "#0b4f8a", "#5b3a8c",
    "#fff", "#1b1f23", "#1e6b3a", "#7a4b00", "#a3162c", "#fff2b8",
];
const DARK: [&str; Token::ALL.len()] = [
    "#14181c", "#1e242a", "#1a2833", "#e8ecef", "#b3bdc6", "#8a96a1", "#8ec7ff", "#8ec7ff",
    "#cdb2ff", "#0b1a28", "#ffd54a", "#7fd6a0", "#ffc46b", "#ff9aa8", "#5a4a00",
];
/// What visited links may be beside the theme's own, where the site's links are like it: light and dark.
const VISITED: [[&str; 2]; 2] = [["#8a2563", "#1d4fa0"], ["#ffabd9", "#a9c8ff"]];

/// The colours of the theme without a brand.
pub fn standard(scheme: Scheme) -> Tokens {
    let texts = match scheme {
        Scheme::Light => LIGHT,
        Scheme::Dark => DARK,
    };
    Tokens(texts.map(constant))
}

/// All colours of a site that gives some.
pub fn palette(given: &BrandColours) -> Palette {
    [look(Scheme::Light, given), look(Scheme::Dark, given)]
}

/// Every pair that must be told apart: what, on what, and the least contrast.
pub fn rules() -> Vec<(Token, Ground, f64)> {
    use Token::*;
    let papers = [Background, Surface, Tint].map(Ground::Token);
    let boxes = [Primary, Visited, Done, Warning, Error].map(Ground::Box);
    let mut rules = Vec::new();
    let mut on = |token, grounds: &[Ground], least| {
        rules.extend(grounds.iter().map(|ground| (token, *ground, least)));
    };
    let mark = [Ground::Token(Mark)];
    for (token, least, on_mark) in [
        (Text, 7.0, Some(4.5)),
        (Muted, 4.5, Some(4.5)),
        (Link, 4.5, Some(4.5)),
        (Visited, 4.5, Some(4.5)),
        (Border, 3.0, None),
        (Focus, 3.0, Some(3.0)),
    ] {
        on(token, &papers, least);
        on(token, &boxes, least);
        if let Some(least) = on_mark {
            on(token, &mark, least);
        }
    }
    for token in [Primary, Done, Warning, Error] {
        on(token, &papers, 4.5);
        on(token, &[Ground::Box(token)], 4.5);
    }
    on(OnPrimary, &[Ground::Token(Primary)], 4.5);
    on(Background, &[Ground::Token(Text)], 4.5);
    rules
}

/// All pairs of a look.
pub fn pairs(tokens: &Tokens) -> Vec<Pair> {
    let pair = |(token, ground, least)| Pair {
        token,
        ground,
        ratio: contrast(tokens.of(token), ground_colour(tokens, ground)),
        least,
    };
    rules().into_iter().map(pair).collect()
}

/// What is wrong with a given colour: the first pair that fails. `None` when it can be read.
pub fn failing(look: &Look, token: Token, given: Colour) -> Option<Pair> {
    let mut tokens = look.tokens.clone();
    let follows = token == Token::Primary && tokens.of(Token::Link) == tokens.of(token);
    tokens.set(token, given);
    if follows {
        tokens.set(Token::Link, given);
    }
    let is_its = |pair: &Pair| pair.token == token || (follows && pair.token == Token::Link);
    let mut all = pairs(&tokens).into_iter();
    all.find(|pair| is_its(pair) && !pair.is_good())
}

fn look(scheme: Scheme, given: &BrandColours) -> Look {
    let starts = Starts::new(scheme, given);
    let mut tokens = starts.tokens.clone();
    let rules = rules();
    // What a colour is seen on depends on others that are changed too, so all are gone through until all pass.
    for _ in 0..8 {
        for token in [Token::Primary, Token::Visited, Token::Link, Token::Focus] {
            if token != Token::Link || !starts.link_follows {
                mend(&mut tokens, &starts, scheme, token, &rules);
            }
        }
        tokens.set(Token::OnPrimary, on_primary(scheme, &tokens));
        if pairs(&tokens).iter().all(Pair::is_good) {
            break;
        }
    }
    let changed = |token: &Token| {
        let own = given_for(scheme, given).of(*token);
        let was = own.or_else(|| given.light.of(*token))?;
        let is = tokens.of(*token);
        (was != is).then_some((*token, was, is))
    };
    let changes = [Token::Primary, Token::Link, Token::Focus];
    Look {
        scheme,
        changes: changes.iter().filter_map(changed).collect(),
        pairs: pairs(&tokens),
        tokens,
    }
}

/// What is given for a look.
pub fn given_for(scheme: Scheme, given: &BrandColours) -> &GivenColours {
    match scheme {
        Scheme::Light => &given.light,
        Scheme::Dark => &given.dark,
    }
}

/// The colours before they are mended.
struct Starts {
    tokens: Tokens,
    /// Links have the colour of everything else that is the site's.
    link_follows: bool,
}

impl Starts {
    fn new(scheme: Scheme, given: &BrandColours) -> Starts {
        let standard = standard(scheme);
        let own = given_for(scheme, given);
        let start = |token| {
            let of_light = || given.light.of(token).map(counterpart);
            own.of(token).or_else(of_light)
        };
        let primary = start(Token::Primary).unwrap_or(standard.of(Token::Primary));
        let link = start(Token::Link);
        let mut tokens = standard.clone();
        tokens.set(Token::Primary, primary);
        tokens.set(Token::Link, link.unwrap_or(primary));
        if primary != standard.of(Token::Primary) {
            tokens.set(Token::Tint, tint(standard.of(Token::Tint), primary));
        }
        tokens.set(Token::Visited, visited(scheme, tokens.of(Token::Link)));
        if let Some(focus) = start(Token::Focus) {
            tokens.set(Token::Focus, focus);
        }
        Starts {
            tokens,
            link_follows: link.is_none(),
        }
    }
}

/// A colour of the light look for the dark one.
fn counterpart(colour: Colour) -> Colour {
    let lab = Lab::of(colour);
    lab.with_chroma(lab.chroma().min(DARK_CHROMA))
        .with_lightness(lab.lightness.max(DARK_LIGHTNESS))
        .colour()
}

/// As light and as faint as the theme's own tint, in the hue of the site.
fn tint(standard: Colour, primary: Colour) -> Colour {
    let (standard, primary) = (Lab::of(standard), Lab::of(primary));
    let chroma = standard.chroma().min(primary.chroma());
    let tint = primary.with_lightness(standard.lightness);
    tint.with_chroma(chroma).colour()
}

fn visited(scheme: Scheme, link: Colour) -> Colour {
    let standard = standard(scheme).of(Token::Visited);
    let others = VISITED[scheme as usize].map(constant);
    let link = Lab::of(link);
    let differs = |colour: &Colour| {
        let likeness = link.likeness(Lab::of(*colour));
        likeness.is_none_or(|cosine| cosine < SAME_HUE)
    };
    let mut all = std::iter::once(standard).chain(others);
    all.find(differs).unwrap_or(standard)
}

/// What can be read on the site's colour.
fn on_primary(scheme: Scheme, tokens: &Tokens) -> Colour {
    let primary = tokens.of(Token::Primary);
    let standard = standard(scheme);
    let hued = || {
        let (ours, primary) = (Lab::of(standard.of(Token::OnPrimary)), Lab::of(primary));
        let chroma = ours.chroma().min(primary.chroma());
        let dark = primary.with_lightness(ours.lightness);
        dark.with_chroma(chroma).colour()
    };
    let first = if scheme == Scheme::Light || primary == standard.of(Token::Primary) {
        standard.of(Token::OnPrimary)
    } else {
        hued()
    };
    let all = [first, Colour::WHITE, Colour::BLACK];
    let can_be_read = |colour: &&Colour| contrast(**colour, primary) >= 4.5;
    // One of black and white always can: their contrasts multiply to 21.
    *all.iter().find(can_be_read).unwrap_or(&Colour::BLACK)
}

/// Sets a token to the colour nearest to its start that passes all its rules, by lightness alone.
fn mend(
    tokens: &mut Tokens,
    starts: &Starts,
    scheme: Scheme,
    token: Token,
    rules: &[(Token, Ground, f64)],
) {
    let follows = token == Token::Primary && starts.link_follows;
    let start = starts.tokens.of(token);
    let lab = Lab::of(start);
    let way = match scheme {
        Scheme::Light => -lab.lightness,
        Scheme::Dark => 1.0 - lab.lightness,
    };
    for step in 0..=STEPS {
        let part = f64::from(step) / f64::from(STEPS);
        let colour = match step {
            0 => start,
            _ => lab.with_lightness(lab.lightness + way * part).colour(),
        };
        tokens.set(token, colour);
        if follows {
            tokens.set(Token::Link, colour);
        }
        let is_its = |own: Token| own == token || (follows && own == Token::Link);
        let is_good = |(own, ground, least): &(Token, Ground, f64)| {
            !is_its(*own) || contrast(colour, ground_colour(tokens, *ground)) >= *least
        };
        if rules.iter().all(is_good) {
            return;
        }
    }
}

fn ground_colour(tokens: &Tokens, ground: Ground) -> Colour {
    match ground {
        Ground::Token(token) => tokens.of(token),
        Ground::Box(token) => mixed(tokens.of(token), BOX, tokens.of(Token::Background)),
    }
}

fn constant(text: &str) -> Colour {
    Colour::parse(text).expect("a colour of ours, and a test reads them all")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Spanned;
    use proptest::prelude::*;

    const SHEET: &str = include_str!("../../themes/standard/static/site.css");

    fn given(colours: &[(Token, &str)]) -> GivenColours {
        let of = |(token, text): &(Token, &str)| {
            let colour = Colour::parse(text).expect("a colour");
            (*token, Spanned::new(colour, 0..0))
        };
        GivenColours(colours.iter().map(of).collect())
    }

    fn of_primary(colour: &str) -> Palette {
        palette(&BrandColours {
            light: given(&[(Token::Primary, colour)]),
            ..BrandColours::default()
        })
    }

    /// The value of a custom property in a part of the style sheet.
    fn value<'a>(part: &'a str, name: &str) -> Option<&'a str> {
        let (_, rest) = part.split_once(&format!("{name}: "))?;
        rest.split(';').next()
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let (_, root) = SHEET.split_once(":root {").expect("tokens");
        let (light, rest) = root.split_once('}').expect("an end");
        let (_, dark) = rest.split_once("prefers-color-scheme: dark").expect("dark");
        let (once, rest) = dark.split_once("}\n}").expect("an end");
        let (_, again) = rest.split_once("data-appearance=dark]").expect("dark");
        let (again, _) = again.split_once('}').expect("an end");
        for (scheme, part) in [
            (Scheme::Light, light),
            (Scheme::Dark, once),
            (Scheme::Dark, again),
        ] {
            for token in Token::ALL {
                if *token == Token::Link {
                    continue;
                }
                let written = value(part, token.name()).and_then(Colour::parse);
                let name = token.name();
                assert_eq!(written, Some(standard(scheme).of(*token)), "{name}");
            }
        }
        assert_eq!(value(light, "--link"), Some("var(--primary)"));
        assert!(SHEET.contains("color-mix(in srgb, var(--accent) 7%, var(--background))"));
    }

    #[test]
    fn the_theme_keeps_its_own_rules() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let bad: Vec<Pair> = pairs(&standard(scheme))
                .into_iter()
                .filter(|pair| !pair.is_good())
                .collect();
            assert!(bad.is_empty(), "{bad:?}");
        }
        assert_eq!(VISITED.map(|own| own.map(constant)).len(), 2);
    }

    #[track_caller]
    fn check_primary(primary: &str, light: &str, dark: &str) {
        let [on_light, on_dark] = of_primary(primary);
        let found = |look: &Look| look.tokens.of(Token::Primary).to_string();
        assert_eq!(
            (found(&on_light), found(&on_dark)),
            (light.into(), dark.into())
        );
    }

    #[test]
    fn a_colour_that_can_be_read_stays() {
        check_primary("#0b4f8a", "#0b4f8a", "#8ac3ff");
        check_primary("#005a2b", "#005a2b", "#87d29c");
        check_primary("#000000", "#000000", "#bebebe");
    }

    /// A light yellow becomes its own dark shade, and a red that is nearly good changes little.
    #[test]
    fn one_that_cannot_keeps_its_hue() {
        check_primary("#ffe066", "#826d00", "#fce076");
        check_primary("#ff0000", "#de0000", "#ffa395");
    }

    #[test]
    fn visited_links_have_another_hue() {
        for primary in ["#5b3a8c", "#8a2563", "#1d4fa0", "#c00000", "#004d40"] {
            for look in of_primary(primary) {
                let [link, visited] =
                    [Token::Link, Token::Visited].map(|token| Lab::of(look.tokens.of(token)));
                let likeness = link.likeness(visited).expect("two hues");
                assert!(likeness < 0.8, "{primary}: {likeness}");
            }
        }
    }

    #[test]
    fn a_link_of_its_own_leads_nothing_else() {
        let [light, dark] = palette(&BrandColours {
            light: given(&[(Token::Link, "#7a0019")]),
            dark: given(&[(Token::Focus, "#ffffff")]),
            is_fixed: false,
        });
        assert_eq!(light.tokens.of(Token::Primary).to_string(), "#0b4f8a");
        assert_eq!(light.tokens.of(Token::Link).to_string(), "#7a0019");
        assert_eq!(dark.tokens.of(Token::Primary).to_string(), "#8ec7ff");
        assert_ne!(dark.tokens.of(Token::Link), dark.tokens.of(Token::Primary));
        assert_eq!(dark.tokens.of(Token::Focus), Colour::WHITE);
        assert!(light.changes.is_empty(), "{:?}", light.changes);
    }

    fn any_given() -> impl Strategy<Value = GivenColours> {
        let colour = || prop::option::of(any::<[u8; 3]>());
        (colour(), colour(), colour()).prop_map(|(primary, link, focus)| {
            let all = [
                (Token::Primary, primary),
                (Token::Link, link),
                (Token::Focus, focus),
            ];
            let given = all
                .into_iter()
                .filter_map(|(token, colour)| Some((token, Spanned::new(Colour(colour?), 0..0))));
            GivenColours(given.collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn whatever_is_given_every_pair_passes(light in any_given(), dark in any_given()) {
            let given = BrandColours { light, dark, is_fixed: false };
            let palette = palette(&given);
            for look in &palette {
                let bad: Vec<&Pair> = look.pairs.iter().filter(|pair| !pair.is_good()).collect();
                prop_assert!(bad.is_empty(), "{:?}: {bad:?} {:?}", look.scheme, look.tokens);
                for (token, colour) in &given_for(look.scheme, &given).0 {
                    let is_used = look.tokens.of(*token) == colour.value;
                    prop_assert!(is_used != failing(look, *token, colour.value).is_some());
                }
            }
        }
    }
}
