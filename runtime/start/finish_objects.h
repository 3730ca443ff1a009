// finish_objects.h - what becomes of objects that are alive when the program ends.
#pragma once

#include "runtime/gc/gc.h"

namespace krait {

/// The finalizers of what is left when the program ends, in two steps.
class LastObjects {
public:
  /// Calls `__del__` of all objects that have one, closes generators: those that the main module names first, in its
  /// order, the others as they lie in memory. Streams and sockets stay open for them.
  void finalize_py();
  /// ResourceWarning for files, sockets and folders that are still open.
  void warn_py();

private:
  GcVector<Object *> resources_;
  GcVector<void (*)(Object *)> runs_;
};

} // namespace krait
