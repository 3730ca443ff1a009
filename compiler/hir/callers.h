// callers.h - which code leads to something that looks at the frame of its caller, or at what is still alive. Names tell: what is called
// is not known ahead of time.
#pragma once

#include "compiler/frontend/code_unit.h"

namespace krait::hir {

/// Calls what may look at its caller's frame: globals(), super() without arguments, and what [needsOwnFrame]
/// says.
bool asksForCaller(const CodeUnit &unit);
/// Calls functions of the library that find out by the frame which module or line they are called from
/// (namedtuple, a logger's info). Such a function is not inlined: the frame would be another one's.
bool needsOwnFrame(const CodeUnit &unit);

/// Calls super() otherwise than for a method that it calls at once: its frame must have its variables then.
bool showsOwnVariables(const CodeUnit &unit);
/// Does the code between the unit offsets [from, to) seem to call gc.collect()?
bool mentionsCollection(const CodeUnit &unit, uint32_t from, uint32_t to);

} // namespace krait::hir
