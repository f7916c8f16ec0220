//! Tables, with the headers that make them readable by ear.

use super::{Page, class, with};
use crate::markup::Attributes;
use crate::{Element, Node};

/// Widest span taken over: beyond it a browser would only be slowed down.
const MAX_SPAN: u16 = 100;

impl<'a> Page<'a> {
    pub(super) fn table(&mut self, table: &'a Element) {
        let outer = !std::mem::replace(&mut self.in_table, true);
        if outer {
            // Wide tables scroll inside this box, which the keyboard reaches.
            let name = match &self.heading {
                Some(heading) => ("aria-labelledby", heading.clone()),
                None => ("aria-label", "Tableau".to_owned()),
            };
            let scrolls = [("role", "group".to_owned()), ("tabindex", "0".to_owned())];
            let attributes: Attributes = with(class("cda-table"), scrolls)
                .into_iter()
                .chain([name])
                .collect();
            self.html.open_with("div", &attributes);
        }
        let attributes = self.attributes(table);
        self.html.open_with("table", &attributes);
        self.table_parts(table);
        self.html.close("table");
        if outer {
            self.html.close("div");
            self.in_table = false;
        }
    }

    /// HTML wants the caption, the head, the bodies, then the foot, and CDA
    /// puts the foot before the bodies. A second head, or what has no place
    /// in a table, becomes rows.
    fn table_parts(&mut self, table: &'a Element) {
        let first = |name| {
            table
                .elements()
                .find(|element| element.name.as_ref() == name)
        };
        let (caption, head, foot) = (first("caption"), first("thead"), first("tfoot"));
        if let Some(caption) = caption {
            let attributes = self.attributes(caption);
            self.html.open_with("caption", &attributes);
            self.content(caption);
            self.html.close("caption");
        }
        if let Some(head) = head {
            self.group("thead", &head.children);
        }
        let is_placed = |part: &Element| {
            let mut placed = [caption, head, foot].into_iter().flatten();
            placed.any(|known| std::ptr::eq(known, part))
        };
        let bare_rows = |one: &Node, next: &Node| is_row(one) && is_row(next);
        for run in table.children.chunk_by(bare_rows) {
            match run {
                [Node::Element(part)] if is_placed(part) => {}
                [Node::Element(part)] if is_group(part) => self.group("tbody", &part.children),
                rows => self.group("tbody", rows),
            }
        }
        if let Some(foot) = foot {
            self.group("tfoot", &foot.children);
        }
    }

    fn group(&mut self, name: &'static str, rows: &'a [Node]) {
        if rows.iter().all(|row| row.is_blank() && !is_row(row)) {
            return;
        }
        self.html.open(name);
        for row in rows.iter().filter(|row| is_row(row) || !row.is_blank()) {
            match row {
                Node::Element(row) if row.name == "tr" => {
                    let attributes = self.attributes(row);
                    self.html.open_with("tr", &attributes);
                    self.cells(row, name == "thead");
                    self.html.close("tr");
                }
                stray => {
                    self.html.open("tr");
                    self.stray_cell(stray);
                    self.html.close("tr");
                }
            }
        }
        self.html.close(name);
    }

    fn cells(&mut self, row: &'a Element, in_head: bool) {
        let headers = row.elements().filter(|cell| cell.name == "th").count();
        let all_headers = row.elements().count() == headers;
        let scope = match (in_head || (all_headers && headers > 1), all_headers) {
            (true, _) => "col",
            // Alone in its row among rows of data: it names those below.
            (false, true) => "rowgroup",
            (false, false) => "row",
        };
        for cell in row
            .children
            .iter()
            .filter(|cell| !cell.is_blank() || is_cell(cell))
        {
            match cell {
                Node::Element(cell) if cell.name == "th" || cell.name == "td" => {
                    self.cell(cell, scope);
                }
                stray => self.stray_cell(stray),
            }
        }
    }

    fn cell(&mut self, cell: &'a Element, scope: &'static str) {
        // A header without words announces nothing: it is an empty cell.
        let header = cell.name == "th" && !cell.is_blank();
        let name = if header { "th" } else { "td" };
        let mut attributes = self.attributes(cell);
        if header {
            let said = cell.attribute("scope");
            let known = ["row", "col", "rowgroup", "colgroup"];
            let said = known.into_iter().find(|&value| said == Some(value));
            attributes.push(("scope", said.unwrap_or(scope).to_owned()));
        }
        for span in ["colspan", "rowspan"] {
            let cells = cell
                .attribute(span)
                .and_then(|n| n.trim().parse::<u16>().ok());
            if let Some(cells) = cells.filter(|&cells| cells > 1) {
                attributes.push((span, cells.min(MAX_SPAN).to_string()));
            }
        }
        self.html.open_with(name, &attributes);
        self.content(cell);
        self.html.close(name);
    }

    fn stray_cell(&mut self, node: &'a Node) {
        self.html.open("td");
        self.mixed(std::slice::from_ref(node));
        self.html.close("td");
    }
}

fn is_group(element: &Element) -> bool {
    matches!(element.name.as_ref(), "thead" | "tbody" | "tfoot")
}

fn is_row(node: &Node) -> bool {
    node.element().is_some_and(|element| element.name == "tr")
}

fn is_cell(node: &Node) -> bool {
    node.element()
        .is_some_and(|element| element.name == "td" || element.name == "th")
}
