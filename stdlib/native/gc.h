// gc.h - the module gc, as far as a collector that is not generational and does not count references can
// answer.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(gc, "This module provides access to the garbage collector.");

extern "C" {
KRT_MODULE_INIT(gc, KRT_RAISES, KRT_COLLECTS)
bool krt_gc_init(Module *module);

/// Run the collector.
KRT_FUNCTION(gc, "collect(generation=2)", KRT_RUNS_PY) Value krt_gc_collectNow_py(int generation);
/// Turn automatic collection on.
KRT_FUNCTION(gc, "enable()") Value krt_gc_turnOn();
/// Turn automatic collection off. Memory that is needed is collected nevertheless, as reference counts would
/// free it elsewhere.
KRT_FUNCTION(gc, "disable()") Value krt_gc_turnOff();
/// Return True if automatic collection is on.
KRT_FUNCTION(gc, "isenabled()") bool krt_gc_isOn();
/// Return the counts of allocations per generation.
KRT_FUNCTION(gc, "get_count()", KRT_RAISES, KRT_COLLECTS) Value krt_gc_getCount();
/// Return the thresholds.
KRT_FUNCTION(gc, "get_threshold()", KRT_RAISES, KRT_COLLECTS) Value krt_gc_getThreshold();
/// Set the thresholds.
KRT_FUNCTION(gc, "set_threshold(threshold0, threshold1=<null>, threshold2=<null>, /)", KRT_RUNS_PY,
             KRT_NO_SIGNATURE)
Value krt_gc_setThreshold_py(int64_t first, Value second, Value third);
/// Return the debugging flags.
KRT_FUNCTION(gc, "get_debug()") int64_t krt_gc_getDebug();
/// Set the debugging flags.
KRT_FUNCTION(gc, "set_debug(flags, /)") Value krt_gc_setDebug(int flags);
/// Return statistics of the three generations.
KRT_FUNCTION(gc, "get_stats()", KRT_RAISES, KRT_COLLECTS) Value krt_gc_getStats();
/// Return the objects that refer to others and can be reached from modules, classes and interpreted
/// activations.
KRT_FUNCTION(gc, "get_objects(generation=None)", KRT_RUNS_PY)
Value krt_gc_getObjects_py(Value generation);
/// Return the objects of get_objects() that refer to one of the given ones.
KRT_FUNCTION(gc, "get_referrers(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_gc_getReferrers_py(ArgSpan args);
/// Return what the given objects refer to.
KRT_FUNCTION(gc, "get_referents(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_gc_getReferents_py(ArgSpan args);
/// Return True if an object may refer to others.
KRT_FUNCTION(gc, "is_tracked(obj, /)") bool krt_gc_isTracked(Value object);
/// Return True if the finalizer of an object was run.
KRT_FUNCTION(gc, "is_finalized(obj, /)") bool krt_gc_isFinalized(Value object);
/// Leave all current objects out of later collections.
KRT_FUNCTION(gc, "freeze()") Value krt_gc_freeze();
/// Undo freeze().
KRT_FUNCTION(gc, "unfreeze()") Value krt_gc_unfreeze();
/// Return the number of frozen objects.
KRT_FUNCTION(gc, "get_freeze_count()") int64_t krt_gc_getFreezeCount();
}

} // namespace krait
