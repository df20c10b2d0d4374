//! Lists as text.

use super::text::text_format;

macro_rules! text_lists {
    ($($(#[$attribute:meta])* $name:ident: $separator:literal;)*) => {$(
        text_format! {
            $(#[$attribute])*
            $name, "list", |_| true
        }

        impl $name {
            /// The items; none where the text is empty.
            pub fn items(&self) -> impl Iterator<Item = &str> {
                // An empty text has one part, and that is empty too.
                self.as_str().split($separator).filter(|_| !self.as_str().is_empty())
            }
        }

        impl<T: AsRef<str>> FromIterator<T> for $name {
            /// Joins the items as they are: what separates them cannot stand in one.
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                let mut text = String::new();
                for (place, item) in items.into_iter().enumerate() {
                    if place > 0 {
                        text.push($separator);
                    }
                    text.push_str(item.as_ref());
                }
                Self::new(text)
            }
        }
    )*};
}

text_lists! {
    /// A list in a string, with commas between its items, as the text that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::CommaList;
    ///
    /// let colours = CommaList::from_iter(["blue", "red"]);
    /// assert_eq!(colours.as_str(), "blue,red");
    /// assert_eq!(colours.items().collect::<Vec<_>>(), ["blue", "red"]);
    /// ```
    CommaList: ',';
    /// A list in a string, with spaces between its items, as the text that was received.
    SpaceList: ' ';
    /// A list in a string, with `|` between its items, as the text that was received.
    PipeList: '|';
    /// A list in a string, with line feeds between its items, as the text that was received.
    LineList: '\n';
}
