// _decimal_context.cpp - see _decimal_context.h; signals, the current context, functions of the module about
// it.
#include "stdlib/native/_decimal_context.h"

#include "runtime/object/slots.h"
#include "stdlib/native/_contextvars.h"
#include "stdlib/native/_decimal_parts.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_decimal_context.bind.inc"

namespace krait {

using namespace decimals;

// ---- Signals ----

namespace decimals {

Signal signals[kSignals] = {{nullptr, "InvalidOperation", kAnyInvalid},
                            {nullptr, "FloatOperation", kFloatOperation},
                            {nullptr, "DivisionByZero", kDivisionByZero},
                            {nullptr, "Overflow", kOverflow},
                            {nullptr, "Underflow", kUnderflow},
                            {nullptr, "Subnormal", kSubnormal},
                            {nullptr, "Inexact", kInexact},
                            {nullptr, "Rounded", kRounded},
                            {nullptr, "Clamped", kClamped}};
Class *conversionSyntaxClass, *divisionImpossibleClass, *divisionUndefinedClass, *invalidContextClass;

const Signal *signalFor(Value cls) {
  for (auto &s : signals)
    if (cls == Value(s.cls))
      return &s;
  krt_raise(kKeyError, "valid values for signals are:\n  [InvalidOperation, FloatOperation, "
                       "DivisionByZero,\n   Overflow, Underflow, "
                       "Subnormal, Inexact, Rounded,\n   Clamped]");
  return nullptr;
}

bool signal(DecimalContext *c, uint32_t status) {
  if (status & kAnyInvalid)
    c->flags |= kAnyInvalid;
  c->flags |= status;
  if (status & kNoMemory) {
    krt_raise_memory();
    return false;
  }
  uint32_t trapped = status & c->traps;
  if (!trapped)
    return true;
  // The exception of the first signal, with a list of all conditions that are trapped.
  List *conditions = krt_list_new(4);
  const struct {
    uint32_t condition;
    Class *cls;
  } invalid[] = {{kInvalidOperation, signals[0].cls},
                 {kConversionSyntax, conversionSyntaxClass},
                 {kDivisionImpossible, divisionImpossibleClass},
                 {kDivisionUndefined, divisionUndefinedClass},
                 {kInvalidContext, invalidContextClass}};
  for (auto &row : invalid)
    if (trapped & row.condition)
      krt_list_append(conditions, row.cls);
  Class *raised = nullptr;
  for (auto &s : signals)
    if (trapped & s.conditions) {
      if (!raised)
        raised = s.cls;
      if (&s != signals)
        krt_list_append(conditions, s.cls);
    }
  Value argument = conditions;
  krt_raise_args(raised, &argument, 1);
  return false;
}

// ---- Rounding modes ----

static const char *const roundingNames[kRoundings] = {"ROUND_UP",        "ROUND_DOWN",    "ROUND_CEILING",
                                                      "ROUND_FLOOR",     "ROUND_HALF_UP", "ROUND_HALF_DOWN",
                                                      "ROUND_HALF_EVEN", "ROUND_05UP"};
static Str *roundingTexts[kRoundings];

Str *roundingName(Rounding rounding) {
  Str *&text = roundingTexts[static_cast<int>(rounding)];
  if (!text)
    text = strIntern(roundingNames[static_cast<int>(rounding)]);
  return text;
}
bool roundingFrom(Value name, Rounding *out) {
  if (strCheck(name))
    for (int i = 0; i < kRoundings; ++i) {
      Str *known = roundingName(static_cast<Rounding>(i));
      if (name == Value(known) || krt_str_equal(name.as<Str>(), known)) {
        *out = static_cast<Rounding>(i);
        return true;
      }
    }
  krt_raise(kTypeError, "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, "
                        "ROUND_DOWN,\n   ROUND_HALF_UP, "
                        "ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
  return false;
}

} // namespace decimals

// ---- Contexts ----

namespace {

constexpr uint32_t kUsualTraps = kAnyInvalid | kDivisionByZero | kOverflow;
constexpr Settings kUsual{28, 999999, -999999, Rounding::HalfEven, false};

Value currentVariable;
DecimalContext *defaultContext, *basicContext, *extendedContext;

DecimalContext *newContext(const Settings &settings, uint32_t traps,
                           Class *cls = &krt_decimal_context_class) {
  auto *c = newInstance<DecimalContext>(krt_decimal_context_class, cls);
  c->settings = settings;
  c->traps = traps;
  c->capitals = true;
  return c;
}
/// A copy, without the flags.
DecimalContext *copyOf(DecimalContext *from, Class *cls = &krt_decimal_context_class) {
  DecimalContext *c = newContext(from->settings, from->traps, cls);
  c->capitals = from->capitals;
  return c;
}

DecimalContext *copyWithFlags(DecimalContext *from, Class *cls = &krt_decimal_context_class) {
  DecimalContext *c = copyOf(from, cls);
  c->flags = from->flags;
  return c;
}

/// Where the variable's entry was found last: the version of a dict is never that of another one.
thread_local uint64_t knownVersion;
thread_local uint32_t knownPosition;

/// The entry of the current context in the thread's dict of variables, or null.
DictEntry *currentEntry() {
  KRT_ALLOW_PY("variables are compared by identity");
  if (!krt_thread.context)
    return nullptr;
  Dict *values = krt_thread.context.as<Context>()->values;
  if (__builtin_expect(values->version == knownVersion, 1))
    return &values->entries[knownPosition];
  int64_t position = krt_dict_find_py(values, currentVariable);
  if (position < 0)
    return nullptr;
  knownVersion = values->version;
  knownPosition = static_cast<uint32_t>(position);
  return &values->entries[position];
}

} // namespace

DecimalContext *decimals::currentContext() {
  if (DictEntry *entry = currentEntry())
    return context(entry->value);
  DecimalContext *fresh = copyOf(defaultContext);
  return krt_context_var_set(currentVariable, fresh) ? fresh : nullptr;
}

static bool makeCurrent(DecimalContext *c) { return !!krt_context_var_set(currentVariable, c); }

bool decimals::makeContexts(Module *module) {
  if (!currentVariable) {
    for (Class *cls : {&krt_context_class, &krt_context_var_class, &krt_context_token_class})
      krt_class_ready(cls); // whether or not _contextvars is imported
    currentVariable = krt_context_var_create(&krt_context_var_class, strFrom("decimal_context"), Value());
    if (!currentVariable)
      return false;
    defaultContext = newContext(kUsual, kUsualTraps);
    Settings basic = kUsual, extended = kUsual;
    basic.precision = extended.precision = 9;
    basic.rounding = Rounding::HalfUp;
    basicContext = newContext(basic, kUsualTraps | kUnderflow | kClamped);
    extendedContext = newContext(extended, 0);
  }
  krt_dict_set_str(module->dict, KSTR(DefaultContext), defaultContext);
  krt_dict_set_str(module->dict, KSTR(BasicContext), basicContext);
  krt_dict_set_str(module->dict, KSTR(ExtendedContext), extendedContext);
  for (int i = 0; i < kRoundings; ++i)
    krt_dict_set_str(module->dict, roundingName(static_cast<Rounding>(i)),
                     roundingName(static_cast<Rounding>(i)));
  return true;
}

// ---- Flags and traps as dicts ----

namespace {

Value signalDictClass; // SignalDict: the mixin and MutableMapping

SignalDict *dictOf(DecimalContext *c, bool isTraps) {
  SignalDict *&kept = isTraps ? c->trapDict : c->flagDict;
  if (!kept) {
    kept = reinterpret_cast<SignalDict *>(krt_instance_new(signalDictClass.as<Class>(), 0));
    kept->context = c;
    kept->isTraps = isTraps;
  }
  return kept;
}
bool isSignalDict(Value v) { return krt_instance(v, &krt_signal_dict_mixin_class); }
uint32_t &bitsOf(Value dict) { return dict.as<SignalDict>()->bits(); }

int64_t dictLength(Value) { return kSignals; }
Value dictIter(Value) {
  Value classes[kSignals];
  for (int i = 0; i < kSignals; ++i)
    classes[i] = signals[i].cls;
  return iterateTuple(krt_tuple_from(classes, kSignals));
}
Value dictItem(Value self, Value key) {
  const Signal *s = TRY(signalFor(key));
  return boolean(bitsOf(self) & s->conditions);
}
int dictSetItem_py(Value self, Value key, Value valueOrNull) {
  if (!valueOrNull)
    return raiseInt(kValueError, "signal keys cannot be deleted");
  const Signal *s = TRY_OR_MINUS(signalFor(key));
  int truth = TRY_INT_OR_MINUS(krt_truth_py(valueOrNull));
  bitsOf(self) = truth ? bitsOf(self) | s->conditions : bitsOf(self) & ~s->conditions;
  return 0;
}
Value dictRepr(Value self) {
  StrBuilder out;
  for (auto &s : signals) {
    out.append(&s == signals ? "{" : ", ");
    out.append("<class 'decimal.");
    out.append(s.name);
    out.append(bitsOf(self) & s.conditions ? "'>:True" : "'>:False");
  }
  out.append("}");
  return out.finish();
}
/// The bits that a dict with all signals as keys stands for.
bool bitsFromDict_py(Value given, uint32_t *out) {
  if (hasClassFlag(given, kClassDictSub) && given.as<Dict>()->used == kSignals) {
    uint32_t bits = 0;
    int i = 0;
    for (; i < kSignals; ++i) {
      Value value = krt_dict_get_py(given.as<Dict>(), signals[i].cls);
      if (!value) {
        if (errorPending())
          return false;
        break;
      }
      int truth = krt_truth_py(value);
      if (truth < 0)
        return false;
      bits |= truth ? signals[i].conditions : 0;
    }
    if (i == kSignals) {
      *out = bits;
      return true;
    }
  }
  krt_raise(kKeyError, "invalid signal dict");
  return false;
}
Value dictCompare_py(Value a, Value b, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return kNotImplemented;
  uint32_t other;
  if (isSignalDict(b)) {
    other = bitsOf(b);
  } else if (hasClassFlag(b, kClassDictSub)) {
    if (!bitsFromDict_py(b, &other)) {
      if (!krt_error_clear_if(kKeyError))
        return {};
      return boolean(op == CompareOp::Ne);
    }
  } else {
    return kNotImplemented;
  }
  return boolean((bitsOf(a) == other) == (op == CompareOp::Eq));
}
Value makeDict(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

/// What Context(flags=..., traps=...) takes: a list of signals or a dict.
bool bitsFromArgument_py(Value given, uint32_t *out) {
  if (isSignalDict(given)) {
    *out = bitsOf(given);
    return true;
  }
  if (hasClassFlag(given, kClassDictSub))
    return bitsFromDict_py(given, out);
  krt_raise(kTypeError, "argument must be a signal dict");
  return false;
}
bool bitsFromList(Value given, uint32_t *out) {
  auto *list = given.as<List>();
  *out = 0;
  for (int64_t i = 0; i < list->length; ++i) {
    const Signal *s = signalFor(list->items[i]);
    if (!s)
      return false;
    *out |= s->conditions;
  }
  return true;
}
Value listOfSignals(uint32_t bits) {
  List *list = krt_list_new(kSignals);
  for (auto &s : signals)
    if (bits & s.conditions)
      krt_list_append(list, s.cls);
  return list;
}

// ---- Attributes of contexts ----

bool integer_py(Value given, int64_t *out) {
  if (!krt_int_check(given)) {
    krt_raise(kTypeError, "an integer is required");
    return false;
  }
  if (krt_int_to_i64(krt_int_plain(given), out))
    return true;
  krt_raise(kOverflowError, "Python int too large to convert to C ssize_t");
  return false;
}
bool within_py(Value given, int64_t least, int64_t most, const char *message, int64_t *out) {
  int64_t n;
  if (!integer_py(given, &n))
    return false;
  if (n < least || n > most) {
    krt_raise(kValueError, "%s", message);
    return false;
  }
  *out = n;
  return true;
}

/// Attributes that are made anew for each context, and so are no descriptors of the class.
Value contextGetAttr_py(Value self, Str *name) {
  bool isTraps = krt_str_equal(name, KSTR(traps));
  if (isTraps || krt_str_equal(name, KSTR(flags)))
    return dictOf(context(self), isTraps);
  return krt_object_getattr_py(self, name);
}
int contextSetAttr_py(Value self, Str *name, Value valueOrNull) {
  bool isTraps = krt_str_equal(name, KSTR(traps));
  if (isTraps || krt_str_equal(name, KSTR(flags))) {
    if (!valueOrNull)
      return raiseInt(kAttributeError, "context attributes cannot be deleted");
    uint32_t bits;
    if (!bitsFromArgument_py(valueOrNull, &bits))
      return -1;
    (isTraps ? context(self)->traps : context(self)->flags) = bits;
    return 0;
  }
  return krt_object_setattr_py(self, name, valueOrNull);
}
bool notDeleted(Value value) {
  if (!value)
    krt_raise(kAttributeError, "context attributes cannot be deleted");
  return !!value;
}

Value makeContext(Class *cls, const Value *, size_t, Tuple *) { return copyWithFlags(defaultContext, cls); }

Value contextRepr(Value self) {
  auto *c = context(self);
  auto list = [](StrBuilder &out, uint32_t bits) {
    static const uint8_t order[kSignals] = {8, 0, 2, 6, 1, 3, 7, 5, 4}; // as CPython shows them
    const char *separator = "";
    for (uint8_t i : order)
      if (bits & signals[i].conditions) {
        out.append(separator);
        out.append(signals[i].name);
        separator = ", ";
      }
  };
  StrBuilder out;
  auto number = [&out](const char *name, int64_t n) {
    out.append(name);
    out.append(std::to_string(n));
  };
  number("Context(prec=", c->settings.precision);
  out.append(", rounding=");
  out.append(roundingName(c->settings.rounding));
  number(", Emin=", c->settings.emin);
  number(", Emax=", c->settings.emax);
  number(", capitals=", c->capitals);
  number(", clamp=", c->settings.clamp);
  out.append(", flags=[");
  list(out, c->flags);
  out.append("], traps=[");
  list(out, c->traps);
  out.append("])");
  return out.finish();
}

// ---- Operations ----

using Unary = void (*)(Number &, const View &, const Settings &, uint32_t *);
using Binary = void (*)(Number &, const View &, const View &, const Settings &, uint32_t *);

template <Unary operation> Value unaryMethod(Value self, Value x) {
  Operand a;
  if (!a.convert(x))
    return {};
  Number r;
  uint32_t status = 0;
  operation(r, a.view, context(self)->settings, &status);
  return result(r, status, context(self));
}
template <Binary operation> Value binaryMethod(Value self, Value x, Value y) {
  Operand a, b;
  if (!a.convert(x) || !b.convert(y))
    return {};
  Number r;
  uint32_t status = 0;
  operation(r, a.view, b.view, context(self)->settings, &status);
  return result(r, status, context(self));
}
template <typename F> Value question(Value x, F f) {
  Operand a;
  return a.convert(x) ? boolean(f(a.view)) : Value();
}
/// The Decimal that [x] is or becomes.
Value asDecimal(Value x) {
  if (isDecimal(x))
    return x;
  Operand a;
  return a.convert(x) ? newDecimal(a.view) : Value();
}
template <typename F> Value changedCopy(Value x, F f) {
  Operand a;
  if (!a.convert(x))
    return {};
  f(a.view);
  return newDecimal(a.view);
}

} // namespace

bool decimals::makeSignals(Module *module) {
  // "class Name(bases)" for each; made once, as modules may be imported afresh.
  static Class *base;
  auto make = [module](Class **slot, const char *name, std::initializer_list<Value> bases) {
    KRT_ALLOW_PY("the bases are native exception classes, without __init_subclass__ of their own");
    if (!*slot) {
      Dict *ns = krt_dict_new();
      krt_dict_set_str(ns, KSTR(__module__), strFrom("decimal"));
      Value made = krt_class_make_py(&krt_type_class, strIntern(name),
                                     krt_tuple_from(bases.begin(), bases.size()), ns, nullptr, nullptr);
      if (!made)
        return false;
      *slot = made.as<Class>();
    }
    krt_dict_set_str(module->dict, strIntern(name), *slot);
    return true;
  };
  auto &invalid = signals[0], &floating = signals[1], &zero = signals[2], &overflow = signals[3],
       &underflow = signals[4], &subnormal = signals[5], &inexact = signals[6], &rounded = signals[7],
       &clamped = signals[8];
  if (!make(&base, "DecimalException", {kArithmeticError}))
    return false;
  for (Signal *s : {&invalid, &subnormal, &inexact, &rounded, &clamped})
    if (!make(&s->cls, s->name, {base}))
      return false;
  return make(&floating.cls, floating.name, {base, kTypeError}) &&
         make(&zero.cls, zero.name, {base, kZeroDivisionError}) &&
         make(&overflow.cls, overflow.name, {inexact.cls, rounded.cls}) &&
         make(&underflow.cls, underflow.name, {inexact.cls, rounded.cls, subnormal.cls}) &&
         make(&conversionSyntaxClass, "ConversionSyntax", {invalid.cls}) &&
         make(&divisionImpossibleClass, "DivisionImpossible", {invalid.cls}) &&
         make(&divisionUndefinedClass, "DivisionUndefined", {invalid.cls, kZeroDivisionError}) &&
         make(&invalidContextClass, "InvalidContext", {invalid.cls});
}

bool decimals::makeSignalDict_py(Value mutableMapping) {
  if (signalDictClass)
    return true;
  Value bases[2] = {&krt_signal_dict_mixin_class, mutableMapping};
  Value args[3] = {strIntern("SignalDict"), krt_tuple_from(bases, 2), krt_dict_new()};
  signalDictClass = krt_call_py(classOf(mutableMapping), args, 3, nullptr);
  return !!signalDictClass;
}

extern "C" {

Value krt__decimal_getcontext() { return currentContext(); }
Value krt__decimal_setcontext(Value given) {
  if (!isContext(given))
    return krt_raise(kTypeError, "argument must be a context");
  DecimalContext *c = context(given);
  if (c == defaultContext || c == basicContext || c == extendedContext)
    c = copyOf(c);
  return makeCurrent(c) ? kNone : Value();
}

#define UNARY(name, operation)                                                                               \
  Value krt_decimal_context_##name(Value self, Value x) { return unaryMethod<operation>(self, x); }
UNARY(abs, absolute)
UNARY(exp, exponential)
UNARY(ln, naturalLogarithm)
UNARY(log10, commonLogarithm)
UNARY(logb, logB)
UNARY(logicalInvert, logicalInvert)
UNARY(minus, minus)
UNARY(nextMinus, nextMinus)
UNARY(nextPlus, nextPlus)
UNARY(normalize, reduce)
UNARY(plus, plus)
UNARY(sqrt, squareRoot)
UNARY(toIntegral, toIntegralValue)
UNARY(toIntegralExact, toIntegralExact)
UNARY(toIntegralValue, toIntegralValue)
#undef UNARY

#define BINARY(name, operation)                                                                              \
  Value krt_decimal_context_##name(Value self, Value x, Value y) {                                           \
    return binaryMethod<operation>(self, x, y);                                                              \
  }
BINARY(add, add)
BINARY(compare, compare)
BINARY(compareSignal, compareSignal)
BINARY(compareTotal, compareTotal)
BINARY(compareTotalMag, compareTotalMagnitude)
BINARY(divide, divide)
BINARY(divideInt, divideInteger)
BINARY(logicalAnd, logicalAnd)
BINARY(logicalOr, logicalOr)
BINARY(logicalXor, logicalXor)
BINARY(max, maximum)
BINARY(maxMag, maximumMagnitude)
BINARY(min, minimum)
BINARY(minMag, minimumMagnitude)
BINARY(multiply, multiply)
BINARY(nextToward, nextToward)
BINARY(quantize, quantize)
BINARY(remainder, remainder)
BINARY(remainderNear, remainderNear)
BINARY(rotate, rotate)
BINARY(scaleb, scaleB)
BINARY(shift, shift)
BINARY(subtract, subtract)
#undef BINARY

Value krt_decimal_context_divmod(Value self, Value x, Value y) {
  Operand a, b;
  if (!a.convert(x) || !b.convert(y))
    return {};
  Number q, r;
  uint32_t status = 0;
  divideWithRemainder(q, r, a.view, b.view, context(self)->settings, &status);
  if (!signalled(context(self), status))
    return {};
  Value pair[2] = {TRY(newDecimal(q)), TRY(newDecimal(r))};
  return krt_tuple_from(pair, 2);
}
Value krt_decimal_context_fma(Value self, Value x, Value y, Value z) {
  Operand a, b, c;
  if (!a.convert(x) || !b.convert(y) || !c.convert(z))
    return {};
  Number r;
  uint32_t status = 0;
  fusedMultiplyAdd(r, a.view, b.view, c.view, context(self)->settings, &status);
  return result(r, status, context(self));
}
Value krt_decimal_context_power(Value self, Value a, Value b, Value modulo) {
  if (modulo == kNone)
    return binaryMethod<power>(self, a, b);
  Operand x, y, m;
  if (!x.convert(a) || !y.convert(b) || !m.convert(modulo))
    return {};
  Number r;
  uint32_t status = 0;
  powerModulo(r, x.view, y.view, m.view, context(self)->settings, &status);
  return result(r, status, context(self));
}
Value krt_decimal_context_apply(Value self, Value x) {
  Operand a;
  if (!a.convert(x))
    return {};
  Number r;
  uint32_t status = 0;
  r.copy(a.view, &status);
  finish(r, context(self)->settings, &status);
  return result(r, status, context(self));
}

Value krt_decimal_context_canonical(Value, Value x) {
  return isDecimal(x) ? x : krt_raise(kTypeError, "argument must be a Decimal");
}
Value krt_decimal_context_copyDecimal(Value, Value x) { return asDecimal(x); }
Value krt_decimal_context_copyAbs(Value, Value x) {
  return changedCopy(x, [](View &v) { v.negative = false; });
}
Value krt_decimal_context_copyNegate(Value, Value x) {
  return changedCopy(x, [](View &v) { v.negative = !v.negative; });
}
Value krt_decimal_context_copySign(Value, Value x, Value y) {
  Operand a, b;
  if (!a.convert(x) || !b.convert(y))
    return {};
  a.view.negative = b.view.negative;
  return newDecimal(a.view);
}
Value krt_decimal_context_sameQuantum(Value, Value x, Value y) {
  Operand a, b;
  return a.convert(x) && b.convert(y) ? boolean(sameQuantum(a.view, b.view)) : Value();
}
Value krt_decimal_context_isCanonical(Value, Value x) {
  return isDecimal(x) ? kTrue : krt_raise(kTypeError, "argument must be a Decimal");
}
Value krt_decimal_context_isFinite(Value, Value x) {
  return question(x, [](const View &v) { return v.isFinite(); });
}
Value krt_decimal_context_isInfinite(Value, Value x) {
  return question(x, [](const View &v) { return v.isInfinite(); });
}
Value krt_decimal_context_isNan(Value, Value x) {
  return question(x, [](const View &v) { return v.isNan(); });
}
Value krt_decimal_context_isNormal(Value self, Value x) {
  return question(x, [self](const View &v) { return isNormal(v, context(self)->settings); });
}
Value krt_decimal_context_isQnan(Value, Value x) {
  return question(x, [](const View &v) { return v.kind == Kind::QuietNan; });
}
Value krt_decimal_context_isSigned(Value, Value x) {
  return question(x, [](const View &v) { return v.negative; });
}
Value krt_decimal_context_isSnan(Value, Value x) {
  return question(x, [](const View &v) { return v.kind == Kind::SignalingNan; });
}
Value krt_decimal_context_isSubnormal(Value self, Value x) {
  return question(x, [self](const View &v) { return isSubnormal(v, context(self)->settings); });
}
Value krt_decimal_context_isZero(Value, Value x) {
  return question(x, [](const View &v) { return v.isZero(); });
}
Value krt_decimal_context_numberClass(Value self, Value x) {
  Operand a;
  return a.convert(x) ? Value(strFrom(numberClass(a.view, context(self)->settings))) : Value();
}
Value krt_decimal_context_toSciString(Value self, Value x) {
  Operand a;
  return a.convert(x) ? textOf(a.view, context(self)->capitals, false) : Value();
}
Value krt_decimal_context_toEngString(Value self, Value x) {
  Operand a;
  return a.convert(x) ? textOf(a.view, context(self)->capitals, true) : Value();
}
Value krt_decimal_context_radix(Value) {
  Number ten;
  ten.setInt(10);
  return newDecimal(ten);
}
int64_t krt_decimal_context_etiny(Value self) { return context(self)->settings.etiny(); }
int64_t krt_decimal_context_etop(Value self) { return context(self)->settings.etop(); }

Value krt_decimal_context_clearFlags(Value self) {
  context(self)->flags = 0;
  return kNone;
}
Value krt_decimal_context_clearTraps(Value self) {
  context(self)->traps = 0;
  return kNone;
}
Value krt_decimal_context_copy(Value self) { return copyWithFlags(context(self)); }
Value krt_decimal_context_copySelf(Value self) { return copyWithFlags(context(self)); }
Value krt_decimal_context_createDecimal_py(Value self, Value num) {
  if (num)
    return decimalFrom_py(&krt_decimal_class, num, context(self), true);
  Number zero;
  zero.setInt(0);
  return newDecimal(zero);
}
Value krt_decimal_context_createDecimalFromFloat_py(Value self, Value f) {
  return decimalFromNumber_py(&krt_decimal_class, f, context(self), true);
}
Value krt_decimal_context_reduce(Value self) {
  auto *c = context(self);
  const Settings &s = c->settings;
  Value parts[8] = {smallInt(s.precision),   roundingName(s.rounding), smallInt(s.emin),
                    smallInt(s.emax),        smallInt(c->capitals),    smallInt(s.clamp),
                    listOfSignals(c->flags), listOfSignals(c->traps)};
  return reduceTo(self, krt_tuple_from(parts, 8));
}

Value krt_decimal_context_prec(Value self) { return smallInt(context(self)->settings.precision); }
bool krt_decimal_context_setPrec_py(Value self, Value value) {
  return notDeleted(value) && within_py(value, 1, kMaxPrecision, "valid range for prec is [1, MAX_PREC]",
                                        &context(self)->settings.precision);
}
Value krt_decimal_context_Emax(Value self) { return smallInt(context(self)->settings.emax); }
bool krt_decimal_context_setEmax_py(Value self, Value value) {
  return notDeleted(value) && within_py(value, 0, kMaxEmax, "valid range for Emax is [0, MAX_EMAX]",
                                        &context(self)->settings.emax);
}
Value krt_decimal_context_Emin(Value self) { return smallInt(context(self)->settings.emin); }
bool krt_decimal_context_setEmin_py(Value self, Value value) {
  return notDeleted(value) && within_py(value, kMinEmin, 0, "valid range for Emin is [MIN_EMIN, 0]",
                                        &context(self)->settings.emin);
}
Value krt_decimal_context_rounding(Value self) { return roundingName(context(self)->settings.rounding); }
bool krt_decimal_context_setRounding_py(Value self, Value value) {
  return notDeleted(value) && roundingFrom(value, &context(self)->settings.rounding);
}
Value krt_decimal_context_capitals(Value self) { return smallInt(context(self)->capitals); }
bool krt_decimal_context_setCapitals_py(Value self, Value value) {
  int64_t n;
  if (!notDeleted(value) || !within_py(value, 0, 1, "valid values for capitals are 0 or 1", &n))
    return false;
  context(self)->capitals = n;
  return true;
}
Value krt_decimal_context_clamp(Value self) { return smallInt(context(self)->settings.clamp); }
bool krt_decimal_context_setClamp_py(Value self, Value value) {
  int64_t n;
  if (!notDeleted(value) || !within_py(value, 0, 1, "valid values for clamp are 0 or 1", &n))
    return false;
  context(self)->settings.clamp = n;
  return true;
}

bool krt_decimal_context_start_py(Value self, Value prec, Value rounding, Value Emin, Value Emax,
                                  Value capitals, Value clamp, Value flags, Value traps) {
  auto set = [self](Value given, bool (*setter)(Value, Value)) {
    return given == kNone || setter(self, given);
  };
  if (!set(prec, krt_decimal_context_setPrec_py) || !set(rounding, krt_decimal_context_setRounding_py) ||
      !set(Emin, krt_decimal_context_setEmin_py) || !set(Emax, krt_decimal_context_setEmax_py) ||
      !set(capitals, krt_decimal_context_setCapitals_py) || !set(clamp, krt_decimal_context_setClamp_py))
    return false;
  auto bits = [](Value given, uint32_t *out) {
    if (given == kNone)
      return true;
    return hasClassFlag(given, kClassListSub) ? bitsFromList(given, out) : bitsFromArgument_py(given, out);
  };
  return bits(traps, &context(self)->traps) && bits(flags, &context(self)->flags);
}

Value krt__decimal_localcontext_py(Value ctx, Dict *kwargs) {
  DecimalContext *given = TRY(contextOr(ctx)), *outside = TRY(currentContext());
  DecimalContext *inside = copyWithFlags(given);
  if (kwargs) {
    static const char *const names[] = {"prec",     "rounding", "Emin",  "Emax",
                                        "capitals", "clamp",    "flags", "traps"};
    Value values[8];
    for (auto &value : values)
      value = kNone;
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(kwargs, &position)) {
      size_t i = 0;
      while (i < 8 && strView(entry->key.as<Str>()) != names[i])
        ++i;
      if (i == 8)
        return krt_raise(kTypeError, "'%S' is an invalid keyword argument for this function", entry->key);
      values[i] = entry->value;
    }
    if (!krt_decimal_context_start_py(inside, values[0], values[1], values[2], values[3], values[4],
                                      values[5], values[6], values[7]))
      return {};
  }
  auto *manager = gcNew<ContextManager>(krt_decimal_manager_class);
  manager->inside = inside;
  manager->outside = outside;
  return manager;
}
Value krt_decimal_manager_enter(Value self) {
  DecimalContext *inside = self.as<ContextManager>()->inside;
  return makeCurrent(inside) ? Value(inside) : Value();
}
Value krt_decimal_manager_exit(Value self, ArgSpan) {
  return makeCurrent(self.as<ContextManager>()->outside) ? kFalse : Value();
}

Value krt_signal_dict_mixin_copy(Value self) {
  KRT_ALLOW_PY("exception classes are hashed by identity");
  Dict *dict = krt_dict_new();
  for (auto &s : signals)
    krt_dict_set_py(dict, s.cls, boolean(bitsOf(self) & s.conditions));
  return dict;
}

Class krt_decimal_context_class = {
    .flags = kClassBase,
    .nativeName = "decimal.Context",
    .basicSize = sizeof(DecimalContext),
    .slots = {.repr = contextRepr,
              .getattr = contextGetAttr_py,
              .setattr = contextSetAttr_py,
              .init = krt_decimal_context_init,
              .make = makeContext},
    .methods = krt_decimal_context_defs,
    .doc = krt_decimal_context_doc,
    .newSignature = krt_decimal_context_new_signature,
};
Class krt_signal_dict_mixin_class = {
    .flags = kClassBase,
    .nativeName = "decimal.SignalDictMixin",
    .basicSize = sizeof(SignalDict),
    .slots = {.repr = dictRepr,
              .hash = slotHashNone,
              .richcompare = dictCompare_py,
              .iter = dictIter,
              .length = dictLength,
              .getitem = dictItem,
              .setitem = dictSetItem_py,
              .make = makeDict},
    .methods = krt_signal_dict_mixin_defs,
    .doc = krt_signal_dict_mixin_doc,
};
Class krt_decimal_manager_class = {
    .flags = kClassDisallowNew,
    .nativeName = "decimal.ContextManager",
    .basicSize = sizeof(ContextManager),
    .methods = krt_decimal_manager_defs,
    .doc = krt_decimal_manager_doc,
};

} // extern "C"

} // namespace krait
