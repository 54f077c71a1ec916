use netbox_core::{choice_set, value::Unlisted};

choice_set! {
    pub enum Status {
        Active = "active",
    }
}

fn main() {
    let _ = Status::Other("for sale".to_owned()); // wrong
    let _ = Status::Other(Unlisted("for sale".to_owned())); // wrong
    if let Status::Other("for sale") = Status::Active {} // wrong
}
