// The code objects of a program under their names.
#include "compiler/specialize/decisions.h"

namespace krait {

void Program::addModule(const std::string &module, const CodeUnit &root, const Profile *profile,
                        bool library) {
  std::map<std::string, uint32_t> seen;
  bool looked = looksAtFrames_, traced = traces_;
  add(module, root, profile, seen);
  if (library) {
    looksAtFrames_ = looked;
    traces_ = traced;
  }
  findVariables(module, root, true);
  if (profile && profile != searched_) {
    searched_ = profile;
    findCollectors(*profile);
  }
  for (auto &code : codes_)
    if (code->profile)
      findShapes(*code->profile);
}

void Program::findCollectors(const Profile &profile) {
  for (int distance = 0; distance < 2; ++distance) {
    std::set<std::string> found;
    for (auto &[module, record] : profile.modules)
      for (auto &[key, function] : record.functions)
        for (auto &[site, facts] : function.sites)
          for (auto &[symbols, count] : facts.types.entries)
            if (symbols.size() == 1 && collects(targetOf(symbols[0])))
              found.insert(module + ":" + key.qualname +
                           (key.ordinal ? "#" + std::to_string(key.ordinal) : ""));
    collectors_.merge(found);
  }
}

bool Program::collects(const Target &target) const {
  return target.kind == Target::Kind::builtin    ? target.name == "gc:collect"
         : target.kind == Target::Kind::function ? collectors_.count(target.name)
                                                 : false;
}

void Program::findShapes(const FunctionProfile &profile) {
  auto note = [&](const KindCounts &kinds) {
    for (auto &[key, count] : kinds.entries)
      for (const ProfileSymbol &symbol : key)
        if (symbol.kind == ProfileSymbol::Kind::Shape)
          shapes_.insert(shapeText(symbol));
  };
  auto all = [&](const Facts &facts) {
    note(facts.types);
    note(facts.finals);
  };
  all(profile.result);
  for (auto &[index, facts] : profile.arguments)
    all(facts);
  for (auto &[key, facts] : profile.sites)
    all(facts);
}

std::string Program::rootShape(const std::string &className) const {
  std::string open = className + "{";
  for (auto it = shapes_.lower_bound(open); it != shapes_.end() && it->compare(0, open.size(), open) == 0;
       ++it) {
    if (it->compare(open.size(), 3, "...") == 0) {
      if (it->size() == open.size() + 4)
        return *it;
      continue;
    }
    // The members in front: up to the first name without a dot.
    size_t end = open.size();
    while (end < it->size() && (*it)[end] == '.')
      end = it->find_first_of(",}", end) + 1;
    return end == open.size() ? open + "}" : it->substr(0, end - 1) + "}";
  }
  return open + "}";
}

/// Stores to the module's variables: by its own code, and by `global` in what is nested.
void Program::findVariables(const std::string &module, const CodeUnit &unit, bool root) {
  DecodedInst previous{}, second{}, third{}; // the last before this one, and those before
  std::vector<std::string> loaded; // names looked up since the last LoadBuildClass: the bases of its class
  for (uint32_t at = 0; at < unit.units.size();) {
    DecodedInst inst = decodeInst(unit.units.data(), at);
    if (!root && inst.op == Opcode::StoreName && previous.op == Opcode::Call && previous.operands[2] == 1 &&
        second.op == Opcode::MakeFunction && third.op == Opcode::LoadName &&
        unit.names[third.operands[1]] == "property")
      properties_.insert(module + ":" + unit.qualname + "." + unit.names[inst.operands[0]]);
    if (inst.op == Opcode::StoreGlobal || (root && inst.op == Opcode::StoreName)) {
      const std::string &name = unit.names[inst.operands[0]];
      Variable &v = variables_[module + ":" + name];
      ++v.bindings;
      bool function = previous.op == Opcode::MakeFunction;
      bool called = previous.op == Opcode::Call || previous.op == Opcode::CallKw;
      if (previous.op == Opcode::ImportName && unit.names[previous.operands[1]] == name)
        v.target = {Target::Kind::module, name};
      for (const Constant &c : unit.consts)
        if (c.kind == ConstKind::Code && c.code->name == name && (function || called))
          v.target = {function ? Target::Kind::function : Target::Kind::class_, module + ":" + name};
      if (previous.op == Opcode::Call && v.target.kind == Target::Kind::class_ && previous.operands[2] == 2)
        baseless_.insert(module + ":" + name);
      // __build_class__(body, name, base)
      if (previous.op == Opcode::Call && v.target.kind == Target::Kind::class_ && previous.operands[2] == 3 &&
          loaded.size() == 1)
        bases_[module + ":" + name] = module + ":" + loaded[0];
    }
    if (inst.op == Opcode::LoadBuildClass)
      loaded.clear();
    else if (inst.op == Opcode::LoadName || inst.op == Opcode::LoadGlobal)
      loaded.push_back(unit.names[inst.operands[1]]);
    third = second;
    second = previous;
    previous = inst;
    at += inst.length;
  }
  for (const Constant &c : unit.consts)
    if (c.kind == ConstKind::Code)
      findVariables(module, *c.code, false);
}

Target Program::definition(const std::string &module, const std::string &name) const {
  auto it = variables_.find(module + ":" + name);
  return it != variables_.end() && it->second.bindings == 1 ? it->second.target : Target();
}

bool Program::binds(const std::string &module, const std::string &name) const {
  return variables_.count(module + ":" + name);
}

/// Names by which a program switches tracing or profiling on, or has a library do so.
static bool leadsToTracing(const std::string &name) {
  for (const char *known : {"settrace", "setprofile", "set_trace", "breakpoint", "breakpointhook", "pdb",
                            "bdb", "cProfile", "Trace", "runcall"})
    if (name == known)
      return true;
  return false;
}

/// Names by which a program gets at frames, or has a library get at them.
static bool leadsToFrames(const std::string &name) {
  if (leadsToTracing(name))
    return true;
  for (const char *known :
       {"_getframe", "currentframe", "f_back", "f_locals", "getargvalues", "getouterframes", "getframeinfo",
        "getinnerframes", "extract_stack", "print_stack", "format_stack", "walk_stack", "findCaller", "warn",
        "_current_frames", "dump_traceback", "dump_traceback_later", "set_coroutine_origin_tracking_depth"})
    if (name == known)
      return true;
  return false;
}

/// Preorder, as profiles number code objects of one name.
void Program::add(const std::string &module, const CodeUnit &unit, const Profile *profile,
                  std::map<std::string, uint32_t> &seen) {
  auto code = std::make_unique<ProgramCode>();
  code->module = module;
  code->unit = &unit;
  code->key = {unit.qualname, seen[unit.qualname]++, unit.hash};
  code->name =
      module + ":" + unit.qualname + (code->key.ordinal ? "#" + std::to_string(code->key.ordinal) : "");
  if (profile) {
    CodeDescription description{module, code->key, {}};
    for (uint32_t offset : unit.siteOffsets())
      description.siteOpcodes.push_back(opcodeInfo(Opcode(unit.units[offset])).name);
    code->profile = findMatch(*profile, description);
  }
  for (const std::string &used : unit.names) {
    looksAtFrames_ |= leadsToFrames(used);
    traces_ |= leadsToTracing(used);
    changesFunctions_ |= used == "__code__" || used == "__defaults__" || used == "__kwdefaults__";
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

const ProgramCode *Program::find(const CodeUnit *unit) const {
  for (auto &code : codes_)
    if (code->unit == unit)
      return code.get();
  return nullptr;
}

const ProgramCode *Program::method(const std::string &className, const std::string &name) const {
  // A chain longer than this is a cycle that the program's text seems to have.
  std::string at = className;
  for (int depth = 0; depth < 32; ++depth) {
    if (const ProgramCode *code = find(at + "." + name))
      return code;
    auto base = bases_.find(at);
    if (base == bases_.end())
      return nullptr;
    at = base->second;
  }
  return nullptr;
}

const ProgramCode *Program::getter(const std::string &className, const std::string &name) const {
  const ProgramCode *code = method(className, name);
  return code && properties_.count(code->module + ":" + code->unit->qualname) ? code : nullptr;
}

bool Program::inheritsFromObject(const std::string &className, const std::string &name) const {
  std::string at = className;
  for (int depth = 0; depth < 32; ++depth) {
    if (find(at + "." + name))
      return false;
    if (baseless_.count(at))
      return true;
    auto base = bases_.find(at);
    if (base == bases_.end())
      return false;
    at = base->second;
  }
  return false;
}

std::string Program::builtinBase(const std::string &className) const {
  std::string at = className;
  for (int depth = 0; depth < 32; ++depth) {
    auto base = bases_.find(at);
    if (base == bases_.end())
      break;
    at = base->second;
  }
  size_t colon = at.find(':');
  return at == className || colon == std::string::npos || variables_.count(at) ? "" : at.substr(colon + 1);
}

} // namespace krait
