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
const CENTRE_RADIUS: f64 = 80.0;
/// Of a model without values, which has the room to itself.
const LONE_CENTRE_RADIUS: f64 = 112.0;
const RING_RADIUS: f64 = 196.0;
const BOX: (f64, f64) = (190.0, 76.0);
const ELLIPSE: (f64, f64) = (350.0, 270.0);
const CYCLE_RADIUS: f64 = 208.0;
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
        let inner = CENTRE_RADIUS + 12.0;
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
                numbered_lines(out, tx, ty, 14.0, &all);
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
        let label = format!("{} {}", item.number, item.short_title);
        let lines = wrapped(&label, BOX_ROOM).unwrap_or_else(|| shortened(&label, BOX_ROOM));
        text_lines(out, "diagram-text", x, y, 19.0, &lines);
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

/// Words in lines of so many characters; `None` when they do not fit.
fn wrapped(text: &str, (width, most): (usize, usize)) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if word.chars().count() > width {
            return None;
        }
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    (lines.len() <= most).then_some(lines)
}

/// As much of a text as there is room for, with an ellipsis.
fn shortened(text: &str, (width, most): (usize, usize)) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut lines: Vec<String> = letters
        .chunks(width)
        .take(most)
        .map(|line| line.iter().collect())
        .collect();
    if letters.len() > width * most
        && let Some(last) = lines.last_mut()
    {
        last.pop();
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_or_refused() {
        assert_eq!(
            wrapped("Klare roller og fælles sag", (14, 3)),
            Some(vec!["Klare roller".into(), "og fælles sag".into()])
        );
        assert_eq!(wrapped("Sammenhængskraften", (14, 3)), None);
    }

    #[test]
    fn shortening_never_exceeds_the_room() {
        let lines = shortened(&"a".repeat(100), (20, 3));
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && lines[2].chars().count() == 20);
    }
}
