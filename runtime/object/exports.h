// exports.h - objects that let others see their storage through the buffer protocol, when that storage is to
// change its size: BufferError while views are in use.
//
// A view that the program has dropped is gone at once in CPython, which counts references; here it counts
// until a collection finds it. That costs milliseconds, which programs that write `del buffer[:n]` behind a
// view of the buffer would pay for every packet, and proves little: the collector scans native stacks, where
// a dropped view may be found in an unused word or register. So the question is asked only for programs that
// can tell the difference, those whose code names BufferError; any other would merely end with it, and mostly
// wrongly. A view that is in use after all still sees memory: storage lives as long as the views of it.
#pragma once

#include <cstdint>

namespace krait {

/// Whether code that names BufferError was loaded.
extern bool exportsErrorNamed;

/// Return whether views are in use of an object of which [exports] buffers are out, and the program can tell.
/// May collect, which counts [exports] down; runs no Python code.
bool exportsHold(const int64_t &exports);

/// As exportsHold, for storage that does not outlive its owner (a file mapping): whatever the program names.
bool exportsHoldSurely(const int64_t &exports);

} // namespace krait
