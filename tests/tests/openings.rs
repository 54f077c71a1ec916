//! How sentences open: none in a comment or a document begins with "What" or "Of", unless it asks a question. Such a
//! sentence has no noun for a subject, or hides it behind the verb.

use std::{
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const OPENINGS: [&str; 2] = ["What", "Of"];

/// Each sentence with a wrong opening: the number of its line, and its first words.
type Found = Vec<(usize, String)>;

/// Reads the comments of code. A comment goes over lines that hold nothing else, or follows code on its line.
fn code(lines: Vec<(usize, &str)>) -> Found {
    let mut found = Found::new();
    let mut comment = Vec::new();
    let mut last_marker = "";
    for (number, line) in lines {
        let line = line.trim_start();
        let line = line.strip_prefix("# ").unwrap_or(line);
        let marker = ["///", "//!", "//"].into_iter().find(|marker| line.starts_with(marker)).unwrap_or("");
        if marker != last_marker {
            found.extend(text(std::mem::take(&mut comment)));
            last_marker = marker;
        }
        if !marker.is_empty() {
            comment.push((number, &line[marker.len()..]));
        } else if let Some((before, trailing)) = line.split_once("// ")
            && before.ends_with(char::is_whitespace)
        {
            found.extend(text(vec![(number, trailing)]));
        }
    }
    found.extend(text(comment));
    found
}

/// Reads Markdown: its paragraphs, headings, list items, table cells, and the code between its fences.
fn text(lines: Vec<(usize, &str)>) -> Found {
    let mut found = Found::new();
    let mut paragraph = Vec::new();
    let mut fenced: Option<Vec<(usize, &str)>> = None;
    for (number, line) in lines {
        let line = line.trim();
        if line.starts_with("```") {
            found.extend(sentences(std::mem::take(&mut paragraph)));
            fenced = match fenced.take() {
                None => Some(Vec::new()),
                Some(lines) => {
                    found.extend(code(lines));
                    None
                }
            };
            continue;
        }
        if let Some(lines) = &mut fenced {
            lines.push((number, line));
            continue;
        }
        let stands_alone = line.starts_with(['#', '|']);
        let item = line.split_once(' ').filter(|(marker, _)| is_marker(marker)).map(|(_, item)| item);
        if line.is_empty() || stands_alone || item.is_some() {
            found.extend(sentences(std::mem::take(&mut paragraph)));
        }
        if stands_alone {
            for cell in line.trim_start_matches('#').split('|') {
                found.extend(sentences(cell.split_whitespace().map(|word| (number, word)).collect()));
            }
            continue;
        }
        paragraph.extend(item.unwrap_or(line).split_whitespace().map(|word| (number, word)));
    }
    found.extend(sentences(paragraph));
    found
}

/// Whether `word` begins a list item or a quotation.
fn is_marker(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "*" | "+" | ">") || (number != word && number.parse::<u32>().is_ok())
}

/// Reads the sentences of one paragraph, given as its words.
fn sentences(words: Vec<(usize, &str)>) -> Found {
    let mut found = Found::new();
    for sentence in words.split_inclusive(|(_, word)| end(word).is_some()) {
        let first = sentence[0].1.trim_matches(|c: char| !c.is_alphanumeric() && c != '`');
        let asks = sentence.last().is_some_and(|(_, word)| end(word) == Some('?'));
        if OPENINGS.contains(&first) && !asks {
            let words: Vec<&str> = sentence.iter().take(6).map(|(_, word)| *word).collect();
            found.push((sentence[0].0, words.join(" ")));
        }
    }
    found
}

/// The mark that ends a sentence after `word`, also inside brackets, quotation marks or emphasis.
fn end(word: &str) -> Option<char> {
    word.trim_end_matches([')', ']', '*', '_', '"', '\'', '”'])
        .chars()
        .next_back()
        .filter(|c| matches!(c, '.' | '?' | '!'))
}

fn read(path: &Path) -> Found {
    let source = fs::read_to_string(path).unwrap();
    let lines = source.lines().enumerate().map(|(index, line)| (index + 1, line));
    let read = if path.extension().is_some_and(|extension| extension == "rs") { code } else { text };
    read(lines.collect())
}

/// The Rust sources and Markdown documents of the checkout, without what Cargo and cargo-mutants write.
fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(ROOT)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with('.') || name == "target" || name.starts_with("mutants.out") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn no_sentence_opens_with_what_or_of() {
    let files = files();
    assert!(files.len() > 300, "only {} files are read", files.len());
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.strip_prefix(ROOT).unwrap().display();
        wrong.extend(read(file).into_iter().map(|(line, words)| format!("{name}:{line}: {words}")));
    }
    assert!(
        wrong.is_empty(),
        "{} sentences open with one of {OPENINGS:?}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn lines_found(read: impl Fn(Vec<(usize, &str)>) -> Found, source: &str) -> Vec<usize> {
    let lines = source.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
    read(lines).into_iter().map(|(line, _)| line).collect()
}

#[test]
fn wrong_openings_are_found_in_comments() {
    for (source, lines) in [
        ("/// What NetBox sent.\nstruct A;", &[1][..]),
        ("//! A page. Of its rows, one is\n//! read. What remains waits.", &[1, 2]),
        ("    // It goes\n    // on. (Of\n    // this, nothing.)", &[2]),
        ("/// Ends with a name, `a.b`. **Of** these.", &[1]),
        ("/// A.\n///\n/// What waits", &[3]),
        ("/// - first\n/// - What else\n/// 2. Of this", &[2, 3]),
        ("/// A sentence without an end\n// What another comment says.", &[2]),
        ("let a = 1;\t// What it is", &[1]),
        (
            "/// ```\n/// # // What is hidden\n/// let a = 1;\t// Of two\n/// ```\n/// What follows.",
            &[2, 3, 5],
        ),
    ] {
        assert_eq!(lines_found(code, source), lines, "{source}");
    }
}

#[test]
fn wrong_openings_are_found_in_documents() {
    for (source, lines) in [
        ("# What stays true", &[1][..]),
        ("Text\n\nOf all", &[3]),
        ("| crate | What it is |\n|---|---|\n| a | b. Of c |", &[1, 3]),
        ("> What they say", &[1]),
        ("He asked \"why?\" What followed", &[1]),
        ("```rust\n// Of two\n```", &[2]),
    ] {
        assert_eq!(lines_found(text, source), lines, "{source}");
    }
}

#[test]
fn other_openings_pass() {
    for source in [
        "/// The rows: what NetBox sent. Says what it is, and of what",
        "/// What is it? What\n/// happens next? Whatever. Often. Offset.",
        "/// It says what: What NetBox sent:\n/// `What` is code: no sentence begins with it.",
        "let a = \"What\"; let b = \"// What\";\nfn what() {} Of::new();",
        "/// A paragraph that goes on\n/// after a line, without an end of",
    ] {
        assert_eq!(lines_found(code, source), [], "{source}");
    }
    assert_eq!(
        lines_found(text, "# What is needed?\n\n| a | of b |\n\n```text\nWhat a tool prints\n```"),
        []
    );
}
