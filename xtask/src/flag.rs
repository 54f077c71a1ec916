//! The options of a command that has but one.

use lexopt::{Arg, Parser};

/// Whether `--name` is among the arguments, which can't be anything else; `None` if the help was asked for, and printed.
pub fn read(mut arguments: Parser, name: &str, help: &str) -> anyhow::Result<Option<bool>> {
    let mut given = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long(option) if option == name => given = true,
            Arg::Short('h') | Arg::Long("help") => {
                println!("{help}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(given))
}
