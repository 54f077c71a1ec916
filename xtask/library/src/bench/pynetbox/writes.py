"""Creates, changes and deletes tags with pynetbox, for `cargo xtask bench writes`.

Its arguments are the way, `singly` or `in bulk`, and the colour that the tags are given. Standard input has the tags,
a list in JSON. It follows meter.py.
"""


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
    netbox, session = connect()
    {"singly": singly, "in bulk": in_bulk}[way](netbox.extras.tags, session, new, color)


main()
