import json
import os
import sys
import time

import pynetbox
import requests


class Counting(requests.Session):
    """A session that counts the requests it sends, and the bytes of the answers."""

    requests = 0
    bytes = 0

    def send(self, request, **options):
        self.requests += 1
        response = super().send(request, **options)
        self.bytes += len(response.content)
        return response


class Step:
    """A step that is measured; it tells what it cost if nothing went wrong."""

    def __init__(self, name, session):
        self.name = name
        self.session = session

    def __enter__(self):
        self.requests, self.bytes = self.session.requests, self.session.bytes
        self.began, self.cpu = time.perf_counter(), time.process_time()

    def __exit__(self, error, *_):
        spent = {
            "seconds": time.perf_counter() - self.began,
            "requests": self.session.requests - self.requests,
            "kilobytes": (self.session.bytes - self.bytes) // 1000,
            "cpu": time.process_time() - self.cpu,
        }
        if error is None:
            print(json.dumps({"step": self.name, "spent": spent}), flush=True)


def check(right, what):
    """Fails if it isn't; `assert` would not under PYTHONOPTIMIZE."""
    if not right:
        sys.exit(f"pynetbox: {what}")


def connect():
    """A client of the NetBox of the environment, and its session, which counts."""
    netbox = pynetbox.api(os.environ["NETBOX_URL"], token=os.environ["NETBOX_TOKEN"])
    netbox.http_session = Counting()
    return netbox, netbox.http_session
