"""Makes a NetBox what a document says with pynetbox, for `cargo xtask bench plan`: each object is looked up, and created
or changed, in an order in which each follows those that it refers to.

Standard input has the document, and another in which some objects have changed. It follows meter.py.
"""


def ensure(endpoint, fields, **key):
    """The object with that key, which gets these fields."""
    found = endpoint.get(**key)
    if found is None:
        return endpoint.create(fields)
    # Sends what differs, if anything does.
    found.update(fields)
    return found


def run(netbox, document):
    dcim, ipam = netbox.dcim, netbox.ipam

    def by_slug(endpoint, rows):
        return {row["slug"]: ensure(endpoint, row, slug=row["slug"]) for row in rows}

    tags = by_slug(netbox.extras.tags, document["extras/tags"])
    manufacturers = by_slug(dcim.manufacturers, document["dcim/manufacturers"])
    models = [
        row | {"manufacturer": manufacturers[row["manufacturer"]["slug"]].id} for row in document["dcim/device-types"]
    ]
    models = by_slug(dcim.device_types, models)
    roles = by_slug(dcim.device_roles, document["dcim/device-roles"])
    sites = by_slug(dcim.sites, document["dcim/sites"])
    vrfs = {row["name"]: ensure(ipam.vrfs, row, name=row["name"]) for row in document["ipam/vrfs"]}
    for row in document["ipam/prefixes"]:
        vrf = vrfs[row["vrf"]["name"]]
        ensure(ipam.prefixes, row | {"vrf": vrf.id}, prefix=row["prefix"], vrf_id=vrf.id)

    devices = {}
    for row in document["dcim/devices"]:
        site = sites[row["site"]["slug"]]
        fields = row | {
            "site": site.id,
            "role": roles[row["role"]["slug"]].id,
            "device_type": models[row["device_type"]["slug"]].id,
            "tags": [tags[tag["slug"]].id for tag in row["tags"]],
        }
        devices[row["name"]] = ensure(dcim.devices, fields, name=row["name"], site_id=site.id)

    interfaces = {}
    for row in document["dcim/interfaces"]:
        device = devices[row["device"]["name"]]
        interface = ensure(dcim.interfaces, row | {"device": device.id}, device_id=device.id, name=row["name"])
        interfaces[row["device"]["name"], row["name"]] = interface

    def interface(end):
        reference = end["dcim/interfaces"]
        return interfaces[reference["device"]["name"], reference["name"]]

    for row in document["ipam/ip-addresses"]:
        vrf = vrfs[row["vrf"]["name"]]
        fields = {name: value for name, value in row.items() if name != "assigned_object"}
        fields |= {
            "vrf": vrf.id,
            "assigned_object_type": "dcim.interface",
            "assigned_object_id": interface(row["assigned_object"]).id,
        }
        ensure(ipam.ip_addresses, fields, address=row["address"], vrf_id=vrf.id)

    for row in document["dcim/cables"]:
        fields = {name: value for name, value in row.items() if not name.endswith("_terminations")}
        ends = {side: interface(row[side][0]) for side in ("a_terminations", "b_terminations")}
        near = ends["a_terminations"]
        if near.cable is None:
            for side, end in ends.items():
                fields[side] = [{"object_type": "dcim.interface", "object_id": end.id}]
            dcim.cables.create(fields)
        else:
            dcim.cables.get(near.cable.id).update(fields)


def main():
    document, changed = json.load(sys.stdin)
    for step, document in [("create", document), ("nothing", document), ("change", changed)]:
        # Each is a run of the script.
        netbox, session = connect()
        with Step(step, session):
            run(netbox, document)


main()
