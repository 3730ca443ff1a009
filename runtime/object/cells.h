// cells.h - late-bound cells: what compiled code knows about classes, functions and variables that exist only
// at run time.
//
// A compiled module has a table of CellSlots in its data. The runtime fills a slot when the program makes the
// thing that the descriptor names, and clears it (null word) when the descriptor stops being true. A guard
// compares with the slot or tests it, so an empty one fails the guard and nothing else. Kinds and spellings
// are those of compiler/hir/CellKinds.def:
//
//   shape     "app:Vec{x,y,z}"            Shape*     Vec makes, reads and sets instances the plain way; no
//   data descriptor hides x, y, z class_    "app:Vec"                   Class* function  "app:step" Function*
//   the first made; cleared for good when its code or defaults are assigned method "app:Vec.dot=app:Vec.dot"
//   Function*  as long as looking dot up on Vec finds that plain function global    "app:N" Value*     the
//   variable's place in the module's dict builtin   "app:len"                   Value      builtins.len, as
//   long as app does not bind the name and builtins keeps it module    "app"                       Module*
//   getter    "app:Vec.norm=app:Vec.norm" Function*  as long as looking norm up on Vec finds a property with
//   that getter inherited "app:Vec.__init__"    Class*    as long as looking __init__ up on Vec finds
//   object's native    "math.sqrt", "list.append"  Value      as first made
//
// Values are reached through the slot only after every call to unknown code: dict entries move, classes
// change.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// One cell; static data of a compiled module, scanned by the collector.
struct KRT_LAYOUT CellSlot {
  uint64_t value;         // see above; 0: empty
  const char *kind;       // "shape", "class_", ...
  const char *descriptor; // UTF-8
};

/// In Function::version, once code or defaults were assigned: cells do not name such a function any more.
constexpr uint32_t kFunctionReassigned = 1u << 31;

extern "C" {
/// Registers the table of a compiled module before the program runs. Malformed descriptors stay empty for
/// ever.
void krt_cells_register(CellSlot *slots, size_t count);
/// Some table was registered: the events below are worth reporting.
extern bool krt_cells_active;

/// For stress: the cells that [chosen] picks are shown empty, until the next call. Only where compiled code
/// expects unknown code to run.
void krt_cells_hide(bool (*chosen)());

void krt_cells_class_made(Class *cls);
void krt_cells_class_changed(Class *cls); // has watchers
void krt_cells_function_made(Function *function);
void krt_cells_function_changed(Function *function);
/// A module object was made. A second one of the same name ends the cells that speak of the name's variables.
void krt_cells_module_made(Module *module, Str *name);
/// The name under which the main module of a compiled program will be made, "__main__" until this is called;
/// null: not at all.
void krt_cells_main_named(const char *name);
/// All names of a native module (or of builtins) are there now.
void krt_cells_native_ready(Str *moduleName, Dict *dict);
}

} // namespace krait
