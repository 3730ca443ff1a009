// parallel.cpp - a large program's functions are shared out among several modules that are optimised and made
// machine code of at the same time. How many depends on the program only, so that a binary does not depend on
// the machine it was built on. Python-level inlining is done already; what LLVM could inline across the parts
// is given up. Functions that hardly ever ran when the program was recorded have parts of their own, made
// machine code of without optimisation: in a large program most functions are such, and they would take most
// of the time.
#include "compiler/native/emit.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Signals.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace krait {

namespace {

constexpr size_t kPartInstructions = 12000, kMostParts = 4;
/// Cold functions: so many instructions of them are worth parts of their own.
constexpr size_t kColdInstructions = 3000, kColdPartInstructions = 60000;

size_t partsFor(size_t instructions, size_t each) { return std::min(instructions / each + 1, kMostParts); }

/// Everything of [module] can be named from its other parts.
void makeVisible(llvm::Module &module) {
  size_t number = 0;
  auto show = [&](llvm::GlobalValue &global, bool rename) {
    if (!global.hasLocalLinkage())
      return;
    global.setLinkage(llvm::GlobalValue::ExternalLinkage);
    global.setVisibility(llvm::GlobalValue::HiddenVisibility);
    global.setDSOLocal(true);
    if (rename || !global.hasName())
      global.setName("krait.data." + std::to_string(number++));
  };
  for (llvm::Function &function : module)
    show(function, false);
  // Short names such as "state" may be those of a library's data.
  for (llvm::GlobalVariable &variable : module.globals())
    if (!variable.getName().starts_with("llvm."))
      show(variable, true);
}

/// The part of each function, cold ones in the last [coldParts] if there are such: the largest first, each to
/// the part that has least.
std::map<const llvm::GlobalValue *, size_t> shareOut(const llvm::Module &module, size_t parts,
                                                     size_t coldParts) {
  struct Item {
    size_t size, place; // the place in the module makes the order the same every time
    const llvm::Function *function;
  };
  std::vector<Item> items;
  for (const llvm::Function &function : module)
    if (!function.isDeclaration())
      items.push_back({function.getInstructionCount(), items.size(), &function});
  std::sort(items.begin(), items.end(), [](const Item &a, const Item &b) {
    return a.size != b.size ? a.size > b.size : a.place < b.place;
  });
  std::vector<size_t> sizes(parts);
  std::map<const llvm::GlobalValue *, size_t> out;
  for (const Item &item : items) {
    bool cold = coldParts && item.function->hasFnAttribute(kColdFunction);
    auto first = cold ? sizes.end() - ptrdiff_t(coldParts) : sizes.begin();
    auto end = cold ? sizes.end() : sizes.end() - ptrdiff_t(coldParts);
    size_t least = size_t(std::min_element(first, end) - sizes.begin());
    sizes[least] += item.size;
    out[item.function] = least;
  }
  return out;
}

/// The part number [part] of the module [bitcode]: only its own functions are read, all others are declared.
/// Data belongs to part 0.
llvm::Expected<std::unique_ptr<llvm::Module>> readPart(llvm::StringRef bitcode, llvm::LLVMContext &context,
                                                       const std::map<std::string, size_t> &partOf,
                                                       size_t part) {
  auto read = llvm::getLazyBitcodeModule(llvm::MemoryBufferRef(bitcode, "part"), context);
  if (!read)
    return read;
  llvm::Module &module = **read;
  for (llvm::Function &function : module)
    if (auto found = partOf.find(function.getName().str()); found != partOf.end() && found->second != part)
      function.deleteBody();
  if (llvm::Error problem = module.materializeAll())
    return std::move(problem);
  if (part)
    for (llvm::GlobalVariable &variable : module.globals())
      if (variable.hasInitializer()) {
        variable.setInitializer(nullptr);
        variable.setLinkage(llvm::GlobalValue::ExternalLinkage);
      }
  return read;
}

bool writeObject(llvm::Module &module, int level, const std::string &fastPaths, const std::string &path,
                 std::string *error) {
  if (!fastPaths.empty() && level > 0 && !linkFastPaths(module, fastPaths, error))
    return false;
  optimize(module, level);
  return writeMachineCode(module, path, EmitKind::Object, level, error);
}

} // namespace

bool writeObjects(llvm::Module &module, int level, const std::string &fastPaths, const std::string &stem,
                  std::vector<std::string> *objects, std::string *error) {
  size_t instructions = 0, cold = 0;
  for (const llvm::Function &function : module)
    (level > 0 && function.hasFnAttribute(kColdFunction) ? cold : instructions) +=
        function.getInstructionCount();
  size_t coldParts = cold < kColdInstructions ? 0 : partsFor(cold, kColdPartInstructions);
  size_t parts = (level <= 0 ? 1 : partsFor(instructions, kPartInstructions)) + coldParts;
  for (size_t i = 0; i < parts; ++i) {
    objects->push_back(stem + "." + std::to_string(i) + ".o");
    llvm::sys::RemoveFileOnSignal(objects->back());
  }
  if (parts == 1)
    return writeObject(module, level, fastPaths, objects->front(), error);

  makeVisible(module);
  auto partOf = shareOut(module, parts, coldParts);
  std::map<std::string, size_t> partOfName;
  for (auto &[function, part] : partOf)
    partOfName[function->getName().str()] = part;
  std::vector<std::string> errors(parts);
  llvm::SmallVector<char, 0> bitcode;
  {
    llvm::raw_svector_ostream out(bitcode);
    llvm::WriteBitcodeToFile(module, out);
  }
  std::atomic<size_t> next{0};
  std::atomic<bool> good{true};
  auto work = [&] {
    for (size_t i; (i = next++) < parts;) {
      llvm::LLVMContext context;
      auto part = readPart(llvm::StringRef(bitcode.data(), bitcode.size()), context, partOfName, i);
      if (!part) {
        errors[i] = llvm::toString(part.takeError());
        good = false;
      } else if (!writeObject(**part, i < parts - coldParts ? level : 0, fastPaths, (*objects)[i],
                              &errors[i])) {
        good = false;
      }
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min<size_t>(parts, std::max(1u, std::thread::hardware_concurrency())); ++i)
    threads.emplace_back(work);
  work();
  for (std::thread &thread : threads)
    thread.join();
  for (const std::string &one : errors)
    *error += one;
  return good;
}

} // namespace krait
