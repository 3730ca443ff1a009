// bytecode_stamp.h - a number for this version of the front end, so that code compiled by another one is
// known as such.
#pragma once

#include <cstdint>

namespace krait {

/// Made at build time from the front end's sources and the opcode table: equal stamps, equal bytecode for the
/// same source.
extern const uint16_t kBytecodeStamp;

} // namespace krait
