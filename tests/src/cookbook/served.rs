use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::Failure;

/// A program that runs until it is dropped.
pub(super) struct Served {
    program: Child,
    lines: Receiver<String>,
    /// The lines that were read.
    pub(super) printed: String,
}

impl Served {
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        let mut program = command.stdout(Stdio::piped()).spawn()?;
        let output = program.stdout.take().map(BufReader::new);
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut lines = output.into_iter().flat_map(|output| output.lines().map_while(Result::ok));
            // Ends with the program, or when its lines are waited for no more.
            lines.try_for_each(|line| sender.send(line))
        });
        Ok(Self { program, lines, printed: String::new() })
    }

    /// Waits for the next line that the program prints.
    pub(super) fn line(&mut self) -> Result<String, Failure> {
        let line = self.lines.recv_timeout(Duration::from_secs(30));
        let line = line.map_err(|error| format!("no further line after {:?}: {error}", self.printed))?;
        self.printed += &format!("{line}\n");
        Ok(line)
    }

    /// Posts JSON to the program, and keeps the status of its answer.
    pub(super) fn post(&mut self, address: &str, body: &str, signature: &str) -> Result<(), Failure> {
        let mut stream = TcpStream::connect(address)?;
        let head = format!(
            "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             X-Hook-Signature: {signature}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.lines().next().unwrap_or_default();
        self.printed += &format!("POST / -> {status}\n");
        Ok(())
    }

    /// Keeps `shown` in place of `text`, which is another one each time.
    pub(super) fn hide(&mut self, text: &str, shown: &str) {
        self.printed = self.printed.replace(text, shown);
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}
