//! The programs of the cookbook, as cargo built them, against a server that answers from their recordings.

use std::{fs, path::PathBuf, sync::Arc};

use netbox_core::Blocking;
use netbox_replay::{Cassette, Replay, loopback::Loopback};
use netbox_tests::cookbook::{self, Setting};
use parquet::file::reader::SerializedFileReader;

/// A folder for the files of a program, which is deleted in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("netbox-cookbook-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Runs the program, and makes sure that it prints what it printed when it was recorded.
fn check(name: &str) -> Folder {
    let recipe = cookbook::all().into_iter().find(|recipe| recipe.name == name).expect("a recipe");
    let cassette = Cassette::load(recipe.fixture("json")).unwrap_or_else(|error| panic!("{error}"));
    let replay = Arc::new(Replay::<Blocking>::new(cassette));
    let server = Loopback::serve_replay(Arc::clone(&replay));
    let folder = Folder::new(name);
    let setting = Setting { url: server.url(), token: "nbt_any.token", folder: &folder.0, live: None };
    let printed = recipe.run(&setting).unwrap_or_else(|error| panic!("{error}"));
    let expected = fs::read_to_string(recipe.fixture("txt")).unwrap();
    assert!(printed == expected, "{name} printed:\n{printed}\nand not:\n{expected}");
    if recipe.ends() {
        let unused: Vec<_> = replay.unused().iter().map(ToString::to_string).collect();
        assert!(unused.is_empty(), "record {name} again: it does not ask for {}", unused.join(", "));
    }
    folder
}

macro_rules! programs {
    ($($name:ident)+) => {
        const PROGRAMS: &[&str] = &[$(stringify!($name)),+, "export_parquet"];

        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )+
    };
}

programs! {
    audit_custom_fields
    branch_and_merge
    cable_racks
    fabric
    follow_changes
    import_spreadsheet
    inventory_report
    list_plugins
    move_devices
    next_addresses
    renumber_prefix
    webhook_receiver
}

#[test]
fn export_parquet() {
    let folder = check("export_parquet");
    let file = fs::File::open(folder.0.join("interfaces.parquet")).unwrap();
    let rows: Vec<_> = SerializedFileReader::new(file).unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 55);
    assert!(
        rows[0].to_string().starts_with(r#"{device: "ber1-leaf-01", name: "Ethernet1", "#),
        "{}",
        rows[0]
    );
    let having = |mtu| rows.iter().filter(|row| row.to_string().ends_with(mtu)).count();
    assert_eq!((having("mtu: 9000}"), having("mtu: null}")), (11, 44));
}

#[test]
fn each_program_is_tested() {
    let programs = fs::read_dir("../crates/netbox-client/examples").unwrap();
    let mut programs: Vec<_> = programs
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    programs.sort();
    let mut tested = PROGRAMS.to_vec();
    tested.sort_unstable();
    assert_eq!(programs, tested);
}
