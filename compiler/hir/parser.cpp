// Text to HIR: reads what printer.cpp writes. Checks only what is needed to build the structure; the rest is
// the verifier's. Damaged text is an error message with a line, never a crash.
#include "compiler/hir/hir.h"
#include "compiler/hir/native_calls.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <map>

namespace krait::hir {

namespace {

class Parser {
public:
  Parser(std::string_view text, std::string &error) : rest_(text), error_(error) {}

  std::unique_ptr<Module> parse();

private:
  // ---- Lexing. A failing helper records the first error; callers give up on it.
  bool fail(const std::string &message) {
    if (error_.empty())
      error_ = "line " + std::to_string(line_) + ": " + message;
    return false;
  }
  void skip() {
    while (!rest_.empty()) {
      char c = rest_.front();
      if (c == ';') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
        continue;
      }
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
        return;
      line_ += c == '\n';
      rest_.remove_prefix(1);
    }
  }
  bool accept(std::string_view token) {
    skip();
    if (!rest_.starts_with(token))
      return false;
    if (isalnum((unsigned char)token.back()) && rest_.size() > token.size() &&
        (isalnum((unsigned char)rest_[token.size()]) || rest_[token.size()] == '_'))
      return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  bool expect(std::string_view token) {
    return accept(token) || fail("expected '" + std::string(token) + "'");
  }
  bool number(int64_t &out) {
    skip();
    auto [end, e] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
    if (e != std::errc())
      return fail("expected a number");
    rest_.remove_prefix(size_t(end - rest_.data()));
    return true;
  }
  /// An index after [prefix], as in bb3; bounded so that a table of them stays small.
  bool index(std::string_view prefix, uint32_t &out) {
    skip();
    if (!rest_.starts_with(prefix))
      return fail("expected '" + std::string(prefix) + "N'");
    rest_.remove_prefix(prefix.size());
    int64_t v;
    if (!number(v))
      return false;
    if (v < 0 || v > 1 << 22)
      return fail("index out of range");
    out = uint32_t(v);
    return true;
  }
  bool word(std::string_view &out) {
    skip();
    size_t n = 0;
    while (n < rest_.size() && (isalnum((unsigned char)rest_[n]) || rest_[n] == '_' || rest_[n] == '.'))
      ++n;
    out = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return n || fail("expected a word");
  }
  bool quoted(std::string &out);
  bool type(Type &out) {
    skip();
    return Type::parse(rest_, out) || fail("expected a type");
  }
  /// [item] until the closing token, separated by commas.
  template <class F> bool listUntil(std::string_view close, F item) {
    if (accept(close))
      return true;
    do {
      if (!item())
        return false;
    } while (accept(","));
    return expect(close);
  }

  // ---- Structure.
  bool header();
  bool function();
  bool functionHead();
  bool block();
  bool instruction(Block *block);
  bool immediates(Inst *inst);
  bool immediate(Inst *inst, ImmKind kind);
  bool operand(std::vector<Inst *> &out);
  bool edge(Edge &out);
  bool stateBody();
  bool objectBody();
  bool frameValue(FrameValue &out);

  Inst *valueAt(uint32_t id) {
    Inst *&v = values_[id];
    if (!v) {
      v = f_->newInst(Op::Unreachable);
      v->id = id;
    }
    return v;
  }
  Block *blockAt(uint32_t id) {
    Block *&b = blocks_[id];
    if (!b) {
      b = &f_->blockStore.emplace_back();
      b->id = id;
      b->function = f_;
    }
    return b;
  }
  FrameState *stateAt(uint32_t id) {
    FrameState *&s = states_[id];
    if (!s) {
      s = f_->newState();
      s->id = id;
    }
    return s;
  }
  VirtualObject *objectAt(uint32_t id) {
    VirtualObject *&v = objects_[id];
    if (!v) {
      v = f_->newObject();
      v->id = id;
      v->op = Op::Unreachable;
    }
    return v;
  }
  /// Defines [id] by [inst]; uses before it were collected in a placeholder.
  bool define(uint32_t id) {
    if (!defined_.emplace(id, true).second)
      return fail("%" + std::to_string(id) + " is defined twice");
    return true;
  }
  bool finishFunction();

  std::string_view rest_;
  std::string &error_;
  int line_ = 1;
  std::unique_ptr<Module> module_;
  Function *f_ = nullptr;
  std::map<uint32_t, Inst *> values_;
  std::map<uint32_t, bool> defined_;
  std::map<uint32_t, Block *> blocks_;
  std::map<uint32_t, FrameState *> states_;
  std::map<uint32_t, bool> statesDefined_;
  std::map<uint32_t, VirtualObject *> objects_;
};

bool Parser::quoted(std::string &out) {
  out.clear();
  if (!expect("\""))
    return false;
  while (!rest_.empty() && rest_.front() != '"') {
    char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '\n')
      return fail("unterminated text");
    if (c == '\\' && !rest_.empty()) {
      c = rest_.front();
      rest_.remove_prefix(1);
      if (c == 'x') {
        unsigned v = 0;
        auto [end, e] =
            std::from_chars(rest_.data(), rest_.data() + std::min<size_t>(2, rest_.size()), v, 16);
        if (e != std::errc() || end != rest_.data() + 2)
          return fail("bad escape");
        rest_.remove_prefix(2);
        c = char(v);
      }
    }
    out += c;
  }
  if (rest_.empty())
    return fail("unterminated text");
  rest_.remove_prefix(1);
  return true;
}

bool Parser::header() {
  for (;;) {
    uint32_t i;
    std::string text;
    std::string_view kind;
    if (accept("cell")) {
      if (!index("@", i) || !expect("=") || !word(kind) || !quoted(text))
        return false;
      int k = cellKindByName(kind);
      if (k < 0 || i != module_->cells.size())
        return fail(k < 0 ? "unknown kind of cell" : "cells must be numbered in order");
      module_->cells.push_back({CellKind(k), text});
    } else if (accept("code")) {
      if (!index("c", i) || !expect("=") || !quoted(text))
        return false;
      if (i != module_->codes.size())
        return fail("code objects must be numbered in order");
      module_->codes.push_back({text, nullptr, {}});
      if (accept("names") && !(expect("=") && expect("(") && listUntil(")", [&] {
                                 return quoted(module_->codes.back().names.emplace_back());
                               })))
        return false;
    } else {
      return true;
    }
  }
}

bool Parser::functionHead() {
  std::string name;
  uint32_t code;
  if (!quoted(name) || !expect("code") || !expect("=") || !index("c", code) || !expect("kind") ||
      !expect("="))
    return false;
  if (code >= module_->codes.size())
    return fail("unknown code object");
  f_ = module_->addFunction(name, code);
  if (accept("normal"))
    f_->kind = FunctionKind::normal;
  else if (accept("generator"))
    f_->kind = FunctionKind::generator;
  else if (accept("loop")) {
    f_->kind = FunctionKind::loop;
    int64_t v;
    if (!expect("offset") || !expect("=") || !number(v) || !expect("registers") || !expect("=") ||
        !expect("("))
      return false;
    f_->entryOffset = uint32_t(v);
    if (!listUntil(")", [&] {
          if (!number(v))
            return false;
          f_->entryRegs.push_back(uint16_t(v));
          return true;
        }))
      return false;
  } else {
    return fail("unknown kind of function");
  }
  return expect("{");
}

bool Parser::function() {
  values_.clear(), defined_.clear(), blocks_.clear(), states_.clear(), statesDefined_.clear(),
      objects_.clear();
  if (!functionHead())
    return false;
  while (skip(), rest_.starts_with("bb"))
    if (!block())
      return false;
  if (accept("states:"))
    while (skip(), rest_.starts_with("s"))
      if (!stateBody())
        return false;
  if (accept("objects:"))
    while (skip(), rest_.starts_with("v"))
      if (!objectBody())
        return false;
  return expect("}") && finishFunction();
}

bool Parser::finishFunction() {
  if (f_->blocks.empty())
    return fail("a function needs a block");
  for (auto &[id, v] : values_) {
    if (!defined_.count(id))
      return fail("%" + std::to_string(id) + " is not defined in " + f_->name);
    f_->nextInst = std::max(f_->nextInst, id + 1);
  }
  for (auto &[id, b] : blocks_) {
    if (std::find(f_->blocks.begin(), f_->blocks.end(), b) == f_->blocks.end())
      return fail("bb" + std::to_string(id) + " is not defined in " + f_->name);
    f_->nextBlock = std::max(f_->nextBlock, id + 1);
  }
  for (auto &[id, s] : states_) {
    if (!statesDefined_.count(id))
      return fail("s" + std::to_string(id) + " is not defined in " + f_->name);
    f_->nextState = std::max(f_->nextState, id + 1);
  }
  for (auto &[id, v] : objects_) {
    if (v->op == Op::Unreachable)
      return fail("v" + std::to_string(id) + " is not defined in " + f_->name);
    f_->nextObject = std::max(f_->nextObject, id + 1);
  }
  return true;
}

bool Parser::block() {
  uint32_t id;
  if (!index("bb", id) || !expect("("))
    return false;
  Block *b = blockAt(id);
  if (std::find(f_->blocks.begin(), f_->blocks.end(), b) != f_->blocks.end())
    return fail("bb" + std::to_string(id) + " is defined twice");
  f_->blocks.push_back(b);
  bool ok = listUntil(")", [&] {
    uint32_t v;
    Type t;
    if (!index("%", v) || !expect(":") || !type(t) || !define(v))
      return false;
    Inst *param = valueAt(v);
    param->op = Op::Param;
    param->type = t;
    param->block = b;
    b->params.push_back(param);
    return true;
  });
  if (!ok || !expect(":"))
    return false;
  while (skip(), !rest_.empty() && rest_.front() != '}' && !rest_.starts_with("bb") &&
                     !rest_.starts_with("states:") && !rest_.starts_with("objects:"))
    if (!instruction(b))
      return false;
  return true;
}

bool Parser::operand(std::vector<Inst *> &out) {
  uint32_t id;
  if (!index("%", id))
    return false;
  out.push_back(valueAt(id));
  return true;
}

bool Parser::edge(Edge &out) {
  uint32_t id;
  if (!index("bb", id) || !expect("("))
    return false;
  out.target = blockAt(id);
  return listUntil(")", [&] { return operand(out.args); });
}

bool Parser::instruction(Block *b) {
  uint32_t id = 0;
  Type resultType;
  bool hasResult = rest_.front() == '%';
  if (hasResult && (!index("%", id) || !expect(":") || !type(resultType) || !expect("=") || !define(id)))
    return false;
  std::string_view name;
  if (!word(name))
    return false;
  int op = opByName(name);
  if (op < 0 || Op(op) == Op::Param)
    return fail("unknown instruction '" + std::string(name) + "'");
  Inst *inst = hasResult ? valueAt(id) : f_->newInst(Op(op));
  if (!hasResult)
    inst->id = ~0u;
  inst->op = Op(op);
  inst->type = resultType;
  inst->block = b;
  b->insts.push_back(inst);
  if (hasResult && !inst->info().hasResult)
    return fail(std::string(name) + " has no result");
  // An instruction stands on one line: a value on the next one is no operand.
  int line = line_;
  skip();
  bool more = line == line_; // the list of operands and immediates goes on
  while (more && !rest_.empty() && rest_.front() == '%') {
    if (!operand(inst->operands))
      return false;
    more = accept(",");
    skip();
  }
  if (!inst->info().immediates.empty() && !(more ? immediates(inst) : fail("expected immediates")))
    return false;
  if (accept("[")) {
    uint32_t s;
    if (!index("s", s) || !expect("]"))
      return false;
    inst->state = stateAt(s);
  }
  if (accept("->"))
    do {
      if (!edge(inst->edges.emplace_back()))
        return false;
    } while (accept(","));
  if (accept("unwind")) {
    int64_t n;
    if (!edge(inst->unwind) || !expect("frames") || !expect("=") || !number(n))
      return false;
    inst->unwindFrames = uint32_t(n);
  }
  return true;
}

bool Parser::immediates(Inst *inst) {
  const auto &infos = inst->info().immediates;
  for (size_t i = 0; i < infos.size(); ++i) {
    if (i && !expect(","))
      return false;
    if (!expect(infos[i].name) || !expect("=") || !immediate(inst, infos[i].kind))
      return false;
  }
  return true;
}

bool Parser::immediate(Inst *inst, ImmKind kind) {
  int64_t v = 0;
  uint32_t i;
  std::string text;
  std::string_view w;
  auto named = [&](int found) {
    if (found < 0)
      return fail("unknown name '" + std::string(w) + "'");
    inst->imms.push_back(found);
    return true;
  };
  switch (kind) {
  case ImmKind::int_:
    if (!number(v))
      return false;
    break;
  case ImmKind::float_: {
    skip();
    double d;
    auto [end, e] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), d);
    if (e != std::errc())
      return fail("expected a float");
    rest_.remove_prefix(size_t(end - rest_.data()));
    v = std::bit_cast<int64_t>(d);
    break;
  }
  case ImmKind::bool_:
    if (!word(w))
      return false;
    if (w != "true" && w != "false")
      return fail("expected true or false");
    v = w == "true";
    break;
  case ImmKind::cell:
    if (!index("@", i))
      return false;
    if (i >= module_->cells.size())
      return fail("unknown cell");
    v = i;
    break;
  case ImmKind::code:
    if (!index("c", i))
      return false;
    if (i >= module_->codes.size())
      return fail("unknown code object");
    v = i;
    break;
  case ImmKind::type:
    if (!type(inst->typeImm))
      return false;
    break;
  case ImmKind::name:
    if (!quoted(text))
      return false;
    v = module_->nameIndex(text);
    break;
  case ImmKind::cond:
    return word(w) && named(condByName(w));
  case ImmKind::reason:
    return word(w) && named(reasonByName(w));
  case ImmKind::op:
    return word(w) && named(bytecodeByName(w));
  case ImmKind::native:
    return word(w) && named(nativeCallBySymbol(w));
  case ImmKind::field:
    return word(w) && named(fieldByName(w));
  case ImmKind::layout:
    return word(w) && named(layoutByName(w));
  case ImmKind::ints:
    return expect("(") && listUntil(")", [&] {
             if (!number(v))
               return false;
             inst->imms.push_back(v);
             return true;
           });
  }
  inst->imms.push_back(v);
  return true;
}

