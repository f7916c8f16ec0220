//! Papers of ours: A4, text alone, tagged so that a screen reader goes through headings and
//! paragraphs as eyes do (PDF/UA-1, ISO 14289-1; what is written is checked against it).

mod face;
mod layout;

use krilla::{
    Document, SerializeSettings,
    color::luma,
    configure::{Accessibility, ConfigurationBuilder},
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagKind, TagTree},
};

use face::Faces;
use layout::{HEIGHT, Line, MARGIN, WIDTH};

/// A paper to write.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// Its title: on top, and what a viewer shows of the file.
    pub title: String,
    /// Its language (BCP 47).
    pub lang: String,
    /// Who writes it.
    pub author: String,
    /// What stands at the foot of each page, beside its number.
    pub foot: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading under the title.
    Heading(String),
    /// A heading under that.
    Question(String),
    /// Paragraphs, one for each line.
    Text(String),
    /// A word and what it is.
    Fact(String, String),
    /// A line to fill in by hand.
    Blank(String),
}

/// Why a paper is not written.
#[derive(Debug)]
pub struct Unwritten(String);

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a paper is not written: {}", self.0)
    }
}

impl std::error::Error for Unwritten {}

/// The first character of a text that our typeface does not have: such a paper would lose it.
pub fn lacks(text: &str) -> Option<char> {
    Faces::ours().lacks(text)
}

/// Writes a paper. A character that the typeface lacks stands as « ? ».
///
/// # Errors
/// [`Unwritten`] when what came out would not be accessible: never on text alone.
pub fn write(paper: &Paper) -> Result<Vec<u8>, Unwritten> {
    let faces = Faces::ours();
    // A heading that says nothing is none, and a file without title is not accessible.
    let paper = &Paper {
        title: match paper.title.trim() {
            "" => "Document".to_owned(),
            title => title.to_owned(),
        },
        blocks: paper.blocks.iter().filter(says).cloned().collect(),
        ..paper.clone()
    };
    let (lines, pages) = layout::lay(paper, &faces);
    let unwritten = |error: &dyn std::fmt::Debug| Unwritten(format!("{error:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| unwritten(&error))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let lang = Some(paper.lang.clone());
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(paper.lang.clone())
            .authors(vec![paper.author.clone()]),
    );
    let tags: Vec<TagKind> = std::iter::once(heading(1, &paper.title))
        .chain(paper.blocks.iter().map(tag))
        .collect();
    let mut groups: Vec<TagGroup> = tags.into_iter().map(TagGroup::new).collect();
    let mut outline = Outline::new();
    for number in 0..pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT);
        let size = size.ok_or_else(|| Unwritten("a page without size".to_owned()))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        surface.set_fill(Some(ink()));
        for line in lines.iter().filter(|line| line.page == number) {
            let at = Point::from_xy(line.x, line.y);
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let (glyphs, font) = faces.set(&line.text, line.bold);
            surface.draw_glyphs(at, &glyphs, font, &line.text, line.size, false);
            surface.end_tagged();
            if let Some(group) = groups.get_mut(line.of) {
                group.push(Node::Leaf(id));
            }
            if let Some(rule) = rule(line) {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                    ArtifactType::Other,
                )));
                surface.draw_path(&rule);
                surface.end_tagged();
            }
        }
        let foot = format!("{} – {} / {pages}", paper.foot, number + 1);
        let foot = faces.plain(&foot);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Footer,
        )));
        let (glyphs, font) = faces.set(&foot, false);
        let at = Point::from_xy(MARGIN, HEIGHT - MARGIN / 2.0);
        surface.draw_glyphs(at, &glyphs, font, &foot, 9.0, false);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    for line in &lines {
        // One entry for each heading, where its first line stands.
        let title = match line.of.checked_sub(1) {
            None => Some(&paper.title),
            Some(of) => match paper.blocks.get(of) {
                Some(Block::Heading(title)) => Some(title),
                _ => None,
            },
        };
        if let Some(title) = title.filter(|_| line.first) {
            let at = Point::from_xy(line.x, (line.y - line.size).max(0.0));
            let there = krilla::destination::XyzDestination::new(line.page, at);
            outline.push_child(OutlineNode::new(title.clone(), there));
        }
    }
    document.set_outline(outline);
    let mut tree = TagTree::new().with_lang(lang);
    for group in groups {
        tree.push(group);
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|error| unwritten(&error))
}

