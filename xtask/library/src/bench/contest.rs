//! Contestants that take turns.

use anyhow::anyhow;

/// The measurements of `N` quantities, contestant by contestant.
pub(crate) struct Contest<'a, const N: usize> {
    quantities: [&'static str; N],
    contestants: Vec<Contestant<'a, N>>,
}

struct Contestant<'a, const N: usize> {
    label: String,
    turn: Box<dyn FnMut() -> anyhow::Result<[f64; N]> + 'a>,
    turns: Vec<[f64; N]>,
}

impl<'a, const N: usize> Contest<'a, N> {
    pub(crate) fn new(quantities: [&'static str; N]) -> Self {
        Self { quantities, contestants: Vec::new() }
    }

    /// Enters a contestant, which measures itself at each turn. The others are compared with the first.
    pub(crate) fn enter(
        mut self,
        label: impl Into<String>,
        turn: impl FnMut() -> anyhow::Result<[f64; N]> + 'a,
    ) -> Self {
        self.contestants.push(Contestant { label: label.into(), turn: Box::new(turn), turns: Vec::new() });
        self
    }

    /// As [`run`](Self::run), of contestants that write `objects` and delete them again. `clear` deletes what is left of them,
    /// before and afterwards, and says how many there were.
    pub(crate) fn run_cleanly(
        self,
        rounds: usize,
        objects: &str,
        clear: impl Fn() -> anyhow::Result<usize>,
    ) -> anyhow::Result<Vec<[f64; N]>> {
        let left = clear()?;
        if left > 0 {
            println!("  deleted {left} {objects} of a run that did not get to it");
        }
        match (self.run(rounds), clear()) {
            (Ok(medians), Ok(0)) => Ok(medians),
            (Ok(_), Ok(left)) => Err(anyhow!("a contestant left {left} {objects}, which are deleted now")),
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => Err(error),
            (Err(error), Err(not_cleared)) => {
                Err(error
                    .context(format!("{objects} are left, which the next run will delete: {not_cleared:#}")))
            }
        }
    }

    /// Lets all take their turns, and prints how they did. With more than one round there is one before that does
    /// not count. Returns the medians of each contestant.
    pub(crate) fn run(mut self, rounds: usize) -> anyhow::Result<Vec<[f64; N]>> {
        if rounds > 1 {
            for contestant in &mut self.contestants {
                (contestant.turn)()?;
            }
        }
        let contestants = self.contestants.len();
        for round in 0..rounds {
            for turn in 0..contestants {
                // Back and forth, so that nobody always comes after the same one.
                let whose = if round % 2 == 0 { turn } else { contestants - 1 - turn };
                let contestant = &mut self.contestants[whose];
                contestant.turns.push((contestant.turn)()?);
            }
        }
        let mut medians = vec![[0.0; N]; contestants];
        for (index, quantity) in self.quantities.iter().enumerate() {
            println!("  {quantity}");
            let mut first = None;
            for (contestant, medians) in self.contestants.iter().zip(&mut medians) {
                let spread = Spread::of(contestant.turns.iter().map(|turn| turn[index]).collect());
                medians[index] = spread.median;
                let line = format!("    {:<28}{spread}", contestant.label);
                match first {
                    None => println!("{line}"),
                    Some(first) => println!("{line:<72}{:.3} of the first", spread.median / first),
                }
                first.get_or_insert(spread.median);
            }
        }
        Ok(medians)
    }
}

struct Spread {
    lowest: f64,
    median: f64,
    highest: f64,
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 {
            values[middle]
        } else {
            f64::midpoint(values[middle - 1], values[middle])
        };
        Self { lowest: values[0], median, highest: values[values.len() - 1] }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Counts, which are whole, need no decimals, and the same each time no range.
        let digits = if self.lowest.fract() == 0.0 && self.highest.fract() == 0.0 { 0 } else { 3 };
        write!(f, "{:>9.digits$}", self.median)?;
        if self.lowest < self.highest {
            write!(f, " ({:.digits$} to {:.digits$})", self.lowest, self.highest)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(Spread::of(vec![3.5, 1.0, 2.0]).to_string(), "    2.000 (1.000 to 3.500)");
        assert_eq!(Spread::of(vec![4.0, 1.0, 3.0, 1.0]).to_string(), "        2 (1 to 4)");
        assert_eq!(Spread::of(vec![7.0, 7.0]).to_string(), "        7");
    }

    #[test]
    fn turns_go_back_and_forth_after_a_round_that_does_not_count() {
        let order = std::cell::RefCell::new(String::new());
        let turn = |name| {
            let order = &order;
            move || {
                order.borrow_mut().push(name);
                Ok([1.0])
            }
        };
        Contest::new(["turns"]).enter("a", turn('a')).enter("b", turn('b')).run(2).unwrap();
        assert_eq!(order.take(), "ababba");
        Contest::new(["turns"]).enter("a", turn('a')).enter("b", turn('b')).run(1).unwrap();
        assert_eq!(order.take(), "ab");
    }
}
