// main.cpp - the command.
//
//   abigen bind HEADER --name INCLUDED --out X.bind.inc --facts X.abi --depfile X.d -- FLAGS
//   abigen check BUILD-FOLDER [FILE...]
//   abigen facts|tables HEADER -- FLAGS      (to look at)
//   abigen merge X.abi... --out-dir DIR [--snapshot abi.txt] [--headers a.h,b.h]
#include "compiler/abigen/checker.h"
#include "compiler/abigen/emit.h"
#include "compiler/abigen/reader.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace krait::abigen {

namespace {

struct Arguments {
  std::vector<std::string> inputs, flags;
  std::map<std::string, std::string> options;
};

Arguments parseArguments(int argc, char **argv) {
  Arguments out;
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0) {
      out.flags.assign(argv + i + 1, argv + argc);
      break;
    }
    if (std::strncmp(argv[i], "--", 2) == 0 && i + 1 < argc) {
      out.options[argv[i] + 2] = argv[i + 1];
      ++i;
    } else {
      out.inputs.push_back(argv[i]);
    }
  }
  return out;
}

bool readFile(const std::string &path, std::string &out) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (!in)
    return std::fprintf(stderr, "abigen: cannot read %s\n", path.c_str()), false;
  text << in.rdbuf();
  out = text.str();
  return true;
}

std::string depfile(const std::string &target, const std::vector<std::string> &files) {
  std::string out = target + ":";
  for (const std::string &file : files)
    if (!file.starts_with("/usr/"))
      out += " \\\n  " + file;
  return out + "\n";
}

/// Text for tests: `abigen facts HEADER`, `abigen tables HEADER`.
int show(const std::string &verb, const Arguments &arguments) {
  Facts facts, tables;
  Errors errors;
  std::vector<std::string> dependencies;
  if (!readHeader({arguments.inputs.at(0), arguments.inputs.at(0), arguments.flags}, facts, errors, dependencies) || errors.any())
    return 1;
  std::string text = emitSnapshot({facts});
  if (verb == "tables") {
    parseSnapshot(text, "facts", tables, errors);
    text = emitCalls(tables) + emitLayouts(tables) + emitModules(tables);
  }
  return std::fputs(text.c_str(), stdout), 0;
}

int bind(const Arguments &arguments) {
  auto option = [&](const char *name) {
    auto it = arguments.options.find(name);
    return it == arguments.options.end() ? std::string() : it->second;
  };
  if (arguments.inputs.size() != 1)
    return std::fprintf(stderr, "abigen: bind takes one header\n"), 2;
  ReadOptions options{arguments.inputs[0], option("name").empty() ? arguments.inputs[0] : option("name"), arguments.flags};
  Facts facts;
  Errors errors;
  std::vector<std::string> dependencies;
  if (!readHeader(options, facts, errors, dependencies) || errors.any())
    return 1;
  std::string out = option("out");
  if (out.empty())
    return std::fputs(emitGlue(facts).c_str(), stdout), 0;
  bool good = writeIfChanged(out, emitGlue(facts));
  if (!option("facts").empty())
    good &= writeIfChanged(option("facts"), "#" + facts.header + "\n" + emitSnapshot({facts}));
  if (!option("depfile").empty())
    good &= writeIfChanged(option("depfile"), depfile(out, dependencies));
  return good ? 0 : 1;
}

/// A function declared by two headers.
void checkDuplicates(const Facts &facts, const std::string &file, Errors &errors) {
  std::map<std::string, std::string> symbols;
  for (const Function &function : facts.functions) {
    auto [it, fresh] = symbols.emplace(function.name, function.symbol);
    if (!fresh && it->second != function.symbol)
      errors.report({file, 1, 1}, "two runtime functions are named " + function.name);
  }
}

/// A function that several headers declare, each with bindings for its own classes, becomes one with all the bindings.
void joinRedeclarations(Facts &facts) {
  std::map<std::string, size_t> places;
  std::vector<Function> joined;
  for (Function &function : facts.functions) {
    auto [it, fresh] = places.emplace(function.symbol, joined.size());
    if (fresh) {
      joined.push_back(std::move(function));
      continue;
    }
    Function &first = joined[it->second];
    first.bindings.insert(first.bindings.end(), function.bindings.begin(), function.bindings.end());
  }
  facts.functions = std::move(joined);
}

int merge(const Arguments &arguments) {
  Errors errors;
  Facts all;
  std::vector<std::string> headers;
  for (const std::string &path : arguments.inputs) {
    std::string text;
    size_t before = all.layouts.size();
    if (!readFile(path, text) || !parseSnapshot(text, path, all, errors))
      return 1;
    if (text.starts_with("#") && all.layouts.size() != before)
      headers.push_back(text.substr(1, text.find('\n') - 1));
  }
  checkDuplicates(all, "merged facts", errors);
  if (errors.any())
    return 1;
  joinRedeclarations(all);
  // Through the text once more: the order of the tables is that of the snapshot.
  std::string snapshot = emitSnapshot({all});
  Facts sorted;
  parseSnapshot(snapshot, "snapshot", sorted, errors);
  std::string dir = arguments.options.count("out-dir") ? arguments.options.at("out-dir") : ".";
  std::string hash = abiHash(snapshot);
  bool good = writeIfChanged(dir + "/abi.txt", snapshot);
  good &= writeIfChanged(dir + "/RuntimeCalls.inc", emitCalls(sorted));
  good &= writeIfChanged(dir + "/Layouts.inc", emitLayouts(sorted));
  good &= writeIfChanged(dir + "/LayoutChecks.inc", emitLayoutChecks(sorted, headers));
  good &= writeIfChanged(dir + "/signatures.txt", emitSignatures(sorted));
  good &= writeIfChanged(dir + "/NativeModules.inc", emitModules(sorted));
  good &= writeIfChanged(dir + "/AbiHash.inc", "#define KRAIT_ABI_HASH \"" + hash + "\"\n#define KRAIT_ABI_SYMBOL krt_abi_" + hash + "\n");
  if (arguments.options.count("snapshot"))
    good &= writeIfChanged(arguments.options.at("snapshot"), snapshot);
  return good ? 0 : 1;
}

} // namespace

} // namespace krait::abigen

int main(int argc, char **argv) {
  using namespace krait::abigen;
  std::string verb = argc > 1 ? argv[1] : "";
  if (verb == "bind")
    return bind(parseArguments(argc, argv));
  if ((verb == "facts" || verb == "tables") && argc > 2)
    return show(verb, parseArguments(argc, argv));
  if (verb == "check" || verb == "--check")
    return checkSources(parseArguments(argc, argv).inputs);
  if (verb == "merge")
    return merge(parseArguments(argc, argv));
  std::fprintf(stderr, "usage: abigen bind|check|facts|tables|merge ...\n");
  return 2;
}
