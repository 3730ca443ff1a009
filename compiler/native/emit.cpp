// emit.cpp - see emit.h.
#include "compiler/native/emit.h"

#include "llvm-patches/KraitTagging.h"
#include "runtime/abi/native_code.h"

#include <llvm/CodeGen/MachineFunctionPass.h>
#include <llvm/CodeGen/MachineModuleInfo.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Linker/Linker.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/CodeGen.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>

#include <memory>

namespace krait {

namespace {

constexpr const char *kTriple = "x86_64-pc-linux-gnu";

class TableEmitter {
public:
  explicit TableEmitter(Lowering &lowering)
      : lowering_(lowering), m_(lowering.target()), c_(m_.getContext()) {}

  void emit(const std::vector<EmittedModule> &modules, uint32_t numbered, uint32_t codes) {
    std::vector<llvm::Constant *> rows;
    for (const EmittedModule &module : modules)
      rows.push_back(row({text(module.name), text(module.file), bytes(module.image), byte(module.package),
                          text(module.warnings)}));
    std::vector<llvm::Constant *> compiled, constants;
    for (uint32_t number = 0; number < codes; ++number) {
      auto entry = lowering_.entries().find(number);
      auto resume = lowering_.resumes().find(number);
      auto loops = lowering_.loops().find(number);
      bool entered = entry != lowering_.entries().end(), looped = loops != lowering_.loops().end();
      if (!entered && !looped)
        continue;
      std::vector<llvm::Constant *> loopRows;
      for (size_t i = 0; looped && i < loops->second.size(); ++i)
        loopRows.push_back(
            row({word(loops->second[i].first), word(0), loops->second[i].second, doubleWord(0)}));
      compiled.push_back(
          row({word(number), word(uint32_t(loopRows.size())), entered ? entry->second : null(),
               table(loopRows, false), resume == lowering_.resumes().end() ? null() : resume->second,
               lowering_.use(number), null(), null()}));
    }
    for (const LoweredConstant &c : lowering_.constants())
      constants.push_back(row({c.slot, word(c.code), word(c.index), word(c.kind), word(0)}));
    auto count = [](const auto &list) { return static_cast<uint32_t>(list.size()); };
    llvm::Constant *cells = cellTable();
    llvm::Constant *program =
        row({table(rows, true), word(numbered), word(codes), lowering_.codeTable(), table(compiled, false),
             word(count(compiled)), word(count(constants)), table(constants, true), cells,
             word(count(lowering_.source().cells)), word(0), null(), word(count(rows) - numbered)});
    new llvm::GlobalVariable(m_, program->getType(), true, llvm::GlobalValue::ExternalLinkage, program,
                             "krt_program");
    lowering_.lines().finish();
  }

private:
  Lowering &lowering_;
  llvm::Module &m_;
  llvm::LLVMContext &c_;

  /// Takes the place of the declaration that lowered code refers to.
  llvm::Constant *cellTable() {
    std::vector<llvm::Constant *> rows;
    auto *empty = llvm::ConstantInt::get(llvm::Type::getInt64Ty(c_), 0);
    for (const hir::Cell &cell : lowering_.source().cells)
      rows.push_back(row({empty, text(hir::cellKindName(cell.kind)), text(cell.descriptor)}));
    llvm::Constant *cells = table(rows, false);
    llvm::GlobalVariable *declared = lowering_.cellTable();
    declared->replaceAllUsesWith(cells);
    declared->eraseFromParent();
    return cells;
  }

  llvm::Constant *word(uint32_t v) { return llvm::ConstantInt::get(llvm::Type::getInt32Ty(c_), v); }
  llvm::Constant *doubleWord(uint64_t v) { return llvm::ConstantInt::get(llvm::Type::getInt64Ty(c_), v); }
  llvm::Constant *byte(uint8_t v) { return llvm::ConstantInt::get(llvm::Type::getInt8Ty(c_), v); }
  llvm::Constant *null() { return llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(c_)); }
  llvm::Constant *row(std::vector<llvm::Constant *> fields) {
    return llvm::ConstantStruct::getAnon(c_, fields);
  }

