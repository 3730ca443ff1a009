// The hash that ties recorded data to the tables it was recorded with: opcodes and built-in kinds.
// A counter file is read only under the same hash; a .kprof text carries it so that a stale one is told as
// such.
#pragma once

#include <cstdint>

namespace krait {

/// Version of the text grammar and of the counter file's layout. Raised when either changes its meaning.
inline constexpr uint32_t kProfileFormatVersion = 1;

namespace detail {
constexpr uint64_t hashText(const char *text, uint64_t hash) {
  for (; *text; ++text)
    hash = (hash ^ static_cast<unsigned char>(*text)) * 0x100000001b3ULL;
  return (hash ^ 0xff) * 0x100000001b3ULL;
}

constexpr uint64_t profileAbi() {
  uint64_t hash = 0xcbf29ce484222325ULL;
#define OPCODE(name, operands, flags, meaning) hash = hashText(operands, hashText(#name, hash));
#include "runtime/abi/Opcodes.def"
#undef OPCODE
#define KIND(name, spelling, meaning) hash = hashText(spelling, hash);
#include "profiler/format/BuiltinKinds.def"
#undef KIND
  return hash;
}
} // namespace detail

inline constexpr uint64_t kProfileAbi = detail::profileAbi();

/// Ids of the symbols of BuiltinKinds.def.
enum class BuiltinKind : uint32_t {
  Nothing,
#define KIND(name, spelling, meaning) name,
#include "profiler/format/BuiltinKinds.def"
#undef KIND
  End
};

inline constexpr const char *kBuiltinKindNames[] = {
    "",
#define KIND(name, spelling, meaning) spelling,
#include "profiler/format/BuiltinKinds.def"
#undef KIND
};

} // namespace krait
