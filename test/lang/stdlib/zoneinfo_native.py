# Zones of TZif files: transitions, TZ strings, folds and gaps, caches, subclasses, pickling, damaged files.
import copy
import io
import os
import pickle
import struct
import tempfile
import zoneinfo
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


def tzif(transitions, types, names, tail):
    def block(code, moments):
        return (b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, len(moments), len(types), len(names))
                + struct.pack(">%d%s" % (len(moments), code), *[when for when, _ in moments])
                + bytes(kind for _, kind in moments) + b"".join(struct.pack(">lbb", *kind) for kind in types) + names)
    return block("l", []) + block("q", transitions) + b"\n" + tail + b"\n"


MIDDLE = tzif([(828234000, 2), (846378000, 1), (859683600, 2), (877827600, 1)],
              [(3208, 0, 0), (3600, 0, 4), (7200, 1, 8)], b"LMT\0CET\0CEST\0", b"CET-1CEST,M3.5.0,M10.5.0/3")


def show(zone, *fields):
    for fold in 0, 1:
        when = datetime(*fields, tzinfo=zone, fold=fold)
        print(when.isoformat(), fold, when.tzname(), when.dst(), when.astimezone(timezone.utc).isoformat())


def from_tail(tail):
    return ZoneInfo.from_file(io.BytesIO(tzif([], [], b"", tail)), key=tail.decode())


zone = ZoneInfo.from_file(io.BytesIO(MIDDLE), key="Test/Middle")
print(zone, repr(zone), zone.key)
for fields in (1890, 1, 1), (1996, 3, 31, 2, 30), (1996, 7, 1), (1996, 10, 27, 2, 30), (1997, 12, 1), (2050, 3, 27, 2, 30), (2050, 10, 30, 2, 30):
    show(zone, *fields)
for utc in datetime(1996, 10, 27, 0, 59, 59, 5), datetime(1996, 10, 27, 1), datetime(2050, 10, 30, 0, 30), datetime(2050, 10, 30, 1, 30):
    local = utc.replace(tzinfo=timezone.utc).astimezone(zone)
    print(local, local.fold, local.microsecond)
print(time(12, tzinfo=zone).utcoffset(), time(12, tzinfo=from_tail(b"<+0545>-5:45")).tzname())

for tail in b"IST-1GMT0,M10.5.0,M3.5.0/1", b"AAA3BBB,J60/12,J305/12:30", b"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", b"EST5EDT,0/0,J365/25":
    zone = from_tail(tail)
    print([datetime(year, month, 15, tzinfo=zone).tzname() for year in (2020, 2021) for month in range(1, 13)])
for tail in (b"", b"+11", b"ABC25", b"ABC3DEF", b"ABC3D5F", b"ABC3DEF,J1", b"ABC3DEF,M3.6.0,M4.1.0", b"ABC3DEF,J0,J1", b"ABC3DEF,J1,J2,"):
    try:
        print(from_tail(tail))
    except ValueError as error:
        print(error)
for damaged in b"", b"TZif2", b"no such thing", MIDDLE[:60], tzif([(0, 7)], [(0, 0, 0)], b"A\0", b""):
    try:
        print(ZoneInfo.from_file(io.BytesIO(damaged)))
    except Exception as error:
        print(type(error).__name__)

with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, "Test"))
    for name in "Middle", "Other":
        with open(os.path.join(folder, "Test", name), "wb") as file:
            file.write(MIDDLE)
    zoneinfo.reset_tzpath([folder])
    first = ZoneInfo("Test/Middle")
    print(first is ZoneInfo("Test/Middle"), first is ZoneInfo.no_cache("Test/Middle"), sorted(zoneinfo.available_timezones()))
    print(pickle.loads(pickle.dumps(first)) is first, copy.deepcopy(first) is first, copy.copy(ZoneInfo.no_cache("Test/Other")))

    class Mine(ZoneInfo):
        def tzname(self, dt):
            return "my " + super().tzname(dt)

    mine = Mine("Test/Middle")
    print(mine is first, mine is Mine("Test/Middle"), repr(mine), datetime(2020, 1, 1, tzinfo=mine).tzname(), pickle.loads(pickle.dumps(mine)) is mine)
    ZoneInfo.clear_cache(only_keys=["Test/Other", "Test/Middle"])
    print(ZoneInfo("Test/Middle") is first, Mine("Test/Middle") is mine)
    Mine.clear_cache()
    print(Mine("Test/Middle") is mine)
    for key in "Test/None", "/Test", "Test/../Test/Middle", "":
        try:
            print(ZoneInfo(key))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
            print(type(error).__name__, *error.args[:1])
    with open(os.path.join(folder, "Test", "Middle"), "rb") as file:
        loose = ZoneInfo.from_file(file)
    print(loose.key, repr(loose).startswith("zoneinfo.ZoneInfo.from_file(<_io.BufferedReader name="))
    try:
        pickle.dumps(loose)
    except pickle.PicklingError as error:
        print(error)


class Moment(datetime):
    def __add__(self, other):
        return self if not other else super().__add__(other)


zone = from_tail(b"GMT0BST,M3.5.0/1,M10.5.0")
before = Moment(2020, 10, 25, 1, 30, tzinfo=zone)
after = zone.fromutc(before)
print(type(after).__name__, after.fold, before.fold)
try:
    zone.fromutc(datetime.max.replace(tzinfo=zone) - timedelta(0))
    from_tail(b"EST-5").fromutc(datetime.max)
except (OverflowError, ValueError) as error:
    print(error)
