// _datetime_date.cpp - see _datetime_date.h.
#include "stdlib/native/_datetime_date.h"

#include "stdlib/native/_datetime_parts.h"
#include "stdlib/native/timestamps.h"

#include "stdlib/native/_datetime_date.bind.inc"

namespace krait {

using namespace datetimes;

static Value makeDate(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"year", "month", "day"};
  if (nargs == 1 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 4))
      if (state[2] >= 1 && state[2] <= 12)
        return plainDate(cls, state[0] << 8 | state[1], state[2], state[3]);
  Value given[3];
  int64_t year, month, day;
  if (!parseArguments(names, 3, 3, 3, args, nargs, kwnames, given) || !intOr_py(given[0], 0, &year) ||
      !intOr_py(given[1], 0, &month) || !intOr_py(given[2], 0, &day) || !checkDate(year, month, day))
    return {};
  return plainDate(cls, static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
}
static Value dateRepr(Value self) {
  auto *d = date(self);
  return krt_str_format("%S(%d, %d, %d)", shownName(self), int{d->year}, int{d->month}, int{d->day});
}
static Value dateStr_py(Value self) { return krt_call_method_py(self, KSTR(isoformat), nullptr, 0); }
static int dateHash(Value self, int64_t *out) {
  auto *d = date(self);
  uint8_t state[4] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  *out = krt_hash_bytes(state, 4);
  return 0;
}
static int64_t dateKey(const Date *d) { return d->year << 16 | d->month << 8 | d->day; }
static Value dateCompare(Value a, Value b, CompareOp op) {
  if (!isDate(b))
    return kNotImplemented;
  return ordered(dateKey(date(a)), dateKey(date(b)), op);
}
static Value dateMoved_py(Value self, int64_t days) {
  int64_t ordinal = ordinalOf(date(self)) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return krt_raise(kOverflowError, "date value out of range");
  int year, month, day;
  fromOrdinal(static_cast<int>(ordinal), &year, &month, &day);
  return newDate_py(classOf(self), year, month, day);
}
static Value dateAdd(Value a, Value b) {
  if (isDateTime(a) || isDateTime(b))
    return kNotImplemented;
  if (isDate(a) && isDelta(b))
    return dateMoved_py(a, delta(b)->days);
  if (isDelta(a) && isDate(b))
    return dateMoved_py(b, delta(a)->days);
  return kNotImplemented;
}
static Value dateSub(Value a, Value b) {
  if (isDateTime(a) || isDateTime(b) || !isDate(a))
    return kNotImplemented;
  if (isDate(b))
    return newDelta(ordinalOf(date(a)) - ordinalOf(date(b)), 0, 0);
  return isDelta(b) ? dateMoved_py(a, -int64_t{delta(b)->days}) : kNotImplemented;
}

static Value isoCalendarRepr(Value self) {
  auto *t = self.as<Tuple>();
  return krt_str_format("%S(year=%S, week=%S, weekday=%S)", shownName(self), t->items[0], t->items[1],
                        t->items[2]);
}

