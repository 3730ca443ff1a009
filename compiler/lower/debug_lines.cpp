// debug_lines.cpp - see debug_lines.h.
#include "compiler/lower/debug_lines.h"

#include "compiler/frontend/code_unit.h"

#include <llvm/BinaryFormat/Dwarf.h>

namespace krait {

DebugLines::DebugLines(llvm::Module &target, const hir::Module &source) : source_(source), builder_(target), context_(target.getContext()) {
  target.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  target.addModuleFlag(llvm::Module::Warning, "Dwarf Version", 5);
  std::string path;
  for (const hir::CodeRef &code : source.codes)
    if (path.empty() && code.unit)
      path = code.unit->filename;
  builder_.createCompileUnit(llvm::dwarf::DW_LANG_Python, file(path.empty() ? "<no code>" : path), "krait", true, "", 0, "", llvm::DICompileUnit::LineTablesOnly);
}

llvm::DIFile *DebugLines::file(const std::string &path) {
  llvm::DIFile *&made = files_[path];
  if (!made) {
    size_t slash = path.rfind('/');
    bool whole = slash == std::string::npos;
    made = builder_.createFile(whole ? path : path.substr(slash + 1), whole ? "" : path.substr(0, slash));
  }
  return made;
}

llvm::DISubprogram *DebugLines::subprogram(uint32_t code) {
  const CodeUnit &unit = *source_.codes[code].unit;
  llvm::DIFile *where = file(unit.filename);
  auto *type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
  return builder_.createFunction(where, unit.qualname, "", where, unit.firstLine, type, unit.firstLine, llvm::DINode::FlagZero,
                                 llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagOptimized |
                                     llvm::DISubprogram::SPFlagLocalToUnit);
}

llvm::DISubprogram *DebugLines::attach(llvm::Function &function, uint32_t code) {
  llvm::DISubprogram *scope = subprogram(code);
  function.setSubprogram(scope);
  return scope;
}

llvm::DILocation *DebugLines::start(llvm::DISubprogram *scope) { return llvm::DILocation::get(context_, scope->getLine(), 0, scope); }

llvm::DILocation *DebugLines::locate(const hir::FrameState &state, llvm::DISubprogram *root) {
  SourceRange range = source_.codes[state.code].unit->positionAt(state.offset);
  llvm::DISubprogram *scope = root;
  llvm::DILocation *call = nullptr;
  if (state.caller) {
    llvm::DISubprogram *&inlined = scopes_[state.code];
    if (!inlined)
      inlined = subprogram(state.code);
    scope = inlined;
    call = callSite(*state.caller, root);
  }
  // What the compiler of bytecode added has no place of its own.
  bool known = range.line > 0;
  return llvm::DILocation::get(context_, known ? unsigned(range.line) : scope->getLine(), known ? unsigned(range.col + 1) : 0, scope, call);
}

llvm::DILocation *DebugLines::callSite(const hir::FrameState &state, llvm::DISubprogram *root) {
  llvm::DILocation *place = locate(state, root);
  llvm::DILocation *&made = calls_[{root, place, state.offset}];
  if (!made)
    made = llvm::DILocation::getDistinct(context_, place->getLine(), place->getColumn(), place->getScope(), place->getInlinedAt());
  return made;
}

} // namespace krait
