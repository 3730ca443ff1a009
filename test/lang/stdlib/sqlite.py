# Databases in memory: statements, parameters, transactions, rows, converters, functions called back, blobs, backups, errors.
import datetime
import sqlite3
import threading


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "sqlite_errorname", ""))


con = sqlite3.connect(":memory:")
con.execute("create table t(i integer primary key, name text unique, value)")
cur = con.executemany("insert into t(name, value) values (?, ?)", [("a", 1), ("b", 2.5), ("c", None), ("d", b"\0x")])
print(cur.rowcount, con.in_transaction, con.total_changes)
con.commit()
print(con.in_transaction, con.execute("select * from t").fetchall())
cur = con.execute("insert into t(name) values (:n)", {"n": "é"})
print(cur.lastrowid, cur.rowcount, cur.description)
con.rollback()
cur.execute("select name, value as v from t order by i desc")
print(cur.description, cur.fetchone(), cur.fetchmany(2), list(cur), cur.fetchone())

for act in [lambda: con.execute("selec"), lambda: con.execute("select ?", ()), lambda: con.execute("select ?", (object(),)),
            lambda: con.execute("select :a", {}), lambda: con.execute("select 1; select 2"), lambda: con.execute("select ?", (2**70,)),
            lambda: con.execute("insert into t(name) values ('a')"), lambda: con.execute("select * from nothing"),
            lambda: con.execute(b"x"), lambda: con.executemany("select 1", []), lambda: sqlite3.connect("/nowhere/at/all"),
            lambda: con.execute("select cast(x'ff' as text)").fetchone()]:
    attempt(act)

try:
    with con:
        con.execute("insert into t(name) values ('z')")
        raise KeyError
except KeyError:
    print(con.execute("select count(*) from t").fetchone())
with con:
    con.execute("insert into t(name) values ('z')")
print(con.execute("select count(*) from t").fetchone(), con.in_transaction)

con.row_factory = sqlite3.Row
row = con.execute("select name, value as Other from t").fetchone()
print(row["NAME"], row[1], row["other"], tuple(row), row.keys(), len(row), row == row, row[0:1])
attempt(lambda: row["none"])
con.row_factory = lambda cursor, values: dict(zip([d[0] for d in cursor.description], values))
print(con.execute("select 1 as one, 'x' as two").fetchone())
con.row_factory = None
con.text_factory = bytes
print(con.execute("select 'text'").fetchone())
con.text_factory = str

con.create_function("twice", 1, lambda x: x * 2, deterministic=True)
print(con.execute("select twice(3), twice('ab'), twice(1.5)").fetchone())
con.create_function("bad", 0, lambda: 1 / 0)
attempt(lambda: con.execute("select bad()").fetchone())


class Sum:
    def __init__(self):
        self.total = 0

    def step(self, x):
        self.total += x or 0

    def inverse(self, x):
        self.total -= x or 0

    def value(self):
        return self.total

    def finalize(self):
        return self.total


con.create_aggregate("total_of", 1, Sum)
con.create_window_function("window_of", 1, Sum)
print(con.execute("select total_of(i), total_of(null) from t").fetchone())
print(con.execute("select window_of(i) over (order by i rows between 1 preceding and current row) from t").fetchall())
con.create_collation("backwards", lambda a, b: (a < b) - (a > b))
print(con.execute("select name from t order by name collate backwards").fetchall())
con.set_authorizer(lambda action, *rest: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_READ and rest[1] == "value" else sqlite3.SQLITE_OK)
attempt(lambda: con.execute("select value from t"))
con.set_authorizer(None)
seen = []
con.set_trace_callback(seen.append)
con.execute("select ?", ("shown",)).fetchall()
con.set_trace_callback(None)
print(seen)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return f"{self.x};{self.y}"

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


sqlite3.register_converter("point", lambda b: Point(*map(int, b.split(b";"))))
typed = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
typed.execute("create table p(p point, d date, ts timestamp)")
typed.execute("insert into p values (?, ?, ?)", (Point(1, 2), datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5, 678)))
print(typed.execute("select * from p").fetchone(), typed.execute("select '3;4' as 'p [point]'").fetchone())

copy = sqlite3.connect(":memory:")
con.backup(copy, pages=1, progress=lambda status, left, total: print("progress", status, left >= 0, total > 0))
print(copy.execute("select count(*) from t").fetchone())
print(list(typed.iterdump()))
typed.commit()
print(len(typed.serialize()))

con.executescript("create table b(data blob); insert into b values (zeroblob(6)); -- a comment\n")
with con.blobopen("b", "data", 1) as blob:
    blob.write(b"abc")
    blob[4] = 120
    blob.seek(0)
    print(len(blob), blob.read(4), blob.tell(), blob[1:6:2], blob[-1])
    attempt(lambda: blob[9])
attempt(lambda: blob.read())


def elsewhere():
    try:
        con.execute("select 1")
    except sqlite3.ProgrammingError as error:
        print("from another thread:", str(error)[:70])


thread = threading.Thread(target=elsewhere)
thread.start()
thread.join()
shared = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
# No function of the program's here: CPython itself may come to a standstill when threads share a connection that calls back.
shared.execute("create table n(x)")
workers = [threading.Thread(target=lambda k=k: [shared.execute("insert into n values (?1 * (?1 - 1) / 2)", (i,)) for i in range(k * 50)]) for k in range(4)]
[w.start() for w in workers]
[w.join() for w in workers]
print(shared.execute("select count(*), sum(x) from n").fetchone())

con.execute("select * from t")  # dropped while it has rows
con.execute("drop table t")
con.close()
attempt(lambda: con.execute("select 1"))
attempt(lambda: cur.fetchone())
