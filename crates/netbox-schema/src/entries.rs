//! Iterators over neighbouring rows of the table.

/// An iterator over rows, whose items are made `at` the number of a row. `len` and `get` are for constants, in which no
/// iterator runs.
macro_rules! entries {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            span: $crate::name::Span,
        }

        impl $name {
            pub(crate) const fn new(start: u16, end: u16) -> Self {
                Self { span: $crate::name::Span { start, end } }
            }

            /// How many entries are left.
            pub const fn len(&self) -> usize {
                (self.span.end - self.span.start) as usize
            }

            /// Whether no entry is left.
            pub const fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// The entry at `index`.
            pub const fn get(&self, index: usize) -> Option<$item> {
                if index < self.len() {
                    #[expect(clippy::cast_possible_truncation, reason = "it is less than a `u16`")]
                    let index = index as u16;
                    Some(<$item>::at(self.span.start + index))
                } else {
                    None
                }
            }
        }

        impl Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                let item = self.get(0)?;
                self.span.start += 1;
                Some(item)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.len(), Some(self.len()))
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                let item = self.get(self.len().checked_sub(1)?)?;
                self.span.end -= 1;
                Some(item)
            }
        }

        impl ExactSizeIterator for $name {}

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    };
}

pub(crate) use entries;
