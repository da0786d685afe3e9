//! What the house keeps of itself: directions of its rooms, words in both languages, licences.

mod licences;
mod pages;
mod rooms;
mod spark_views;
mod sql_lines;
mod words;
