//! Teaching pictures, drawn on any plotters backend.
