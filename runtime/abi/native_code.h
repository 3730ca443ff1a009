// native_code.h - the tables of a compiled program: what krait-compile writes as static data and runtime/deopt reads.
//
// A program has numbered code objects: those of all its modules, in the order of the modules and of their images.
//
// Frame states are streams of 32-bit words:
//
//   frames, objects
//   for each frame, outermost first:  code, offset, kind (kFrameAt...), function, slots, then (register, source) for each
//   for each virtual object:          operation (kMake...), detail, fields, then a source for each
//
// A source is index << 4 | representation << 2 | what: a value of the array passed along (as a word, an int64, a double or a
// truth value), a virtual object, the null word, or a constant (whose bits the index is, with its sign).
#pragma once

#include "runtime/abi/types.h"

namespace krait {

struct CellSlot;

enum FrameResume : uint32_t { kFrameAt, kFrameCall, kFrameConstruct, kFrameIterate, kFrameSum, kFrameAny, kFrameAll };
enum SourceWhat : uint32_t { kSourceValue, kSourceObject, kSourceNull, kSourceConstant };
enum SourceRep : uint32_t { kRepWord, kRepInt, kRepDouble, kRepBool };
/// Detail: the layout for kMakeLayout (LayoutNumber), the cell of the shape for kMakeInstance, the code for kMakeGenerator, whose
/// fields are function, point of resumption (as HIR's ResumePoint) and registers; for kMakeFunction the code whose constant the
/// first field names, the others are as the operands of HIR's NewFunction.
enum MakeOp : uint32_t { kMakeTuple, kMakeList, kMakeInstance, kMakeLayout, kMakeGenerator, kMakeFunction };
/// Rows of compiler/hir/Layouts.def, in order.
enum LayoutNumber : uint32_t {
  kLayoutCell, kLayoutRange, kLayoutRangeIter, kLayoutListIter, kLayoutTupleIter, kLayoutStrIter, kLayoutEnumerate, kLayoutMethod,
  kLayoutSlice,
};

/// A guard's failures; static data beside the code.
struct NativeGuard {
  uint32_t failures;
  uint32_t reason; // row of DeoptReasons.def
  uint32_t code;   // of the innermost frame
  uint32_t offset;
};

/// Entered by the interpreter at a loop header with its frame, whose registers hold the state. Either the activation comes to its end
/// there: the frame is popped, and the result is its own. Or the result is kLoopLeft: the frame goes on in the interpreter at its pc,
/// with the pending exception if there is one.
using NativeLoopEntry = Value (*)(Frame *frame);
constexpr uint64_t kLoopLeft = 0x7ff4;
struct NativeLoop {
  uint32_t offset; // unit of the loop header
  uint32_t left;   // how often it was left since [ticks] was cleared
  NativeLoopEntry entry;
  uint64_t ticks;  // of the processor, spent in it
};

/// Resumes the compiled body of a generator: [frame] is the one inside the generator object, made the thread's innermost, and
/// tells by its pc where the body was suspended. [sent] is null for the start. Returns as the interpreter's loop does: what is
/// yielded (the generator's state is Suspended then), the result, or null.
using NativeResume = Value (*)(Frame *frame, Value sent);

/// What leaving a function costs, against the time that passes: a body whose guards fail all the time is given up.
struct NativeUse {
  uint64_t since; // of the processor's ticks: when counting began
  uint64_t ticks; // since then, spent in leaving and in the interpreter after it
  uint32_t left;  // how often, since then
  uint32_t stopped; // the body looks at it first, and has the interpreter do its work
};

/// The compiled form of a code object; Code::native points here.
struct NativeCode {
  uint32_t code;
  uint32_t loopCount;
  NativeEntry entry; // null: only loops are compiled
  NativeLoop *loops;
  NativeResume resume; // of generators and coroutines, else null
  NativeUse *use;      // of bodies that are called, else null
  NativeEntry interpreted; // set when the program is loaded
  /// The variables that the code works on: those it was used with first. With others it is interpreted.
  Dict *globals;
  bool worksOn(Dict *others) {
    if (!globals)
      globals = others;
    return globals == others;
  }
};

/// A word of static data that is filled with a constant of a code object when the program starts.
struct NativeConstant {
  uint64_t *slot;
  uint32_t code;
  uint32_t index;
  uint32_t kind; // 0 consts, 1 names, 2 varnames
  uint32_t unused;
};

struct NativeModule {
  const char *name;   // "__main__", "pkg.mod"
  const char *file;   // as given to the compiler
  const void *image;
  bool package;
  const char *warnings; // of the compile step, issued when the program runs: lines "CATEGORY LINE TEXT"; main module only
};

struct NativeProgram {
  const NativeModule *modules; // the first is __main__
  uint32_t moduleCount;
  uint32_t codeCount;
  Code **codes;                // filled at start
  NativeCode *compiled;
  uint32_t compiledCount;
  uint32_t constantCount;
  const NativeConstant *constants;
  CellSlot *cells;
  uint32_t cellCount;
  uint32_t guardCount;
  NativeGuard *guards;
  uint32_t bytecodeModules; // in [modules] behind those counted: without numbered code objects, loaded when imported
};

} // namespace krait