extern "C" {

int64_t krt_date_year(Value self) { return date(self)->year; }
int64_t krt_date_month(Value self) { return date(self)->month; }
int64_t krt_date_day(Value self) { return date(self)->day; }
Value krt_date_fromtimestamp_py(Class *cls, Value timestamp) {
  time_t seconds;
  tm t;
  if (!wholeTimestamp_py(timestamp, &seconds) || !brokenDown(seconds, true, &t))
    return {};
  int64_t year = int64_t{t.tm_year} + 1900;
  if (year > INT32_MAX) {
    timestampOutOfRange();
    return {};
  }
  return newDate_py(cls, static_cast<int>(year), t.tm_mon + 1, t.tm_mday);
}
Value krt_date_today_py(Class *cls) {
  Value now = TRY(krt_call0_py(TRY(libraryAttribute_py(KSTR(time), KSTR(time)))));
  return krt_call_method_py(cls, KSTR(fromtimestamp), &now, 1);
}
Value krt_date_fromordinal_py(Class *cls, int ordinal) {
  if (ordinal < 1)
    return krt_raise(kValueError, "ordinal must be >= 1");
  int year, month, day;
  fromOrdinal(ordinal, &year, &month, &day);
  return newDate_py(cls, year, month, day);
}
Value krt_date_fromisoformat_py(Class *cls, Value text) {
  IsoText iso;
  int year, month, day;
  if (!isoText(text, &iso))
    return {};
  int64_t length = iso.end - iso.at;
  if ((length != 7 && length != 8 && length != 10) || !parseIsoDate(iso, &year, &month, &day))
    return badIso(text);
  return newDate_py(cls, year, month, day);
}
Value krt_date_fromisocalendar_py(Class *cls, Value yearGiven, Value weekGiven, Value dayGiven) {
  int64_t parts[3];
  Value given[3] = {yearGiven, weekGiven, dayGiven};
  for (int i = 0; i < 3; ++i)
    if (!intOr_py(given[i], 0, &parts[i])) {
      if (krt_error_clear_if(kOverflowError))
        krt_raise(kValueError, "ISO calendar component out of range");
      return {};
    }
  auto year = static_cast<int>(parts[0]), week = static_cast<int>(parts[1]),
       weekday = static_cast<int>(parts[2]);
  int month, day, realYear;
  switch (fromIsoCalendar(year, week, weekday, &realYear, &month, &day)) {
  case 1:
    return krt_raise(kValueError, "Year is out of range: %d", year);
  case 2:
    return krt_raise(kValueError, "Invalid week: %d", week);
  case 3:
    return krt_raise(kValueError, "Invalid day: %d (range is [1, 7])", weekday);
  }
  return newDate_py(cls, realYear, month, day);
}
Value krt_date_ctime(Value self) { return ctimeText(date(self), 0, 0, 0); }
Value krt_date_strftime_py(Value self, Str *format) {
  Value tuple = TRY(krt_call_method_py(self, KSTR(timetuple), nullptr, 0));
  bool full = isDateTime(self);
  return strftime_py(self, format, tuple, full ? datetime(self)->tzinfo : kNone, self,
                     full ? datetime(self)->clock.microsecond : 0);
}
Value krt_date_format_py(Value self, Str *spec) {
  if (!spec->length())
    return krt_str_of_py(self);
  Value format = spec;
  return krt_call_method_py(self, KSTR(strftime), &format, 1);
}
Value krt_date_isoformat(Value self) {
  char text[24];
  int n = std::snprintf(text, sizeof text, "%04d-%02d-%02d", date(self)->year, date(self)->month,
                        date(self)->day);
  return strFrom({text, static_cast<size_t>(n)});
}
Value krt_date_isocalendar(Value self) {
  auto *d = date(self);
  int year = d->year, today = ordinalOf(d), start = isoWeekOne(year), since = today - start,
      week = since / 7 - (since % 7 < 0);
  if (week < 0) {
    start = isoWeekOne(--year);
    week = (today - start) / 7;
  } else if (week >= 52 && today >= isoWeekOne(year + 1)) {
    start = isoWeekOne(++year);
    week = 0;
  }
  auto *result = gcNew<Tuple>(krt_iso_calendar_class, 3 * sizeof(Value));
  result->length = 3;
  result->items[0] = smallInt(year);
  result->items[1] = smallInt(week + 1);
  result->items[2] = smallInt((today - start) % 7 + 1);
  return result;
}
int64_t krt_date_isoweekday(Value self) { return krt_date_weekday(self) + 1; }
int64_t krt_date_weekday(Value self) {
  return weekdayOf(date(self)->year, date(self)->month, date(self)->day);
}
int64_t krt_date_toordinal(Value self) { return ordinalOf(date(self)); }
Value krt_date_timetuple_py(Value self) {
  return structTime_py(date(self)->year, date(self)->month, date(self)->day, 0, 0, 0, -1);
}
Value krt_date_replace_py(Value self, Value yearGiven, Value monthGiven, Value dayGiven) {
  int64_t year, month, day;
  if (!intOr_py(yearGiven, date(self)->year, &year) || !intOr_py(monthGiven, date(self)->month, &month) ||
      !intOr_py(dayGiven, date(self)->day, &day) || !checkDate(year, month, day))
    return {};
  return plainDate(classOf(self), static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
}
Value krt_date_reduce(Value self) {
  auto *d = date(self);
  uint8_t state[4] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  return stateOf(classOf(self), state, 4, kNone);
}

Value krt_iso_calendar_year(Value self) { return self.as<Tuple>()->items[0]; }
Value krt_iso_calendar_week(Value self) { return self.as<Tuple>()->items[1]; }
Value krt_iso_calendar_weekday(Value self) { return self.as<Tuple>()->items[2]; }
Value krt_iso_calendar_reduce(Value self) {
  Value args = krt_tuple_from(self.as<Tuple>()->items, 3);
  Value parts[2] = {&krt_tuple_class, krt_tuple_from(&args, 1)};
  return krt_tuple_from(parts, 2);
}

#define OPERATOR(name) [static_cast<int>(BinaryOp::name)]
Class krt_date_class = {
    .flags = kClassBase,
    .nativeName = "datetime.date",
    .basicSize = sizeof(Date),
    .slots = {.repr = dateRepr,
              .str = dateStr_py,
              .hash = dateHash,
              .richcompare = dateCompare,
              .binary = {OPERATOR(Add) = dateAdd, OPERATOR(Sub) = dateSub},
              .make = makeDate},
    .methods = krt_date_defs,
    .doc = krt_date_doc,
};
Class krt_iso_calendar_class = {
    .flags = kClassDisallowNew,
    .nativeName = "datetime.IsoCalendarDate",
    .base = &krt_tuple_class,
    .basicSize = sizeof(Tuple),
    .itemSize = sizeof(Value),
    .slots = {.repr = isoCalendarRepr},
    .methods = krt_iso_calendar_defs,
};
#undef OPERATOR

} // extern "C"

} // namespace krait
