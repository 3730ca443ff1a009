// HIR to text. The grammar is in README.md; parser.cpp reads it back.
#include "compiler/hir/hir.h"
#include "compiler/hir/native_calls.h"

#include <charconv>
#include <map>

namespace krait::hir {

namespace {

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (unsigned char c : text) {
    if (c == '"' || c == '\\')
      out += std::string("\\") + char(c);
    else if (c < 32 || c == 127)
      out += std::string("\\x") + "0123456789abcdef"[c >> 4] + "0123456789abcdef"[c & 15];
    else
      out += char(c);
  }
  return out + "\"";
}

std::string floatText(double v) {
  char buffer[40];
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr);
}

std::string list(size_t n, auto &&item) {
  std::string out;
  for (size_t i = 0; i < n; ++i)
    out += (i ? ", " : "") + item(i);
  return out;
}

class Printer {
public:
  explicit Printer(const Module *module) : module_(module) {}

  std::string out;

  void function(const Function &f);
  void module(const Module &m);
  std::string inst(const Inst &inst);

private:
  static std::string value(const Inst *v) {
    v = Function::resolve(const_cast<Inst *>(v));
    return v ? "%" + std::to_string(v->id) : "%null";
  }
  std::string edge(const Edge &e) {
    return "bb" + std::to_string(e.target->id) + "(" +
           list(e.args.size(), [&](size_t i) { return value(e.args[i]); }) + ")";
  }
  std::string immediate(const Inst &inst, const ImmInfo &info, size_t i);
  std::string frameValue(const FrameValue &v) {
    return v.object ? "v" + std::to_string(v.object->id) : v.value ? value(v.value) : "none";
  }
  std::string state(const FrameState &s);
  std::string object(const VirtualObject &v);
  void collect(const FrameState *s);

  const Module *module_;
  std::map<uint32_t, const FrameState *> states_;
  std::map<uint32_t, const VirtualObject *> objects_;
};

std::string Printer::immediate(const Inst &inst, const ImmInfo &info, size_t i) {
  if (info.kind == ImmKind::ints)
    return "(" + list(inst.imms.size() - i, [&](size_t k) { return std::to_string(inst.imms[i + k]); }) + ")";
  int64_t v = inst.imms[i];
  switch (info.kind) {
  case ImmKind::float_:
    return floatText(inst.floatValue());
  case ImmKind::bool_:
    return v ? "true" : "false";
  case ImmKind::cell:
    return "@" + std::to_string(v);
  case ImmKind::cond:
    return condName(Cond(v));
  case ImmKind::type:
    return inst.typeImm.str();
  case ImmKind::reason:
    return reasonName(DeoptReason(v));
  case ImmKind::op:
    return opcodeInfo(Opcode(v)).name;
  case ImmKind::field:
    return fieldInfo(Field(v)).name;
  case ImmKind::layout:
    return layoutName(Layout(v));
  case ImmKind::name:
    return module_ ? quoted(module_->names[size_t(v)]) : "name" + std::to_string(v);
  case ImmKind::native:
    return nativeCallInfo(NativeCall(v)).symbol;
  case ImmKind::code:
    return "c" + std::to_string(v);
  default:
    return std::to_string(v);
  }
}

std::string Printer::inst(const Inst &inst) {
  const InstInfo &info = inst.info();
  std::string line;
  if (info.hasResult && !(inst.type.isEmpty() && inst.is(Op::GenericOp)))
    line = "%" + std::to_string(inst.id) + ":" + inst.type.str() + " = ";
  line += info.name;
  if (!inst.operands.empty())
    line += " " + list(inst.operands.size(), [&](size_t i) { return value(inst.operands[i]); });
  for (size_t i = 0; i < info.immediates.size(); ++i)
    line += (i || !inst.operands.empty() ? ", " : " ") + std::string(info.immediates[i].name) + "=" +
            immediate(inst, info.immediates[i], i);
  if (inst.state)
    line += " [s" + std::to_string(inst.state->id) + "]";
  if (!inst.edges.empty())
    line += " -> " + list(inst.edges.size(), [&](size_t i) { return edge(inst.edges[i]); });
  if (inst.unwind.target)
    line += " unwind " + edge(inst.unwind) + " frames=" + std::to_string(inst.unwindFrames);
  return line;
}

