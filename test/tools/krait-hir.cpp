// krait-hir: reads HIR text (a file or standard input), verifies it, runs passes, prints it. For tests and
// bug reports.
//
//   krait-hir [FILE] [--passes=a,b,c | --pipeline] [--dump-before=NAME|all] [--dump-after=NAME|all]
//   [--no-verify] krait-hir --python=FILE [--profile=FILE] [--raw] [--loops] [--only=QUALNAME] [--explain]
//   HIR of a Python file
//             [--evaluate="f(1, 2.5)"] runs it in the test evaluator
//             [--assume=KIND] as if recorded with all numbers of that kind
//             [--stress-profile=SEED]   with a profile that claims anything, to drive the passes
//   krait-hir --reference        prints compiler/hir/INSTRUCTIONS.md
//   krait-hir --list-passes      names the passes
#include "compiler/frontend/compile.h"
#include "compiler/hir/hir.h"
#include "compiler/passes/middle_end.h"
#include "profiler/format/counter_reader.h"
#include "test/tools/hir_evaluator.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

using namespace krait;
using namespace krait::hir;

namespace {

struct Options {
  std::string file = "-", passes, before, after, python, profile, only, evaluate, assume;
  unsigned stress = 0;
  bool pipeline = false, verify = true, raw = false, loops = false, explain = false;
};

bool takes(const char *argument, const char *name, std::string &out) {
  size_t n = std::strlen(name);
  if (std::strncmp(argument, name, n) != 0)
    return false;
  out = argument + n;
  return true;
}

int fail(const std::string &message) {
  std::fprintf(stderr, "krait-hir: %s\n", message.c_str());
  return 1;
}

std::string readAll(const std::string &file) {
  if (file == "-")
    return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int verifyAll(const Module &module) {
  int broken = 0;
  for (auto &f : module.functions)
    for (const std::string &error : verify(*f)) {
      std::fprintf(stderr, "%s: %s\n", f->name.c_str(), error.c_str());
      broken = 1;
    }
  return broken;
}

PipelineOptions pipelineOptions(const Options &options) {
  PipelineOptions out;
  out.verify = options.verify;
  out.observe = [options](const PassInfo &pass, const Function &f, bool after) {
    const std::string &wanted = after ? options.after : options.before;
    if (wanted == "all" || wanted == pass.name)
      std::printf("; %s %s\n%s", after ? "after" : "before", pass.name, print(f).c_str());
  };
  return out;
}

int runPasses(Module &module, const Options &options) {
  PipelineOptions pipeline = pipelineOptions(options);
  for (auto &f : module.functions) {
    if (options.pipeline)
      runPipeline(*f, pipeline);
    std::string rest = options.passes;
    while (!rest.empty()) {
      std::string name = rest.substr(0, rest.find(','));
      rest.erase(0, name.size() + 1);
      const PassInfo *pass = findPass(name);
      if (!pass)
        return fail("no pass is called '" + name + "'");
      runPass(*pass, *f, pipeline);
    }
  }
  return 0;
}

/// A profile written by hand for a test says ABI 0 and hash 0: "of the code as it is".
void adoptHandWritten(Profile &profile, const std::string &module, const CodeUnit &root) {
  if (profile.abi)
    return;
  profile.abi = kProfileAbi;
  Program program;
  program.addModule(module, root, nullptr);
  std::map<FunctionKey, FunctionProfile> functions;
  for (auto &[key, function] : profile.modules[module].functions)
    for (auto &code : program.codes())
      if (code->key.qualname == key.qualname && code->key.ordinal == key.ordinal)
        functions[code->key] = function;
  profile.modules[module].functions = functions;
}

/// A profile that claims anything of [root]'s sites, to drive the passes into every special form.
Profile inventedProfile(const std::string &module, const CodeUnit &root, unsigned seed) {
  std::mt19937 random(seed);
  Program program;
  program.addModule(module, root, nullptr);
  std::vector<std::string> symbols = {"int",
                                      "int",
                                      "float",
                                      "float",
                                      "str",
                                      "list",
                                      "list",
                                      "tuple",
                                      "dict",
                                      "bool",
                                      "NoneType",
                                      "range",
                                      "range_iterator",
                                      "list_iterator",
                                      "tuple_iterator",
                                      "str_iterator",
                                      "enumerate",
                                      "m:C{a,b}",
                                      "m:C{}",
                                      "@builtin(builtins:len)",
                                      "@builtin(list.append)"};
  std::vector<std::string> functions, shapes;
  for (auto &code : program.codes()) {
    if (code->unit->qualname.find('<') == std::string::npos)
      functions.push_back("@function(" + code->name + ")");
    if (size_t init = code->name.find(".__init__"); init != std::string::npos)
      symbols.push_back("@class(" + code->name.substr(0, init) + ")");
    for (const std::string &name : code->unit->names)
      shapes.push_back("m:C{a," + name + "}");
  }
  auto pick = [&](const std::vector<std::string> &from) { return from[random() % from.size()]; };
  Profile profile;
  for (auto &code : program.codes()) {
    FunctionProfile &f = profile.modules[module].functions[code->key];
    f.entries = 1000;
    std::vector<uint32_t> offsets = code->unit->siteOffsets();
    for (uint32_t i = 0; i < offsets.size(); ++i) {
      const OpcodeInfo &info = opcodeInfo(Opcode(code->unit->units[offsets[i]]));
      Facts &facts = f.sites[{i, info.name}];
      facts.count = 1000;
      facts.taken = random() % 3 == 0 ? 0 : random() % 1001;
      bool call = std::string(info.name).starts_with("Call");
      std::string name = info.name;
      bool attribute = name == "LoadAttr" || name == "StoreAttr" || name == "LoadMethod";
      for (unsigned kinds = 1 + (random() % 4 == 0); kinds--;) {
        KindCounts::Key key(2);
        if (!parseSymbol(call && !functions.empty() && random() % 4 ? pick(functions)
                         : attribute && !shapes.empty()             ? pick(shapes)
                                                                    : pick(symbols),
                         key[0]) ||
            !parseSymbol(pick(symbols), key[1]))
          continue;
        facts.types.add(key, 500);
      }
    }
    for (uint32_t i = 0; i < code->unit->argcount; ++i) {
      KindCounts::Key key(1);
      if (parseSymbol(pick(symbols), key[0]))
        f.arguments[i].types.add(key, f.arguments[i].count = 1000);
    }
  }
  return profile;
}

/// A profile that says of all arithmetic and arguments that they are of [kind], of containers that they are
/// lists indexed by ints, of what is unpacked that it is a tuple, and that append and pop are those of lists.
Profile assumedProfile(const std::string &module, const CodeUnit &root, const std::string &kind) {
  Program program;
  program.addModule(module, root, nullptr);
  Profile profile;
  auto key = [](std::initializer_list<std::string> texts) {
    KindCounts::Key out(texts.size());
    size_t i = 0;
    for (const std::string &text : texts)
      (void)parseSymbol(text, out[i++]);
    return out;
  };
  for (auto &code : program.codes()) {
    const CodeUnit &unit = *code->unit;
    FunctionProfile &f = profile.modules[module].functions[code->key];
    f.entries = 1;
    std::string method;
    uint32_t site = 0;
    for (uint32_t offset : unit.siteOffsets()) {
      DecodedInst inst = decodeInst(unit.units.data(), offset);
      Facts &facts = f.sites[{site++, opcodeInfo(inst.op).name}];
      facts.count = 1;
      facts.taken = 0;
      bool jump = opcodeInfo(inst.op).jumps;
      if (inst.op == Opcode::GetItem || inst.op == Opcode::SetItem)
        facts.types.add(key({"list", "int.negative"}), 1);
      else if (inst.op == Opcode::UnpackSequence)
        facts.types.add(key({"tuple"}), 1);
      else if (inst.op == Opcode::JumpIfTrue || inst.op == Opcode::JumpIfFalse || inst.op == Opcode::Not)
        facts.types.add(key({"bool"}), 1);
      else if (inst.op == Opcode::GetIter || inst.op == Opcode::ForIter)
        facts.count = 1; // what is iterated shows in the types of values
      else if (inst.op == Opcode::LoadMethod) {
        method = unit.names[inst.operands[2]];
        facts.types.add(key({"list"}), 1);
      } else if (inst.op == Opcode::CallMethod)
        facts.types.add(key({"@builtin(list." + method + ")"}), 1);
      else if ((inst.op >= Opcode::Add && inst.op <= Opcode::Ge) || jump)
        facts.types.add(key({kind, kind}), 1);
    }
    for (uint32_t i = 0; i < unit.argcount; ++i) {
      if (unit.varnames[i] == ".0")
        continue;
      f.arguments[i].count = 1;
      f.arguments[i].types.add(key({kind}), 1);
    }
  }
  return profile;
}

/// Prints the result of "f(1, 2.5)", numbers only.
int evaluate(const Module &module, const std::string &moduleName, const std::string &call) {
  size_t open = call.find('(');
  std::vector<Item> args;
  for (size_t at = open + 1; at < call.size() && call[at] != ')';) {
    size_t end = call.find_first_of(",)", at);
    std::string text = call.substr(at, end - at);
    bool real = text.find('.') != std::string::npos;
    args.push_back({real ? Kind::Float : Kind::Int, real ? 0 : std::atoll(text.c_str()),
                    real ? std::atof(text.c_str()) : 0, nullptr});
    at = end + 1;
  }
  HirEvaluator evaluator(module);
  Item result = evaluator.call(moduleName + ":" + call.substr(0, open), args);
  if (!evaluator.error.empty())
    return fail(evaluator.error);
  std::printf("%s\n", HirEvaluator::text(result).c_str());
  return 0;
}

/// The middle end on a Python file; --raw stops behind the builder.
int compilePython(const Options &options) {
  std::string source = readAll(options.python);
  CompileResult result = compileSource(source, options.python, {});
  if (!result)
    return fail(result.error.message);
  Profile profile;
  ProfileError error;
  if (!options.profile.empty() && !loadProfile(options.profile.c_str(), profile, error))
    return fail("cannot read the profile");
  std::string name = options.python.substr(options.python.rfind('/') + 1);
  name = options.profile.empty() || profile.modules.count("__main__") ? "__main__"
                                                                      : name.substr(0, name.find('.'));
  adoptHandWritten(profile, name, *result.code);
  if (!options.assume.empty())
    profile = assumedProfile(name, *result.code, options.assume);
  if (options.stress)
    profile = inventedProfile(name, *result.code, options.stress);
  Program program;
  program.addModule(name, *result.code,
                    options.profile.empty() && options.assume.empty() && !options.stress ? nullptr
                                                                                         : &profile);
  MiddleEnd middle(program, name, pipelineOptions(options));
  Module rawModule;
  rawModule.name = name;
  for (auto &code : program.codes()) {
    if (!options.only.empty() && code->unit->qualname != options.only)
      continue;
    if (options.explain) {
      std::fputs(explain(*code, middle.decisionsFor(*code)).c_str(), stdout);
      continue;
    }
    if (options.raw)
      buildFunction(rawModule, code->name, *code->unit);
    else
      middle.compile(*code);
    if (options.loops)
      for (uint32_t offset : loopHeaders(*code->unit)) {
        if (options.raw)
          buildLoop(rawModule, code->name, *code->unit, offset);
        else
          middle.compileLoop(*code, offset);
      }
  }
  for (const Declined &d : middle.declined())
    if (options.evaluate.empty())
      std::printf("; %s stays interpreted: %s\n", d.code->name.c_str(), buildReasonText(d.reason));
  Module &module = options.raw ? rawModule : middle.module();
  if (!options.evaluate.empty())
    return evaluate(module, name, options.evaluate);
  if (options.verify && verifyAll(module))
    return 1;
  if (!options.explain)
    std::fputs(print(module).c_str(), stdout);
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--reference"))
      return std::fputs(referencePage().c_str(), stdout) < 0;
    if (!std::strcmp(argv[i], "--list-passes")) {
      for (const PassInfo &pass : allPasses())
        std::printf("%-14s %s\n", pass.name, pass.doc);
      return 0;
    }
    if (!std::strcmp(argv[i], "--pipeline"))
      options.pipeline = true;
    else if (!std::strcmp(argv[i], "--no-verify"))
      options.verify = false;
    else if (!std::strcmp(argv[i], "--raw"))
      options.raw = true;
    else if (!std::strcmp(argv[i], "--loops"))
      options.loops = true;
    else if (!std::strcmp(argv[i], "--explain"))
      options.explain = true;
    else if (std::string seed; takes(argv[i], "--stress-profile=", seed))
      options.stress = unsigned(std::atoi(seed.c_str()));
    else if (!takes(argv[i], "--python=", options.python) && !takes(argv[i], "--profile=", options.profile) &&
             !takes(argv[i], "--only=", options.only) && !takes(argv[i], "--evaluate=", options.evaluate) &&
             !takes(argv[i], "--assume=", options.assume) && !takes(argv[i], "--passes=", options.passes) &&
             !takes(argv[i], "--dump-before=", options.before) &&
             !takes(argv[i], "--dump-after=", options.after)) {
      if (argv[i][0] == '-' && argv[i][1])
        return fail(std::string("unknown option ") + argv[i]);
      options.file = argv[i];
    }
  }
  if (!options.python.empty())
    return compilePython(options);
  std::string error;
  std::unique_ptr<Module> module = hir::parse(readAll(options.file), error);
  if (!module)
    return fail(error);
  if (options.verify && verifyAll(*module))
    return 1;
  if (int status = runPasses(*module, options))
    return status;
  std::fputs(print(*module).c_str(), stdout);
  return 0;
}
