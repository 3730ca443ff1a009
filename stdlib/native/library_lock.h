// library_lock.h - the lock given up around calls of a library that calls back.
#pragma once

#include "runtime/interp/global_lock.h"

namespace krait {

/// The lock given up around a call of a library; its callbacks take it back (LibraryCallback) meanwhile.
class LibraryUnlocked {
public:
  LibraryUnlocked() : outer_(given), released_(krt_lock_used) {
    given = released_;
    if (released_)
      krt_lock_release();
  }
  ~LibraryUnlocked() {
    if (released_)
      krt_lock_acquire();
    given = outer_;
  }
  LibraryUnlocked(const LibraryUnlocked &) = delete;

private:
  friend class LibraryCallback;
  static inline thread_local bool given = false;
  bool outer_, released_;
};

/// In a callback, as long as it touches Python objects.
class LibraryCallback {
public:
  LibraryCallback() : taken_(LibraryUnlocked::given) {
    if (taken_)
      krt_lock_acquire();
    LibraryUnlocked::given = false;
  }
  ~LibraryCallback() {
    if (taken_)
      krt_lock_release();
    LibraryUnlocked::given = taken_;
  }
  LibraryCallback(const LibraryCallback &) = delete;

private:
  bool taken_;
};

} // namespace krait
