// pack.cpp - krait-pack-fast-paths: chooses from the runtime's bitcode what compiled code may have inlined.
//
//   krait-pack-fast-paths OUT IN.bc...
//
// A function is kept, as available_externally, if it is small and all it refers to can be reached from another object file: the
// function itself stays in the runtime's archives, so nothing depends on its being inlined. Everything else becomes a declaration.
// Functions that their authors marked cold or noinline stay calls, and so do those that llvm-patches knows by name.
#include "compiler/lower/runtime_calls.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/AttributeMask.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdio>
#include <map>

using namespace llvm;

namespace {

constexpr unsigned kMostInstructions = 45;

class Packer {
public:
  explicit Packer(Module &module) : module_(module) {}

  unsigned run() {
    for (const char *name : {"llvm.global_ctors", "llvm.global_dtors", "llvm.used", "llvm.compiler.used"})
      if (GlobalVariable *list = module_.getNamedGlobal(name))
        list->eraseFromParent();
    while (!module_.named_metadata_empty())
      module_.eraseNamedMetadata(&*module_.named_metadata_begin());
    for (Function &function : module_)
      if (!function.isDeclaration() && wanted(function) && importable(function))
        keep(function);
    unsigned count = 0;
    for (Function &function : module_)
      if (kept_.contains(&function))
        ++count, finish(function);
      else if (!function.isDeclaration())
        function.deleteBody(), function.setComdat(nullptr), function.setDSOLocal(false);
    for (GlobalVariable &variable : module_.globals())
      if (!kept_.contains(&variable) && !variable.isDeclaration()) {
        variable.setInitializer(nullptr);
        variable.setLinkage(GlobalValue::ExternalLinkage);
        variable.setComdat(nullptr);
      }
    removeUnused();
    for (Function &function : module_)
      if (function.isDeclaration() && (staysCall(function) || function.getName().starts_with("krt_raise")))
        function.addFnAttr(Attribute::Cold);
    return count;
  }

private:
  Module &module_;
  std::map<const GlobalValue *, bool> importable_;
  SmallPtrSet<const GlobalValue *, 32> kept_;

  /// What compiled code calls by itself; the rest comes along where that needs it.
  static bool wanted(const Function &function) {
    StringRef name = function.getName();
    for (unsigned i = 0; i < unsigned(krait::RtCall::Count); ++i)
      if (name == krait::rtCallInfo(krait::RtCall(i)).symbol)
        return true;
    return name.starts_with("krt_generic_");
  }
  static bool staysCall(const Function &function) {
    for (auto attribute : {Attribute::Cold, Attribute::NoInline, Attribute::OptimizeNone})
      if (function.hasFnAttribute(attribute))
        return true;
    for (unsigned i = 0; i < unsigned(krait::RtCall::Count); ++i)
      if (const krait::RtCallInfo &info = krait::rtCallInfo(krait::RtCall(i)); function.getName() == info.symbol && (info.effects & krait::kRtCold))
        return true;
    return function.getName() == "krt_float_box_slow" || function.getName() == "krt_native_enter" || function.getName() == "krt_native_exit";
  }

  /// Calls [f] for each global that [constant] refers to.
  template <typename F> static void forEachGlobal(const Constant *constant, F f) {
    if (auto *global = dyn_cast<GlobalValue>(constant))
      return f(global);
    for (const Use &operand : constant->operands())
      if (auto *inner = dyn_cast<Constant>(operand))
        forEachGlobal(inner, f);
  }
  template <typename F> static void forEachReferred(const GlobalValue &global, F f) {
    if (auto *variable = dyn_cast<GlobalVariable>(&global)) {
      if (variable->hasInitializer())
        forEachGlobal(variable->getInitializer(), f);
    } else if (auto *function = dyn_cast<Function>(&global)) {
      for (const Instruction &inst : instructions(*function))
        for (const Use &operand : inst.operands())
          if (auto *constant = dyn_cast<Constant>(operand))
            forEachGlobal(constant, f);
    }
  }

  bool importable(const GlobalValue &global) {
    auto [found, isNew] = importable_.try_emplace(&global, true);
    if (!isNew)
      return found->second; // on the way: a cycle fails or succeeds elsewhere
    bool result = calculate(global);
    return importable_[&global] = result;
  }

  bool calculate(const GlobalValue &global) {
    if (auto *variable = dyn_cast<GlobalVariable>(&global); variable && !variable->isConstant())
      return false;
    if (auto *function = dyn_cast<Function>(&global)) {
      if (function->isDeclaration() || function->isVarArg() || function->getInstructionCount() > kMostInstructions)
        return false;
      if (staysCall(*function))
        return false;
    }
    bool all = true;
    forEachReferred(global, [&](const GlobalValue *other) { all = all && (!other->hasLocalLinkage() || importable(*other)); });
    return all;
  }

  void keep(const GlobalValue &global) {
    if (!kept_.insert(&global).second)
      return;
    forEachReferred(global, [&](const GlobalValue *other) {
      bool needed = other->hasLocalLinkage();
      // Inline functions of headers are worth having where they are wanted.
      if (needed || (isa<Function>(other) && !other->isDeclaration() && importable(*other)))
        keep(*other);
    });
  }

  static void finish(Function &function) {
    AttributeMask machine;
    for (const char *name : {"target-cpu", "target-features", "tune-cpu", "min-legal-vector-width", "no-trapping-math", "stack-protector-buffer-size",
                             "frame-pointer"})
      machine.addAttribute(name);
    machine.addAttribute(Attribute::UWTable);
    function.removeFnAttrs(machine);
    if (!function.hasLocalLinkage())
      function.setLinkage(GlobalValue::AvailableExternallyLinkage);
    function.setComdat(nullptr);
  }

  void removeUnused() {
    for (bool changed = true; changed;) {
      changed = false;
      auto sweep = [&](auto &list) {
        for (auto i = list.begin(); i != list.end();) {
          GlobalValue &global = *i++;
          global.removeDeadConstantUsers();
          if (global.use_empty() && (global.isDeclaration() || global.hasLocalLinkage()))
            global.eraseFromParent(), changed = true;
        }
      };
      sweep(module_.getFunctionList());
      for (auto i = module_.global_begin(); i != module_.global_end();) {
        GlobalVariable &variable = *i++;
        variable.removeDeadConstantUsers();
        if (variable.use_empty())
          variable.eraseFromParent(), changed = true;
      }
    }
  }
};

} // namespace

int main(int argc, char **argv) {
  LLVMContext context;
  Module all("krait fast paths", context);
  Linker linker(all);
  for (int i = 2; i < argc; ++i) {
    SMDiagnostic problem;
    std::unique_ptr<Module> one = parseIRFile(argv[i], problem, context);
    if (!one) {
      problem.print(argv[0], errs());
      return 1;
    }
    if (i == 2) {
      all.setDataLayout(one->getDataLayout());
      all.setTargetTriple(one->getTargetTriple());
    }
    StripDebugInfo(*one);
    if (linker.linkInModule(std::move(one)))
      return 1;
  }
  unsigned count = Packer(all).run();
  std::error_code error;
  raw_fd_ostream out(argv[1], error, sys::fs::OF_None);
  if (error)
    return 1;
  WriteBitcodeToFile(all, out);
  std::printf("%u functions\n", count);
  return 0;
}
