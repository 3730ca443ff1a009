// dead_registers.h - precision for explicit collections.
#pragma once

namespace krait {

/// Empties the temporaries that no activation will read again (those of all threads, which wait for this one,
/// and of suspended generators that they run through), so that gc.collect() finds what CPython would have
/// freed by then: weak references and finalizers of objects that only a stale register holds. Variables stay.
void dropDeadRegisters();

} // namespace krait
