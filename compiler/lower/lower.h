// lower.h - HIR to LLVM IR: the functions of one program, and the data that their code refers to.
//
// Words are i64, CInt64 i64, CDouble double, CBool i1. For each code object there is a body (the function
// object, then the parameters' registers) and an entry of the runtime's calling convention, which binds
// arguments. Code that lowering does not know makes a function stay interpreted, with a reason.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/hir/hir.h"
#include "compiler/lower/debug_lines.h"

#include <llvm/IR/Module.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace krait {

/// Attribute of functions that need not be optimised.
constexpr const char *kColdFunction = "krait-cold";

struct LoweringOptions {
  bool stressDeopt = false;              // guards ask KRAIT_STRESS
  bool showVariables = false;            // frames hold their variables wherever someone may look
  bool leaveWhenTraced = false;          // exceptions that are traced are raised by the interpreter
  bool quick = false;                    // LLVM keeps nothing in registers across calls (-O0)
  std::set<const CodeUnit *> shown = {}; // have a frame though nothing in them tells why (Program::shown)
  std::set<const CodeUnit *> cold = {};  // hardly ever run when recorded: marked kColdFunction
};

/// A word that the runtime fills with a constant (kind 0), name (1) or variable name (2) of a code object.
struct LoweredConstant {
  llvm::GlobalVariable *slot;
  uint32_t code, index, kind;
};

class Lowering {
public:
  /// [numbers]: of code objects, as the runtime counts them. [names]: code objects by "module:qualname".
  Lowering(llvm::Module &target, hir::Module &source, std::map<const CodeUnit *, uint32_t> numbers,
           std::map<std::string, const CodeUnit *> names, LoweringOptions options);

  /// Why [function] cannot be lowered; empty if it can.
  static std::string declines(const hir::Function &function);
  /// Announces a function that will be lowered, so that others call it directly.
  void declare(hir::Function &function);
  void lower(hir::Function &function);
  /// The bodies of generators, by code number (NativeResume).
  const std::map<uint32_t, llvm::Function *> &resumes() const { return resumeEntries_; }
  /// The entries made, by code number.
  const std::map<uint32_t, llvm::Function *> &entries() const { return entries_; }
  /// The NativeUse of a function's body; made where it is asked for first.
  llvm::Constant *makeUse(uint32_t number);
  /// The one made, or null.
  llvm::Constant *use(uint32_t number) const;
  /// Loop entries by code number: unit of the header, function.
  using Loops = std::vector<std::pair<uint32_t, llvm::Function *>>;
  const std::map<uint32_t, Loops> &loops() const { return loops_; }
  const std::vector<LoweredConstant> &constants() const { return constants_; }

  // What function lowering asks for.
  llvm::Module &target() { return target_; }
  hir::Module &source() { return source_; }
  DebugLines &lines() { return lines_; }
  const LoweringOptions &options() const { return options_; }
  uint32_t number(uint32_t code) const { return numbers_.at(source_.codes[code].unit); }
  const CodeUnit *findCode(const std::string &name) const;
  uint32_t numberOf(const CodeUnit *unit) const { return numbers_.at(unit); }
  llvm::Function *body(const CodeUnit *unit) const;
  /// The typed entry (compiler/passes/typed_entries.cpp): machine values for numbers; its result, where that
  /// is a machine value too, is a pair of it and kMachineResult, or of anything and the word that came
  /// instead (null: an exception).
  struct TypedBody {
    llvm::Function *body;
    hir::Function *source;
  };
  const TypedBody *typedBody(const CodeUnit *unit) const;
  llvm::GlobalVariable *constant(uint32_t code, uint32_t index, uint32_t kind);
  llvm::GlobalVariable *codeTable() { return codes_; }
  llvm::GlobalVariable *cellTable();
  /// What cold blocks call, with [values] words at the end, which it lays into an array for the runtime:
  /// krt_deopt_leave_py with (frame, state, guard, ...; [counted]: the activation's count ends there, the
  /// interpreter's frame counts from now on), krt_deopt_trace with (frame, state, count, skipInnermost, ...),
  /// krt_deopt_show with (frame, state, ...).
  llvm::Function *leaveHelper(size_t values, bool loop, bool counted);
  llvm::Function *traceHelper(size_t values);
  llvm::Function *raiseHelper(size_t values, bool loop);
  llvm::Function *showHelper(size_t values);

private:
  void declareTyped(hir::Function &function);
  void makeEntry(const hir::Function &function, uint32_t number, llvm::Function *body);

  llvm::Module &target_;
  hir::Module &source_;
  std::map<const CodeUnit *, uint32_t> numbers_;
  std::map<std::string, const CodeUnit *> names_;
  LoweringOptions options_;
  DebugLines lines_;
  std::map<const CodeUnit *, llvm::Function *> bodies_;
  std::map<const CodeUnit *, TypedBody> typed_;
  std::map<const CodeUnit *, llvm::Function *> resumes_; // of generators
  std::map<uint32_t, llvm::Function *> entries_, resumeEntries_;
  std::map<uint32_t, Loops> loops_;
  std::map<uint32_t, llvm::GlobalVariable *> uses_;
  std::vector<LoweredConstant> constants_;
  std::map<std::vector<uint32_t>, llvm::GlobalVariable *> constantSlots_;
  llvm::GlobalVariable *codes_;
  llvm::Function *coldHelper(const std::string &name, llvm::Function *operation, size_t fixed, size_t values);
  /// What is made for [unit] is marked if that is cold.
  void mark(llvm::Function *made, const CodeUnit *unit);
};

/// No word: no object lies there.
constexpr uint64_t kMachineResult = 8;

/// Registers that hold parameters: positional, keyword-only, *args, **kwargs.
uint32_t parameterCount(const CodeUnit &unit);

} // namespace krait
