from datetime import date, datetime, time, timedelta, timezone

d = datetime(2024, 7, 4, 5, 6, 7, 890)
print(d, str(d.date()), d.time(), repr(d), d.isoformat("T", "milliseconds"), d.isoformat(sep=" ", timespec="minutes"), d.ctime(), date(5, 1, 1), time(1, 2), repr(time(1, 2, 3, 4)))
print(d.strftime("%Y-%m-%d %H:%M:%S.%f %j %a %A %b %B %p %I %y %U %w %% %Z|%z"), f"{d:%d/%m/%y}", format(date(2024, 1, 9), "%G-W%V-%u"), f"{time(13, 5):%I:%M %p}")
print(datetime.strptime("2024-01-02 03:04:05", "%Y-%m-%d %H:%M:%S"), datetime.strptime("5 Mar 99", "%d %b %y"), datetime.strptime("12:30 +0200", "%H:%M %z").tzinfo, datetime.fromisoformat("2024-01-02T03:04:05.678+01:00"), date.fromisoformat("2024-12-31"), time.fromisoformat("04:05"), datetime.fromisoformat("20240102T030405"), date.fromisocalendar(2024, 1, 1))
for bad in (lambda: datetime.strptime("x", "%Y"), lambda: datetime.strptime("2024-13", "%Y-%m"), lambda: datetime.strptime("2024 extra", "%Y"), lambda: datetime.fromisoformat("2024-1-1")):
    try:
        bad()
    except ValueError as error:
        print(error)
print(date.min, date.max, datetime.max, date(2024, 1, 1).toordinal(), date.fromordinal(1), d.timetuple()[:6])
