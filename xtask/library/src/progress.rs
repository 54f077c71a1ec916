//! The messages of a command while it works.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal, with a line for each step; elsewhere only the lines.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(crate) fn new(steps: usize) -> Progress {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Progress { bar: ProgressBar::new(steps as u64).with_style(style) }
    }

    pub(crate) fn begin(&self, step: &str) {
        self.bar.set_message(step.to_owned());
    }

    pub(crate) fn advance(&self, steps: usize) {
        self.bar.inc(steps as u64);
    }

    pub(crate) fn end(&self, line: &str) {
        self.bar.suspend(|| println!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
