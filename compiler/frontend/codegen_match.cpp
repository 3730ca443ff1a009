// The match statement. A pattern tests the subject in its register and jumps to [failed] as soon as it does
// not match; what names are to be bound is collected as (name, register) and stored once the whole pattern
// has matched.
#include "compiler/frontend/codegen.h"
#include "compiler/frontend/unparse.h"

#include <algorithm>

namespace krait {

using namespace ast;

namespace {

bool isWildcard(Pattern *p) {
  auto *n = as<MatchAsPattern>(p);
  return n && !n->name;
}
bool isStarWildcard(Pattern *p) {
  auto *n = as<MatchStarPattern>(p);
  return n && !n->name;
}

} // namespace

void CodeGen::matchStmt(MatchStmt *s) {
  Label end = newLabel();
  // A subject that a capture could overwrite is copied.
  Reg subject = temp();
  into(s->subject, subject);
  uint32_t count = s->cases.size();
  MatchCase *last = s->cases[count - 1];
  bool hasDefault = isWildcard(last->pattern) && count > 1;
  for (uint32_t i = 0; i < count - (hasDefault ? 1 : 0); ++i) {
    TempScope scope(*this);
    MatchCase *c = s->cases[i];
    PatternContext context{newLabel(), {}, c->guard != nullptr || i == count - 1};
    pattern(c->pattern, subject, context);
    for (auto &[name, reg] : context.captures)
      storeName(name, reg, at(c->pattern));
    if (c->guard)
      condition(c->guard, context.failed, false, at(c->pattern));
    body(c->body);
    emitJump(end);
    place(context.failed);
  }
  if (hasDefault) {
    emit(Opcode::Nop, at(last->pattern));
    if (last->guard)
      condition(last->guard, end, false, at(last->pattern));
    body(last->body);
  }
  place(end);
}

void CodeGen::pattern(Pattern *p, Reg subject, PatternContext &context) {
  if (!enterNode()) {
    --shared_.depth;
    return;
  }
  patternLoc_ = p->loc;
  switch (p->kind) {
  case NodeKind::MatchValuePattern:
    matchValue(static_cast<MatchValuePattern *>(p), subject, context);
    break;
  case NodeKind::MatchSingletonPattern:
    matchSingleton(static_cast<MatchSingletonPattern *>(p), subject, context);
    break;
  case NodeKind::MatchSequencePattern:
    matchSequence(static_cast<MatchSequencePattern *>(p), subject, context);
    break;
  case NodeKind::MatchMappingPattern:
    matchMapping(static_cast<MatchMappingPattern *>(p), subject, context);
    break;
  case NodeKind::MatchClassPattern:
    matchClass(static_cast<MatchClassPattern *>(p), subject, context);
    break;
  case NodeKind::MatchStarPattern:
    capture(static_cast<MatchStarPattern *>(p)->name, subject, context, p->loc);
    break;
  case NodeKind::MatchAsPattern:
    matchAs(static_cast<MatchAsPattern *>(p), subject, context);
    break;
  case NodeKind::MatchOrPattern:
    matchOr(static_cast<MatchOrPattern *>(p), subject, context);
    break;
  default:
    break;
  }
  --shared_.depth;
}

/// A pattern inside another: an irrefutable one is fine there.
void CodeGen::subpattern(Pattern *p, Reg subject, PatternContext &context) {
  bool outer = context.allowIrrefutable;
  context.allowIrrefutable = true;
  pattern(p, subject, context);
  context.allowIrrefutable = outer;
}

void CodeGen::capture(Identifier name, Reg value, PatternContext &context, const Location &loc) {
  if (!name)
    return;
  if (!checkForbidden(name, loc, ExprContext::Store))
    return;
  for (auto &[other, reg] : context.captures)
    if (other == name)
      return fail(patternLoc_, "multiple assignments to name '" + std::string(name->view()) + "' in pattern");
  context.captures.emplace_back(name, value);
}

void CodeGen::matchValue(MatchValuePattern *p, Reg subject, PatternContext &context) {
  Expr *value = p->value;
  if (value->kind != NodeKind::AttributeExpr && value->kind != NodeKind::ConstantExpr &&
      value->kind != NodeKind::BinOpExpr && value->kind != NodeKind::UnaryOpExpr)
    return fail(p->loc, "patterns may only match literals and attribute lookups");
  TempScope scope(*this);
  emit(Opcode::JumpIfNotEq, at(p), {subject, operand(value), context.failed});
}

void CodeGen::matchSingleton(MatchSingletonPattern *p, Reg subject, PatternContext &context) {
  if (p->value->kind == ConstantKind::None)
    return emit(Opcode::JumpIfNotNone, at(p), {subject, context.failed});
  emit(Opcode::JumpIfIsNot, at(p),
       {subject, kConstBank + constantIndex(toConstant(*p->value)), context.failed});
}

void CodeGen::matchAs(MatchAsPattern *p, Reg subject, PatternContext &context) {
  if (!p->pattern) {
    if (!context.allowIrrefutable)
      return fail(p->loc, p->name ? "name capture '" + std::string(p->name->view()) +
                                        "' makes remaining patterns unreachable"
                                  : "wildcard makes remaining patterns unreachable");
    return capture(p->name, subject, context, p->loc);
  }
  pattern(p->pattern, subject, context);
  capture(p->name, subject, context, p->loc);
}

// ---- Sequences ----------------------------------------------------------------------------------------

void CodeGen::matchSequence(MatchSequencePattern *p, Reg subject, PatternContext &context) {
  SourceRange loc = at(p);
  uint32_t size = p->patterns.size(), star = size;
  bool onlyWildcards = true, starIsWildcard = false;
  for (uint32_t i = 0; i < size; ++i) {
    Pattern *sub = p->patterns[i];
    if (sub->kind == NodeKind::MatchStarPattern) {
      if (star != size)
        return fail(p->loc, "multiple starred names in sequence pattern");
      star = i;
      starIsWildcard = isStarWildcard(sub);
      onlyWildcards &= starIsWildcard;
      continue;
    }
    onlyWildcards &= isWildcard(sub);
  }
  bool starred = star != size;
  {
    TempScope scope(*this);
    Reg test = temp();
    emit(Opcode::MatchSequence, loc, {test, subject});
    emit(Opcode::JumpIfFalse, loc, {test, context.failed});
    if (!starred || size > 1) {
      emit(Opcode::GetLen, loc, {test, subject});
      Reg wanted = kConstBank + constantIndex(CodeConst::ofInt(starred ? size - 1 : size));
      emit(starred ? Opcode::JumpIfLt : Opcode::JumpIfNotEq, loc, {test, wanted, context.failed});
    }
  }
  if (onlyWildcards)
    return;
  if (starIsWildcard) {
    // Items are fetched one by one: nothing needs the list in the middle.
    for (uint32_t i = 0; i < size; ++i) {
      if (i == star || isWildcard(p->patterns[i]))
        continue;
      Reg item = temp(), index = temp();
      if (i < star) {
        index = kConstBank + constantIndex(CodeConst::ofInt(i));
      } else {
        emit(Opcode::GetLen, loc, {index, subject});
        emit(Opcode::Sub, loc, {index, index, kConstBank + constantIndex(CodeConst::ofInt(size - i))});
      }
      emit(Opcode::GetItem, loc, {item, subject, index});
      subpattern(p->patterns[i], item, context);
    }
    return;
  }
  Reg run = temps(size);
  if (starred)
    emit(Opcode::UnpackEx, loc, {run, subject, star, size - star - 1});
  else
    emit(Opcode::UnpackSequence, loc, {run, subject, size});
  for (uint32_t i = 0; i < size; ++i)
    if (!isWildcard(p->patterns[i]))
      subpattern(p->patterns[i], run + i, context);
}

// ---- Mappings -----------------------------------------------------------------------------------------

/// Whether two constants of different kinds are equal as keys of a dict: 0, False, 0.0, -0.0 and 0j are one
/// key.
static bool equalNumbers(const CodeConst &a, const CodeConst &b) {
  auto number = [](const CodeConst &c, double &real, double &imag) {
    real = imag = 0;
    switch (c.kind) {
    case ConstKind::True:
      real = 1;
      return true;
    case ConstKind::False:
      return true;
    case ConstKind::Int:
      real = double(c.integer);
      return int64_t(real) == c.integer;
    case ConstKind::Float:
    case ConstKind::Complex:
      real = c.real;
      imag = c.kind == ConstKind::Complex ? c.imag : 0;
      return true;
    default:
      return false;
    }
  };
  double ar, ai, br, bi;
  return number(a, ar, ai) && number(b, br, bi) && ar == br && ai == bi;
}

void CodeGen::matchMapping(MatchMappingPattern *p, Reg subject, PatternContext &context) {
  SourceRange loc = at(p);
  uint32_t size = p->keys.size();
  {
    TempScope scope(*this);
    Reg test = temp();
    emit(Opcode::MatchMapping, loc, {test, subject});
    emit(Opcode::JumpIfFalse, loc, {test, context.failed});
    if (size == 0 && !p->rest)
      return;
    if (size) {
      emit(Opcode::GetLen, loc, {test, subject});
      emit(Opcode::JumpIfLt, loc, {test, kConstBank + constantIndex(CodeConst::ofInt(size)), context.failed});
    }
  }
  Reg values = temp(), keys = temp();
  {
    TempScope scope(*this);
    Reg window = kTempBank + nextTemp_;
    std::vector<CodeConst> seen;
    for (Expr *key : p->keys) {
      if (key->kind != NodeKind::AttributeExpr && key->kind != NodeKind::ConstantExpr &&
          key->kind != NodeKind::BinOpExpr && key->kind != NodeKind::UnaryOpExpr)
        return fail(p->loc, "mapping pattern keys may only match literals and attribute lookups");
      if (auto *c = constantOf(key)) {
        CodeConst value = toConstant(*c);
        for (const CodeConst &other : seen)
          if (other.identical(value) || equalNumbers(other, value))
            return fail(p->loc, "mapping pattern checks duplicate key (" + unparseConstant(*c) + ")");
        seen.push_back(std::move(value));
      }
      into(key, temp());
    }
    emit(Opcode::BuildTuple, loc, {keys, size ? window : 0, size});
  }
  emit(Opcode::MatchKeys, loc, {values, subject, keys});
  emit(Opcode::JumpIfNone, loc, {values, context.failed});
  if (size) {
    Reg run = temps(size);
    emit(Opcode::UnpackSequence, loc, {run, values, size});
    for (uint32_t i = 0; i < size; ++i)
      subpattern(p->patterns[i], run + i, context);
  }
  if (!p->rest)
    return;
  // The rest: a dict without the keys that matched.
  Reg rest = temp();
  if (size)
    loc = at(p->patterns.back());
  emit(Opcode::BuildDict, loc, {rest, rest, 0});
  emit(Opcode::DictUpdate, loc, {rest, subject});
  if (size) {
    TempScope scope(*this);
    Reg run = temps(size);
    emit(Opcode::UnpackSequence, loc, {run, keys, size});
    for (uint32_t i = 0; i < size; ++i)
      emit(Opcode::DelItem, loc, {rest, run + i});
  }
  capture(p->rest, rest, context, p->loc);
}

// ---- Classes ------------------------------------------------------------------------------------------

void CodeGen::matchClass(MatchClassPattern *p, Reg subject, PatternContext &context) {
  SourceRange loc = at(p);
  uint32_t positional = p->patterns.size(), size = positional + p->kwd_patterns.size();
  std::vector<CodeConst> names;
  for (uint32_t i = 0; i < p->kwd_attrs.size(); ++i) {
    Identifier attr = p->kwd_attrs[i];
    if (!checkForbidden(attr, p->kwd_patterns[i]->loc, ExprContext::Store))
      return;
    for (uint32_t k = i + 1; k < p->kwd_attrs.size(); ++k)
      if (p->kwd_attrs[k] == attr)
        return fail(p->kwd_patterns[k]->loc,
                    "attribute name repeated in class pattern: " + std::string(attr->view()));
    names.push_back(CodeConst::ofStr(std::string(attr->view())));
    names.back().interned = true;
  }
  Reg attributes = temp();
  {
    TempScope scope(*this);
    Reg cls = operand(p->cls);
    emit(Opcode::MatchClass, loc,
         {attributes, subject, cls, positional, constantIndex(CodeConst::ofTuple(std::move(names)))});
  }
  emit(Opcode::JumpIfNone, loc, {attributes, context.failed});
  if (!size)
    return;
  Reg run = temps(size);
  emit(Opcode::UnpackSequence, loc, {run, attributes, size});
  for (uint32_t i = 0; i < size; ++i) {
    Pattern *sub = i < positional ? p->patterns[i] : p->kwd_patterns[i - positional];
    if (!isWildcard(sub))
      subpattern(sub, run + i, context);
  }
}

// ---- Alternatives -------------------------------------------------------------------------------------

void CodeGen::matchOr(MatchOrPattern *p, Reg subject, PatternContext &context) {
  Label matched = newLabel();
  std::vector<std::pair<Identifier, Reg>> bound; // what the first alternative binds, in registers of its own
  uint32_t count = p->patterns.size();
  for (uint32_t i = 0; i < count; ++i) {
    bool last = i + 1 == count;
    PatternContext inner{last ? context.failed : newLabel(), {}, last && context.allowIrrefutable};
    // Registers of captures outlive the alternative; the others are reused by the next.
    uint32_t mark = nextTemp_;
    pattern(p->patterns[i], subject, inner);
    if (i == 0) {
      std::vector<Reg> moved;
      for (auto &[name, reg] : inner.captures)
        bound.emplace_back(name, temp());
      mark = nextTemp_;
    } else {
      bool same = inner.captures.size() == bound.size();
      for (auto &[name, reg] : inner.captures)
        same &= std::any_of(bound.begin(), bound.end(), [&, n = name](auto &b) { return b.first == n; });
      if (!same)
        return fail(patternLoc_, "alternative patterns bind different names");
    }
    for (auto &[name, reg] : inner.captures)
      for (auto &[other, home] : bound)
        if (other == name)
          move(home, reg, at(p));
    nextTemp_ = mark;
    if (!last) {
      emitJump(matched);
      place(inner.failed);
    }
  }
  place(matched);
  for (auto &[name, reg] : bound)
    capture(name, reg, context, p->loc);
}

} // namespace krait
