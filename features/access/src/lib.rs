//! Who may open a record, by which right, and the trace of it.
