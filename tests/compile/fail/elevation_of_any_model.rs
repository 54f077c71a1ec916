use netbox_core::{Blocking, Model, Record, route::RackFace, transport::Transport};

fn ask<M: Model, T: Transport>(record: Record<M, Blocking>) {
    let _ = record.elevation(RackFace::Front);
}

fn main() {}
