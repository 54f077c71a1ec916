use netbox_core::{Blocking, Model, RackFace, Record, Transport};

fn ask<M: Model, T: Transport>(record: Record<M, Blocking>) {
    let _ = record.elevation(RackFace::Front);
}

fn main() {}