bool Parser::frameValue(FrameValue &out) {
  uint32_t id;
  if (accept("none"))
    return true;
  skip();
  if (rest_.starts_with("v")) {
    if (!index("v", id))
      return false;
    out.object = objectAt(id);
    return true;
  }
  if (!index("%", id))
    return false;
  out.value = valueAt(id);
  return true;
}

bool Parser::stateBody() {
  uint32_t id, code, caller;
  int64_t offset;
  std::string_view kind;
  if (!index("s", id) || !expect("=") || !word(kind) || !index("c", code) || !expect("+") ||
      !number(offset) || !expect("fn") || !expect("="))
    return false;
  FrameState *s = stateAt(id);
  if (!statesDefined_.emplace(id, true).second)
    return fail("s" + std::to_string(id) + " is defined twice");
  if (code >= module_->codes.size())
    return fail("unknown code object");
  s->code = code;
  s->offset = uint32_t(offset);
  constexpr ResumeKind kKinds[] = {ResumeKind::at,      ResumeKind::call, ResumeKind::construct,
                                   ResumeKind::iterate, ResumeKind::sum,  ResumeKind::any,
                                   ResumeKind::all};
  auto it = std::find_if(std::begin(kKinds), std::end(kKinds), [&](ResumeKind k) { return kind == resumeKindName(k); });
  if (it == std::end(kKinds))
    return fail("unknown kind of state");
  s->kind = *it;
  if (!frameValue(s->function) || !expect("{"))
    return false;
  bool ok = listUntil("}", [&] {
    int64_t reg;
    FrameSlot slot;
    if (!number(reg) || !expect(":") || !frameValue(slot.value))
      return false;
    slot.reg = uint16_t(reg);
    s->slots.push_back(slot);
    return true;
  });
  if (!ok)
    return false;
  if (!accept("in"))
    return true;
  if (!index("s", caller))
    return false;
  // Printed states stand after their callers' numbers in no fixed order, so a cycle is possible in damaged
  // text.
  s->caller = stateAt(caller);
  for (FrameState *c = s; c; c = c->caller)
    if (c->caller == s)
      return fail("frame states form a cycle");
  return true;
}

