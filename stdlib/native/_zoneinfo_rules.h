// _zoneinfo_rules.h - the arithmetic of time zones without any Python object: tables of transitions as TZif
// files (RFC 8536) have them, POSIX TZ strings, and which local time holds at a moment.
//
// Moments are seconds since 1970, of UTC or, called wall times, of the fields that a local clock shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait::zones {

/// A day of each year and a wall time in seconds from its midnight, which may lie outside that day.
struct YearlyMoment {
  enum Kind : uint8_t { DayFromZero, DayWithoutLeap, WeekdayOfMonth } kind = DayFromZero;
  uint8_t month = 0, week = 0, weekday = 0; // week 5 is the last one; Sunday is 0
  int16_t day = 0;
  int32_t seconds = 7200;

  /// Its wall time in [year].
  int64_t in(int year) const;
};

/// A POSIX TZ string. The names point into the text that was parsed.
struct TzString {
  std::string_view standardName, summerName;
  int32_t standardOffset = 0, summerOffset = 0; // seconds east of UTC
  bool hasSummer = false;
  YearlyMoment start, end; // of summer time
};

enum class TzStringFault : uint8_t {
  None,
  StandardName,
  StandardOffset,
  SummerName,
  SummerOffset,
  RuleMissing,
  RuleMalformed,
  TrailingText
};
/// Parses what stands before the first NUL of [text]. Hours of offsets go up to 24; minutes, seconds and the
/// hours of rules are not limited but by their two digits.
TzStringFault parseTzString(std::string_view text, TzString *out);

/// A zone: types of local time, transitions between them, and what holds after the last one. The caller owns
/// the arrays. Types are numbered as in the file; two more follow them, the standard and the summer time of
/// [tail].
struct ZoneTable {
  size_t typeCount = 0;
  const int32_t *offsets = nullptr; // of each type, seconds east of UTC
  int32_t *summerShares = nullptr;  // of each type, what of it is summer time; set by prepare()
  const uint8_t *isSummer = nullptr;

  size_t count = 0;
  const int64_t *moments = nullptr;    // UTC, ascending
  const uint32_t *typeAfter = nullptr; // below typeCount
  int64_t *wall[2] = {nullptr,
                      nullptr}; // by fold, the wall time from which typeAfter holds; set by prepare()

  bool hasTail = false;
  TzString tail;

  uint32_t typeBefore = 0; // of the moments before the first transition; set by prepare()

  uint32_t tailStandard() const { return static_cast<uint32_t>(typeCount); }
  uint32_t tailSummer() const { return static_cast<uint32_t>(typeCount) + 1; }
  int32_t offsetOf(uint32_t type) const;

  /// Sets what follows from the rest. There must be a type or a tail.
  void prepare();
  /// The type that holds at a wall time in [year]; in a gap or an ambiguous hour, [fold] decides.
  uint32_t atWall(int64_t seconds, int year, int fold) const;
  /// The type that holds at a moment of UTC in [year]. *[fold] is 1 if its wall time occurs for the second
  /// time.
  uint32_t atMoment(int64_t seconds, int year, int *fold) const;
  /// Whether nothing depends on the moment.
  bool constant(bool tailEqualsFirstType) const;

private:
  uint32_t last() const;
  void inferSummerShares();
  void findWallTimes();
};

} // namespace krait::zones
