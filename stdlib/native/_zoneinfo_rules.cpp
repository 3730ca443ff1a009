// _zoneinfo_rules.cpp - see _zoneinfo_rules.h.
#include "stdlib/native/_zoneinfo_rules.h"

#include <algorithm>

namespace krait::zones {

namespace {

constexpr int64_t kDay = 86400;
constexpr int kHour = 3600;

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int daysInMonth(int year, int month) {
  if (month == 2)
    return isLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Days from 1970-01-01 to 1 January of [year].
int64_t daysToYear(int year) {
  int64_t before = year - 1;
  return before * 365 + before / 4 - before / 100 + before / 400 - 719162;
}

int64_t plus(int64_t a, int64_t b) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum))
    return b < 0 ? INT64_MIN : INT64_MAX;
  return sum;
}

/// Reads a TZ string from left to right.
class TzReader {
public:
  explicit TzReader(std::string_view text) : rest_(text.substr(0, text.find('\0'))) {}

  bool done() const { return rest_.empty(); }
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (next() != c || c == '\0')
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Letters, or anything of letters, digits and signs in angle brackets.
  bool name(std::string_view *out) {
    bool quoted = take('<');
    size_t length = 0;
    while (length < rest_.size() && inName(rest_[length], quoted))
      ++length;
    *out = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return quoted ? take('>') : length != 0;
  }

  /// Seconds east of UTC, which TZ strings count west.
  bool offset(int32_t *out) {
    int hours;
    if (!clock(&hours, out) || hours > 24)
      return false;
    *out = -*out;
    return true;
  }

  bool moment(YearlyMoment *out) {
    if (!(take('M') ? weekdayOfMonth(out) : dayOfYear(out)))
      return false;
    int hours;
    return !take('/') || clock(&hours, &out->seconds);
  }

private:
  static bool isDigit(char c) { return c >= '0' && c <= '9'; }
  static bool inName(char c, bool quoted) {
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return letter || (quoted && (isDigit(c) || c == '+' || c == '-'));
  }

  bool number(int fewest, int most, int *out) {
    int digits = 0;
    *out = 0;
    for (; digits < most && isDigit(next()); ++digits) {
      *out = *out * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return digits >= fewest;
  }

  /// [+|-]h[h][:mm[:ss]] in seconds.
  bool clock(int *hours, int32_t *seconds) {
    bool negative = next() == '-';
    if (!take('-'))
      take('+');
    int part = 0;
    if (!number(1, 2, hours))
      return false;
    *seconds = *hours * kHour;
    for (int unit : {60, 1}) {
      if (!take(':'))
        break;
      if (!number(2, 2, &part))
        return false;
      *seconds += part * unit;
    }
    if (negative)
      *seconds = -*seconds;
    return true;
  }

  bool weekdayOfMonth(YearlyMoment *out) {
    int month, week, weekday;
    if (!number(1, 2, &month) || !take('.') || !number(1, 1, &week) || !take('.') || !number(1, 1, &weekday))
      return false;
    if (month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6)
      return false;
    out->kind = YearlyMoment::WeekdayOfMonth;
    out->month = static_cast<uint8_t>(month);
    out->week = static_cast<uint8_t>(week);
    out->weekday = static_cast<uint8_t>(weekday);
    return true;
  }

  bool dayOfYear(YearlyMoment *out) {
    bool withoutLeap = take('J');
    int day;
    if (!number(1, 3, &day) || day > 365 || (withoutLeap && day == 0))
      return false;
    out->kind = withoutLeap ? YearlyMoment::DayWithoutLeap : YearlyMoment::DayFromZero;
    out->day = static_cast<int16_t>(day);
    return true;
  }

  std::string_view rest_;
};

/// Whether [at] is in the part of the year from [start] to [end], which may go past its turn.
bool within(int64_t at, int64_t start, int64_t end) {
  return start < end ? start <= at && at < end : at < end || start <= at;
}

bool tailSummerAtWall(const TzString &tail, int64_t seconds, int year, int fold) {
  int64_t start = tail.start.in(year), end = tail.end.in(year);
  int64_t difference = int64_t{tail.summerOffset} - tail.standardOffset;
  // The rules name what the clock shows before it is changed. Afterwards it shows [difference] more, or less:
  // a gap or a fold, whose times belong to the type before for fold 0 and to the one after for fold 1.
  if ((fold != 0) == (difference >= 0))
    end -= difference;
  else
    start += difference;
  return within(seconds, start, end);
}

bool tailSummerAtMoment(const TzString &tail, int64_t seconds, int year, int *fold) {
  int64_t start = tail.start.in(year)-tail.standardOffset, end = tail.end.in(year)-tail.summerOffset;
  int64_t difference = int64_t{tail.summerOffset} - tail.standardOffset;
  int64_t setBack = difference > 0 ? end : start;
  *fold = setBack <= seconds && seconds < setBack + std::abs(difference);
  return within(seconds, start, end);
}

} // namespace

