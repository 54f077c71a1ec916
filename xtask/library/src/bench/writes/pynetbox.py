"""Creates, changes and deletes tags with pynetbox, for `cargo xtask bench writes`.

Its arguments are the way, `singly` or `in bulk`, and the colour that the tags are given. Standard input has the tags,
a list in JSON; NETBOX_URL and NETBOX_TOKEN say where they go. It writes a line of JSON for each step.
"""

import json
import os
import sys
import time

import pynetbox
import requests


class Counting(requests.Session):
    """A session that counts the requests it sends."""

    requests = 0

    def send(self, request, **options):
        self.requests += 1
        return super().send(request, **options)


class Step:
    """A step that is timed; it tells what it cost if nothing went wrong."""

    def __init__(self, name, session):
        self.name = name
        self.session = session

    def __enter__(self):
        self.requests = self.session.requests
        self.began = time.perf_counter()

    def __exit__(self, error, *_):
        seconds = time.perf_counter() - self.began
        if error is None:
            sent = self.session.requests - self.requests
            print(json.dumps({"step": self.name, "seconds": seconds, "requests": sent}), flush=True)


def check(right, what):
    """Fails if it isn't; `assert` would not under PYTHONOPTIMIZE."""
    if not right:
        sys.exit(f"pynetbox: {what}")


def singly(endpoint, session, new, color):
    with Step("create", session):
        tags = [endpoint.create(**tag) for tag in new]
    with Step("change", session):
        for tag in tags:
            tag.color = color
            check(tag.save(), f"{tag.slug} was not saved")
    check(all(tag.color == color for tag in tags), "NetBox changed other things")
    with Step("delete", session):
        for tag in tags:
            check(tag.delete(), f"{tag.slug} was not deleted")


def in_bulk(endpoint, session, new, color):
    with Step("create", session):
        tags = endpoint.create(new)
    with Step("change", session):
        for tag in tags:
            tag.color = color
        tags = endpoint.update(tags)
    check(len(tags) == len(new), f"{len(tags)} tags were changed")
    check(all(tag.color == color for tag in tags), "NetBox changed other things")
    with Step("delete", session):
        check(endpoint.delete(tags), "the tags were not deleted")


def main():
    way, color = sys.argv[1:]
    new = json.load(sys.stdin)
    netbox = pynetbox.api(os.environ["NETBOX_URL"], token=os.environ["NETBOX_TOKEN"])
    session = netbox.http_session = Counting()
    {"singly": singly, "in bulk": in_bulk}[way](netbox.extras.tags, session, new, color)


main()
