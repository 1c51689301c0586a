//! Calendar values in ISO 8601, as the output contract writes them.

use std::fmt;

/// A calendar value. Printed with [`fmt::Display`] in the contract's form.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing settles it.
    #[default]
    Unsettled,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unsettled => f.write_str("?"),
        }
    }
}