bool Parser::objectBody() {
  uint32_t id;
  std::string_view name;
  if (!index("v", id) || !expect("=") || !word(name))
    return false;
  int op = opByName(name);
  if (op < 0)
    return fail("unknown instruction '" + std::string(name) + "'");
  VirtualObject *v = objectAt(id);
  if (v->op != Op::Unreachable)
    return fail("v" + std::to_string(id) + " is defined twice");
  v->op = Op(op);
  if (!expect("(") || !listUntil(")", [&] { return frameValue(v->fields.emplace_back()); }))
    return false;
  Inst shell;
  shell.op = v->op;
  for (const ImmInfo &info : instInfo(v->op).immediates)
    if (!expect(",") || !expect(info.name) || !expect("=") || !immediate(&shell, info.kind))
      return false;
  v->imms = shell.imms;
  return true;
}

std::unique_ptr<Module> Parser::parse() {
  module_ = std::make_unique<Module>();
  if (!expect("module") || !quoted(module_->name) || !header())
    return nullptr;
  while (accept("func"))
    if (!function())
      return nullptr;
  skip();
  if (!rest_.empty())
    return fail("expected 'func'"), nullptr;
  // Instructions without result got no number in the text.
  for (auto &f : module_->functions)
    for (Block *b : f->blocks)
      for (Inst *inst : b->insts)
        if (inst->id == ~0u)
          inst->id = f->nextInst++;
  return std::move(module_);
}

} // namespace

std::unique_ptr<Module> parse(std::string_view text, std::string &error) {
  error.clear();
  return Parser(text, error).parse();
}

} // namespace krait::hir
