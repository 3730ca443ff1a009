// nesting.h - one level of nesting in documents and object graphs, for the modules that walk them.
#pragma once

#include "runtime/object/protocol.h"
#include "runtime/object/errors.h"

namespace krait {

/// One level of nesting, counted as a Python call: what is nested deeper than sys.getrecursionlimit() raises RecursionError.
class Level {
public:
  explicit Level(const char *where) : fits_(krt_thread.depth < krt_thread.depthLimit) {
    ++krt_thread.depth;
    if (!fits_)
      krt_raise_recursion(where);
    else
      fits_ = !recursionCheck(where);
  }
  Level(const Level &) = delete;
  ~Level() { --krt_thread.depth; }
  /// False: RecursionError is pending.
  bool fits() const { return fits_; }

private:
  bool fits_;
};

} // namespace krait
