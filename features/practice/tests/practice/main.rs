//! The professional's side walked through as a browser would, on a real vault,
//! with the demonstration's OpenID provider.

mod consultation;
mod deposit;
mod emergency;
mod paging;
mod people;
mod phone;
mod sign_in;
mod world;
