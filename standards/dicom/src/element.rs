//! Data elements (PS3.5 §7): a tag, a length, a value; sequences hold items that hold elements.

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is no DICOM file.
    NotDicom,
    /// It is one, of another kind than a Key Object Selection.
    OtherKind,
    /// It is written in a way that is not read here: big endian, deflated.
    Encoding,
    /// Something stands before its beginning.
    Preamble,
    /// It is cut, or contradicts itself.
    Malformed,
    /// It goes deeper, or holds more, than any that is honest.
    TooMuch,
}

/// Sequences within sequences that are followed.
const DEPTH: usize = 12;
/// Elements of one file.
const ELEMENTS: usize = 200_000;
/// A length that says nothing of where the value ends.
const UNDEFINED: u32 = 0xFFFF_FFFF;

const ITEM: Tag = (0xFFFE, 0xE000);
const END_OF_ITEM: Tag = (0xFFFE, 0xE00D);
const END_OF_SEQUENCE: Tag = (0xFFFE, 0xE0DD);

/// Group and element.
pub type Tag = (u16, u16);

/// What stands before the first element of a file.
const MARK: &[u8] = b"DICM";
const PREAMBLE: usize = 128;

/// Whether bytes begin as a DICOM file does.
pub fn looks_like_dicom(bytes: &[u8]) -> bool {
    bytes.get(PREAMBLE..PREAMBLE + MARK.len()) == Some(MARK)
}

/// The value of an element.
#[derive(Debug)]
pub enum Value<'a> {
    /// Bytes as they stand.
    Bytes(&'a [u8]),
    /// The items of a sequence.
    Items(Vec<Set<'a>>),
}

/// The elements of a file or of an item, in their order.
#[derive(Debug, Default)]
pub struct Set<'a>(Vec<(Tag, Value<'a>)>);

impl<'a> Set<'a> {
    fn value(&self, tag: Tag) -> Option<&Value<'a>> {
        let found = self.0.iter().find(|(known, _)| *known == tag);
        found.map(|(_, value)| value)
    }

    /// A value as it stands.
    pub fn bytes(&self, tag: Tag) -> &'a [u8] {
        match self.value(tag) {
            Some(Value::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    /// The items of a sequence; none when there is none.
    pub fn items(&self, tag: Tag) -> &[Set<'a>] {
        match self.value(tag) {
            Some(Value::Items(items)) => items,
            _ => &[],
        }
    }
}

/// What stands before a value.
struct Head {
    tag: Tag,
    sequence: bool,
    /// Its type was not known to who wrote it.
    unknown: bool,
    length: u32,
}

/// Reads elements in little endian.
pub struct Reader<'a> {
    left: &'a [u8],
    explicit: bool,
    elements: usize,
}

impl<'a> Reader<'a> {
    /// Of these bytes, with types beside tags or without.
    pub fn new(bytes: &'a [u8], explicit: bool) -> Self {
        Self {
            left: bytes,
            explicit,
            elements: 0,
        }
    }

    /// The group of the next element.
    pub fn next_group(&self) -> Option<u16> {
        let first = self.left.first_chunk::<2>()?;
        Some(u16::from_le_bytes(*first))
    }

