//! How the pages of a listing are walked.

use super::Origin;

/// How to walk the pages of a listing (`x-clientsmith-paging`, `x-ms-pageable`).
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// JSON Pointer to the items in a page; empty for a bare array.
    pub items: String,
    /// How the next request differs.
    pub next: Next,
    /// Pointer to the flag that says that there is more.
    pub more: Option<String>,
    /// Pointers to flags that say that this was the last page.
    pub until: Vec<String>,
    /// Pointer to the number of pages.
    pub pages: Option<String>,
    /// Place in the document.
    pub origin: Origin,
}

/// How the request for the next page is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is none.
    End,
    /// Ask for an address of the page with GET.
    Link {
        /// Pointer to the address.
        at: String,
    },
    /// Follow an address of the page.
    Address {
        /// Pointer to the address.
        at: String,
        /// Where a bare cursor goes instead.
        into: Option<Target>,
    },
    /// Add one to a request value.
    Page {
        /// The value.
        set: Target,
        /// Number of the first page.
        first: i64,
    },
    /// Add the number of items received to a request value.
    Offset {
        /// The value.
        set: Target,
        /// Offset of the first item.
        first: i64,
    },
    /// Take a value of the last item.
    LastItem {
        /// The request value.
        set: Target,
        /// Pointer into the item.
        from: String,
    },
    /// Take a value of the page.
    Value {
        /// The request value.
        set: Target,
        /// Pointer into the page.
        from: String,
    },
}

/// A value of a request, as a runtime expression names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Index of the operation's parameter.
    Param(usize),
    /// JSON Pointer into the body.
    Body(String),
}
