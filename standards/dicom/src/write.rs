//! Writes Key Object Selections: for tests and the demonstration, never for care.

use crate::{
    element::Tag,
    kos::{KOS, Kos},
    modality,
};

/// How elements are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With types, and lengths of sequences.
    Explicit,
    /// Without types.
    Implicit,
    /// With types, sequences ended by a mark.
    ExplicitUndefined,
}

struct Writer {
    bytes: Vec<u8>,
    encoding: Encoding,
}

impl Writer {
    fn new(encoding: Encoding) -> Self {
        Self {
            bytes: Vec::new(),
            encoding,
        }
    }

    fn tag(&mut self, (group, element): Tag) {
        self.bytes.extend(group.to_le_bytes());
        self.bytes.extend(element.to_le_bytes());
    }

    fn long(&mut self, length: usize) {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.bytes.extend(length.to_le_bytes());
    }

    fn put(&mut self, tag: Tag, kind: &[u8; 2], value: &str) {
        if value.is_empty() {
            return;
        }
        let mut value = value.as_bytes().to_vec();
        if !value.len().is_multiple_of(2) {
            value.push(if kind == b"UI" { 0 } else { b' ' });
        }
        self.tag(tag);
        if self.encoding == Encoding::Implicit {
            self.long(value.len());
        } else {
            self.bytes.extend(kind);
            match kind {
                b"UR" => {
                    self.bytes.extend([0; 2]);
                    self.long(value.len());
                }
                _ => {
                    let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
                    self.bytes.extend(length.to_le_bytes());
                }
            }
        }
        self.bytes.extend(value);
    }

    fn sequence(&mut self, tag: Tag, items: Vec<Vec<u8>>) {
        let undefined = self.encoding == Encoding::ExplicitUndefined;
        let mut inner = Self::new(self.encoding);
        for item in items {
            inner.tag((0xFFFE, 0xE000));
            if undefined {
                inner.bytes.extend([0xFF; 4]);
                inner.bytes.extend(item);
                inner.tag((0xFFFE, 0xE00D));
                inner.long(0);
            } else {
                inner.long(item.len());
                inner.bytes.extend(item);
            }
        }
        self.tag(tag);
        if self.encoding != Encoding::Implicit {
            self.bytes.extend(b"SQ\0\0");
        }
        if undefined {
            self.bytes.extend([0xFF; 4]);
            self.bytes.extend(inner.bytes);
            self.tag((0xFFFE, 0xE0DD));
            self.long(0);
        } else {
            self.long(inner.bytes.len());
            self.bytes.extend(inner.bytes);
        }
    }
}

/// A file of PS3.10, with as much in it as is read here.
pub fn file(kos: &Kos, encoding: Encoding) -> Vec<u8> {
    let mut meta = Writer::new(Encoding::Explicit);
    meta.put((0x0002, 0x0002), b"UI", KOS);
    let syntax = match encoding {
        Encoding::Implicit => "1.2.840.10008.1.2",
        Encoding::Explicit | Encoding::ExplicitUndefined => "1.2.840.10008.1.2.1",
    };
    meta.put((0x0002, 0x0010), b"UI", syntax);
    let mut all = Writer::new(encoding);
    all.put((0x0008, 0x0005), b"CS", "ISO_IR 192");
    all.put((0x0008, 0x0016), b"UI", KOS);
    let day = kos.date.map(|date| date.strftime("%Y%m%d").to_string());
    all.put((0x0008, 0x0020), b"DA", &day.unwrap_or_default());
    all.put((0x0008, 0x0050), b"SH", &kos.accession);
    all.put((0x0008, 0x0060), b"CS", "KO");
    all.put((0x0008, 0x0061), b"CS", &kos.modalities.join("\\"));
    all.put((0x0008, 0x0080), b"LO", &kos.institution);
    all.put((0x0008, 0x1030), b"LO", &kos.title);
    let region = |region: &String| {
        let mut item = Writer::new(encoding);
        item.put((0x0008, 0x0104), b"LO", region);
        item.bytes
    };
    all.sequence((0x0008, 0x2218), kos.regions.iter().map(region).collect());
    all.put((0x0020, 0x000D), b"UI", &kos.study);
    let series = kos.series.iter().map(|series| {
        let mut item = Writer::new(encoding);
        item.put((0x0008, 0x0060), b"CS", &series.modality);
        item.put((0x0008, 0x103E), b"LO", &series.title);
        item.put((0x0008, 0x1190), b"UR", &kos.retrieve);
        let object = |number: usize| {
            let mut object = Writer::new(encoding);
            object.put((0x0008, 0x1150), b"UI", modality::class(&series.modality));
            object.put((0x0008, 0x1155), b"UI", &format!("{}.{number}", series.uid));
            object.bytes
        };
        item.sequence((0x0008, 0x1199), (1..=series.images).map(object).collect());
        item.put((0x0020, 0x000E), b"UI", &series.uid);
        item.bytes
    });
    let mut study = Writer::new(encoding);
    study.sequence((0x0008, 0x1115), series.collect());
    study.put((0x0020, 0x000D), b"UI", &kos.study);
    all.sequence((0x0040, 0xA375), vec![study.bytes]);
    let mut file = vec![0; 128];
    file.extend(b"DICM");
    file.extend(meta.bytes);
    file.extend(all.bytes);
    file
}
