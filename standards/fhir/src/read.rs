//! Reading JSON from strangers, within bounds.

use crate::problem::{Issue, Problem};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::{cell::Cell, fmt};

/// Deepest nesting of arrays and objects taken.
pub const MAX_DEPTH: usize = 64;
/// Values in one document: about a thousand resources.
const MAX_VALUES: usize = 200_000;
/// Members of one object; the largest resource has some sixty elements.
const MAX_MEMBERS: usize = 200;
/// Bytes of a member's name; the longest of FHIR R4 has forty.
const MAX_NAME: usize = 64;

/// Reads one JSON document, UTF-8, with or without a byte order mark.
///
/// Refused, because later readers would disagree about them or be exhausted by
/// them: nesting deeper than [`MAX_DEPTH`], a name that appears twice in an
/// object, control characters in strings (FHIR R4, *string*), numbers out of
/// range, and oversized structures. The size in bytes is the caller's to bound.
pub fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let values = Cell::new(0);
    let bounded = Bounded {
        depth: 0,
        values: &values,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    bounded
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| {
            Problem::error(
                Issue::Structure,
                "",
                format!(
                    "Le contenu n’est pas un document JSON acceptable (ligne {}, colonne {}).",
                    error.line(),
                    error.column()
                ),
            )
        })
}

/// Builds a [`Value`] while counting.
#[derive(Clone, Copy)]
struct Bounded<'c> {
    depth: usize,
    values: &'c Cell<usize>,
}

impl<'c> Bounded<'c> {
    fn deeper<E: de::Error>(self) -> Result<Bounded<'c>, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Bounded {
            depth: self.depth + 1,
            values: self.values,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MAX_VALUES {
            return Err(de::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r');
        if any(value.as_bytes(), control) {
            return Err(E::custom("control character"));
        }
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let deeper = self.deeper()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(deeper)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let deeper = self.deeper()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name.len() > MAX_NAME || object.len() >= MAX_MEMBERS {
                return Err(de::Error::custom("oversized object"));
            }
            let value = members.next_value_seed(deeper)?;
            if object.insert(name, value).is_some() {
                return Err(de::Error::custom("name given twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

/// Whether a byte is as `is` says. Whole blocks are looked at without stopping within one, so that
/// the processor takes many bytes at once: a file is one long string.
pub(crate) fn any(bytes: &[u8], is: impl Fn(&u8) -> bool) -> bool {
    let mut blocks = bytes.chunks(256);
    blocks.any(|block| block.iter().fold(false, |found, byte| found | is(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for at in [0, 1, 255, 256, 700] {
            let mut bytes = [b'a'; 701];
            assert!(!any(&bytes, |b| *b == b'x'));
            bytes[at] = b'x';
            assert!(any(&bytes, |b| *b == b'x'), "{at}");
        }
        assert!(!any(b"", |_| true));
    }

    fn nested(depth: usize) -> String {
        format!("{}{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn plain_json_is_kept() {
        let text = r#"{"a":[1,-2,0.5,true,null,"é\n"],"b":{}}"#;
        assert_eq!(read(text.as_bytes()).unwrap().to_string(), text);
        assert!(read(b"\xef\xbb\xbf{}").is_ok());
        assert!(read(nested(MAX_DEPTH).as_bytes()).is_ok());
    }

    #[test]
    fn hostile_json_is_refused() {
        let hostile = [
            String::new(),
            "{".to_owned(),
            "{} {}".to_owned(),
            r#"{"a":1,"a":2}"#.to_owned(),
            r#""\u0000""#.to_owned(),
            r#""\u001b[2J""#.to_owned(),
            r#""\ud800""#.to_owned(),
            "1e999".to_owned(),
            "NaN".to_owned(),
            nested(MAX_DEPTH + 1),
            nested(1_000_000),
            "[".repeat(1_000_000),
            r#"{"a":"#.repeat(100_000),
            format!("[{}1]", "1,".repeat(MAX_VALUES)),
            format!("{{\"{}\":1}}", "n".repeat(MAX_NAME + 1)),
            format!(
                "{{{}}}",
                (0..=MAX_MEMBERS)
                    .map(|i| format!("\"k{i}\":0"))
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        ];
        for text in hostile {
            let problem = read(text.as_bytes()).unwrap_err();
            assert_eq!(problem.issue.status(), 400, "{:.40}", text);
        }
        assert!(read(b"\"\xff\"").is_err());
    }
}
