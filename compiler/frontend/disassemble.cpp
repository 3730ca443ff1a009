// The disassembler. The operand strings of Opcodes.def say what each operand is; no opcode is named here but
// where a window or an index has a meaning of its own.
#include "compiler/frontend/disassemble.h"

#include "compiler/frontend/unparse.h"

#include <cstdio>
#include <map>

namespace krait {

std::string constantText(const Constant &c) {
  switch (c.kind) {
  case ConstKind::None:
    return "None";
  case ConstKind::True:
    return "True";
  case ConstKind::False:
    return "False";
  case ConstKind::Ellipsis:
    return "Ellipsis";
  case ConstKind::Int:
    return std::to_string(c.integer);
  case ConstKind::BigInt:
    return intText(c.limbs.data(), uint32_t(c.limbs.size()), c.negative);
  case ConstKind::Float:
    return floatRepr(c.real);
  case ConstKind::Complex:
    return "complex(" + floatRepr(c.real) + ", " + floatRepr(c.imag) + ")";
  case ConstKind::Str:
    return strRepr(c.text);
  case ConstKind::Bytes:
    return bytesRepr(c.text);
  case ConstKind::Code:
    return "<code " + c.code->qualname + ">";
  case ConstKind::Tuple:
  case ConstKind::FrozenSet:
    break;
  }
  bool tuple = c.kind == ConstKind::Tuple;
  std::string out = tuple ? "(" : "frozenset({";
  for (size_t i = 0; i < c.items.size(); ++i)
    out += (i ? ", " : "") + constantText(c.items[i]);
  return out + (tuple ? c.items.size() == 1 ? ",)" : ")" : "})");
}

namespace {

class Disassembler {
public:
  Disassembler(const CodeUnit &unit, const DisassembleOptions &options) : unit_(unit), options_(options) {
    firstTemp_ = unit.firstTempReg();
    firstFree_ = unit.firstFreeReg();
    for (size_t i = 0; i < unit.cellvars.size(); ++i)
      cellNames_[unit.cellRegs[i]] = "cell " + unit.cellvars[i];
  }

  std::string run() {
    header();
    findLabels();
    for (uint32_t at = 0; at < unit_.units.size();) {
      DecodedInst inst = decodeInst(unit_.units.data(), at);
      line(inst);
      at += inst.length;
    }
    for (const ExceptionRange &r : unit_.handlers)
      out_ += "  handler " + label(r.start) + " to " + label(r.end) + " -> " + label(r.handler) + " " +
              reg(r.reg) + "\n";
    return std::move(out_);
  }

private:
  void header() {
    out_ += "code " + unit_.qualname + " (";
    uint32_t count = unit_.argcount + unit_.kwonlyargcount + !!(unit_.flags & kCodeVarArgs) +
                     !!(unit_.flags & kCodeVarKeywords);
    for (uint32_t i = 0; i < count; ++i)
      out_ += (i ? ", " : "") + unit_.varnames[i];
    out_ += ") registers " + std::to_string(unit_.nregs) + " sites " + std::to_string(unit_.nsites);
    for (const CodeFlagRow &row : kFlagNames)
      if (unit_.flags & row.flag)
        out_ += std::string(" ") + row.name;
    out_ += "\n";
  }

  struct CodeFlagRow {
    uint32_t flag;
    const char *name;
  };
  static constexpr CodeFlagRow kFlagNames[] = {
      {kCodeVarArgs, "varargs"},     {kCodeVarKeywords, "varkeywords"},
      {kCodeNested, "nested"},       {kCodeGenerator, "generator"},
      {kCodeCoroutine, "coroutine"}, {kCodeAsyncGenerator, "asyncgenerator"}};

