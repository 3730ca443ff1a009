// Calls: of functions of the program, of its classes, and of built-ins that the HIR has instructions for.
#include "compiler/passes/narrow.h"

#include <algorithm>

namespace krait::hir {

/// What a call calls: by the callee's own instruction if that shows it, else by the profile.
Target Narrow::targetOf(const Inst *inst) const {
  const Inst *callee = inst->operand(0);
  bool bound = callee->is(Op::LoadLateBound) || callee->is(Op::GuardIs) || callee->is(Op::GuardFunctionCode);
  if (bound) {
    const Cell &cell = module_.cells[size_t(callee->imms[0])];
    switch (cell.kind) {
    case CellKind::code:
    case CellKind::function:
      return {Target::Kind::function, cell.descriptor};
    case CellKind::method:
      return {Target::Kind::function, cell.descriptor.substr(cell.descriptor.find('=') + 1)};
    case CellKind::class_:
      return {Target::Kind::class_, cell.descriptor};
    case CellKind::builtin:
      return {Target::Kind::builtin, "builtins:" + cell.descriptor.substr(cell.descriptor.find(':') + 1)};
    case CellKind::native:
      return {Target::Kind::builtin, cell.descriptor};
    default:
      return {};
    }
  }
  const SiteDecision *d = decision(inst);
  return d ? d->target : Target();
}

/// Code of modules and classes has no function whose variables the new one could share.
Inst *Narrow::narrowMakeFunction(Inst *inst) {
  const CodeUnit *unit = module_.codes[inst->state->code].unit;
  if (!unit || !(unit->flags & kCodeNewLocals))
    return nullptr;
  return b_.newFunction(inst->operand(0), inst->operand(1), inst->operand(2), inst->operand(3),
                        inst->operand(4), inst->state->code, inst->imms[1]);
}

/// A call of a function made just here: a comprehension, most often. Nothing needs to be guarded, unless its
/// code may have been replaced.
Inst *Narrow::callMade(Inst *inst, Inst *made) {
  const CodeUnit *unit =
      module_.codes[made->is(Op::NewFunction) ? size_t(made->imms[0]) : made->state->code].unit;
  if (!unit || !context_.program)
    return nullptr;
  const ProgramCode *code = context_.program->find(unit->consts[size_t(made->imms[1])].code.get());
  bool comprehension = code && code->unit->name[0] == '<' && code->unit->name != "<lambda>";
  if (context_.program->changesFunctions() && !comprehension)
    return nullptr;
  return code ? callFunction(inst, *code, made, module_.cell(CellKind::code, code->name)) : nullptr;
}

Inst *Narrow::narrowCall(Inst *inst) {
  // A recorded program that never came here does not need it fast.
  const CodeDecisions *all = context_.decisions ? context_.decisions(module_, inst->state->code) : nullptr;
  const SiteDecision *site = decision(inst);
  if (all && all->entries && site && !site->count)
    return nullptr;
  Inst *made = inst->operand(0);
  bool isMade =
      made->is(Op::NewFunction) || (made->is(Op::GenericOp) && made->bytecode() == Opcode::MakeFunction);
  if (isMade && inst->operand(1)->type.is(Kind::Unbound))
    return callMade(inst, made);
  Target target = targetOf(inst);
  // Whether a receiver is passed must be known.
  const Type &self = inst->operand(1)->type;
  if (self.has(Kind::Unbound) && !self.is(Kind::Unbound))
    return nullptr;
  Inst *callee = inst->operand(0);
  bool bound = callee->is(Op::LoadLateBound) || callee->is(Op::GuardIs) || callee->is(Op::GuardFunctionCode);
  switch (target.kind) {
  case Target::Kind::function: {
    const ProgramCode *code = context_.program ? context_.program->find(target.name) : nullptr;
    if (!code)
      return nullptr;
    // What a function makes anew each time has its code in common, not its identity.
    bool closure = target.name.find("<locals>") != std::string::npos;
    uint32_t cell = bound ? uint32_t(callee->imms[0])
                          : module_.cell(closure ? CellKind::code : CellKind::function, target.name);
    if (!bound)
      callee = closure ? b_.guardFunctionCode(callee, cell, DeoptReason::CallTarget, inst->state)
                       : b_.guardIs(callee, cell, DeoptReason::CallTarget, inst->state);
    return callFunction(inst, *code, callee, cell);
  }
  case Target::Kind::class_:
    if (!bound)
      callee = b_.guardIs(callee, module_.cell(CellKind::class_, target.name), DeoptReason::CallTarget,
                          inst->state);
    return callee->type.is(Kind::Class) ? callClass(inst, callee, target.name) : nullptr;
  case Target::Kind::builtin:
    // `from math import sqrt`: the function is in a variable. Methods differ with each object they are of.
    if (!bound) {
      if (!self.is(Kind::Unbound) || target.name.find('.') != std::string::npos)
        return nullptr;
      inst->operands[0] = b_.guardIs(callee, module_.cell(CellKind::native, target.name),
                                     DeoptReason::CallTarget, inst->state);
    }
    if (Inst *made = callNative(inst, target.name))
      return made;
    inst->operands[0] = callee;
    return nullptr;
  default:
    return nullptr;
  }
}

/// The arguments of [inst] as the registers of [code]'s parameters; false if that cannot be told here.
bool Narrow::bindArguments(Inst *inst, const ProgramCode &code, Inst *function, Inst *self,
                           std::vector<Inst *> &args, bool generators) {
  const CodeUnit &unit = *code.unit;
  if ((unit.isGeneratorLike() && !generators) || (unit.flags & (kCodeVarArgs | kCodeVarKeywords)))
    return false;
  std::vector<Inst *> given;
  if (self)
    given.push_back(self);
  given.insert(given.end(), inst->operands.begin() + 2, inst->operands.end());
  std::vector<std::string> keywords;
  if (inst->is(Op::CallKw)) {
    const CodeUnit *caller = module_.codes[size_t(inst->imms[0])].unit;
    if (!caller)
      return false;
    for (const Constant &c : caller->consts[size_t(inst->imms[1])].items)
      keywords.push_back(c.text);
  }
  size_t parameters = unit.argcount + unit.kwonlyargcount, positional = given.size() - keywords.size();
  if (positional > unit.argcount)
    return false;
  args.assign(parameters, nullptr);
  std::copy(given.begin(), given.begin() + long(positional), args.begin());
  for (size_t i = 0; i < keywords.size(); ++i) {
    auto first = unit.varnames.begin() + unit.posonlyargcount,
         last = unit.varnames.begin() + long(parameters);
    auto it = std::find(first, last, keywords[i]);
    size_t at = size_t(it - unit.varnames.begin());
    if (it == last || args[at])
      return false;
    args[at] = given[positional + i];
  }
  if (std::find(args.begin() + unit.argcount, args.end(), nullptr) != args.end())
    module_.codeIndex(code.name, code.unit,
                      unit.names); // where lowering finds the names of keyword parameters
  for (size_t i = 0; i < parameters; ++i)
    if (!args[i])
      args[i] = i < unit.argcount
                    ? b_.guardDefault(function, int64_t(i), DeoptReason::CallTarget, inst->state)
                    : b_.guardKwDefault(function, module_.nameIndex(unit.varnames[i]),
                                        DeoptReason::CallTarget, inst->state);
  return true;
}

/// The call's place is taken by [call]; what it may raise goes the same way.
static Inst *takeUnwind(Inst *inst, Inst *call) {
  call->unwind = inst->unwind;
  call->unwindFrames = inst->unwindFrames;
  return call;
}

Inst *Narrow::callFunction(Inst *inst, const ProgramCode &code, Inst *function, uint32_t cell) {
  Inst *self = inst->operand(1)->type.is(Kind::Unbound) ? nullptr : inst->operand(1);
  std::vector<Inst *> args;
  bool generator =
      code.unit->isGeneratorLike() && !(code.unit->flags & (kCodeCoroutine | kCodeAsyncGenerator));
  if (!bindArguments(inst, code, function, self, args, generator))
    return nullptr;
  if (generator)
    return b_.newGenerator(function, args, cell, module_.codeIndex(code.name, code.unit, code.unit->names),
                           code.unit->nregs);
  return takeUnwind(inst, b_.callFunction(function, args, cell, inst->state));
}

/// Built-in exceptions that are made and initialised by BaseException.
static bool isSimpleException(const std::string &name) {
  static const char *const kNames[] = {"BaseException",
                                       "Exception",
                                       "ArithmeticError",
                                       "AssertionError",
                                       "BufferError",
                                       "EOFError",
                                       "FloatingPointError",
                                       "IndexError",
                                       "KeyError",
                                       "LookupError",
                                       "NotImplementedError",
                                       "OverflowError",
                                       "RecursionError",
                                       "ReferenceError",
                                       "RuntimeError",
                                       "TypeError",
                                       "ValueError",
                                       "ZeroDivisionError",
                                       "Warning",
                                       "UserWarning",
                                       "RuntimeWarning"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

static Inst *newException(Builder &b, Inst *inst, Inst *callee, const std::vector<Inst *> &args) {
  return b.callNative({callee, b.newTuple(args)}, nativeCall("krt_typed_exceptionNew"), Kind::Object,
                      inst->state);
}

/// Of a class derived from such an exception.
Inst *Narrow::makeException(Inst *inst, Inst *callee, const std::string &name, const ProgramCode *init) {
  if (!inst->is(Op::Call) || !context_.program || !isSimpleException(context_.program->builtinBase(name)))
    return nullptr;
  std::vector<Inst *> given(inst->operands.begin() + 2, inst->operands.end());
  if (!init) {
    b_.guardCell(module_.cell(CellKind::exceptionPlain, name), DeoptReason::ClassChanged, inst->state);
    return newException(b_, inst, callee, given);
  }
  uint32_t method = module_.cell(CellKind::method, name + ".__init__=" + init->name);
  b_.guardCell(module_.cell(CellKind::exception, name), DeoptReason::ClassChanged, inst->state);
  b_.guardCell(method, DeoptReason::ClassChanged, inst->state);
  Inst *function = b_.loadLateBound(method);
  std::vector<Inst *> args;
  if (!bindArguments(inst, *init, function, inst->operand(1), args))
    return nullptr;
  Inst *object = newException(b_, inst, callee, given);
  args[0] = object;
  takeUnwind(inst, b_.callInit(function, args, method, inst->state));
  return object;
}

/// May instances be made in place, with root shape [root]? Where their layout is not known, by a check of how
/// the class makes them.
bool Narrow::makesPlain(Inst *inst, const std::string &name, const std::string &root) {
  if (!context_.program->builtinBase(name).empty())
    return false;
  if (root.find("...") != std::string::npos)
    b_.guardCell(module_.cell(CellKind::plain, name), DeoptReason::ClassChanged, inst->state);
  return true;
}

/// Of a class without __init__ and __new__ of its own.
Inst *Narrow::makePlain(Inst *inst, Inst *callee, const std::string &name) {
  const Program *program = context_.program;
  if (!inst->is(Op::Call) || inst->operands.size() != 2 || !program ||
      !program->inheritsFromObject(name, "__init__") || !program->inheritsFromObject(name, "__new__"))
    return nullptr;
  if (!makesPlain(inst, name, program->rootShape(name)))
    return nullptr;
  uint32_t shape = module_.cell(CellKind::shape, program->rootShape(name));
  b_.guardCell(shape, DeoptReason::ClassChanged, inst->state);
  b_.guardCell(module_.cell(CellKind::inherited, name + ".__init__"), DeoptReason::ClassChanged, inst->state);
  return b_.newObject(callee, shape);
}

Inst *Narrow::callClass(Inst *inst, Inst *callee, const std::string &name) {
  const ProgramCode *init = context_.program ? context_.program->method(name, "__init__") : nullptr;
  if (!inst->operand(1)->type.is(Kind::Unbound))
    return nullptr;
  if (Inst *made = makeException(inst, callee, name, init))
    return made;
  if (!init)
    return makePlain(inst, callee, name);
  if (!makesPlain(inst, name, context_.program->rootShape(name)))
    return nullptr;
  uint32_t shape = module_.cell(CellKind::shape, context_.program->rootShape(name));
  uint32_t method = module_.cell(CellKind::method, name + ".__init__=" + init->name);
  b_.guardCell(shape, DeoptReason::ClassChanged, inst->state);
  b_.guardCell(method, DeoptReason::ClassChanged, inst->state);
  Inst *function = b_.loadLateBound(method);
  // Defaults first: they may leave, and nothing has been made yet.
  std::vector<Inst *> args;
  if (!bindArguments(inst, *init, function, inst->operand(1), args))
    return nullptr;
  Inst *object = b_.newObject(callee, shape);
  args[0] = object;
  takeUnwind(inst, b_.callInit(function, args, method, inst->state));
  return object;
}

// ---- Built-ins --------------------------------------------------------------------------------------

Inst *Narrow::intArgument(Inst *inst, Inst *v) {
  return b_.unboxInt(guarded(inst, v, Kind::Int, DeoptReason::ArgumentType));
}

Inst *Narrow::native(Inst *inst, const char *symbol, std::vector<Inst *> args, Type type) {
  NativeCall call = nativeCall(symbol);
  Inst *made = b_.callNative(args, call, type, inst->state);
  return nativeCallEffects(call).mayRaise ? takeUnwind(inst, made) : made;
}

/// Text: characters and methods of str.
Inst *Narrow::callText(Inst *inst, const std::string &name, const std::vector<Inst *> &args) {
  auto is = [&](const char *wanted, size_t count) { return name == wanted && args.size() == count; };
  if (is("ord", 1)) {
    Inst *text = strArgument(inst, args[0]);
    b_.guardTrue(b_.compareInt(b_.strSize(text), b_.constInt(1), Cond::eq), DeoptReason::ArgumentType,
                 inst->state);
    return b_.boxInt(b_.loadStrCode(text, b_.constInt(0)));
  }
  if (is("chr", 1)) {
    Inst *code = b_.guardIndex(intArgument(inst, args[0]), b_.constInt(0x110000), DeoptReason::ArgumentType,
                               inst->state);
    return native(inst, "krt_typed_chr", {code}, Kind::Str);
  }
  if (args.empty() || !args[0]->type.is(Kind::Str))
    return nullptr;
  if ((is("str.startswith", 2) || is("str.startswith", 3)) && args[1]->type.has(Kind::Str)) {
    Inst *at = args.size() > 2 ? intArgument(inst, args[2]) : b_.constInt(0);
    return b_.boxBool(
        native(inst, "krt_typed_strStartsWith", {args[0], strArgument(inst, args[1]), at}, Kind::CBool));
  }
  if (is("str.endswith", 2) && args[1]->type.has(Kind::Str))
    return b_.boxBool(
        native(inst, "krt_typed_strEndsWith", {args[0], strArgument(inst, args[1])}, Kind::CBool));
  if ((is("str.find", 2) || is("str.find", 3)) && args[1]->type.has(Kind::Str)) {
    Inst *from = args.size() > 2 ? intArgument(inst, args[2]) : b_.constInt(0);
    return b_.boxInt(
        native(inst, "krt_typed_strFind", {args[0], strArgument(inst, args[1]), from}, Kind::CInt64));
  }
  if (is("str.join", 2) && args[1]->type.is(Kind::List))
    return native(inst, "krt_typed_strJoin", {args[0], args[1]}, Kind::Str);
  return nullptr;
}

/// Methods of dict and list.
Inst *Narrow::callContainer(Inst *inst, const std::string &name, const std::vector<Inst *> &args) {
  auto is = [&](const char *wanted, size_t count) { return name == wanted && args.size() == count; };
  auto kind = [&](size_t i, Kind k) { return args[i]->type.is(k); };
  if (is("list.append", 2) && kind(0, Kind::List)) {
    b_.appendList(args[0], args[1]);
    return b_.constNone();
  }
  if (is("list.pop", 1) && kind(0, Kind::List))
    return b_.popList(args[0], DeoptReason::IndexRange, inst->state);
  if (is("list.extend", 2) && kind(0, Kind::List) && kind(1, Kind::List))
    return native(inst, "krt_typed_listExtend", {args[0], args[1]}, Kind::None);
  if ((is("dict.get", 2) || is("dict.get", 3)) && kind(0, Kind::Dict) &&
      (kind(1, Kind::Str) || kind(1, Kind::Int))) {
    Inst *value =
        native(inst, "krt_typed_dictGet", {args[0], args[1], args.size() > 2 ? args[2] : b_.constNone()},
               Type::any() | Type(Kind::Unbound));
    return b_.guardType(value, Type::any(), DeoptReason::OperandType, inst->state);
  }
  return nullptr;
}

/// str(x), int(x), float(x) of known kinds.
Inst *Narrow::callConstructor(Inst *inst, const std::string &name, const std::vector<Inst *> &args) {
  if (args.size() != 1)
    return nullptr;
  auto kind = [&](Kind k) { return args[0]->type.is(k); };
  if (name == "float" && kind(Kind::Float))
    return args[0];
  if (name == "float" && kind(Kind::Int))
    return b_.boxFloat(b_.intToFloat(b_.unboxInt(args[0])));
  if (name == "float" && kind(Kind::Str))
    return native(inst, "krt_typed_strFloat", {args[0]}, Kind::Float);
  if (name == "int" && kind(Kind::Int))
    return args[0];
  if (name == "int" && kind(Kind::Float))
    return b_.boxInt(b_.guardFloatToInt(b_.unboxFloat(args[0]), DeoptReason::Overflow, inst->state));
  if (name == "int" && kind(Kind::Str))
    return native(inst, "krt_typed_strInt", {args[0]}, Type::longInt());
  if (name == "str" && kind(Kind::Str))
    return args[0];
  if (name == "str" && kind(Kind::Int))
    return native(inst, "krt_typed_intStr", {b_.unboxInt(args[0])}, Kind::Str);
  return nullptr;
}

/// isinstance(value, class or tuple of classes), the classes being known built-ins or classes of the program.
Inst *Narrow::callIsInstance(Inst *inst, Inst *value, Inst *classes) {
  std::vector<Inst *> all = classes->is(Op::NewTuple) ? classes->operands : std::vector<Inst *>{classes};
  for (Inst *cls : all)
    if (!cls->is(Op::LoadLateBound) && !cls->is(Op::GuardIs))
      return nullptr;
  // The answers are -1 (leave), 0 and 1; a sum of several is compared with 0.
  Inst *sum = nullptr;
  for (Inst *cls : all) {
    cls = guarded(inst, cls, Kind::Class, DeoptReason::ArgumentType);
    Inst *answer = native(inst, "krt_typed_isinstance", {value, cls}, Kind::CInt64);
    b_.guardTrue(b_.compareInt(answer, b_.constInt(0), Cond::ge), DeoptReason::ArgumentType, inst->state);
    sum = sum ? b_.orInt(sum, answer) : answer;
  }
  return sum ? b_.boxBool(b_.compareInt(sum, b_.constInt(0), Cond::ne)) : nullptr;
}

namespace {

/// A parameter of a signature as native.h's readers print it: "name", "name=default", "/", "*", "*args",
/// "**kwargs".
std::vector<std::string> parametersOf(const std::string &signature) {
  std::vector<std::string> out;
  size_t open = signature.find('('), depth = 0;
  std::string word;
  for (size_t i = open + 1; i < signature.size(); ++i) {
    char c = signature[i];
    depth += c == '(';
    if ((c == ',' || c == ')') && depth == 0) {
      if (!word.empty())
        out.push_back(word);
      word.clear();
      if (c == ')')
        break;
    } else if (c != ' ' || !word.empty()) {
      word += c;
    }
    depth -= c == ')' && depth > 0;
  }
  return out;
}

bool isNumber(const std::string &text) {
  size_t from = !text.empty() && text[0] == '-';
  return text.size() > from && text.size() < 19 &&
         text.find_first_not_of("0123456789", from) == std::string::npos;
}

} // namespace

/// Any built-in with a typed function behind it, called with positional arguments that fit its parameters.
Inst *Narrow::callBound(Inst *inst, const std::string &name, const std::vector<Inst *> &args) {
  const NativeBinding *binding = nativeBinding(name);
  if (!binding ||
      (std::string_view(binding->kind) != "method" && std::string_view(binding->kind) != "function"))
    return nullptr;
  const NativeCallInfo &info = nativeCallInfo(binding->call);
  std::string_view letters = info.params;
  std::vector<Inst *> passed;
  size_t taken = 0; // of [args]
  bool onlyKeywords = false;
  for (const std::string &parameter : parametersOf(binding->signature)) {
    if (parameter == "/")
      continue;
    if (parameter[0] == '*') {
      if (parameter.size() > 1)
        return nullptr;
      onlyKeywords = true;
      continue;
    }
    size_t i = passed.size();
    if (i >= letters.size())
      return nullptr;
    Inst *given = taken < args.size() && !onlyKeywords ? args[taken++] : nullptr;
    size_t equals = parameter.find('=');
    if (!given && equals == std::string::npos)
      return nullptr;
    std::string preset = equals == std::string::npos ? "" : parameter.substr(equals + 1);
    switch (letters[i]) {
    case 'V':
      passed.push_back(given               ? given
                       : preset == "None"  ? b_.constNone()
                       : preset == "True"  ? b_.boxBool(b_.constBool(true))
                       : preset == "False" ? b_.boxBool(b_.constBool(false))
                       : isNumber(preset)  ? b_.boxInt(b_.constInt(std::stoll(preset)))
                                           : b_.constUnbound());
      break;
    case 'o': {
      Type wanted = typeOfStruct(info.structOf(i));
      if (!given)
        passed.push_back(b_.constUnbound());
      else if (!wanted.isEmpty() &&
               (given->type.isSubtypeOf(wanted) ||
                (i > 0 && preset != "None" && given->type.has(Kind::Str) && wanted.is(Kind::Str))))
        passed.push_back(guarded(inst, given, wanted, DeoptReason::ArgumentType));
      else
        return nullptr;
      break;
    }
    case 'l':
      if (given ? !given->type.is(Kind::Int) : !isNumber(preset))
        return nullptr;
      passed.push_back(given ? b_.unboxInt(given) : b_.constInt(std::stoll(preset)));
      break;
    case 'i':
      if (given ? !given->type.is(Kind::Bool)
                : preset != "True" && preset != "False" && !(isNumber(preset) && preset.size() < 10))
        return nullptr;
      passed.push_back(given ? asInt(given)
                             : b_.constInt(preset == "True"    ? 1
                                           : preset == "False" ? 0
                                                               : std::stoll(preset)));
      break;
    case 'd':
      if (given ? !given->type.is(Kind::Float) : true)
        return nullptr;
      passed.push_back(b_.unboxFloat(given));
      break;
    case 'b':
      if (given ? !given->type.is(Kind::Bool) : preset != "True" && preset != "False")
        return nullptr;
      passed.push_back(given ? b_.unboxBool(given) : b_.constBool(preset == "True"));
      break;
    default:
      return nullptr;
    }
  }
  if (passed.size() != letters.size() || taken != args.size())
    return nullptr;
  Type type = Type::any();
  if (info.result == 'o') {
    type = typeOfStruct(info.structOf(letters.size()));
    if (type.isEmpty())
      return nullptr;
  }
  switch (info.result) {
  case 'V':
  case 'o':
    if (info.nullIsAnswer())
      return nullptr;
    return native(inst, info.symbol, passed, type);
  case 'v':
  case 'e':
    return native(inst, info.symbol, passed, Kind::None);
  case 'b':
  case 'd':
    // What comes behind a call that may raise must not stand before its block's end.
    if (inst->unwind.target && nativeCallEffects(binding->call).mayRaise)
      return nullptr;
    if (info.result == 'b')
      return b_.boxBool(native(inst, info.symbol, passed, Kind::CBool));
    return b_.boxFloat(native(inst, info.symbol, passed, Kind::CDouble));
  default:
    return nullptr;
  }
}

Inst *Narrow::callNative(Inst *inst, const std::string &name) {
  if (!inst->is(Op::Call))
    return nullptr;
  std::vector<Inst *> args(inst->operands.begin() + 2, inst->operands.end());
  bool method = !inst->operand(1)->type.is(Kind::Unbound);
  if (method)
    args.insert(args.begin(), inst->operand(1));
  std::string plain = name.substr(name.find(':') + 1);
  auto is = [&](const char *wanted, size_t count) { return plain == wanted && args.size() == count; };
  auto kind = [&](size_t i, Kind k) { return args[i]->type.is(k); };

  if (method && plain == "BaseException.__init__")
    return b_.callNative({args[0], b_.newTuple({args.begin() + 1, args.end()})},
                         nativeCall("krt_typed_exceptionInit"), Kind::None, inst->state);
  if (!method && isSimpleException(plain))
    return newException(b_, inst, inst->operand(0), args);
  if (const SiteDecision *d = decision(inst); d && d->raises()) {
    // What often raises had better do so than leave.
    if (args.size() == 1 && kind(0, Kind::Str))
      if (Inst *made = callConstructor(inst, plain, args))
        return made;
    return method || plain.find('.') != std::string::npos ? callBound(inst, plain, args) : nullptr;
  }
  if (is("len", 1)) {
    Inst *size = kind(0, Kind::List)    ? b_.listSize(args[0])
                 : kind(0, Kind::Tuple) ? b_.tupleSize(args[0])
                 : kind(0, Kind::Str)   ? b_.strSize(args[0])
                 : kind(0, Kind::Dict)  ? b_.dictSize(args[0])
                                        : nullptr;
    return size ? b_.boxInt(size) : nullptr;
  }
  if (plain == "range" && args.size() >= 1 && args.size() <= 3) {
    Inst *bounds[3] = {};
    for (size_t i = 0; i < args.size(); ++i)
      bounds[i] = guarded(inst, args[i], Kind::Int, DeoptReason::ArgumentType);
    Inst *start = args.size() > 1 ? bounds[0] : b_.boxInt(b_.constInt(0));
    Inst *stop = args.size() > 1 ? bounds[1] : bounds[0];
    Inst *step = args.size() > 2 ? bounds[2] : b_.boxInt(b_.constInt(1));
    // range() raises for step 0 when it is called, not when it is iterated.
    if (step->type.lo() <= 0 && step->type.hi() >= 0)
      b_.guardTrue(b_.compareInt(b_.unboxInt(step), b_.constInt(0), Cond::ne), DeoptReason::OperandType,
                   inst->state);
    return b_.new_({start, stop, step}, Layout::Range);
  }
  if (is("abs", 1) && kind(0, Kind::Float))
    return b_.boxFloat(b_.absFloat(b_.unboxFloat(args[0])));
  auto mayBe = [&](size_t i, Kind k) { return !args[i]->type.isDisjointFrom(k); };
  if ((is("min", 2) || is("max", 2)) && (kind(0, Kind::Int) || kind(1, Kind::Int)) && mayBe(0, Kind::Int) &&
      mayBe(1, Kind::Int)) {
    // With one int the other, if it is not known, will be one too.
    Inst *l = b_.unboxInt(guarded(inst, args[0], Kind::Int, DeoptReason::ArgumentType));
    Inst *r = b_.unboxInt(guarded(inst, args[1], Kind::Int, DeoptReason::ArgumentType));
    return b_.boxInt(plain == "min" ? b_.minInt(l, r) : b_.maxInt(l, r));
  }
  if (name == "math:sqrt" && args.size() == 1 && (kind(0, Kind::Float) || kind(0, Kind::Int)))
    return b_.boxFloat(b_.guardSqrtFloat(asFloat(args[0]), DeoptReason::OperandType, inst->state));
  if (plain == "enumerate" && args.size() == 1)
    if (Inst *iterator = iteratorOf(inst, args[0], args[0]->type.kindsOnly()))
      return b_.new_({iterator, b_.boxInt(b_.constInt(0))}, Layout::Enumerate);
  if (is("isinstance", 2))
    if (Inst *answer = callIsInstance(inst, args[0], args[1]))
      return answer;
  if (Inst *made = callConstructor(inst, plain, args))
    return made;
  if (Inst *made = callText(inst, plain, args))
    return made;
  if (Inst *made = callContainer(inst, plain, args))
    return made;
  if (method || plain.find('.') != std::string::npos)
    return callBound(inst, plain, args);
  size_t colon = name.find(':');
  return callBound(
      inst, (colon == std::string::npos ? std::string("builtins") : name.substr(0, colon)) + "." + plain,
      args);
}

} // namespace krait::hir