fn says(block: &&Block) -> bool {
    match block {
        Block::Heading(text) | Block::Question(text) | Block::Text(text) | Block::Blank(text) => {
            !text.trim().is_empty()
        }
        Block::Fact(..) => true,
    }
}

fn ink() -> Fill {
    Fill {
        paint: luma::Color::black().into(),
        ..Fill::default()
    }
}

fn heading(level: u16, title: &str) -> TagKind {
    let level = std::num::NonZeroU16::new(level).unwrap_or(std::num::NonZeroU16::MIN);
    Tag::Hn(level, Some(title.to_owned())).into()
}

fn tag(block: &Block) -> TagKind {
    match block {
        Block::Heading(title) => heading(2, title),
        Block::Question(title) => heading(3, title),
        Block::Text(_) | Block::Fact(..) | Block::Blank(_) => Tag::P.into(),
    }
}

/// The rule on which one writes by hand.
fn rule(line: &Line) -> Option<krilla::geom::Path> {
    let from = line.rule?;
    let rect = Rect::from_ltrb(from, line.y + 3.0, WIDTH - MARGIN, line.y + 3.6)?;
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    path.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paper(blocks: Vec<Block>) -> Paper {
        Paper {
            title: "Mes volontés".to_owned(),
            lang: "fr".to_owned(),
            author: "Élise Martin".to_owned(),
            foot: "Élise Martin".to_owned(),
            blocks,
        }
    }

    #[test]
    fn what_is_written_is_read_back_in_its_order_with_its_structure() {
        let long = "Je souhaite qu’on ne me réanime pas ; l’œil, ça va. ".repeat(60);
        let bytes = write(&paper(vec![
            Block::Heading("Réanimation".to_owned()),
            Block::Text(format!("{long}\nFin.")),
            Block::Fact("Née le".to_owned(), "12 mars 1944".to_owned()),
            Block::Blank("Signature :".to_owned()),
        ]))
        .expect("writes");
        let read = crate::read(bytes.clone(), 1 << 20).expect("reads");
        assert_eq!(read.pages, 2);
        let at = |word: &str| read.text.find(word).unwrap_or_else(|| panic!("{word}"));
        assert!(at("Mes volontés") < at("Réanimation") && at("Réanimation") < at("l’œil"));
        assert!(at("12 mars 1944") < at("Signature"));
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("/StructTreeRoot") && text.contains("/Marked true"));
        assert!(text.contains("pdfuaid"));
    }

    #[test]
    fn a_character_that_is_lacking_is_named_and_stands_as_a_question() {
        assert_eq!(lacks("Œuvre, été… 12 °C\n« non »\u{202f}!\t"), None);
        assert_eq!(lacks("мама"), Some('м'));
        let bytes = write(&paper(vec![Block::Text("a😀b".to_owned())])).expect("writes");
        let read = crate::read(bytes, 1 << 20).expect("reads");
        assert!(read.text.contains("a?b"), "{}", read.text);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn whatever_is_typed_is_written(title in "\\PC{0,80}", text in "(\\PC|\n| ){0,300}", word in "\\w{0,200}") {
            let blocks = vec![
                Block::Heading(title.clone()),
                Block::Question(word.clone()),
                Block::Text(text),
                Block::Fact(title, word.clone()),
                Block::Blank(word),
            ];
            let bytes = write(&paper(blocks)).expect("writes");
            prop_assert!(crate::read(bytes, 1 << 20).is_ok());
        }
    }
}
