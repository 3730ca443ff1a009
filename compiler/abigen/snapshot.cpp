// snapshot.cpp - the ABI as text. One line per fact, tab-separated fields, sorted:
//
//   call    name  symbol  typed-kind  effects  result-class  binding;binding
//   field   layout  name  offset  size  letter
//   layout  name  size  align  class
//   module  name
//   functions  module  header      (functions of a module that another header names)
//
// Every header's facts are written in this form, the forms are merged, and the tables of the compiler are made
// from the merged text: what the committed snapshot shows is what the compiler uses.
#include "compiler/abigen/emit.h"
#include "compiler/abigen/reader.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>

namespace krait::abigen {

namespace {

std::string join(const std::vector<std::string> &parts, char by) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i)
    out += (i ? std::string(1, by) : "") + parts[i];
  return out;
}

std::vector<std::string> split(const std::string &text, char by) {
  std::vector<std::string> parts(1);
  for (char c : text) {
    if (c == by)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::string effectsText(const Effects &effects) {
  std::vector<std::string> words;
  if (effects.runsPy)
    words.push_back("runs_py");
  else {
    if (effects.raises)
      words.push_back("raises");
    if (effects.collects)
      words.push_back("collects");
  }
  if (effects.pure)
    words.push_back("pure");
  if (effects.nullOk)
    words.push_back("null_ok");
  if (effects.noSignature)
    words.push_back("no_signature");
  if (effects.cold)
    words.push_back("cold");
  if (effects.inlined)
    words.push_back("inline");
  if (effects.limitsReads)
    words.push_back("reads:" + join(effects.reads, ','));
  if (effects.limitsWrites)
    words.push_back("writes:" + join(effects.writes, ','));
  return words.empty() ? "-" : join(words, ' ');
}

std::string orDash(const std::string &text) { return text.empty() ? "-" : text; }
std::string fromDash(const std::string &text) { return text == "-" ? "" : text; }

std::string bindingText(const Binding &binding) {
  return std::string(bindKindName(binding.kind)) + " " + binding.owner + "." + binding.text;
}

/// Object parameters and results carry their class: o<list>.
std::string kindWithClasses(const Function &function) {
  auto one = [](const Type &type) {
    std::string text(1, static_cast<char>(type.kind));
    return type.kind == TypeKind::Object ? text + "<" + type.pointee + ">" : text;
  };
  std::string text = one(function.result) + "(";
  for (const Param &param : function.params)
    text += one(param.type);
  return text + ")";
}

bool parseTypes(const std::string &text, Function &function) {
  size_t i = 0;
  bool inParams = false, first = true;
  while (i < text.size()) {
    char c = text[i++];
    if (c == '(') {
      inParams = true;
      continue;
    }
    if (c == ')')
      return inParams && i == text.size();
    Type type;
    type.kind = static_cast<TypeKind>(c);
    if (i < text.size() && text[i] == '<') {
      size_t end = text.find('>', i);
      if (end == std::string::npos)
        return false;
      type.pointee = text.substr(i + 1, end - i - 1);
      i = end + 1;
    }
    if (inParams)
      function.params.push_back({"", type});
    else if (first)
      function.result = type;
    else
      return false;
    first = false;
  }
  return false;
}

bool parseCall(const std::vector<std::string> &cells, Function &function) {
  if (cells.size() != 7 || !parseTypes(cells[3], function))
    return false;
  function.name = cells[1];
  function.symbol = cells[2];
  for (const std::string &word : split(cells[4], ' '))
    if (word != "-" && !addEffect(word, function.effects).empty())
      return false;
  function.effects.result = fromDash(cells[5]);
  for (const std::string &text : split(fromDash(cells[6]), ';')) {
    if (text.empty())
      continue;
    Binding binding;
    binding.text = text;
    function.bindings.push_back(binding);
  }
  return true;
}

bool parseLine(const std::vector<std::string> &cells, Facts &out) {
  if (cells[0] == "call") {
    out.functions.emplace_back();
    return parseCall(cells, out.functions.back());
  }
  if (cells[0] == "layout" && cells.size() == 5) {
    Layout layout;
    layout.name = cells[1];
    layout.size = std::stoull(cells[2]);
    layout.align = std::stoull(cells[3]);
    layout.cls = fromDash(cells[4]);
    out.layouts.push_back(layout);
    return true;
  }
  if (cells[0] == "field" && cells.size() == 6) {
    Field field;
    field.name = cells[2];
    field.offset = std::stoull(cells[3]);
    field.flexible = cells[4].ends_with("+");
    field.size = std::stoull(cells[4]);
    field.type.kind = static_cast<TypeKind>(cells[5][0]);
    // Fields sort before layouts, so the layout may not be there yet.
    for (Layout &layout : out.layouts)
      if (layout.name == cells[1])
        return layout.fields.push_back(field), true;
    return false;
  }
  if (cells[0] == "functions" && cells.size() == 3) {
    out.functionTables.push_back({cells[1], cells[2]});
    return true;
  }
  if (cells[0] == "module" && cells.size() == 2) {
    out.modules.push_back({cells[1], "", "", {}});
    return true;
  }
  return false;
}

} // namespace

std::string emitSnapshot(const std::vector<Facts> &all) {
  std::set<std::string> lines;
  for (const Facts &facts : all) {
    for (const Function &function : facts.functions) {
      std::vector<std::string> bindings;
      for (const Binding &binding : function.bindings)
        bindings.push_back(binding.text.find(' ') != std::string::npos && binding.owner.empty() ? binding.text : bindingText(binding));
      lines.insert("call\t" + function.name + "\t" + function.symbol + "\t" + kindWithClasses(function) + "\t" +
                   effectsText(function.effects) + "\t" + orDash(function.effects.result) + "\t" + orDash(join(bindings, ';')));
    }
    for (const Layout &layout : facts.layouts) {
      lines.insert("layout\t" + layout.name + "\t" + std::to_string(layout.size) + "\t" + std::to_string(layout.align) + "\t" +
                   orDash(layout.cls));
      for (const Field &field : layout.fields)
        lines.insert("field\t" + layout.name + "\t" + field.name + "\t" + std::to_string(field.offset) + "\t" +
                     std::to_string(field.size) + (field.flexible ? "+" : "") + "\t" + static_cast<char>(field.type.kind));
    }
    for (const ModuleFact &module : facts.modules)
      lines.insert("module\t" + module.name);
    for (const FunctionsFact &table : facts.functionTables)
      lines.insert("functions\t" + table.module + "\t" + table.stem);
  }
  std::string out;
  for (const std::string &text : lines)
    out += text + "\n";
  return out;
}

bool parseSnapshot(const std::string &text, const std::string &file, Facts &out, Errors &errors) {
  std::istringstream in(text);
  std::string one;
  std::vector<std::pair<unsigned, std::string>> fields, others;
  unsigned number = 0;
  while (std::getline(in, one)) {
    ++number;
    if (!one.empty() && one[0] != '#')
      (one.starts_with("field\t") ? fields : others).emplace_back(number, one);
  }
  others.insert(others.end(), fields.begin(), fields.end());
  bool good = true;
  for (const auto &[at, content] : others) {
    if (parseLine(split(content, '\t'), out))
      continue;
    errors.report({file, at, 1}, "not a line of an ABI snapshot");
    good = false;
  }
  for (Layout &layout : out.layouts)
    std::sort(layout.fields.begin(), layout.fields.end(), [](const Field &a, const Field &b) {
      return a.offset != b.offset ? a.offset < b.offset : a.name < b.name;
    });
  return good;
}

std::string abiHash(const std::string &snapshot) {
  uint64_t hash = 0xcbf29ce484222325; // FNV-1a
  for (unsigned char c : snapshot)
    hash = (hash ^ c) * 0x100000001b3;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

} // namespace krait::abigen
