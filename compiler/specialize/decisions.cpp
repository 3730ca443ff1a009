// From counts to decisions: one expectation for a site if nearly all events agree on it.
#include "compiler/specialize/decisions.h"

#include <algorithm>
#include <cstdio>

namespace krait {

namespace {

using hir::Kind;
using hir::Type;

/// Events that may contradict an expectation: fewer than one in this many.
constexpr uint64_t kTolerance = 64;

using Symbol = ProfileSymbol;

std::string qualified(const Symbol &s) { return s.module.empty() ? s.name : s.module + ":" + s.name; }

} // namespace

Target targetOf(const Symbol &s) {
  std::string name = qualified(s);
  switch (s.kind) {
  case Symbol::Kind::Function:
    return {Target::Kind::function, s.ordinal ? name + "#" + std::to_string(s.ordinal) : name};
  // Built-in classes have no module.
  case Symbol::Kind::Class:
    return {s.module.empty() ? Target::Kind::builtin : Target::Kind::class_, name};
  case Symbol::Kind::Module:
    return {Target::Kind::module, name};
  case Symbol::Kind::Builtin:
    return {Target::Kind::builtin, name};
  case Symbol::Kind::Constant:
    return {Target::Kind::constant, name};
  default:
    return {};
  }
}

std::string shapeText(const Symbol &s) {
  std::string text = qualified(s) + "{";
  for (size_t i = 0; i < s.attributes.size(); ++i)
    text += (i ? "," : "") + s.attributes[i];
  return text + "}";
}

namespace {

/// The kinds of built-in classes as profiles spell them.
Type builtinType(const std::string &name) {
  static const struct {
    const char *name;
    Type type;
  } kRows[] = {
      {"int", Kind::Int},
      {"int.negative", Kind::Int},
      {"int.big", Kind::BigInt},
      {"float", Kind::Float},
      {"bool", Kind::Bool},
      {"NoneType", Kind::None},
      {"str", Kind::Str},
      {"bytes", Kind::Bytes},
      {"tuple", Kind::Tuple},
      {"list", Kind::List},
      {"dict", Kind::Dict},
      {"set", Kind::Set},
      {"frozenset", Kind::FrozenSet},
      {"range", Kind::Range},
      {"slice", Kind::Slice},
      {"function", Kind::Function},
      {"method", Kind::Method},
      {"generator", Kind::Generator},
      {"type", Kind::Class},
      {"module", Kind::Module},
      {"unbound", Kind::Unbound},
      {"list_iterator", Kind::ListIter},
      {"tuple_iterator", Kind::TupleIter},
      {"range_iterator", Kind::RangeIter},
      {"str_iterator", Kind::StrIter},
      {"enumerate", Kind::Enumerate},
      {"zip", Kind::Zip},
      {"builtin_function_or_method", Kind::Builtin},
  };
  for (const auto &row : kRows)
    if (name == row.name)
      return row.type;
  return Kind::Object;
}

Expectation expectationOf(const Symbol &s) {
  switch (s.kind) {
  case Symbol::Kind::Shape:
    return {Kind::Object, shapeText(s), {shapeText(s)}, false};
  case Symbol::Kind::Type: {
    bool builtin = s.module.empty() || s.module == "builtins";
    return {builtin ? builtinType(s.name) : Type(Kind::Object), {}, {}, s.name == "int.negative", builtin ? s.name : std::string()};
  }
  case Symbol::Kind::Function:
    return {Kind::Function, {}, {}, false};
  case Symbol::Kind::Class:
    return {Kind::Class, {}, {}, false};
  case Symbol::Kind::Module:
    return {Kind::Module, {}, {}, false};
  case Symbol::Kind::Builtin:
    return {Kind::Builtin, {}, {}, false};
  case Symbol::Kind::Constant:
    return {builtinType(s.name), {}, {}, false};
  }
  return {};
}

void join(Expectation &into, const Expectation &other) {
  if (into.type.isEmpty())
    into = other;
  else {
    into.type = into.type | other.type;
    into.negative |= other.negative;
    if (into.className != other.className)
      into.className.clear();
    if (into.shape != other.shape)
      into.shape.clear();
    if (into.shapes.empty() || other.shapes.empty())
      into.shapes.clear();
    else if (std::find(into.shapes.begin(), into.shapes.end(), other.shapes[0]) == into.shapes.end())
      into.shapes.insert(into.shapes.end(), other.shapes.begin(), other.shapes.end());
  }
}

/// Entries by falling count (by name among equals), until all but the tolerated rest is covered; false if
/// they do not cover it.
bool mainEntries(const Facts &facts, std::vector<const KindCounts::Key *> &keys) {
  std::vector<std::pair<uint64_t, const KindCounts::Key *>> order;
  for (auto &[key, count] : facts.types.entries)
    order.push_back({count, &key});
  std::sort(order.begin(), order.end(),
            [](auto &a, auto &b) { return a.first != b.first ? a.first > b.first : *a.second < *b.second; });
  uint64_t covered = 0;
  for (auto &[count, key] : order) {
    keys.push_back(key);
    covered += count;
    if (facts.count - std::min(covered, facts.count) <= facts.count / kTolerance)
      return true;
  }
  return !facts.types.many && !order.empty();
}

void decideSite(const Facts &facts, SiteDecision &out) {
  out.count = facts.count;
  out.taken = facts.taken;
  out.overflow = facts.overflow;
  for (auto &[key, count] : facts.raises.entries)
    out.raised += count;
  if (facts.count)
    out.takenPermille = int64_t(facts.taken * 1000 / facts.count);
  std::vector<const KindCounts::Key *> keys;
  if (!facts.count) {
    out.why = "never reached";
    return;
  }
  if (!mainEntries(facts, keys) || keys.empty()) {
    out.why = facts.types.isEmpty() ? "" : "too many kinds";
    // The receiver may well be of few shapes although the pairs of it and the value are many.
    for (auto &[key, count] : facts.types.entries)
      if (!key.empty() && key[0].kind == Symbol::Kind::Shape &&
          std::find(out.someShapes.begin(), out.someShapes.end(), shapeText(key[0])) == out.someShapes.end())
        out.someShapes.push_back(shapeText(key[0]));
    return;
  }
  for (const KindCounts::Key *key : keys) {
    out.operands.resize(std::max(out.operands.size(), key->size()));
    for (size_t i = 0; i < key->size(); ++i)
      join(out.operands[i], expectationOf((*key)[i]));
  }
  for (const KindCounts::Key *key : keys) {
    Target target = key->empty() ? Target() : targetOf((*key)[0]);
    if (target.kind != Target::Kind::function && keys.size() > 1) {
      out.targets.clear();
      break;
    }
    if (keys.size() == 1)
      out.target = target;
    else
      out.targets.push_back(target);
  }
  if (facts.finals.entries.size() == 1 && !facts.finals.many) {
    const Symbol &s = facts.finals.entries.begin()->first[0];
    if (s.kind == Symbol::Kind::Shape)
      out.finalShape = shapeText(s);
  }
  if (keys.size() > 1)
    out.why = std::to_string(keys.size()) + " kinds";
}

} // namespace

CodeDecisions decide(const ProgramCode &code) {
  CodeDecisions out;
  out.sites.resize(code.unit->nsites);
  out.arguments.resize(code.unit->varnames.size());
  if (!code.profile)
    return out;
  out.entries = code.profile->entries;
  for (auto &[key, facts] : code.profile->sites)
    if (key.ordinal < out.sites.size())
      decideSite(facts, out.sites[key.ordinal]);
  for (auto &[index, facts] : code.profile->arguments) {
    SiteDecision argument;
    decideSite(facts, argument);
    if (index < out.arguments.size() && !argument.operands.empty())
      out.arguments[index] = argument.operands[0];
  }
  return out;
}

std::string explain(const ProgramCode &code, const CodeDecisions &decisions) {
  char hash[20];
  std::snprintf(hash, sizeof hash, "%016llx", (unsigned long long)code.key.hash);
  std::string out =
      code.name + " (code " + hash +
      "): " + (code.profile ? "entered " + std::to_string(decisions.entries) + " times" : "no profile") +
      "\n";
  std::vector<uint32_t> offsets = code.unit->siteOffsets();
  for (size_t i = 0; i < decisions.sites.size() && i < offsets.size(); ++i) {
    const SiteDecision &d = decisions.sites[i];
    if (!d.count)
      continue;
    out += "  line " + std::to_string(code.unit->positionAt(offsets[i]).line) + " site " + std::to_string(i) +
           " " + opcodeInfo(Opcode(code.unit->units[offsets[i]])).name + ":";
    for (const Expectation &e : d.operands)
      out += " " + (e.shape.empty() ? e.type.str() : e.shape);
    if (d.target.kind != Target::Kind::none)
      out += " -> " + d.target.name;
    for (const Target &target : d.targets)
      out += " -> " + target.name;
    if (d.overflow)
      out += " overflowed";
    out += d.why.empty() ? "\n" : " (" + d.why + ")\n";
  }
  return out;
}

} // namespace krait