    /// What was not read.
    pub fn rest(&self) -> &'a [u8] {
        self.left
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Unread> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(Unread::Malformed)?;
        self.left = left;
        Ok(taken)
    }

    fn two(&mut self) -> Result<u16, Unread> {
        let bytes = self.take(2)?;
        let bytes = bytes.first_chunk().ok_or(Unread::Malformed)?;
        Ok(u16::from_le_bytes(*bytes))
    }

    fn four(&mut self) -> Result<u32, Unread> {
        let bytes = self.take(4)?;
        let bytes = bytes.first_chunk().ok_or(Unread::Malformed)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn head(&mut self) -> Result<Head, Unread> {
        self.elements += 1;
        if self.elements > ELEMENTS {
            return Err(Unread::TooMuch);
        }
        let tag = (self.two()?, self.two()?);
        if tag.0 == ITEM.0 || !self.explicit {
            return Ok(Head {
                tag,
                sequence: is_sequence(tag),
                unknown: false,
                length: self.four()?,
            });
        }
        let kind = self.take(2)?;
        let long: [&[u8]; 13] = [
            b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT",
            b"UV",
        ];
        let length = match long.contains(&kind) {
            true => {
                self.take(2)?;
                self.four()?
            }
            false => u32::from(self.two()?),
        };
        Ok(Head {
            tag,
            sequence: kind == b"SQ",
            unknown: kind == b"UN",
            length,
        })
    }

    /// Elements until the end of what there is; with `only`, until another group begins.
    pub fn set(&mut self, only: Option<u16>, depth: usize) -> Result<Set<'a>, Unread> {
        let mut all = Vec::new();
        while !self.left.is_empty() {
            if only.is_some_and(|group| self.next_group() != Some(group)) {
                break;
            }
            let head = self.head()?;
            if head.tag == END_OF_ITEM || head.tag == END_OF_SEQUENCE {
                break;
            }
            all.push((head.tag, self.value(&head, depth)?));
        }
        Ok(Set(all))
    }

    fn value(&mut self, head: &Head, depth: usize) -> Result<Value<'a>, Unread> {
        if !head.sequence && head.length != UNDEFINED {
            return Ok(Value::Bytes(self.take(size(head.length)?)?));
        }
        if depth >= DEPTH {
            return Err(Unread::TooMuch);
        }
        if head.length != UNDEFINED {
            let value = self.take(size(head.length)?)?;
            return Ok(Value::Items(
                self.within(value, |inner| inner.items(depth))?,
            ));
        }
        // A sequence of a type that its writer did not know has no types inside (PS3.5 §6.2.2).
        let explicit = self.explicit;
        self.explicit &= !head.unknown;
        let items = self.items(depth)?;
        self.explicit = explicit;
        Ok(Value::Items(items))
    }

    /// Reads a part by itself; what it counts counts here.
    fn within<T>(
        &mut self,
        part: &'a [u8],
        read: impl FnOnce(&mut Self) -> Result<T, Unread>,
    ) -> Result<T, Unread> {
        let mut inner = Self {
            left: part,
            explicit: self.explicit,
            elements: self.elements,
        };
        let done = read(&mut inner);
        self.elements = inner.elements;
        done
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Set<'a>>, Unread> {
        let mut all = Vec::new();
        while !self.left.is_empty() {
            let Head { tag, length, .. } = self.head()?;
            match (tag, length) {
                (END_OF_SEQUENCE, _) => break,
                (ITEM, UNDEFINED) => all.push(self.set(None, depth + 1)?),
                (ITEM, length) => {
                    let item = self.take(size(length)?)?;
                    all.push(self.within(item, |inner| inner.set(None, depth + 1))?);
                }
                _ => return Err(Unread::Malformed),
            }
        }
        Ok(all)
    }
}

fn size(length: u32) -> Result<usize, Unread> {
    usize::try_from(length).map_err(|_| Unread::TooMuch)
}

/// The sequences that are followed where no type stands beside the tag.
fn is_sequence(tag: Tag) -> bool {
    matches!(
        tag,
        (0x0008, 0x1115 | 0x1199 | 0x2218 | 0x1032 | 0x1111)
            | (
                0x0040,
                0xA375 | 0xA043 | 0xA730 | 0xA504 | 0xA168 | 0xA370 | 0xA525 | 0xA385
            )
    )
}

/// The elements of a file, past its head.
pub fn file(bytes: &[u8]) -> Result<(String, Set<'_>), Unread> {
    if !looks_like_dicom(bytes) {
        return Err(Unread::NotDicom);
    }
    // The format leaves the room before its mark free: a program could stand there.
    if bytes.iter().take(PREAMBLE).any(|byte| *byte != 0) {
        return Err(Unread::Preamble);
    }
    let mut head = Reader::new(&bytes[PREAMBLE + MARK.len()..], true);
    let meta = head.set(Some(0x0002), 0)?;
    let syntax = text(meta.bytes((0x0002, 0x0010)));
    let explicit = match syntax.as_str() {
        "1.2.840.10008.1.2.1" => true,
        "1.2.840.10008.1.2" => false,
        _ => return Err(Unread::Encoding),
    };
    let kind = text(meta.bytes((0x0002, 0x0002)));
    let set = Reader::new(head.rest(), explicit).set(None, 0)?;
    Ok((kind, set))
}

/// A value in characters that every set has: what pads it goes.
pub fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_matches(|c: char| c == '\0' || c.is_whitespace())
        .to_owned()
}
