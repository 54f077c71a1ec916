//! Records the programs of the cookbook, unchanged, by way of a proxy between them and NetBox.

use std::{fs, process::Command, sync::Arc};

use anyhow::{Context as _, anyhow, ensure};
use http::header;
use netbox_core::{
    Blocking, Client,
    transport::{Request, Transport as _},
};
use netbox_replay::{
    Recorder,
    loopback::{Answer, Loopback},
};
use netbox_tests::cookbook::{Recipe, Setting};
use netbox_transport_ureq::UreqTransport;

use crate::server::Server;

/// Builds the programs.
pub(super) fn build() -> anyhow::Result<()> {
    let mut cargo = Command::new(xtask::cargo());
    // With the features of all packages, as the tests are built.
    cargo.args(["build", "--quiet", "--workspace", "--all-features", "--examples"]);
    ensure!(cargo.status().context("cargo")?.success(), "the programs of the cookbook do not build");
    Ok(())
}

/// Records a program and what it prints; returns the number of exchanges.
pub(super) fn record(recipe: &Recipe, server: &Server, client: &Client<Blocking>) -> anyhow::Result<usize> {
    let recorder = Arc::new(Recorder::new(UreqTransport::new()?).hide(&server.token));
    let proxy = Loopback::start({
        let (recorder, url) = (Arc::clone(&recorder), server.url.clone());
        move |request| forward(&recorder, &url, request)
    });
    let folder = xtask::checkout::path("target/cookbook").join(recipe.name);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let setting = Setting { url: proxy.url(), token: &server.token, folder: &folder, live: Some(client) };
    let printed = recipe.run(&setting).map_err(|error| anyhow!("{}: {error}", recipe.name))?;
    let file = recipe.fixture("json");
    fs::create_dir_all(file.with_file_name("")).with_context(|| file.display().to_string())?;
    recorder.save(&file).map_err(|error| anyhow!("{error}"))?;
    fs::write(recipe.fixture("txt"), printed).with_context(|| file.display().to_string())?;
    Ok(recorder.cassette(recipe.name).exchanges().len())
}

/// Sends the request on to the NetBox at `url`.
fn forward(recorder: &Recorder<UreqTransport>, url: &str, request: &Request) -> Answer {
    let mut request = request.clone();
    for name in [header::CONNECTION, header::CONTENT_LENGTH, header::HOST, header::TRANSFER_ENCODING] {
        request.headers_mut().remove(name);
    }
    let target = format!("{}{}", url.trim_end_matches('/'), request.uri());
    let answer = target.parse().map_err(|error| format!("{target}: {error}")).and_then(|target| {
        *request.uri_mut() = target;
        recorder.send(request).map_err(|error| error.to_string())
    });
    answer.map_or_else(|error| Answer::new(502).body(error), Answer::from)
}
