//! A model's diagram as inline SVG, made from its front matter.
//!
//! The model's title in the middle, a ring of numbered values, and its elements or aspects as boxes on an ellipse
//! round it; a dashed ring with an arrow where the model repeats. Colours come from the style sheet by class. The
//! same model stands as lists beside it, which is what phones and screen readers use.

use crate::model::plan::{ModelGroup, ModelView};
use crate::text::escape::escaped;
use std::f64::consts::{FRAC_PI_2, TAU};
use std::fmt::Write;

const CENTRE: (f64, f64) = (400.0, 320.0);
const CENTRE_RADIUS: f64 = 78.0;
/// Between the centre and the ring.
const GAP: f64 = 6.0;
/// Of a model without values, which has the room to itself.
const LONE_CENTRE_RADIUS: f64 = 112.0;
const RING_RADIUS: f64 = 200.0;
const BOX: (f64, f64) = (190.0, 76.0);
const ELLIPSE: (f64, f64) = (350.0, 270.0);
const CYCLE_RADIUS: f64 = 212.0;
/// Room for text: characters to a line, lines.
const CENTRE_ROOM: (usize, usize) = (15, 3);
const VALUE_ROOM: (usize, usize) = (14, 3);
const BOX_ROOM: (usize, usize) = (20, 3);

/// Draws a model.
pub fn svg(title: &str, short_title: &str, model: &ModelView) -> String {
    let ring = model.groups.iter().find(|group| group.kind == "value");
    let boxes = model.groups.iter().find(|group| group.kind != "value");
    let mut out = String::with_capacity(6 * 1024);
    out.push_str(
        "<svg class=\"diagram\" viewBox=\"0 0 800 640\" role=\"img\" aria-labelledby=\"vv-diagram-title vv-diagram-description\" focusable=\"false\">",
    );
    _ = write!(
        out,
        "<title id=\"vv-diagram-title\">{}</title><desc id=\"vv-diagram-description\">{}</desc>",
        escaped(title),
        escaped(&model.diagram_description)
    );
    if let Some(cycle) = &model.cycle {
        draw_cycle(&mut out, &cycle.text);
    }
    if let Some(ring) = ring {
        draw_ring(&mut out, ring);
    }
    if let Some(boxes) = boxes {
        if ring.is_none() {
            draw_spokes(&mut out, boxes);
        }
        draw_boxes(&mut out, boxes);
    }
    let radius = if ring.is_some() {
        CENTRE_RADIUS
    } else {
        LONE_CENTRE_RADIUS
    };
    let (x, y) = CENTRE;
    _ = write!(
        out,
        "<circle class=\"diagram-centre\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
    );
    let lines =
        wrapped(short_title, CENTRE_ROOM).unwrap_or_else(|| shortened(short_title, CENTRE_ROOM));
    text_lines(&mut out, "diagram-text-centre", x, y, 20.0, &lines);
    out.push_str("</svg>");
    out
}

/// The dashed ring that says the model repeats, open at its foot, where its words stand.
fn draw_cycle(out: &mut String, text: &str) {
    let (x, y) = CENTRE;
    let gap = 0.62;
    let point = |angle: f64| {
        (
            x + CYCLE_RADIUS * angle.cos(),
            y + CYCLE_RADIUS * angle.sin(),
        )
    };
    let (x1, y1) = point(FRAC_PI_2 + gap);
    let (x2, y2) = point(FRAC_PI_2 - gap);
    _ = write!(
        out,
        "<path class=\"diagram-cycle\" d=\"M{x1:.1} {y1:.1}A{CYCLE_RADIUS} {CYCLE_RADIUS} 0 1 1 {x2:.1} {y2:.1}\"/>"
    );
    // The arrow's head lies along the ring, pointing on.
    let angle = FRAC_PI_2 - gap;
    let along = (-angle.sin(), angle.cos());
    let out_of = (angle.cos(), angle.sin());
    let tip = (x2 + along.0 * 14.0, y2 + along.1 * 14.0);
    let left = (x2 + out_of.0 * 8.0, y2 + out_of.1 * 8.0);
    let right = (x2 - out_of.0 * 8.0, y2 - out_of.1 * 8.0);
    _ = write!(
        out,
        "<path class=\"diagram-arrow\" d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\"/>",
        tip.0, tip.1, left.0, left.1, right.0, right.1
    );
    text_lines(
        out,
        "diagram-text",
        x,
        y + CYCLE_RADIUS + 4.0,
        16.0,
        &[text.to_string()],
    );
}

