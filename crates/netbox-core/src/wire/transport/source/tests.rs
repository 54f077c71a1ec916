use std::io::Cursor;

use super::*;

fn source(pieces: impl IntoIterator<Item = Piece>) -> Source {
    Source::of(pieces.into_iter().collect())
}

fn bytes(bytes: &'static [u8]) -> Piece {
    Piece::Bytes(Bytes::from_static(bytes))
}

/// All that `source` has to read, `most` bytes at a time, or why not.
fn read(source: &Source, most: usize) -> Result<Vec<u8>, String> {
    let (mut reading, mut all, mut piece) = (source.open(), Vec::new(), vec![0; most]);
    loop {
        match reading.read(&mut piece) {
            Ok(0) => return Ok(all),
            Ok(length) => all.extend_from_slice(&piece[..length]),
            Err(error) => return Err(error.into_source().to_string()),
        }
    }
}

#[test]
fn pieces_come_in_order() {
    let whole = || {
        source([
            bytes(b"ab"),
            Piece::once(&b"cde"[..], 3),
            bytes(b""),
            Piece::seekable(Box::new(Cursor::new("fg"))).unwrap(),
            Piece::once(io::empty(), 0),
            bytes(b"h"),
        ])
    };
    for most in [1, 2, 100] {
        let source = whole();
        assert_eq!(read(&source, most).unwrap(), b"abcdefgh");
        assert!(source.was_read());
    }
    assert_eq!((whole().length(), &whole().read_all().unwrap()[..]), (8, &b"abcdefgh"[..]));
    assert_eq!(read(&source([]), 1).unwrap(), b"");
}

/// Fails after its bytes.
struct Failing(&'static [u8]);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_reader_keeps_to_its_length() {
    let why = |reader: Box<dyn Read + Send>, length| read(&Source::new(reader, length), 2).unwrap_err();
    assert_eq!(why(Box::new(&b"abc"[..]), 4), "the reader of the upload ended after 3 of 4 bytes");
    assert_eq!(
        why(Box::new(&b"abc"[..]), 2),
        "the reader of the upload has more than the 2 bytes that it was to have"
    );
    assert_eq!(
        why(Box::new(&b"abc"[..]), 0),
        "the reader of the upload has more than the 0 bytes that it was to have"
    );
    let failed = "the reader of the upload failed after 3 of 4 bytes: the disk is gone";
    assert_eq!(why(Box::new(Failing(b"abc")), 4), failed);
    // The first of the bytes leave, and the last don't.
    let mut reading = Source::new(Failing(b"abc"), 3).open();
    assert_eq!(reading.read(&mut [0; 2]).unwrap(), 2);
    assert!(reading.read(&mut [0; 2]).is_err() && !reading.source.was_read());
    let huge = Source::new(io::repeat(0), u64::MAX);
    assert_eq!(huge.open().read(&mut [0; 3]).unwrap(), 3);
}

#[test]
fn a_reader_that_can_go_back_is_read_again() {
    let mut cursor = Cursor::new("..abc");
    cursor.set_position(2);
    let source = source([bytes(b"<"), Piece::seekable(Box::new(cursor)).unwrap()]);
    let mut first = source.open();
    assert_eq!(first.read(&mut [0; 1]).unwrap(), 1);
    assert_eq!(first.read(&mut [0; 1]).unwrap(), 1);
    for _ in 0..2 {
        assert_eq!(read(&source, 2).unwrap(), b"<abc");
        assert!(source.was_read() && !source.is_spent());
    }
    let late = first.read(&mut [0; 1]).unwrap_err();
    assert_eq!(late.into_source().to_string(), "the upload was begun anew");
    source.open();
    assert!(!source.was_read());
}

#[test]
fn a_reader_that_can_not_go_back_is_read_once() {
    let source = source([bytes(b"<"), Piece::once(&b"abc"[..], 3)]);
    assert_eq!(source.open().read(&mut [0; 1]).unwrap(), 1);
    assert!(!source.is_spent(), "the reader was not read yet");
    assert_eq!(read(&source, 2).unwrap(), b"<abc");
    assert!(source.is_spent());
    let why = "the reader of the upload was read before, and can't be read again";
    assert_eq!(read(&source, 2).unwrap_err(), why);
}
