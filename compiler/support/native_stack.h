// native_stack.h - how much native stack the calling thread has left, for what recurses over source and trees.
#pragma once

namespace krait {

/// Whether less than a reserve for error handling is left. False on stacks that the system did not make (their makers see to it that
/// they are large).
bool nativeStackLow();

/// Whether [depth] levels of nesting are more than [limit], or more than the stack holds.
inline bool nestedTooDeep(unsigned depth, unsigned limit) {
  constexpr unsigned kAlwaysFits = 64; // asking about a stack is not free the first time
  return depth > limit || (depth > kAlwaysFits && nativeStackLow());
}

} // namespace krait
