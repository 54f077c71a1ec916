//! The programs that the derive and the typed fields accept, in `pass`, and their errors for others, in `fail`. With
//! `TRYBUILD=overwrite` in the environment, the compiler's present messages become the expected ones.

use std::{fs, path::Path};

use trybuild::TestCases;

#[test]
fn what_is_sound_compiles_and_runs() {
    TestCases::new().pass("pass/*.rs");
}

#[test]
fn mistakes_are_told() {
    TestCases::new().compile_fail("fail/*.rs");
}

#[test]
fn one_mistake_is_one_error() {
    for entry in fs::read_dir("fail").expect("the folder of mistakes") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_some_and(|extension| extension == "stderr") {
            let read = |path: &Path| fs::read_to_string(path).expect("a mistake, and what the compiler says");
            let errors = read(&path).lines().filter(|line| line.starts_with("error")).count();
            let marked = read(&path.with_extension("rs")).matches("// wrong").count();
            let of_serde = if path.ends_with("fk_to_no_model.stderr") { 3 } else { 0 };
            assert_eq!(errors, marked.max(1) + of_serde, "{}", path.display());
        }
    }
}
