# SPDX-License-Identifier: GPL-3.0-or-later
"""A `streamwright serve` on a free port, for as long as a with-block lasts."""
import queue
import subprocess
import tempfile
import threading


class Server:
    def __init__(self, program, *arguments, patience=20):
        self.errors_ = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([str(program), "serve", *map(str, arguments), "--endpoint", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=self.errors_, text=True)
        lines = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in self.process.stdout], daemon=True).start()
        try:
            line = lines.get(timeout=patience)
        except queue.Empty:
            self.close()
            raise RuntimeError(f"the server does not begin: {self.errors()}") from None
        if not line.startswith("endpoint: "):
            self.close()
            raise RuntimeError(f"the server says: {line}{self.errors()}")
        self.url = line.removeprefix("endpoint: ").strip()
        self.port = int(self.url.rsplit(":", 1)[1].rstrip("/"))

    def alive(self):
        return self.process.poll() is None

    def errors(self):
        self.errors_.seek(0)
        return self.errors_.read()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
