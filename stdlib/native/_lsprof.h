// _lsprof.h - the module _lsprof: the profiler behind cProfile.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_lsprof, "Fast profiler");
KRT_CLASS(profiler,
          "Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)\n\n    Builds a profiler object "
          "using the specified timer function.\n"
          "    The default timer is a fast built-in one based on real time.\n    For custom timer functions "
          "returning integers, timeunit can\n"
          "    be a float specifying a scale (i.e. how long each integer unit\n    is, in seconds).\n");

extern "C" {
extern Class krt_profiler_class;
KRT_MODULE_INIT(_lsprof) bool krt__lsprof_init(Module *module);
KRT_INIT(profiler, "Profiler(timer=None, timeunit=0.0, subcalls=True, builtins=True)", KRT_RUNS_PY,
         KRT_NO_SIGNATURE)
bool krt_profiler_init_py(Value self, Value timer, double timeunit, bool subcalls, bool builtins);
/// enable(subcalls=True, builtins=True)
///
/// Start collecting profiling information.
/// If 'subcalls' is True, also records for each function
/// statistics separated according to its current caller.
/// If 'builtins' is True, records the time spent in
/// built-in functions separately from their caller.
KRT_METHOD(profiler, "enable(self, subcalls=True, builtins=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_profiler_enable_py(Value self, bool subcalls, bool builtins);
/// disable()
///
/// Stop collecting profiling information.
KRT_METHOD(profiler, "disable(self)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_profiler_disable_py(Value self);
/// clear()
///
/// Clear all profiling information collected so far.
KRT_METHOD(profiler, "clear(self)", KRT_NO_SIGNATURE) Value krt_profiler_clear(Value self);
/// list of profiler_entry objects.
///
/// getstats() -> list of profiler_entry objects
///
/// An entry has the attributes code, callcount, reccallcount, totaltime, inlinetime and calls: None or a list
/// of profiler_subentry objects, which have the same but calls.
KRT_METHOD(profiler, "getstats(self)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_profiler_getstats_py(Value self);
}

} // namespace krait
