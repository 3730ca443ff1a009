// imports.cpp - see imports.h.
#include "compiler/native/imports.h"

#include "compiler/frontend/compile.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <unistd.h>

namespace krait {

namespace {

constexpr const char *kLibrary = "/usr/lib/python3.11";

/// What the runtime finds before it looks at files: modules.txt of stdlib/image.
bool isFrozen(const std::string &name) {
  static const std::set<std::string> names = [] {
    std::istringstream list(KRAIT_FROZEN_MODULES);
    return std::set<std::string>(std::istream_iterator<std::string>(list), {});
  }();
  return names.count(name);
}

std::string parentOf(const std::string &name) {
  size_t dot = name.rfind('.');
  return dot == std::string::npos ? "" : name.substr(0, dot);
}

class ImportGraph {
public:
  ImportGraph(const std::string &folder, bool recorded, const std::vector<std::string> &included)
      : folder_(folder), recorded_(recorded), included_(included) {}
  std::vector<ImportedModule> modules;
  bool anything = false; // an own module imports what cannot be told from here

  bool leadsTo(const std::string &name) const { return seen_.count(name); }

  /// The imports in [unit], a part of module [name] in [package].
  void scan(const CodeUnit &unit, const std::string &package, bool nested) {
    std::map<uint32_t, const Constant *> constants; // by register, where they were put last
    const Constant *from = nullptr;
    std::string base;
    std::vector<bool> reached = nested ? std::vector<bool>(unit.units.size(), true) : reachedUnits(unit);
    for (uint32_t at = 0; at < unit.units.size();) {
      DecodedInst inst = decodeInst(unit.units.data(), at);
      if (!reached[at]) {
        at += inst.length;
        continue;
      }
      if (inst.op == Opcode::LoadConst)
        constants[inst.operands[0]] = &unit.consts[inst.operands[1]];
      if (inst.op == Opcode::ImportName) {
        const Constant *level = constants[inst.operands[2]];
        base = absolute(unit.names[inst.operands[1]], package, level ? level->integer : 0);
        from = inst.operands[3] == kNoReg ? nullptr : constants[inst.operands[3]];
        add(base);
        anything |= nested && !isKnown(base.substr(0, base.find('.')));
        for (size_t i = 0; from && i < from->items.size(); ++i)
          add(base + "." + from->items[i].text);
      }
      at += inst.length;
    }
    if (nested)
      for (const std::string &name : unit.names)
        anything |= importsByName(name);
    for (const Constant &c : unit.consts)
      if (c.kind == ConstKind::Code && nested)
        scan(*c.code, package, nested);
  }

  /// Module [name] and the packages around it, if they are files.
  void add(const std::string &name) {
    if (name.empty() || !seen_.insert(name).second)
      return;
    add(parentOf(name));
    ImportedModule module{name, {}, false, true, nullptr};
    if (!find(module) || isFrozen(name))
      return;
    std::ifstream in(module.file, std::ios::binary);
    std::string source(std::istreambuf_iterator<char>(in), {});
    CompileResult compiled = compileSource(source, module.file, {});
    if (!compiled)
      return;
    module.code = compiled.code;
    modules.push_back(module);
    if (module.own || !recorded_)
      scan(*module.code, module.package ? name : parentOf(name), module.own);
  }

private:
  std::string folder_;
  bool recorded_;
  std::vector<std::string> included_;
  std::set<std::string> seen_;

  /// The units of a library module's code that run unless an import fails that will not: `except ImportError`
  /// around imports of what there is has stand-ins, which would lead to much.
  std::vector<bool> reachedUnits(const CodeUnit &unit) const {
    std::vector<bool> reached(unit.units.size());
    std::vector<uint32_t> open = {0};
    while (!open.empty()) {
      uint32_t at = open.back();
      open.pop_back();
      if (at >= reached.size() || reached[at])
        continue;
      reached[at] = true;
      DecodedInst inst = decodeInst(unit.units.data(), at);
      const OpcodeInfo &info = opcodeInfo(inst.op);
      if (!info.endsBlock)
        open.push_back(at + inst.length);
      for (unsigned i = 0; i < info.operandCount; ++i)
        if (info.operands[i] == 'j')
          open.push_back(inst.operands[i]);
      for (const ExceptionRange &range : unit.handlers)
        if (range.start <= at && at < range.end && !importsOnlyWhatThereIs(unit, range))
          open.push_back(range.handler);
    }
    return reached;
  }

