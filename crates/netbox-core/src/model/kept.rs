//! Values that were made of the fields of an object, by their names.

use std::sync::OnceLock;

/// Values that are made once, and stay where they are, so that they can be lent.
pub(super) struct Kept<T>(OnceLock<Box<Entry<T>>>);

struct Entry<T> {
    name: Box<str>,
    value: T,
    next: Kept<T>,
}

impl<T> Kept<T> {
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let entry = self.0.get()?;
        if *entry.name == *name { Some(&entry.value) } else { entry.next.get(name) }
    }

    /// The value of that name, made by `make` if there is none.
    pub(super) fn get_or_make(&self, name: &str, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get(name) {
            return value;
        }
        self.put(Entry { name: name.into(), value: make(), next: Self::default() })
    }

    /// Puts an entry at the end, unless another thread has put one of its name meanwhile.
    fn put(&self, entry: Entry<T>) -> &T {
        let mut entry = Some(Box::new(entry));
        let mut kept = self;
        loop {
            let here = kept.0.get_or_init(|| entry.take().unwrap());
            match &entry {
                Some(entry) if entry.name != here.name => kept = &here.next,
                _ => return &here.value,
            }
        }
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_name() {
        let kept = Kept::default();
        thread::scope(|scope| {
            for thread in 0..8 {
                let kept = &kept;
                scope.spawn(move || {
                    for name in ["a", "b", "c"] {
                        kept.get_or_make(name, || (name, thread));
                    }
                });
            }
        });
        let first = ["a", "b", "c"].map(|name| *kept.get(name).unwrap());
        assert_eq!(first.map(|(name, _)| name), ["a", "b", "c"]);
        assert_eq!(["a", "b", "c"].map(|name| *kept.get_or_make(name, || ("x", 9))), first);
        assert!(kept.get("d").is_none());
    }
}
