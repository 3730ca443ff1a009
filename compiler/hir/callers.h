// callers.h - which code leads to something that looks at the frame of its caller, or at what is still alive.
// Names tell: what is called is not known ahead of time.
#pragma once

#include "compiler/frontend/code_unit.h"

#include <set>

namespace krait::hir {

/// Calls what may look at its caller's frame: globals(), super() without arguments, and what [needsOwnFrame]
/// says.
bool asksForCaller(const CodeUnit &unit);
/// Calls functions of the library that find out by the frame which module or line they are called from
/// (namedtuple, a logger's info). Such a function is not inlined: the frame would be another one's.
bool needsOwnFrame(const CodeUnit &unit);

/// A package of the library, with the modules of it that a program leads to.
struct LibraryPackage {
  std::set<std::string> modules; // their names as a program mentions them: last components
  std::vector<const CodeUnit *> roots;
};
/// Code through which a library seems to reach one of its functions that look at frames further out (a
/// warning's stack level): that of the packages themselves, and that of the program's [own] modules that
/// calls it. Each must have a frame of its own, or what looks counts wrongly.
std::set<const CodeUnit *> passedByLooks(const std::vector<LibraryPackage> &packages,
                                         const std::vector<const CodeUnit *> &own);

/// Calls super() otherwise than for a method that it calls at once: its frame must have its variables then.
bool showsOwnVariables(const CodeUnit &unit);
/// Does the code between the unit offsets [from, to) seem to call gc.collect()?
bool mentionsCollection(const CodeUnit &unit, uint32_t from, uint32_t to);

} // namespace krait::hir
