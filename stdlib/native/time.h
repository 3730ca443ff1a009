// time.h - the module time: clocks, sleeping, calendar times.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(time, "Clocks, sleeping, and conversion between times.");

extern "C" {
KRT_MODULE_INIT(time, KRT_RAISES, KRT_COLLECTS)
bool krt_time_init(Module *module);

/// Seconds since the epoch.
KRT_FUNCTION(time, "time()", KRT_COLLECTS, KRT_NO_SIGNATURE) double krt_time_time();
/// Nanoseconds since the epoch.
KRT_FUNCTION(time, "time_ns()", KRT_COLLECTS, KRT_NO_SIGNATURE) int64_t krt_time_timeNs();
/// A clock that cannot go backwards.
KRT_FUNCTION(time, "monotonic()", KRT_COLLECTS, KRT_NO_SIGNATURE) double krt_time_monotonic();
KRT_FUNCTION(time, "monotonic_ns()", KRT_COLLECTS, KRT_NO_SIGNATURE) int64_t krt_time_monotonicNs();
/// A clock for measuring short durations.
KRT_FUNCTION(time, "perf_counter()", KRT_COLLECTS, KRT_NO_SIGNATURE) double krt_time_perfCounter();
KRT_FUNCTION(time, "perf_counter_ns()", KRT_COLLECTS, KRT_NO_SIGNATURE) int64_t krt_time_perfCounterNs();
/// Processor time of the process.
KRT_FUNCTION(time, "process_time()", KRT_COLLECTS, KRT_NO_SIGNATURE) double krt_time_processTime();
KRT_FUNCTION(time, "process_time_ns()", KRT_COLLECTS, KRT_NO_SIGNATURE) int64_t krt_time_processTimeNs();
/// Processor time of the thread.
KRT_FUNCTION(time, "thread_time()", KRT_COLLECTS, KRT_NO_SIGNATURE) double krt_time_threadTime();
KRT_FUNCTION(time, "thread_time_ns()", KRT_COLLECTS, KRT_NO_SIGNATURE) int64_t krt_time_threadTimeNs();
/// The time of a clock.
KRT_FUNCTION(time, "clock_gettime(clk_id, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockGettime_py(int clock);
KRT_FUNCTION(time, "clock_gettime_ns(clk_id, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockGettimeNs_py(int clock);
/// The resolution of a clock.
KRT_FUNCTION(time, "clock_getres(clk_id, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockGetres_py(int clock);
/// Set a clock.
KRT_FUNCTION(time, "clock_settime(clk_id, time, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockSettime_py(int clock, Value time);
KRT_FUNCTION(time, "clock_settime_ns(clk_id, time, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockSettimeNs_py(int clock, int64_t time);
/// The clock of a thread's processor time.
KRT_FUNCTION(time, "pthread_getcpuclockid(thread_id, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_pthreadClock_py(int64_t thread);
/// What is known of a clock.
KRT_FUNCTION(time, "get_clock_info(name, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_clockInfo_py(Str *name);
/// Wait a number of seconds.
KRT_FUNCTION(time, "sleep(seconds, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_sleep_py(Value seconds);
/// Seconds since the epoch (or the current time) as calendar time in UTC.
KRT_FUNCTION(time, "gmtime(seconds=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_gmtime_py(Value seconds);
/// Seconds since the epoch (or the current time) as local calendar time.
KRT_FUNCTION(time, "localtime(seconds=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_localtime_py(Value seconds);
/// A time as text, e.g. 'Sat Jun 06 16:26:11 1998'.
KRT_FUNCTION(time, "asctime(t=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_asctime_py(Value t);
/// Seconds since the epoch as local time in words.
KRT_FUNCTION(time, "ctime(seconds=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_ctime_py(Value seconds);
/// Local calendar time as seconds since the epoch.
KRT_FUNCTION(time, "mktime(t, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_mktime_py(Value t);
/// A time as text as the format says.
KRT_FUNCTION(time, "strftime(format, t=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_strftime_py(Str *format, Value t);
/// Text as a time, as the format says.
KRT_FUNCTION(time, "strptime(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_strptime_py(ArgSpan args);
/// Take up a changed time zone from the environment.
KRT_FUNCTION(time, "tzset()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_tzset_py();
}

} // namespace krait