std::string Printer::state(const FrameState &s) {
  std::string line = "s" + std::to_string(s.id) + " = " + resumeKindName(s.kind) + " c" +
                     std::to_string(s.code) + "+" + std::to_string(s.offset) +
                     " fn=" + frameValue(s.function) + " {";
  line += list(s.slots.size(), [&](size_t i) {
    return std::to_string(s.slots[i].reg) + ": " + frameValue(s.slots[i].value);
  });
  line += "}";
  return s.caller ? line + " in s" + std::to_string(s.caller->id) : line;
}

std::string Printer::object(const VirtualObject &v) {
  Inst shell;
  shell.op = v.op;
  shell.imms = v.imms;
  const InstInfo &info = instInfo(v.op);
  std::string line = "v" + std::to_string(v.id) + " = " + info.name;
  line += " (" + list(v.fields.size(), [&](size_t i) { return frameValue(v.fields[i]); }) + ")";
  for (size_t i = 0; i < info.immediates.size(); ++i)
    line += ", " + std::string(info.immediates[i].name) + "=" + immediate(shell, info.immediates[i], i);
  return line;
}

void Printer::collect(const FrameState *s) {
  if (!s || !states_.emplace(s->id, s).second)
    return;
  forEachFrameValue(const_cast<FrameState *>(s), [&](FrameValue &v) {
    if (v.object)
      objects_.emplace(v.object->id, v.object);
  });
  collect(s->caller);
}

static const char *kindText(FunctionKind kind) {
  static constexpr const char *kNames[] = {"normal", "loop", "generator"};
  return kNames[unsigned(kind)];
}

void Printer::function(const Function &f) {
  states_.clear(), objects_.clear();
  out += "func " + quoted(f.name) + " code=c" + std::to_string(f.code) + " kind=" + kindText(f.kind);
  if (f.kind == FunctionKind::loop)
    out += " offset=" + std::to_string(f.entryOffset) + " registers=(" +
           list(f.entryRegs.size(), [&](size_t i) { return std::to_string(f.entryRegs[i]); }) + ")";
  out += " {\n";
  for (const Block *block : f.blocks) {
    out += "bb" + std::to_string(block->id) + "(" +
           list(block->params.size(),
                [&](size_t i) { return value(block->params[i]) + ":" + block->params[i]->type.str(); }) +
           "):\n";
    for (const Inst *i : block->insts) {
      out += "  " + inst(*i) + "\n";
      collect(i->state);
    }
  }
  if (!states_.empty())
    out += "states:\n";
  for (auto &[id, s] : states_)
    out += "  " + state(*s) + "\n";
  if (!objects_.empty())
    out += "objects:\n";
  for (auto &[id, v] : objects_)
    out += "  " + object(*v) + "\n";
  out += "}\n";
}

void Printer::module(const Module &m) {
  out += "module " + quoted(m.name) + "\n";
  for (size_t i = 0; i < m.cells.size(); ++i)
    out += "cell @" + std::to_string(i) + " = " + cellKindName(m.cells[i].kind) + " " +
           quoted(m.cells[i].descriptor) + "\n";
  for (size_t i = 0; i < m.codes.size(); ++i)
    out += "code c" + std::to_string(i) + " = " + quoted(m.codes[i].name) +
           (m.codes[i].names.empty()
                ? ""
                : " names=(" +
                      list(m.codes[i].names.size(), [&](size_t k) { return quoted(m.codes[i].names[k]); }) +
                      ")") +
           "\n";
  for (auto &f : m.functions) {
    out += "\n";
    function(*f);
  }
}

} // namespace

std::string print(const Module &module) {
  Printer p(&module);
  p.module(module);
  return std::move(p.out);
}

std::string print(const Function &function) {
  Printer p(function.module);
  p.function(function);
  return std::move(p.out);
}

std::string print(const Inst &inst) {
  return Printer(inst.block && inst.block->function ? inst.block->function->module : nullptr).inst(inst);
}

} // namespace krait::hir
