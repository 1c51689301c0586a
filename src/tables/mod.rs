//! Records as tables, and tables as files.
