//! The options of a command that takes one at most.

use lexopt::{Arg, Parser};

/// Which of `names` is given as an option; the outer `None` if the help was asked for, and printed.
pub fn read_one(
    mut arguments: Parser,
    names: &[&'static str],
    help: &str,
) -> anyhow::Result<Option<Option<&'static str>>> {
    let mut given = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{help}");
                return Ok(None);
            }
            Arg::Long(option) => match names.iter().find(|name| **name == option) {
                Some(name) if given.is_none() => given = Some(*name),
                _ => return Err(argument.unexpected().into()),
            },
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(given))
}

/// Whether `--name` is given; `None` if the help was asked for, and printed.
pub fn read(arguments: Parser, name: &'static str, help: &str) -> anyhow::Result<Option<bool>> {
    Ok(read_one(arguments, &[name], help)?.map(|given| given.is_some()))
}
