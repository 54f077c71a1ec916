//! Rows that are there once, however often they are meant.

use std::collections::BTreeMap;

use anyhow::Context as _;

/// Rows, none of which is there twice.
#[derive(Default)]
pub(super) struct Distinct {
    pub(super) rows: Vec<Vec<u16>>,
    numbers: BTreeMap<Vec<u16>, u16>,
}

impl Distinct {
    pub(super) fn number(&mut self, row: Vec<u16>) -> anyhow::Result<u16> {
        if let Some(number) = self.numbers.get(&row) {
            return Ok(*number);
        }
        let number = count(self.rows.len())?;
        self.rows.push(row.clone());
        self.numbers.insert(row, number);
        Ok(number)
    }
}

/// Lists of rows, none of which is there twice.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) rows: Vec<Vec<u16>>,
    starts: BTreeMap<Vec<Vec<u16>>, u16>,
}

impl Lists {
    /// The first of the rows, and how many there are.
    pub(super) fn span(&mut self, list: Vec<Vec<u16>>) -> anyhow::Result<[u16; 2]> {
        let length = count(list.len())?;
        if let Some(start) = self.starts.get(&list) {
            return Ok([*start, length]);
        }
        let start = count(self.rows.len())?;
        self.rows.extend(list.iter().cloned());
        self.starts.insert(list, start);
        Ok([start, length])
    }
}

/// The number of a row that so many are before.
pub(super) fn count(rows: usize) -> anyhow::Result<u16> {
    u16::try_from(rows).context("there are more rows than numbers for them")
}
