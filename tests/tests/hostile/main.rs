//! Descriptions made to hurt. None ends in a panic, an overflow of the stack, or without bounds on time and memory; none
//! gets its texts into code, paths or markup.

mod bounds;
mod files;
mod large;
mod process;
mod products;
mod texts;
