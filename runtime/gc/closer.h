// closer.h - finalizers that come after the others.
#pragma once

#include "runtime/gc/gc.h"

namespace krait {
extern "C" {
/// As krt_gc_set_finalizer for what closes something that a `__del__` could still use: [run] is called after
/// the finalizers that became due at the same time.
void krt_gc_set_closer(Object *object, void (*run)(Object *object));
/// As krt_gc_set_closer for what would be a crash to use afterwards: put off until the next collection where
/// a finalizer may have made [object] live again (as release functions are).
void krt_gc_set_end(Object *object, void (*run)(Object *object));
/// As krt_gc_set_release, but never put off: for views, whose memory somebody waits for.
void krt_gc_set_give_back(Object *object, void (*run)(Object *object));
}
} // namespace krait
