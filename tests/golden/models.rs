//! What generated models do.
