//! The person's documents through their pages, on an installation of their own.

mod add;
mod covers;
mod house;
mod imaging;
mod list;
mod look;
mod papers;
mod quality;
mod results;
mod search;
mod sick_leave;