  llvm::GlobalVariable *global(llvm::Constant *init, bool constant, uint64_t align) {
    auto *g =
        new llvm::GlobalVariable(m_, init->getType(), constant, llvm::GlobalValue::PrivateLinkage, init);
    g->setAlignment(llvm::Align(align));
    return g;
  }
  llvm::Constant *text(const std::string &s) {
    return global(llvm::ConstantDataArray::getString(c_, s), true, 1);
  }
  llvm::Constant *bytes(const std::string &s) {
    return global(llvm::ConstantDataArray::getString(c_, s, false), true, 8);
  }
  llvm::Constant *table(const std::vector<llvm::Constant *> &rows, bool constant) {
    if (rows.empty())
      return null();
    auto *type = llvm::ArrayType::get(rows[0]->getType(), rows.size());
    return global(llvm::ConstantArray::get(type, rows), constant, 8);
  }
};

std::unique_ptr<llvm::TargetMachine> targetMachine(std::string *error, llvm::CodeGenOptLevel level) {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  LLVMInitializeX86AsmParser(); // lowering has a line of assembly
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(kTriple, *error);
  if (!target)
    return nullptr;
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  options.FunctionSections = options.DataSections = true;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      kTriple, "x86-64", "", options, llvm::Reloc::Static, llvm::CodeModel::Small, level));
}

} // namespace

void emitProgram(Lowering &lowering, const std::vector<EmittedModule> &modules, uint32_t numbered,
                 uint32_t codes) {
  TableEmitter(lowering).emit(modules, numbered, codes);
}

bool setTarget(llvm::Module &module, std::string *error) {
  auto machine = targetMachine(error, llvm::CodeGenOptLevel::Default);
  if (!machine)
    return false;
  module.setTargetTriple(kTriple);
  module.setDataLayout(machine->createDataLayout());
  return true;
}

bool linkFastPaths(llvm::Module &module, const std::string &path, std::string *error) {
  llvm::SMDiagnostic problem;
  std::unique_ptr<llvm::Module> paths = llvm::getLazyIRFileModule(path, problem, module.getContext());
  if (!paths || llvm::Linker::linkModules(module, std::move(paths), llvm::Linker::LinkOnlyNeeded)) {
    *error = "cannot use " + path + ": " + problem.getMessage().str();
    return false;
  }
  return true;
}

void optimize(llvm::Module &module, int level) {
  std::string ignored;
  auto machine = targetMachine(&ignored, llvm::CodeGenOptLevel::Default);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(machine.get());
  registerKraitPasses(builder);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::OptimizationLevel levels[] = {llvm::OptimizationLevel::O0, llvm::OptimizationLevel::O1,
                                      llvm::OptimizationLevel::O2, llvm::OptimizationLevel::O3};
  llvm::ModulePassManager passes = level <= 0
                                       ? builder.buildO0DefaultPipeline(levels[0])
                                       : builder.buildPerModuleDefaultPipeline(levels[level > 3 ? 3 : level]);
  passes.run(module, modules);
}

bool finishOutput(llvm::raw_fd_ostream &out, const std::string &path, std::string *error) {
  out.flush();
  if (!out.has_error())
    return true;
  *error = "cannot write " + path + ": " + out.error().message();
  out.clear_error(); // else LLVM ends the process
  if (llvm::sys::fs::is_regular_file(path))
    llvm::sys::fs::remove(path);
  return false;
}

/// As addPassesToEmitFile, without what follows values of variables: there is DWARF for lines alone, and it
/// would take a tenth of the time. [passes] owns what is made here.
static bool addPasses(llvm::legacy::PassManager &passes, llvm::LLVMTargetMachine &machine,
                      llvm::raw_pwrite_stream &out, llvm::CodeGenFileType type) {
  auto *info = new llvm::MachineModuleInfoWrapperPass(&machine);
  llvm::TargetPassConfig *config = machine.createPassConfig(passes);
  config->disablePass(&llvm::LiveDebugValuesID);
  passes.add(config);
  passes.add(info);
  if (config->addISelPasses())
    return false;
  config->addMachinePasses();
  config->setInitialized();
  if (machine.addAsmPrinter(passes, out, nullptr, type, info->getMMI().getContext()))
    return false;
  passes.add(llvm::createFreeMachineFunctionPass());
  return true;
}

bool writeMachineCode(llvm::Module &module, const std::string &path, EmitKind kind, int level,
                      std::string *error) {
  auto machine =
      targetMachine(error, level <= 0 ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default);
  if (!machine)
    return false;
  llvm::SmallVector<char, 0> code; // LLVM's own streams to files end the process when the disk is full
  {
    llvm::raw_svector_ostream out(code);
    llvm::legacy::PassManager passes;
    auto type =
        kind == EmitKind::Object ? llvm::CodeGenFileType::ObjectFile : llvm::CodeGenFileType::AssemblyFile;
    if (!addPasses(passes, static_cast<llvm::LLVMTargetMachine &>(*machine), out, type)) {
      *error = "no machine code for this target";
      return false;
    }
    passes.run(module);
  }
  std::error_code opened;
  llvm::raw_fd_ostream out(path, opened, llvm::sys::fs::OF_None);
  if (opened) {
    *error = "cannot write " + path + ": " + opened.message();
    return false;
  }
  out.write(code.data(), code.size());
  return finishOutput(out, path, error);
}

} // namespace krait
