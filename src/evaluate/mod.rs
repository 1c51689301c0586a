//! Records against a gold set.