  /// Are there imports in [range], and all of modules that every binary has, or that this one has for being
  /// led to?
  bool importsOnlyWhatThereIs(const CodeUnit &unit, const ExceptionRange &range) const {
    bool any = false;
    for (uint32_t at = range.start; at < range.end;) {
      DecodedInst inst = decodeInst(unit.units.data(), at);
      if (inst.op == Opcode::ImportName) {
        any = true;
        if (!isNative(unit.names[inst.operands[1]]))
          return false;
      }
      at += inst.length;
    }
    return any;
  }

  bool isIncluded(const std::string &name) const {
    for (const std::string &one : included_)
      if (name == one || name.starts_with(one + "."))
        return true;
    return false;
  }

  /// What runs text or imports by a name that is made at run time.
  static bool importsByName(const std::string &name) {
    static const std::set<std::string> names = {"__import__", "import_module", "exec",     "eval",
                                                "run_path",   "run_module",    "runsource"};
    return names.count(name);
  }

  static bool isNative(const std::string &name) {
    static const std::set<std::string> natives = {
#define NATIVE_MODULE(module) #module,
#include "abi/NativeModules.inc"
    };
    return natives.count(name);
  }
  /// Is there a module [name], outside packages?
  bool isKnown(const std::string &name) const {
    ImportedModule module{name, {}, false, true, nullptr};
    return name.empty() || isNative(name) || isFrozen(name) || find(module);
  }

  static std::string absolute(const std::string &name, std::string package, int64_t level) {
    if (level == 0)
      return name;
    for (; level > 1; --level)
      package = parentOf(package);
    return name.empty() ? package : package + "." + name;
  }

  bool find(ImportedModule &module) const {
    std::string path = module.name;
    for (char &c : path)
      c = c == '.' ? '/' : c;
    for (const std::string &root : {folder_, std::string(kLibrary)})
      for (bool package : {true, false}) {
        std::string file = root + "/" + path + (package ? "/__init__.py" : ".py");
        if (access(file.c_str(), R_OK) == 0) {
          module.file = file;
          module.package = package;
          module.own = root == folder_ || isIncluded(module.name);
          return true;
        }
      }
    return false;
  }
};

} // namespace

namespace {

ImportGraph graphOf(const CodeUnit &main, const std::string &folder, const Profile *profile, bool recorded,
                    const std::vector<std::string> &included) {
  ImportGraph graph(folder, recorded, included);
  graph.scan(main, "", true);
  for (const std::string &name : included)
    graph.add(name);
  if (profile)
    for (auto &[name, module] : profile->modules) {
      if (name != "__main__")
        graph.add(name);
      for (auto &[imported, count] : module.imports)
        graph.add(imported);
    }
  return graph;
}

} // namespace

std::vector<ImportedModule> findImports(const CodeUnit &main, const std::string &folder,
                                        const Profile *profile, const std::vector<std::string> &included) {
  return graphOf(main, folder, profile, profile && !profile->modules.empty(), included).modules;
}

std::vector<std::string> findOptionalModules(const CodeUnit &main, const std::string &folder,
                                             const Profile *profile,
                                             const std::vector<std::string> &included) {
  ImportGraph graph = graphOf(main, folder, profile, false, included);
  std::vector<std::string> names;
  for (const char *name : {
#define OPTIONAL_MODULE(name) #name,
#include "runtime/abi/OptionalModules.def"
       })
    if (graph.anything || graph.leadsTo(name))
      names.push_back(name);
  return names;
}

} // namespace krait
