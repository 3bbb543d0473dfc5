//! How numbers are written: digits as Python writes them, and few digits for pictures.
