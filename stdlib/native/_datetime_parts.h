// _datetime_parts.h - what the classes of _datetime share: the calendar, arguments, offsets, text, making
// objects. Functions that answer with bool or null leave an exception pending when they fail.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/_datetime.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>

namespace krait::datetimes {

using Wide = __int128;

constexpr int kMinYear = 1, kMaxYear = 9999, kMaxOrdinal = 3652059, kMaxDeltaDays = 999999999;
constexpr int64_t kDay = 86400, kMicro = 1000000;
constexpr int64_t kEpochSeconds = int64_t{719163} * kDay; // of 1970-01-01 on the scale of fieldSeconds
constexpr uint8_t kFoldBit = 0x80;                        // of a pickle's state

inline TimeDelta *delta(Value v) { return v.as<TimeDelta>(); }
inline TimeZone *zone(Value v) { return v.as<TimeZone>(); }
inline Date *date(Value v) { return v.as<Date>(); }
inline Time *timeOf(Value v) { return v.as<Time>(); }
inline DateTime *datetime(Value v) { return v.as<DateTime>(); }

inline bool isDelta(Value v) { return krt_instance(v, &krt_timedelta_class); }
inline bool isTzInfo(Value v) { return krt_instance(v, &krt_tzinfo_class); }
inline bool isDate(Value v) { return krt_instance(v, &krt_date_class); }
inline bool isTime(Value v) { return krt_instance(v, &krt_time_of_day_class); }
inline bool isDateTime(Value v) { return krt_instance(v, &krt_datetime_class); }

extern Value utc, epoch; // timezone.utc; datetime(1970, 1, 1, tzinfo=utc)

/// Attribute [name] of library module [module].
Value libraryAttribute_py(Str *module, Str *name);
/// How a class is named by the repr of its instances.
inline Value shownName(Value self) { return strFrom(krt_class_name(classOf(self))); }
/// The result of comparing two numbers.
Value ordered(int64_t a, int64_t b, CompareOp op);

// ---- The calendar: months and days count from 1, ordinals from 1 January of year 1 ----

bool isLeap(int year);
int daysBeforeMonth(int year, int month);
int ordinalOf(int year, int month, int day);
inline int ordinalOf(const Date *d) { return ordinalOf(d->year, d->month, d->day); }
void fromOrdinal(int ordinal, int *year, int *month, int *day);
/// Monday is 0.
inline int weekdayOf(int year, int month, int day) { return (ordinalOf(year, month, day) + 6) % 7; }
/// The ordinal of the Monday of ISO week 1.
int isoWeekOne(int year);
/// The day of an ISO week, whose Monday is 1. 0 fine; 1 year, 2 week, 3 day out of range.
int fromIsoCalendar(int isoYear, int week, int weekday, int *year, int *month, int *day);

// ---- Arguments ----

bool checkDate(int64_t year, int64_t month, int64_t day);
bool checkClock(int64_t hour, int64_t minute, int64_t second, int64_t microsecond, int64_t fold);
bool checkTzInfo(Value tzinfo);
/// Sorts arguments into [out] (null: left out). The first [positional] may be given by position.
bool parseArguments(const char *const *names, size_t count, size_t required, size_t positional,
                    const Value *args, size_t nargs, Tuple *kwnames, Value *out);
/// A C int, or [fallback] if left out.
bool intOr_py(Value given, int64_t fallback, int64_t *out);
/// Hour to microsecond in given[0..3]; what is left out is as [before].
bool parseClock_py(const Value *given, Value foldGiven, const ClockTime &before, ClockTime *out);

// ---- Pickles ----

/// The state of a pickle: bytes of the length, or text that Python 2's bytes became. Null, without an
/// exception, if it is something else.
const uint8_t *pickledState(Value given, int64_t length);
/// (cls, (state[, tzinfo])), as __reduce__ answers.
Value stateOf(Class *cls, const uint8_t *state, size_t size, Value tzinfo);
ClockTime clockFromState(const uint8_t *s);
void clockState(const ClockTime &c, uint8_t *s);

// ---- timedelta ----

/// The parts are brought into their ranges.
Value newDelta(int64_t days, int64_t seconds, int64_t microseconds, Class *cls = &krt_timedelta_class);
inline Wide microsOf(const TimeDelta *d) {
  return (Wide{d->days} * kDay + d->seconds) * kMicro + d->microseconds;
}
Value deltaFromWide(Wide micros, Class *cls = &krt_timedelta_class);
int deltaTruth(Value a);
int deltaHash(Value self, int64_t *out);
Value deltaCompare(Value a, Value b, CompareOp op);

// ---- Time zones ----

Value newZone(TimeDelta *offset, Value nameOrNull);
/// +HH:MM[:SS[.ffffff]]; its length.
int formatOffset(char *out, size_t room, const TimeDelta *d, const char *separator);
/// What a time zone says of [argument], a datetime or None: a timedelta or None, and a str or None.
Value utcoffset_py(Value tzinfo, Value argument);
Value dst_py(Value tzinfo, Value argument);
Value tzname_py(Value tzinfo, Value argument);

// ---- Making objects: "new..." by the constructor of a subclass ----

Value plainDate(Class *cls, int year, int month, int day);
Value newDate_py(Class *cls, int year, int month, int day);
Value plainTime(Class *cls, ClockTime clock, Value tzinfo);
Value newTime_py(Class *cls, ClockTime clock, Value tzinfo);
Value plainDateTime(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo);
Value newDateTime_py(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo);
/// Seconds since 1 January of year 1, of the fields alone.
int64_t fieldSeconds(const DateTime *d);
/// The fields moved by a number of microseconds; OverflowError beyond the calendar.
Value moved_py(Class *cls, const DateTime *d, Wide micros, Value tzinfo);

// ---- Moments of the clock ----

/// UTC of a local time whose fields are [local]: of the two in a fold the one that [fold] says, in a gap by
/// the offset before or after it. Both on the scale of fieldSeconds; -1 with an exception pending.
int64_t utcOfLocal(int64_t local, int fold);
/// The zone with the offset and name that local time has at a moment.
Value localZone(int64_t utcSeconds);
/// A timestamp as seconds and microseconds, rounded half to even.
bool timestamp_py(Value given, time_t *seconds, int32_t *micros);
bool brokenDown(time_t when, bool local, tm *out);
/// datetime of a moment, in local time or UTC.
Value atMoment_py(Class *cls, time_t when, int32_t micros, bool local, Value tzinfo);
void currentTime(time_t *seconds, int32_t *micros);

// ---- Text ----

enum class TimeSpec { Hours, Minutes, Seconds, Milliseconds, Microseconds, Auto };
bool timeSpec(Str *given, TimeSpec *out);
int formatClock(char *out, size_t room, const ClockTime &c, TimeSpec spec);
/// Appends the offset of an aware object, if it has one; the new length, or -1 with an exception pending.
int appendOffset_py(char *out, size_t room, int n, Value tzinfo, Value argument);
/// Appends fold and tzinfo to the text of a repr that ends with ")".
Value withZone(Value text, const ClockTime &clock, Value tzinfo);
/// strftime() with what the C library does not know put in: %z, %Z, %f.
Value strftime_py(Value object, Str *format, Value timeTuple, Value tzinfo, Value tzArgument, int32_t micros);
Value structTime_py(int year, int month, int day, int hour, int minute, int second, int isDst);
Value ctimeText(const Date *d, int hour, int minute, int second);

/// What is left of a text that is read.
struct IsoText {
  const char *at, *end;
  bool eof() const { return at == end; }
  bool take(char c);
  /// Exactly [count] digits.
  bool number(int count, int *out);
};
struct IsoTime {
  int hour, minute, second, micros;
  bool hasOffset, utc;
  int offsetSeconds, offsetMicros;
};
/// UTF-8 of a text; TypeError if it is something else.
bool isoText(Value given, IsoText *out);
Value badIso(Value text);
/// YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]: all of the text. No exception.
bool parseIsoDate(IsoText text, int *year, int *month, int *day);
/// HH[:MM[:SS[.ffffff]]] or without colons, and an offset: all of the text. No exception.
bool parseIsoTime(IsoText text, IsoTime *out);
Value isoZone(const IsoTime &t);
/// How long the date is in the text of a date and time; -1 if it cannot be one.
int isoDateLength(const char *s, int64_t length);

} // namespace krait::datetimes
