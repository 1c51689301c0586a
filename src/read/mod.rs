//! What is to be read: files, folders, lists and streams.