int64_t YearlyMoment::in(int year) const {
  int64_t days = daysToYear(year);
  // Days are counted as CPython 3.11 does it, not as POSIX: day 0 is the last one of the year before, and J59
  // is the 29th of February where there is one.
  if (kind == DayFromZero) {
    days += day - 1;
  } else if (kind == DayWithoutLeap) {
    days += day - 1 + (isLeap(year) && day >= 59);
  } else {
    for (int m = 1; m < month; ++m)
      days += daysInMonth(year, m);
    // 1970-01-01 was a Thursday. The remainder is kept positive for years before.
    int first = static_cast<int>(((days + 4) % 7 + 7) % 7);
    int fromFirst = (weekday - first + 7) % 7 + (week - 1) * 7;
    days += fromFirst < daysInMonth(year, month) ? fromFirst : fromFirst - 7;
  }
  return days * kDay + seconds;
}

TzStringFault parseTzString(std::string_view text, TzString *out) {
  TzReader reader(text);
  *out = TzString();
  if (!reader.name(&out->standardName))
    return TzStringFault::StandardName;
  if (!reader.offset(&out->standardOffset))
    return TzStringFault::StandardOffset;
  if (reader.done())
    return TzStringFault::None;
  out->hasSummer = true;
  if (!reader.name(&out->summerName))
    return TzStringFault::SummerName;
  out->summerOffset = out->standardOffset + kHour;
  if (reader.next() != ',' && !reader.offset(&out->summerOffset))
    return TzStringFault::SummerOffset;
  for (YearlyMoment *moment : {&out->start, &out->end}) {
    if (!reader.take(','))
      return TzStringFault::RuleMissing;
    if (!reader.moment(moment))
      return TzStringFault::RuleMalformed;
  }
  return reader.done() ? TzStringFault::None : TzStringFault::TrailingText;
}

int32_t ZoneTable::offsetOf(uint32_t type) const {
  if (type < typeCount)
    return offsets[type];
  return type == tailStandard() ? tail.standardOffset : tail.summerOffset;
}

void ZoneTable::prepare() {
  inferSummerShares();
  findWallTimes();
  const uint8_t *end = isSummer + typeCount, *standard = std::find(isSummer, end, 0);
  typeBefore = standard != end ? static_cast<uint32_t>(standard - isSummer) : 0;
}

/// Files only say of a type whether it is summer time. How much of it is, is told by a transition from or to
/// standard time.
void ZoneTable::inferSummerShares() {
  std::fill_n(summerShares, typeCount, 0);
  for (size_t i = 1; i < count; ++i) {
    uint32_t type = typeAfter[i], before = typeAfter[i - 1];
    if (!isSummer[type] || summerShares[type])
      continue;
    int64_t share = isSummer[before] ? 0 : int64_t{offsets[type]} - offsets[before];
    // The last type of a file is not compared with the next transition, as the reference does it.
    if (!share && type + 1 < typeCount && i + 1 < count && !isSummer[typeAfter[i + 1]])
      share = int64_t{offsets[type]} - offsets[typeAfter[i + 1]];
    summerShares[type] = static_cast<int32_t>(std::clamp<int64_t>(share, INT32_MIN, INT32_MAX));
  }
  for (size_t type = 0; type < typeCount; ++type)
    if (isSummer[type] && !summerShares[type])
      summerShares[type] = kHour;
}

/// A transition begins, on the clock, at the earlier of the two readings it has there for fold 1, at the
/// later one for fold 0.
void ZoneTable::findWallTimes() {
  for (size_t i = 0; i < count; ++i) {
    int32_t before = offsets[i ? typeAfter[i - 1] : 0], after = offsets[typeAfter[i]];
    wall[0][i] = plus(moments[i], std::max(before, after));
    wall[1][i] = plus(moments[i], std::min(before, after));
  }
}

/// The type after the last transition of a zone without a tail.
uint32_t ZoneTable::last() const {
  return count ? typeAfter[count - 1] : static_cast<uint32_t>(typeCount - 1);
}

uint32_t ZoneTable::atWall(int64_t seconds, int year, int fold) const {
  const int64_t *times = wall[fold != 0];
  if (count && seconds < times[0])
    return typeBefore;
  if (count && seconds <= times[count - 1])
    return typeAfter[std::upper_bound(times, times + count, seconds) - times - 1];
  if (!hasTail)
    return last();
  bool summer = tail.hasSummer && tailSummerAtWall(tail, seconds, year, fold);
  return summer ? tailSummer() : tailStandard();
}

uint32_t ZoneTable::atMoment(int64_t seconds, int year, int *fold) const {
  *fold = 0;
  if (count && seconds < moments[0])
    return typeBefore;
  uint32_t type;
  size_t index = count; // of the transition before
  if (count && seconds <= moments[count - 1]) {
    index = static_cast<size_t>(std::upper_bound(moments, moments + count, seconds) - moments);
    type = typeAfter[index - 1];
  } else if (!hasTail) {
    type = last();
  } else {
    bool summer = tail.hasSummer && tailSummerAtMoment(tail, seconds, year, fold);
    type = summer ? tailSummer() : tailStandard();
  }
  if (!index)
    return type;
  // The clock was set back by [back] when the last transition happened.
  int64_t back = int64_t{offsetOf(index > 1 ? typeAfter[index - 2] : typeBefore)} - offsetOf(type);
  if (back > 0 && seconds < plus(moments[index - 1], back))
    *fold = 1;
  return type;
}

bool ZoneTable::constant(bool tailEqualsFirstType) const {
  if (typeCount > 1 || (hasTail && tail.hasSummer))
    return false;
  return !typeCount || !hasTail || tailEqualsFirstType;
}

} // namespace krait::zones
