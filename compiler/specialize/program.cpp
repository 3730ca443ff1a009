// The code objects of a program under their names.
#include "compiler/specialize/decisions.h"

namespace krait {

void Program::addModule(const std::string &module, const CodeUnit &root, const Profile *profile) {
  std::map<std::string, uint32_t> seen;
  add(module, root, profile, seen);
}

/// Preorder, as profiles number code objects of one name.
void Program::add(const std::string &module, const CodeUnit &unit, const Profile *profile,
                  std::map<std::string, uint32_t> &seen) {
  auto code = std::make_unique<ProgramCode>();
  code->module = module;
  code->unit = &unit;
  code->key = {unit.qualname, seen[unit.qualname]++, unit.hash};
  code->name = module + ":" + unit.qualname + (code->key.ordinal ? "#" + std::to_string(code->key.ordinal) : "");
  if (profile) {
    CodeDescription description{module, code->key, {}};
    for (uint32_t offset : unit.siteOffsets())
      description.siteOpcodes.push_back(opcodeInfo(Opcode(unit.units[offset])).name);
    code->profile = findMatch(*profile, description);
  }
  byName_[code->name] = code.get();
  codes_.push_back(std::move(code));
  for (const Constant &c : unit.consts)
    if (c.kind == ConstKind::Code)
      add(module, *c.code, profile, seen);
}

const ProgramCode *Program::find(const std::string &name) const {
  auto it = byName_.find(name);
  return it == byName_.end() ? nullptr : it->second;
}

const ProgramCode *Program::method(const std::string &className, const std::string &name) const {
  return find(className + "." + name);
}

} // namespace krait
