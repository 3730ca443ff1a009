// gc_referents.h - what an object refers to, for module gc: the collector itself scans words, and knows no
// types.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

namespace krait {

/// Appends the objects that [value] refers to directly: what containers hold, attributes, the parts of
/// functions, methods, classes, modules, exceptions and generators. Native types that are not listed refer to
/// nothing here but their attributes.
void gcReferents(Value value, GcVector<Value> *out);

/// All objects that can be reached so from the modules, the classes and the interpreted activations of this
/// thread; each once, no ints, texts and other objects without references.
void gcReachable(GcVector<Value> *out);

} // namespace krait
