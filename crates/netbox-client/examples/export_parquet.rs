//! Exports interfaces to a Parquet file, a page of them at a time.
//!
//! ```sh
//! cargo run -p netbox-client --example export_parquet --features dcim -- site=dm-berlin interfaces.parquet
//! ```
//!
//! The arguments are a filter, as NetBox names it, and the file to write. However many interfaces there are, the
//! program holds a page of them in memory.

use std::{env, fs::File, sync::Arc};

use anyhow::Context;
use netbox_client::models::dcim::Interface;
use parquet::{
    data_type::{BoolType, ByteArray, ByteArrayType, Int32Type},
    file::writer::SerializedFileWriter,
    schema::parser::parse_message_type,
};

const SCHEMA: &str = "message interfaces {
    required binary device (utf8);
    required binary name (utf8);
    required binary type (utf8);
    required boolean enabled;
    optional int32 mtu;
}";

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let filter = arguments.next().unwrap_or_else(|| "site=dm-berlin".to_owned());
    let file = arguments.next().unwrap_or_else(|| "interfaces.parquet".to_owned());
    let (name, value) = filter.split_once('=').context("a filter looks like `site=dm-berlin`")?;
    let client = netbox_client::blocking_from_env().build()?;
    let mut pages = client
        .query::<Interface>()
        .param(name, value)
        .select((Interface::DEVICE, Interface::NAME, Interface::TYPE, Interface::ENABLED, Interface::MTU))
        .pages();

    let output = File::create(&file).with_context(|| format!("can't write {file}"))?;
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(output, schema, Arc::default())?;
    let mut count = 0;
    while let Some(page) = pages.next_page() {
        let page = page?;
        count += page.len();
        let text = |text: &str| ByteArray::from(text);
        let devices: Vec<_> = page.iter().map(|(device, ..)| text(device.display().unwrap_or(""))).collect();
        let names: Vec<_> = page.iter().map(|(_, name, ..)| text(name)).collect();
        let types: Vec<_> = page.iter().map(|(_, _, kind, ..)| text(kind.as_str())).collect();
        let enabled: Vec<_> = page.iter().map(|(_, _, _, enabled, _)| *enabled).collect();
        // An optional column holds the values that there are, and a level for each row: 1 if it has a value.
        let levels: Vec<_> = page.iter().map(|(.., mtu)| i16::from(mtu.is_some())).collect();
        let mtus = page.iter().filter_map(|(.., mtu)| *mtu).map(i32::try_from);
        let mtus = mtus.collect::<Result<Vec<_>, _>>()?;

        let mut group = writer.next_row_group()?;
        for values in [&devices, &names, &types] {
            let mut column = group.next_column()?.context("a column of text")?;
            column.typed::<ByteArrayType>().write_batch(values, None, None)?;
            column.close()?;
        }
        let mut column = group.next_column()?.context("a column of flags")?;
        column.typed::<BoolType>().write_batch(&enabled, None, None)?;
        column.close()?;
        let mut column = group.next_column()?.context("a column of numbers")?;
        column.typed::<Int32Type>().write_batch(&mtus, Some(&levels), None)?;
        column.close()?;
        group.close()?;
    }
    writer.close()?;
    println!("{count} interfaces with {filter} are in {file}");
    Ok(())
}
