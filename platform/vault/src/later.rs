use std::pin::Pin;

/// A future behind a pointer.
///
/// Who awaits an `async fn` compiles its body, and those of all that it awaits, once more in each
/// of their own parts: the readers of PostgreSQL stood two hundred times in the program. What half
/// of it awaits is returned as this; it costs an allocation, and is compiled once.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
