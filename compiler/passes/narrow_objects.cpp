// Attributes by shape, items of built-in containers, variables of modules.
#include "compiler/passes/narrow.h"

#include <algorithm>

namespace krait::hir {

ShapeName::ShapeName(const std::string &text) {
  size_t open = text.find('{');
  className = text.substr(0, open);
  for (size_t at = open + 1; open != std::string::npos && at + 1 < text.size();) {
    size_t end = text.find_first_of(",}", at);
    std::string name = text.substr(at, end - at);
    at = end + 1;
    if (name == "...") {
      anyLayout = true;
      continue;
    }
    members += name[0] == '.';
    attributes.push_back(name[0] == '.' ? name.substr(1) : name);
  }
}

int64_t ShapeName::index(const std::string &name) const {
  auto it = std::find(attributes.begin(), attributes.end(), name);
  return it == attributes.end() ? -1 : it - attributes.begin();
}

namespace {

/// The shape that operand 0 was seen to have; empty if several.
const std::string &seenShape(const SiteDecision *d) {
  static const std::string kNone;
  return d && !d->operands.empty() ? d->operands[0].shape : kNone;
}

} // namespace

// ---- Attributes -------------------------------------------------------------------------------------------

/// Variable [name] of the module that [module], a guarded cell of kind module, is.
Inst *Narrow::moduleVariable(Inst *inst, Inst *module, const std::string &name) {
  uint32_t variable =
      module_.cell(CellKind::global, module_.cells[size_t(module->imms[0])].descriptor + ":" + name);
  b_.guardCell(variable, DeoptReason::UnboundName, inst->state);
  return b_.guardType(b_.loadGlobalSlot(variable), Type::any(), DeoptReason::UnboundName, inst->state);
}

bool Narrow::isModule(const Inst *v) const {
  return v->is(Op::GuardIs) && module_.cells[size_t(v->imms[0])].kind == CellKind::module;
}

/// Attribute [index] of [object], which has [shape]; leaves if it is a member that is not set.
Inst *Narrow::loadSlot(Inst *inst, Inst *object, const std::string &shape, int64_t index) {
  Inst *v = b_.loadSlot(object, module_.cell(CellKind::shape, shape), index);
  return ShapeName(shape).isMember(index) ? b_.guardType(v, Type::any(), DeoptReason::UnboundName, inst->state) : v;
}

/// A property of the class of [shape]: a call of its getter.
Inst *Narrow::callGetter(Inst *inst, const std::string &shape) {
  const std::string &name = nameOf(inst, 1), &className = ShapeName(shape).className;
  const ProgramCode *getter = context_.program ? context_.program->getter(className, name) : nullptr;
  const CodeUnit *unit = getter ? getter->unit : nullptr;
  if (!unit || unit->argcount != 1 || unit->kwonlyargcount || unit->isGeneratorLike() ||
      (unit->flags & (kCodeVarArgs | kCodeVarKeywords)))
    return nullptr;
  Inst *object = b_.guardShape(inst->operand(0), module_.cell(CellKind::shape, shape), DeoptReason::ReceiverShape,
                               inst->state);
  uint32_t cell = module_.cell(CellKind::getter, className + "." + name + "=" + getter->name);
  b_.guardCell(cell, DeoptReason::ClassChanged, inst->state);
  Inst *call = b_.callFunction(b_.loadLateBound(cell), {object}, cell, inst->state);
  call->unwind = inst->unwind;
  call->unwindFrames = inst->unwindFrames;
  return call;
}

Inst *Narrow::narrowLoadAttr(Inst *inst) {
  if (isModule(inst->operand(0)))
    return moduleVariable(inst, inst->operand(0), nameOf(inst, 1));
  const std::string &shape = seenShape(decision(inst));
  int64_t index = shape.empty() ? -1 : ShapeName(shape).index(nameOf(inst, 1));
  if (index < 0)
    return shape.empty() ? nullptr : callGetter(inst, shape);
  uint32_t cell = module_.cell(CellKind::shape, shape);
  Inst *object = b_.guardShape(inst->operand(0), cell, DeoptReason::ReceiverShape, inst->state);
  Inst *value = loadSlot(inst, object, shape, index);
  // What was always one kind of container is checked here, for the sake of calls that take it.
  static constexpr Kind kKinds[] = {Kind::Str, Kind::List, Kind::Dict, Kind::Tuple, Kind::Set, Kind::Bytes};
  const SiteDecision *d = decision(inst);
  if (d->operands.size() > 1)
    for (Kind kind : kKinds)
      if (d->operands[1].type.kindsOnly().is(kind))
        return b_.guardType(value, kind, DeoptReason::OperandType, inst->state);
  return value;
}

/// [shape] with attribute [name] added, if the record has objects of it: else the store may have done something else
/// (a property), or the object went over to another layout.
std::string Narrow::nextShape(const std::string &shape, const std::string &name) const {
  std::string body = shape.substr(0, shape.size() - 1);
  std::string next = body + (body.back() == '{' ? "" : ",") + name + "}";
  if (!context_.program || context_.program->knowsShape(next))
    return next;
  size_t open = next.find('{') + 1;
  next.insert(open, "...,");
  return next.compare(open, 7, "...,...") && context_.program->knowsShape(next) ? next : "";
}

Inst *Narrow::narrowStoreAttr(Inst *inst) {
  const std::string &shape = seenShape(decision(inst));
  if (shape.empty() || !inst->operand(0)->type.has(Kind::Object))
    return nullptr;
  const std::string &name = nameOf(inst, 1);
  ShapeName parts(shape);
  int64_t index = parts.index(name);
  std::string next = index < 0 ? nextShape(shape, name) : "";
  if (index < 0 && next.empty())
    return nullptr;
  uint32_t cell = module_.cell(CellKind::shape, shape);
  Inst *object = b_.guardShape(inst->operand(0), cell, DeoptReason::ReceiverShape, inst->state);
  if (index >= 0) {
    b_.storeSlot(object, inst->operand(1), cell, index);
    return inst;
  }
  // The attribute is new: the object goes on to the shape with it at the end.
  uint32_t nextCell = module_.cell(CellKind::shape, next);
  b_.guardCell(nextCell, DeoptReason::ReceiverShape, inst->state);
  b_.addSlot(object, inst->operand(1), cell, nextCell, int64_t(parts.attributes.size()));
  return inst;
}

Inst *Narrow::narrowLoadMethod(Inst *inst) {
  // Whom the result is passed to, and what that call was seen to call.
  Inst *self = nullptr, *call = findCall(inst, self);
  const SiteDecision *d = decision(inst);
  if (!call || !self || (!isModule(inst->operand(0)) && (!d || d->operands.empty())))
    return nullptr;
  Inst *receiver = inst->operand(0), *function = nullptr;
  const std::string &name = nameOf(inst, 1), &shape = seenShape(d);
  const SiteDecision *called = decision(call);
  Type kinds = d && !d->operands.empty() ? d->operands[0].type.kindsOnly() : Type();
  if (!shape.empty()) {
    if (!called || called->target.kind != Target::Kind::function)
      return nullptr;
    ShapeName parts(shape);
    uint32_t cell = module_.cell(CellKind::shape, shape);
    receiver = b_.guardShape(receiver, cell, DeoptReason::ReceiverShape, inst->state);
    if (int64_t index = parts.index(name);
        index >= 0) { // a function kept in the instance: no receiver is passed
      function = loadSlot(inst, receiver, shape, index);
      receiver = b_.constUnbound();
    } else {
      uint32_t method =
          module_.cell(CellKind::method, parts.className + "." + name + "=" + called->target.name);
      b_.guardCell(method, DeoptReason::ClassChanged, inst->state);
      function = b_.loadLateBound(method);
    }
  } else if (isModule(receiver)) {
    // A function of a module: a variable of the module, called without receiver.
    const std::string &of = module_.cells[size_t(receiver->imms[0])].descriptor;
    bool recorded = called && called->target.kind == Target::Kind::builtin;
    if (!recorded && !(of == "math" && name == "sqrt"))
      return nullptr;
    Inst *v = moduleVariable(inst, receiver, name);
    uint32_t native = module_.cell(CellKind::native, recorded ? called->target.name : of + ":" + name);
    function = b_.guardIs(v, native, DeoptReason::GlobalRebound, inst->state);
    receiver = b_.constUnbound();
  } else {
    // Methods of built-in classes never change. Class methods and static ones do not get the receiver.
    static const struct {
      Kind kind;
      const char *name;
    } kClasses[] = {{Kind::List, "list"}, {Kind::Str, "str"},     {Kind::Dict, "dict"},
                    {Kind::Set, "set"},   {Kind::Tuple, "tuple"}, {Kind::Bytes, "bytes"}};
    for (const auto &row : kClasses)
      if (kinds.is(row.kind) && called && called->target.kind == Target::Kind::builtin) {
        std::string method = std::string(row.name) + "." + name;
        const NativeBinding *binding = nativeBinding(method);
        std::string_view kind = binding ? binding->kind : "";
        if (kind == "classmethod" || kind == "staticmethod")
          return nullptr;
        receiver = guarded(inst, receiver, kinds, DeoptReason::ReceiverType);
        function = b_.loadLateBound(module_.cell(CellKind::native, method));
      }
    if (!function)
      return nullptr;
  }
  Function::replace(self, receiver);
  self->op = Op::ConstUnbound; // replaced everywhere; what is left of it is harmless
  self->operands.clear();
  self->imms.clear();
  self->type = Kind::Unbound;
  return function;
}

/// super().__init__ of an exception whose bases leave that to BaseException.
Inst *Narrow::narrowLoadSuperMethod(Inst *inst) {
  Inst *super = inst->operand(0), *self = nullptr, *call = findCall(inst, self);
  const std::string &shape = seenShape(decision(inst));
  if (shape.empty() || !self || !call || !call->is(Op::Call) || nameOf(inst, 1) != "__init__" ||
      !super->is(Op::LoadLateBound) ||
      module_.cells[size_t(super->imms[0])].descriptor != moduleOf(inst) + ":super" ||
      !inst->operand(1)->type.is(Kind::Cell))
    return nullptr;
  const std::string &className = ShapeName(shape).className;
  if (!context_.program || context_.program->builtinBase(className).empty())
    return nullptr;
  Inst *receiver = b_.guardShape(inst->operand(2), module_.cell(CellKind::shape, shape),
                                 DeoptReason::ReceiverShape, inst->state);
  Inst *owner = b_.guardType(b_.loadField(inst->operand(1), Field::Cell_content), Type::any(),
                             DeoptReason::UnboundName, inst->state);
  b_.guardIs(owner, module_.cell(CellKind::class_, className), DeoptReason::ClassChanged, inst->state);
  b_.guardCell(module_.cell(CellKind::exceptionSuper, className), DeoptReason::ClassChanged, inst->state);
  Function::replace(self, receiver);
  self->op = Op::ConstUnbound; // replaced everywhere; what is left of it is harmless
  self->operands.clear();
  self->imms.clear();
  self->type = Kind::Unbound;
  return b_.loadLateBound(module_.cell(CellKind::native, "BaseException.__init__"));
}

Inst *Narrow::narrowExceptionMatch(Inst *inst) {
  Inst *answer =
      native(inst, "krt_typed_exceptionMatches", {inst->operand(0), inst->operand(1)}, Kind::CInt64);
  b_.guardTrue(b_.compareInt(answer, b_.constInt(0), Cond::ge), DeoptReason::OperandType, inst->state);
  return b_.boxBool(b_.compareInt(answer, b_.constInt(1), Cond::eq));
}

// ---- Items ------------------------------------------------------------------------------------------------

Inst *Narrow::checkedIndex(Inst *inst, Inst *index, Inst *size, const SiteDecision *d) {
  bool negative = !d || d->operands.size() < 2 || d->operands[1].negative;
  Inst *at = negative ? b_.wrapIndex(index, size) : index;
  return b_.guardIndex(at, size, DeoptReason::IndexRange, inst->state);
}

Inst *Narrow::narrowGetItem(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type container = expected(inst, d, 0, 0).kindsOnly(), index = expected(inst, d, 1, 1).kindsOnly();
  bool sequence = container.is(Kind::List) || container.is(Kind::Tuple) || container.is(Kind::Str);
  if (sequence && inst->operand(1)->is(Op::New) && Layout(inst->operand(1)->imms[0]) == Layout::Slice)
    return narrowSlice(inst, inst->operand(1), container);
  bool dict = container.is(Kind::Dict) && (index.is(Kind::Int) || index.is(Kind::Str));
  if (!dict && !(sequence && index.is(Kind::Int)))
    return nullptr;
  Inst *object = guarded(inst, inst->operand(0), container, DeoptReason::ReceiverType);
  Inst *key = guarded(inst, inst->operand(1), index, DeoptReason::OperandType);
  if (dict && d && d->raises()) {
    Inst *found = b_.guardLookupDict(object, key, DeoptReason::OperandType, inst->state);
    return native(inst, "krt_typed_found", {found, key}, Type::any());
  }
  if (d && d->raises())
    return nullptr;
  if (dict)
    return b_.guardType(b_.guardLookupDict(object, key, DeoptReason::MissingKey, inst->state), Type::any(),
                        DeoptReason::MissingKey, inst->state);
  Inst *i = b_.unboxInt(key);
  if (container.is(Kind::List))
    return b_.loadListItem(object, checkedIndex(inst, i, b_.listSize(object), d));
  if (container.is(Kind::Tuple))
    return b_.loadTupleItem(object, checkedIndex(inst, i, b_.tupleSize(object), d));
  return b_.loadStrItem(object, checkedIndex(inst, i, b_.strSize(object), d));
}

/// text[a:b] and the like of step 1, and text[::-1].
Inst *Narrow::narrowSlice(Inst *inst, Inst *slice, Type container) {
  Inst *start = slice->operand(0), *stop = slice->operand(1), *step = slice->operand(2);
  auto none = [](const Inst *v) { return v->type.is(Kind::None); };
  if (container.is(Kind::Str) && none(start) && none(stop) && step->type.is(Kind::Int) && step->type.lo() == -1 &&
      step->type.hi() == -1)
    return native(inst, "krt_typed_strReversed", {guarded(inst, inst->operand(0), container, DeoptReason::ReceiverType)},
                  Kind::Str);
  if (!none(step) || (!none(start) && !start->type.has(Kind::Int)) || (!none(stop) && !stop->type.has(Kind::Int)))
    return nullptr;
  Inst *object = guarded(inst, inst->operand(0), container, DeoptReason::ReceiverType);
  Inst *from = none(start) ? b_.constInt(0) : intArgument(inst, start);
  Inst *to = none(stop) ? b_.constInt(kIntMax) : intArgument(inst, stop);
  if (container.is(Kind::Str))
    return native(inst, "krt_typed_strSlice", {object, from, to}, Kind::Str);
  if (container.is(Kind::List))
    return native(inst, "krt_typed_listSlice", {object, from, to}, Kind::List);
  return native(inst, "krt_typed_tupleSlice", {object, from, to}, Kind::Tuple);
}

Inst *Narrow::narrowContains(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type item = expected(inst, d, 0, 0).kindsOnly(), container = expected(inst, d, 1, 1).kindsOnly();
  bool keyed = (container.is(Kind::Dict) || container.is(Kind::Set)) && (item.is(Kind::Str) || item.is(Kind::Int));
  if (!keyed && !(container.is(Kind::Str) && item.is(Kind::Str)))
    return nullptr;
  Inst *key = guarded(inst, inst->operand(0), item, DeoptReason::OperandType);
  Inst *object = guarded(inst, inst->operand(1), container, DeoptReason::ReceiverType);
  Inst *found;
  if (keyed) {
    Inst *answer = native(inst, container.is(Kind::Dict) ? "krt_typed_dictHas" : "krt_typed_setHas", {object, key}, Kind::CInt64);
    b_.guardTrue(b_.compareInt(answer, b_.constInt(0), Cond::ge), DeoptReason::OperandType, inst->state);
    found = b_.compareInt(answer, b_.constInt(1), Cond::eq);
  } else {
    found = native(inst, "krt_typed_strContains", {object, key}, Kind::CBool);
  }
  return b_.boxBool(inst->bytecode() == Opcode::In ? found : b_.notBool(found));
}

Inst *Narrow::narrowSetItem(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type container = expected(inst, d, 0, 0).kindsOnly(), index = expected(inst, d, 1, 1).kindsOnly();
  bool list = container.is(Kind::List) && index.is(Kind::Int);
  if (!list && !(container.is(Kind::Dict) && (index.is(Kind::Int) || index.is(Kind::Str))))
    return nullptr;
  Inst *object = guarded(inst, inst->operand(0), container, DeoptReason::ReceiverType);
  Inst *key = guarded(inst, inst->operand(1), index, DeoptReason::OperandType);
  if (list)
    b_.storeListItem(object, checkedIndex(inst, b_.unboxInt(key), b_.listSize(object), d), inst->operand(2));
  else
    b_.guardStoreDict(object, key, inst->operand(2), DeoptReason::OperandType, inst->state);
  return inst;
}

Inst *Narrow::narrowUnpack(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type t = expected(inst, d, 0, 0).kindsOnly();
  if (!t.is(Kind::Tuple) && !t.is(Kind::List))
    return nullptr;
  int64_t count = inst->imms[1];
  Inst *object = guarded(inst, inst->operand(0), t, DeoptReason::ReceiverType);
  Inst *size = t.is(Kind::Tuple) ? b_.tupleSize(object) : b_.listSize(object);
  b_.guardTrue(b_.compareInt(size, b_.constInt(count), Cond::eq), DeoptReason::Sequence, inst->state);
  std::vector<Inst *> items;
  for (int64_t i = 0; i < count; ++i)
    items.push_back(t.is(Kind::Tuple) ? b_.loadTupleItem(object, b_.constInt(i))
                                      : b_.loadListItem(object, b_.constInt(i)));
  for (Block *b : f_.blocks)
    for (Inst *use : b->insts)
      if (use->is(Op::ExtraResult) && Function::resolve(use->operand(0)) == inst) {
        Function::replace(use, items[size_t(use->imms[0])]);
        use->op = Op::ConstUnbound;
        use->operands.clear();
        use->imms.clear();
        use->type = Kind::Unbound;
      }
  return count ? items[0] : inst;
}

// ---- Variables of modules
// -----------------------------------------------------------------------------------

bool Narrow::bindsGlobal(const Inst *inst, const std::string &name) const {
  return context_.program && context_.program->binds(moduleOf(inst), name);
}

/// Built-ins that calls are turned into something special for.
static bool isKnownBuiltin(const std::string &name) {
  static const char *const kNames[] = {"range", "len", "enumerate", "abs", "min", "max", "int", "float", "str", "ord", "chr", "isinstance",
                                       "Exception", "ValueError", "KeyError", "IndexError", "TypeError", "RuntimeError"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

Inst *Narrow::narrowLoadGlobal(Inst *inst) {
  const std::string &name = nameOf(inst, 1);
  std::string variable = moduleOf(inst) + ":" + name;
  const SiteDecision *d = decision(inst);
  Target target = d ? d->target : Target();
  // Without a record the program's text is the next best witness.
  if (target.kind == Target::Kind::none && context_.program)
    target = context_.program->definition(moduleOf(inst), name);
  bool builtin =
      target.kind == Target::Kind::builtin || (isKnownBuiltin(name) && target.kind == Target::Kind::none);
  if (builtin && context_.program && !bindsGlobal(inst, name)) {
    uint32_t cell = module_.cell(CellKind::builtin, variable);
    b_.guardCell(cell, DeoptReason::GlobalRebound, inst->state);
    return b_.loadLateBound(cell);
  }
  if (!bindsGlobal(inst, name))
    return nullptr;
  uint32_t cell = module_.cell(CellKind::global, variable);
  b_.guardCell(cell, DeoptReason::UnboundName, inst->state);
  Inst *v = b_.guardType(b_.loadGlobalSlot(cell), Type::any(), DeoptReason::UnboundName, inst->state);
  if (target.kind == Target::Kind::function && context_.program->find(target.name))
    return b_.guardIs(v, module_.cell(CellKind::function, target.name), DeoptReason::GlobalRebound,
                      inst->state);
  if (target.kind == Target::Kind::module)
    return b_.guardIs(v, module_.cell(CellKind::module, target.name), DeoptReason::GlobalRebound,
                      inst->state);
  if (target.kind == Target::Kind::class_)
    return b_.guardIs(v, module_.cell(CellKind::class_, target.name), DeoptReason::GlobalRebound,
                      inst->state);
  return v;
}

Inst *Narrow::narrowStoreGlobal(Inst *inst) {
  const std::string &name = nameOf(inst, 1);
  // Module code binds its names for the first time, when the cell is still empty; a loop that was entered
  // from the interpreter binds them again.
  if ((inst->bytecode() != Opcode::StoreGlobal && f_.kind != FunctionKind::loop) || !bindsGlobal(inst, name))
    return nullptr;
  uint32_t cell = module_.cell(CellKind::global, moduleOf(inst) + ":" + name);
  b_.guardCell(cell, DeoptReason::UnboundName, inst->state);
  b_.storeGlobalSlot(inst->operand(1), cell);
  return inst;
}

} // namespace krait::hir