/// Equal segments round the centre, from the top and clockwise.
fn draw_ring(out: &mut String, group: &ModelGroup) {
    let count = group.items.len() as f64;
    let (x, y) = CENTRE;
    for (i, item) in group.items.iter().enumerate() {
        let start = TAU * i as f64 / count - FRAC_PI_2 - TAU / count / 2.0;
        let end = start + TAU / count;
        let point = |radius: f64, angle: f64| (x + radius * angle.cos(), y + radius * angle.sin());
        let inner = CENTRE_RADIUS + GAP;
        let (a, b, c, d) = (
            point(RING_RADIUS, start),
            point(RING_RADIUS, end),
            point(inner, end),
            point(inner, start),
        );
        let large = i32::from(TAU / count > std::f64::consts::PI);
        _ = write!(
            out,
            "<path class=\"diagram-value\" d=\"M{:.1} {:.1}A{RING_RADIUS} {RING_RADIUS} 0 {large} 1 {:.1} {:.1}L{:.1} {:.1}A{inner} {inner} 0 {large} 0 {:.1} {:.1}Z\"/>",
            a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1
        );
        let (tx, ty) = point((RING_RADIUS + inner) / 2.0, (start + end) / 2.0);
        match wrapped(&item.short_title, VALUE_ROOM) {
            Some(lines) if lines.len() < VALUE_ROOM.1 && count <= 6.0 => {
                let mut all = vec![item.number.to_string()];
                all.extend(lines);
                numbered_lines(out, tx, ty, 16.0, &all);
            }
            _ => text_lines(
                out,
                "diagram-number",
                tx,
                ty,
                18.0,
                &[item.number.to_string()],
            ),
        }
    }
}

/// Lines from the centre to the boxes, for a model that has nothing between them.
fn draw_spokes(out: &mut String, group: &ModelGroup) {
    let (x, y) = CENTRE;
    for i in 0..group.items.len() {
        let (to_x, to_y) = box_centre(i, group.items.len());
        _ = write!(
            out,
            "<path class=\"diagram-spoke\" d=\"M{x} {y}L{to_x:.1} {to_y:.1}\"/>"
        );
    }
}

/// The middle of a box: on the ellipse, from the top and clockwise, but inside the picture.
fn box_centre(i: usize, count: usize) -> (f64, f64) {
    let angle = TAU * i as f64 / count as f64 - FRAC_PI_2;
    let x = CENTRE.0 + ELLIPSE.0 * angle.cos();
    let y = CENTRE.1 + ELLIPSE.1 * angle.sin();
    (
        x.clamp(BOX.0 / 2.0 + 2.0, 798.0 - BOX.0 / 2.0),
        y.clamp(BOX.1 / 2.0 + 2.0, 638.0 - BOX.1 / 2.0),
    )
}

/// Rounded boxes on an ellipse, from the top and clockwise.
fn draw_boxes(out: &mut String, group: &ModelGroup) {
    for (i, item) in group.items.iter().enumerate() {
        let (x, y) = box_centre(i, group.items.len());
        _ = write!(
            out,
            "<rect class=\"diagram-element\" x=\"{:.1}\" y=\"{:.1}\" width=\"{}\" height=\"{}\" rx=\"10\"/>",
            x - BOX.0 / 2.0,
            y - BOX.1 / 2.0,
            BOX.0,
            BOX.1
        );
        let labelled = |title: &str| format!("{} {title}", item.number);
        let lines = wrapped(&labelled(&item.title), BOX_ROOM)
            .or_else(|| wrapped(&labelled(&item.short_title), BOX_ROOM))
            .unwrap_or_else(|| shortened(&labelled(&item.short_title), BOX_ROOM));
        box_lines(out, x, y, item.number, &lines);
    }
}

/// The lines of a box, its number marked.
fn box_lines(out: &mut String, x: f64, y: f64, number: usize, lines: &[String]) {
    let start = out.len();
    text_lines(out, "diagram-text", x, y, 20.0, lines);
    let number = number.to_string();
    if let Some(at) = out[start..].find(&format!(">{number}")) {
        let at = start + at + 1;
        let marked = format!("<tspan class=\"diagram-number\">{number}</tspan>");
        out.replace_range(at..at + number.len(), &marked);
    }
}

fn text_lines(out: &mut String, class: &str, x: f64, y: f64, height: f64, lines: &[String]) {
    let top = y - height * (lines.len() as f64 - 1.0) / 2.0;
    _ = write!(
        out,
        "<text class=\"{class}\" text-anchor=\"middle\" dominant-baseline=\"central\">"
    );
    for (i, line) in lines.iter().enumerate() {
        _ = write!(
            out,
            "<tspan x=\"{x:.1}\" y=\"{:.1}\">{}</tspan>",
            top + height * i as f64,
            escaped(line)
        );
    }
    out.push_str("</text>");
}

