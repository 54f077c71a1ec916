//! Any body of an answer that is no success.
#![no_main]

use libfuzzer_sys::fuzz_target;

const STATUSES: [u16; 12] = [301, 400, 401, 403, 404, 409, 412, 429, 500, 502, 503, 599];

fuzz_target!(|input: &[u8]| {
    let Some((which, body)) = input.split_first() else { return };
    let client = netbox_fuzz::client(STATUSES[usize::from(*which) % STATUSES.len()], body);
    let error = client.get_at("dcim/sites", 1).expect_err("the status is no success");
    let text = error.to_string();
    assert!(text.len() <= netbox_fuzz::LONGEST, "{} bytes", text.len());
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(format!("{error:?}").len() <= 2 * netbox_fuzz::LONGEST);
    error.messages().fields().for_each(drop);
    let bulk = client.delete_many_at("dcim/sites", [1, 2]).send();
    assert!(bulk.expect_err("the status is no success").to_string().len() <= netbox_fuzz::LONGEST);
});
