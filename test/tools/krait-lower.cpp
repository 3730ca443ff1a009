// krait-lower: reads HIR text (a file or standard input) and prints the LLVM IR that lowering makes of it, before any LLVM pass. For the
// tests of test/lower.
//
//   krait-lower [FILE] [--lines] [--stress-deopt]      --lines: debug locations as well
#include "compiler/lower/lower.h"

#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

using namespace krait;

/// HIR text names code objects and has nothing of them else; what lowering asks for is taken from the functions.
static void inventCode(hir::Module &module, std::deque<CodeUnit> &units) {
  for (hir::CodeRef &code : module.codes) {
    CodeUnit &unit = units.emplace_back();
    unit.qualname = unit.name = code.name.substr(code.name.find(':') + 1);
    unit.filename = code.name.substr(0, code.name.find(':')) + ".py";
    unit.names = code.names;
    unit.flags = kCodeOptimized;
    code.unit = &unit;
  }
  for (auto &function : module.functions)
    if (function->kind == hir::FunctionKind::normal)
      units[function->code].argcount = uint32_t(function->entry()->params.size());
}

int main(int argc, char **argv) {
  std::string file = "-";
  bool lines = false;
  LoweringOptions options;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--lines"))
      lines = true;
    else if (!std::strcmp(argv[i], "--stress-deopt"))
      options.stressDeopt = true;
    else
      file = argv[i];
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file == "-" ? std::cin : in), {}), error;
  auto source = hir::parse(text, error);
  if (!source) {
    std::fprintf(stderr, "krait-lower: %s\n", error.c_str());
    return 1;
  }
  std::deque<CodeUnit> units;
  inventCode(*source, units);
  std::map<const CodeUnit *, uint32_t> numbers;
  std::map<std::string, const CodeUnit *> names;
  for (hir::CodeRef &code : source->codes) {
    numbers.emplace(code.unit, uint32_t(numbers.size()));
    names[code.name] = code.unit;
  }
  llvm::LLVMContext context;
  llvm::Module module("krait", context);
  Lowering lowering(module, *source, numbers, names, options);
  for (auto &function : source->functions)
    if (std::string reason = Lowering::declines(*function); !reason.empty()) {
      std::fprintf(stderr, "krait-lower: %s: %s\n", function->name.c_str(), reason.c_str());
      return 1;
    }
  for (auto &function : source->functions)
    lowering.declare(*function);
  for (auto &function : source->functions)
    lowering.lower(*function);
  lowering.lines().finish();
  if (!lines)
    llvm::StripDebugInfo(module);
  module.print(llvm::outs(), nullptr);
  return llvm::verifyModule(module, &llvm::errs());
}