/// A number over its words.
fn numbered_lines(out: &mut String, x: f64, y: f64, height: f64, lines: &[String]) {
    let top = y - height * (lines.len() as f64 - 1.0) / 2.0;
    text_lines(out, "diagram-number", x, top - 2.0, height, &lines[..1]);
    let rest = &lines[1..];
    let middle = top + height * (1.0 + (rest.len() as f64 - 1.0) / 2.0) + 2.0;
    text_lines(
        out,
        "diagram-text diagram-text-value",
        x,
        middle,
        height,
        rest,
    );
}

/// Words in lines of so many characters; `None` when they do not fit. A word that is longer than a line is broken.
fn wrapped(text: &str, (width, most): (usize, usize)) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().filter(|c| *c != '\u{ad}').collect();
        loop {
            let free = match lines.last() {
                Some(line) => width.saturating_sub(line.chars().count() + 1),
                None => 0,
            };
            if rest.len() <= free {
                let line = lines.last_mut()?;
                line.push(' ');
                line.extend(&rest);
                break;
            }
            if rest.len() <= width {
                lines.push(rest.iter().collect());
                break;
            }
            let (at, hyphen) = break_place(&rest, width)?;
            let mut line: String = rest[..at].iter().collect();
            line.push_str(hyphen);
            lines.push(line);
            rest.drain(..at);
        }
    }
    (lines.len() <= most).then_some(lines)
}

/// Where a word that is too long for a line is broken, and what then ends the line: after the last hyphen there is
/// room for, else before a consonant that a vowel follows, as Danish words are.
fn break_place(word: &[char], width: usize) -> Option<(usize, &'static str)> {
    let own = word[..width].iter().rposition(|c| *c == '-');
    if let Some(at) = own.filter(|at| *at > 1) {
        return Some((at + 1, ""));
    }
    let is_vowel = |c: &char| "aeiouyæøåéáAEIOUYÆØÅ".contains(*c);
    let is_place = |at: &usize| {
        let begins_syllable = !is_vowel(&word[*at]) && word.get(at + 1).is_some_and(is_vowel);
        begins_syllable && word[..*at].iter().any(is_vowel) && word.len() - at > 2
    };
    let at = (3..width).rev().find(is_place)?;
    // `kr` and its like begin a syllable together.
    let is_pair = "bdfgkpt".contains(word[at - 1]) && "lrnv".contains(word[at]);
    Some((at - usize::from(is_pair), "-"))
}

/// As much of a text as there is room for, with an ellipsis.
fn shortened(text: &str, (width, most): (usize, usize)) -> Vec<String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.len() > 1 {
        words.pop();
        if let Some(lines) = wrapped(&format!("{}…", words.join(" ")), (width, most)) {
            return lines;
        }
    }
    let mut line: String = text.chars().take(width - 1).collect();
    line.push('…');
    vec![line]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_and_long_words_are_broken() {
        let wrapped = |text: &str, room| wrapped(text, room).map(|lines| lines.join("|"));
        let is = |text: &str, expected: &str| {
            assert_eq!(wrapped(text, (14, 3)).as_deref(), Some(expected));
        };
        is("Klare roller og fælles sag", "Klare roller|og fælles sag");
        is("Sammenhængskraften", "Sammenhængs-|kraften");
        is("Et skole-hjem-samarbejde", "Et|skole-hjem-|samarbejde");
        is(
            "Speciallægepraksisplanlægning",
            "Speciallæge-|praksisplan-|lægning",
        );
        assert_eq!(wrapped("Fire ord på fire linjer i alt her", (8, 3)), None);
        assert_eq!(wrapped("Pstkrfgtrsmnbvcxz", (8, 3)), None);
    }

    #[test]
    fn shortening_never_exceeds_the_room() {
        let is_inside = |text: &str| {
            let lines = shortened(text, (20, 3));
            assert!(lines.len() <= 3 && lines.iter().all(|line| line.chars().count() <= 20));
            assert!(
                lines.last().is_some_and(|line| line.ends_with('…')),
                "{lines:?}"
            );
        };
        is_inside(&"a".repeat(100));
        is_inside(&"x".repeat(100));
        is_inside(&"Et ord og nogle flere ".repeat(9));
        is_inside(&"🎈".repeat(30));
    }
}
