from datetime import date, datetime, time, timedelta, timezone

d = datetime(2024, 2, 28, 23, 30)
print(d + timedelta(hours=1), d + timedelta(days=2), d - datetime(2024, 1, 1), d.date() + timedelta(1), date(2023, 3, 1) - timedelta(1), d.replace(year=2023, minute=5), d.weekday(), d.isoweekday(), d.isocalendar(), d.timetuple().tm_yday, d < datetime(2025, 1, 1), d.time(), datetime.combine(date(2020, 1, 2), time(3, 4)))
t = timedelta(days=-1, seconds=5, microseconds=7)
print(t, repr(t), t.total_seconds(), -t, abs(t), t * 2.5, t // 3, timedelta(hours=5) / timedelta(hours=2), timedelta(hours=5) % timedelta(hours=2), divmod(timedelta(1), timedelta(hours=7)), timedelta(weeks=1, milliseconds=1500), timedelta.max, bool(timedelta()), sum([timedelta(1)] * 3, timedelta()))
z = timezone(timedelta(hours=-5, minutes=-30))
a = datetime(2024, 1, 1, tzinfo=timezone.utc)
print(a, a.astimezone(z), a == a.astimezone(z), z, a.utcoffset(), a.isoformat(), a.timestamp(), datetime.fromtimestamp(0, timezone.utc), timezone.utc, repr(a), hash(a) == hash(a.astimezone(z)))
for bad in (lambda: date(2023, 2, 29), lambda: datetime(1, 1, 1) - timedelta(1), lambda: a < d, lambda: time(25), lambda: date(0, 1, 1), lambda: timedelta(10 ** 10), lambda: d + 5, lambda: date.fromisoformat("x"), lambda: d + d):
    try:
        bad()
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
