//! What the command says while it works.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal, with a line for each set of objects; elsewhere only the lines.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn new(objects: usize) -> Progress {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Progress { bar: ProgressBar::new(objects as u64).with_style(style) }
    }

    pub(super) fn begin(&self, set: &str) {
        self.bar.set_message(set.to_owned());
    }

    pub(super) fn advance(&self, objects: usize) {
        self.bar.inc(objects as u64);
    }

    pub(super) fn end(&self, line: &str) {
        self.bar.suspend(|| println!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
