//! Colour as numbers: sRGB, linear light, OKLab, and WCAG's contrast.
//!
//! In and out: colours of eight bits a channel. Pure, and the same on every machine: powers and roots are `libm`'s,
//! since those of the standard library are the system's own.
//!
//! Where the formulas come from: the transfer function of sRGB is that of IEC 61966-2-1; OKLab and its matrices are
//! Björn Ottosson's («A perceptual color space for image processing», 2020); relative luminance and contrast are
//! WCAG 2's definitions. Of the two thresholds in use for sRGB (0.04045 and WCAG's 0.03928) either gives the same
//! for eight bits. A hue is never changed here: chroma is the length of OKLab's pair (a, b), so a colour keeps its
//! hue while the pair is only made shorter, and no angle is needed.

use crate::model::brand::Colour;
use std::sync::LazyLock;

/// A colour in OKLab: lightness from 0 to 1, and two axes whose length together is chroma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lab {
    pub lightness: f64,
    pub a: f64,
    pub b: f64,
}

impl Lab {
    pub fn of(colour: Colour) -> Lab {
        let [r, g, b] = colour.0.map(linear);
        let l = libm::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        let m = libm::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        let s = libm::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        Lab {
            lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        }
    }

    pub fn chroma(self) -> f64 {
        (self.a * self.a + self.b * self.b).sqrt()
    }

    pub fn with_lightness(self, lightness: f64) -> Lab {
        Lab {
            lightness: lightness.clamp(0.0, 1.0),
            ..self
        }
    }

    /// The same hue with another chroma; a grey stays grey.
    pub fn with_chroma(self, chroma: f64) -> Lab {
        let own = self.chroma();
        // Below this the hue is nothing but rounding.
        if own < 1e-4 {
            return Lab {
                a: 0.0,
                b: 0.0,
                ..self
            };
        }
        self.scaled(chroma / own)
    }

    fn scaled(self, by: f64) -> Lab {
        Lab {
            a: self.a * by,
            b: self.b * by,
            ..self
        }
    }

    /// The cosine of the angle between two hues; `None` where one is grey.
    pub fn likeness(self, other: Lab) -> Option<f64> {
        let lengths = self.chroma() * other.chroma();
        (lengths > 1e-4).then(|| (self.a * other.a + self.b * other.b) / lengths)
    }

    /// The nearest colour of sRGB with this lightness and hue: chroma is made less until the colour is one.
    pub fn colour(self) -> Colour {
        let whole = self.to_linear();
        let mut found = whole;
        if !is_in_gamut(whole) {
            let (mut inside, mut outside) = (0.0, 1.0);
            for _ in 0..24 {
                let middle = (inside + outside) / 2.0;
                if is_in_gamut(self.scaled(middle).to_linear()) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            found = self.scaled(inside).to_linear();
        }
        Colour(found.map(encoded))
    }

    fn to_linear(self) -> [f64; 3] {
        let cube = |x: f64| x * x * x;
        let l = cube(self.lightness + 0.3963377774 * self.a + 0.2158037573 * self.b);
        let m = cube(self.lightness - 0.1055613458 * self.a - 0.0638541728 * self.b);
        let s = cube(self.lightness - 0.0894841775 * self.a - 1.2914855480 * self.b);
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ]
    }
}

/// Contrast by WCAG 2: from 1 (the same) to 21 (black on white).
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// So many hundredths of one colour in another, as `color-mix(in srgb, …)` mixes them.
pub fn mixed(colour: Colour, hundredths: u8, into: Colour) -> Colour {
    let part = u32::from(hundredths.min(100));
    let channel = |i: usize| {
        let sum = u32::from(colour.0[i]) * part + u32::from(into.0[i]) * (100 - part);
        ((sum + 50) / 100) as u8
    };
    Colour([channel(0), channel(1), channel(2)])
}

/// Relative luminance by WCAG 2.
fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = colour.0.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A channel as linear light.
fn linear(channel: u8) -> f64 {
    static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let of = |channel: u8| {
            let x = f64::from(channel) / 255.0;
            if x <= 0.04045 {
                x / 12.92
            } else {
                libm::pow((x + 0.055) / 1.055, 2.4)
            }
        };
        (0..=255).map(of).collect()
    });
    TABLE[usize::from(channel)]
}

/// Linear light as a channel.
fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let x = if light <= 0.0031308 {
        light * 12.92
    } else {
        1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
    };
    (x * 255.0).round() as u8
}

fn is_in_gamut(linear: [f64; 3]) -> bool {
    // What rounding to eight bits takes away anyway is not outside.
    linear.iter().all(|x| (-1e-4..=1.0 + 1e-4).contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "{found} is not {expected}");
    }

    /// Values of the primaries as published with OKLab and in CSS Color 4.
    #[test]
    fn oklab_has_its_known_values() {
        for (text, lightness, a, b) in [
            ("#ffffff", 1.0, 0.0, 0.0),
            ("#000000", 0.0, 0.0, 0.0),
            ("#ff0000", 0.62796, 0.22486, 0.12585),
            ("#00ff00", 0.86644, -0.23389, 0.17950),
            ("#0000ff", 0.45201, -0.03246, -0.31153),
        ] {
            let lab = Lab::of(colour(text));
            near(lab.lightness, lightness);
            near(lab.a, a);
            near(lab.b, b);
        }
    }

    #[test]
    fn contrast_has_its_known_values() {
        near(contrast(Colour::BLACK, Colour::WHITE), 21.0);
        near(contrast(Colour::WHITE, Colour::WHITE), 1.0);
        // The greys on each side of the rule for text on white.
        near(contrast(colour("#767676"), Colour::WHITE), 4.5422);
        near(contrast(colour("#777777"), Colour::WHITE), 4.4781);
        near(contrast(colour("#f00"), Colour::WHITE), 3.9985);
    }

    #[test]
    fn a_colour_comes_back_as_it_was() {
        for r in (0..=255).step_by(17) {
            for g in (0..=255).step_by(17) {
                for b in (0..=255).step_by(17) {
                    let colour = Colour([r, g, b]);
                    assert_eq!(Lab::of(colour).colour(), colour);
                }
            }
        }
    }

    #[test]
    fn a_colour_outside_srgb_keeps_lightness_and_hue() {
        let red = Lab::of(colour("#ff0000")).with_lightness(0.85);
        let found = Lab::of(red.colour());
        assert!((found.lightness - 0.85).abs() < 0.01, "{found:?}");
        assert!(found.chroma() < red.chroma());
        assert!(
            found.likeness(red).is_some_and(|cosine| cosine > 0.999),
            "{found:?}"
        );
        assert_eq!(red.with_lightness(0.0).colour(), Colour::BLACK);
        assert_eq!(red.with_lightness(1.0).colour(), Colour::WHITE);
    }

    #[test]
    fn colours_mix_as_in_style_sheets() {
        assert_eq!(
            mixed(colour("#0b4f8a"), 7, Colour::WHITE).to_string(),
            "#eef3f7"
        );
        assert_eq!(mixed(Colour::BLACK, 100, Colour::WHITE), Colour::BLACK);
    }
}