  void findLabels() {
    for (uint32_t at = 0; at < unit_.units.size();) {
      DecodedInst inst = decodeInst(unit_.units.data(), at);
      const OpcodeInfo &info = opcodeInfo(inst.op);
      for (unsigned i = 0; i < info.operandCount; ++i)
        if (info.operands[i] == 'j')
          labels_[inst.operands[i]];
      at += inst.length;
    }
    for (const ExceptionRange &r : unit_.handlers)
      labels_[r.start], labels_[r.end], labels_[r.handler];
    uint32_t number = 1;
    for (auto &[offset, name] : labels_)
      name = "L" + std::to_string(number++);
  }

  std::string label(uint32_t offset) { return labels_[offset]; }

  std::string reg(uint32_t r) {
    if (r == kNoReg)
      return "-";
    if (auto it = cellNames_.find(r); it != cellNames_.end())
      return it->second;
    if (r < unit_.varnames.size())
      return unit_.varnames[r];
    if (r >= firstTemp_)
      return "t" + std::to_string(r - firstTemp_);
    return r >= firstFree_ ? "free " + unit_.freevars[r - firstFree_] : "r" + std::to_string(r);
  }

  std::string run(const DecodedInst &inst) {
    RegisterRun window = registerRun(inst.op, inst.operands);
    if (window.count == 0)
      return "[]";
    std::string text = reg(window.first);
    if (window.count > 1)
      text += ".." + reg(window.first + window.count - 1);
    return "[" + text + "]";
  }

  std::string operand(const DecodedInst &inst, char kind, uint32_t value) {
    switch (kind) {
    case 'k':
      return constantText(unit_.consts[value]);
    case 'n':
      return unit_.names[value];
    case 'j':
      return "-> " + label(value);
    case 'b':
      return run(inst);
    case 'i':
      return "#" + std::to_string(value);
    default:
      return reg(value);
    }
  }

  void line(const DecodedInst &inst) {
    const OpcodeInfo &info = opcodeInfo(inst.op);
    char buffer[64];
    auto it = labels_.find(inst.offset);
    if (it != labels_.end())
      out_ += it->second + ":\n";
    if (options_.offsets) {
      snprintf(buffer, sizeof buffer, "%5u", inst.offset);
      out_ += buffer;
    }
    std::string site, text;
    bool written = false;
    for (unsigned i = 0; i < info.operandCount; ++i) {
      char kind = info.operands[i];
      if (kind == 's') {
        site = "s" + std::to_string(inst.operands[i]);
        continue;
      }
      bool target = i == 0 && (kind == 'w' || (kind == 'b' && registerRun(inst.op, inst.operands).written));
      if (i)
        text += written && i == 1 ? " = " : ", ";
      written |= target;
      text += operand(inst, kind, inst.operands[i]);
    }
    snprintf(buffer, sizeof buffer, "  %-18s ", info.name);
    std::string row = buffer + text;
    std::string tail = site;
    if (options_.positions)
      tail += (tail.empty() ? "" : " ") + position(unit_.positionAt(inst.offset));
    if (!tail.empty())
      row += std::string(row.size() < 52 ? 52 - row.size() : 1, ' ') + "; " + tail;
    while (row.ends_with(' '))
      row.pop_back();
    out_ += row + "\n";
  }

  static std::string position(const SourceRange &r) {
    if (r.line < 0)
      return "none";
    std::string text = std::to_string(r.line) + ":" + std::to_string(r.col) + "-";
    if (r.endLine != r.line)
      text += std::to_string(r.endLine) + ":";
    return text + std::to_string(r.endCol);
  }

  const CodeUnit &unit_;
  const DisassembleOptions &options_;
  std::string out_;
  uint32_t firstTemp_, firstFree_;
  std::map<uint32_t, std::string> labels_, cellNames_;
};

} // namespace

std::string disassemble(const CodeUnit &unit, const DisassembleOptions &options) {
  std::string out = Disassembler(unit, options).run();
  if (options.nested)
    for (const Constant &c : unit.consts)
      if (c.kind == ConstKind::Code)
        out += "\n" + disassemble(*c.code, options);
  return out;
}

} // namespace krait
