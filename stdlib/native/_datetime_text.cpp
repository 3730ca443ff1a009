// _datetime_text.cpp - dates and times as text, both ways.
#include "stdlib/native/_datetime_parts.h"

namespace krait::datetimes {

bool timeSpec(Str *given, TimeSpec *out) {
  static const char *const names[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds", "auto"};
  *out = TimeSpec::Auto;
  if (!given)
    return true;
  for (int i = 0; i < 6; ++i)
    if (strView(given) == names[i]) {
      *out = static_cast<TimeSpec>(i);
      return true;
    }
  krt_raise(kValueError, "Unknown timespec value");
  return false;
}
int formatClock(char *out, size_t room, const ClockTime &c, TimeSpec spec) {
  if (spec == TimeSpec::Auto)
    spec = c.microsecond ? TimeSpec::Microseconds : TimeSpec::Seconds;
  switch (spec) {
  case TimeSpec::Hours:
    return std::snprintf(out, room, "%02d", c.hour);
  case TimeSpec::Minutes:
    return std::snprintf(out, room, "%02d:%02d", c.hour, c.minute);
  case TimeSpec::Seconds:
    return std::snprintf(out, room, "%02d:%02d:%02d", c.hour, c.minute, c.second);
  case TimeSpec::Milliseconds:
    return std::snprintf(out, room, "%02d:%02d:%02d.%03d", c.hour, c.minute, c.second, c.microsecond / 1000);
  default:
    return std::snprintf(out, room, "%02d:%02d:%02d.%06d", c.hour, c.minute, c.second, c.microsecond);
  }
}
int appendOffset_py(char *out, size_t room, int n, Value tzinfo, Value argument) {
  Value offset = TRY_OR_MINUS(utcoffset_py(tzinfo, argument));
  return offset == kNone ? n : n + formatOffset(out + n, room - static_cast<size_t>(n), delta(offset), ":");
}

Value strftime_py(Value object, Str *format, Value timeTuple, Value tzinfo, Value tzArgument,
                  int32_t micros) {
  size_t size;
  const char *text = TRY(krt_str_utf8_lossy(format, &size));
  BytesBuilder out;
  for (size_t i = 0; i < size; ++i) {
    if (text[i] != '%' || i + 1 >= size) {
      out.append(static_cast<uint8_t>(text[i]));
      continue;
    }
    char letter = text[++i];
    char room[40];
    if (letter == 'z') {
      Value offset = TRY(utcoffset_py(tzinfo, tzArgument));
      if (offset != kNone)
        out.append(room, static_cast<size_t>(formatOffset(room, sizeof room, delta(offset), "")));
    } else if (letter == 'Z') {
      Value name = TRY(tzname_py(tzinfo, tzArgument));
      if (name != kNone) {
        // Signs of percent in the name stand for themselves.
        Value args[2] = {strFrom("%"), strFrom("%%")};
        name = TRY(krt_call_method_py(name, KSTR(replace), args, 2));
        if (!strCheck(name))
          return krt_raise(kTypeError, "tzname.replace() did not return a string");
        size_t nameSize;
        const char *nameText = TRY(krt_str_utf8(name.as<Str>(), &nameSize));
        out.append(nameText, nameSize);
      }
    } else if (letter == 'f') {
      out.append(room, static_cast<size_t>(std::snprintf(room, sizeof room, "%06d", micros)));
    } else {
      out.append(uint8_t{'%'});
      out.append(static_cast<uint8_t>(letter));
    }
  }
  Value args[2] = {krt_str_from_utf8(reinterpret_cast<char *>(out.data()), out.length()), timeTuple};
  return krt_call_py(TRY(libraryAttribute_py(KSTR(time), KSTR(strftime))), args, 2, nullptr);
}

Value structTime_py(int year, int month, int day, int hour, int minute, int second, int isDst) {
  Value fields[9] = {smallInt(year),
                     smallInt(month),
                     smallInt(day),
                     smallInt(hour),
                     smallInt(minute),
                     smallInt(second),
                     smallInt(weekdayOf(year, month, day)),
                     smallInt(daysBeforeMonth(year, month) + day),
                     smallInt(isDst)};
  return krt_call1_py(TRY(libraryAttribute_py(KSTR(time), KSTR(struct_time))), krt_tuple_from(fields, 9));
}

static const char *const dayNames[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const monthNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
Value ctimeText(const Date *d, int hour, int minute, int second) {
  char text[64];
  int n = std::snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d",
                        dayNames[weekdayOf(d->year, d->month, d->day)], monthNames[d->month - 1], d->day,
                        hour, minute, second, d->year);
  return strFrom({text, static_cast<size_t>(n)});
}

Value withZone(Value text, const ClockTime &clock, Value tzinfo) {
  if (!clock.fold && tzinfo == kNone)
    return text;
  Value open = krt_str_substring(text.as<Str>(), 0, text.as<Str>()->length() - 1);
  if (clock.fold)
    open = TRY(krt_str_format("%S, fold=1", open));
  if (tzinfo != kNone)
    open = TRY(krt_str_format("%S, tzinfo=%R", open, tzinfo));
  return krt_str_format("%S)", open);
}

// ---- Reading ISO 8601
bool IsoText::take(char c) {
  if (eof() || *at != c)
    return false;
  ++at;
  return true;
}
bool IsoText::number(int count, int *out) {
  if (end - at < count)
    return false;
  *out = 0;
  for (int i = 0; i < count; ++i) {
    if (at[i] < '0' || at[i] > '9')
      return false;
    *out = *out * 10 + (at[i] - '0');
  }
  at += count;
  return true;
}

bool parseIsoDate(IsoText text, int *year, int *month, int *day) {
  if (!text.number(4, year))
    return false;
  bool dashes = text.take('-');
  if (text.take('W')) {
    int week, weekday = 1;
    if (!text.number(2, &week))
      return false;
    if (!text.eof() && ((dashes && !text.take('-')) || !text.number(1, &weekday)))
      return false;
    return text.eof() && fromIsoCalendar(*year, week, weekday, year, month, day) == 0;
  }
  return text.number(2, month) && (!dashes || text.take('-')) && text.number(2, day) && text.eof();
}

/// HH[:MM[:SS[.ffffff]]] or without colons: all of the text.
static bool parseIsoClock(IsoText text, int *hour, int *minute, int *second, int *micros) {
  *hour = *minute = *second = *micros = 0;
  int *fields[3] = {hour, minute, second};
  bool colons = false;
  for (int i = 0; i < 3; ++i) {
    if (!text.number(2, fields[i]))
      return false;
    if (text.eof())
      return true;
    if (i == 0)
      colons = *text.at == ':';
    if (*text.at == '.' || *text.at == ',') // a fraction, counted as one of a second wherever it stands
      break;
    if (i < 2 && text.take(':') != colons)
      return false;
  }
  if (!text.take('.') && !text.take(','))
    return false;
  int digits = static_cast<int>(std::min<int64_t>(text.end - text.at, 6));
  if (digits == 0 || !text.number(digits, micros))
    return false;
  for (; digits < 6; ++digits)
    *micros *= 10;
  for (; !text.eof(); ++text.at) // more digits than can be kept
    if (*text.at < '0' || *text.at > '9')
      return false;
  return true;
}

bool parseIsoTime(IsoText text, IsoTime *out) {
  *out = {};
  const char *zoneAt = text.at;
  while (zoneAt < text.end && *zoneAt != '+' && *zoneAt != '-' && *zoneAt != 'Z')
    ++zoneAt;
  if (!parseIsoClock({text.at, zoneAt}, &out->hour, &out->minute, &out->second, &out->micros))
    return false;
  if (zoneAt == text.end)
    return true;
  out->hasOffset = true;
  if (*zoneAt == 'Z') {
    out->utc = true;
    return zoneAt + 1 == text.end;
  }
  int hour, minute, second, micros;
  if (!parseIsoClock({zoneAt + 1, text.end}, &hour, &minute, &second, &micros))
    return false;
  int sign = *zoneAt == '-' ? -1 : 1;
  out->offsetSeconds = sign * (hour * 3600 + minute * 60 + second);
  out->offsetMicros = sign * micros;
  return true;
}
Value isoZone(const IsoTime &t) {
  if (!t.hasOffset)
    return kNone;
  if (t.utc || (!t.offsetSeconds && !t.offsetMicros))
    return utc;
  return newZone(delta(TRY(newDelta(0, t.offsetSeconds, t.offsetMicros))), Value());
}

int isoDateLength(const char *s, int64_t length) {
  auto digit = [&](int64_t i) { return i < length && s[i] >= '0' && s[i] <= '9'; };
  if (length == 7)
    return 7;
  if (length < 7)
    return -1;
  if (s[4] == '-') {
    if (s[5] != 'W')
      return 10;
    if (length < 8)
      return -1;
    if (length > 8 && s[8] == '-') {
      if (length == 9)
        return -1;
      // YYYY-Www-D, unless more digits follow, which make the dash a separator.
      return length > 10 && digit(10) ? 8 : 10;
    }
    return 8;
  }
  if (s[4] == 'W') {
    int64_t i = 7;
    while (digit(i))
      ++i;
    if (i < 9)
      return static_cast<int>(i);
    return i % 2 == 0 ? 7 : 8; // an even number of digits of the time follow the week, or the day comes first
  }
  return 8;
}

Value badIso(Value text) { return krt_raise(kValueError, "Invalid isoformat string: %R", text); }
bool isoText(Value given, IsoText *out) {
  if (!strCheck(given)) {
    krt_raise(kTypeError, "fromisoformat: argument must be str");
    return false;
  }
  size_t size;
  out->at = krt_str_utf8_lossy(given.as<Str>(), &size);
  out->end = out->at + size;
  return true;
}

} // namespace krait::datetimes
