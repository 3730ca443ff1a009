// idle.h - collections while the program waits.
//
// What CPython closes when the last reference goes, a socket that the other side waits to see closed, is
// closed here by a collection; a program that waits allocates nothing, so none would come. A wait of some
// length therefore collects once (stdlib/native/idle_wait.h).
#pragma once

#include <cstdint>

namespace krait {
extern "C" {
/// Nanoseconds after which a program that waits should collect; -1: not at all, as there can be no garbage or
/// a collection (of a large heap) would hold up what is waited for. Such collections take a fiftieth of the
/// time at most.
int64_t krt_gc_idle_delay();
/// After one.
void krt_gc_idle_done();
}
} // namespace krait
