// _decimal_parts.h - what the files of _decimal share: layouts of its objects, operands, results,
// conversions. Functions that answer with bool or null leave an exception pending when they fail.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"
#include "runtime/object/str.h"
#include "stdlib/native/_decimal.h"
#include "stdlib/native/_decimal_number.h"

namespace krait::decimals {

/// Two limbs are inside: all of the 28 digits that the usual context has. Exact Decimals without further
/// limbs hold no pointers and lie in atomic memory.
struct Decimal : Object {
  Kind kind;
  bool negative;
  bool apart; // limbs are [outside]
  int64_t digits, exponent;
  union {
    Limb inside[2];
    Limb *outside; // collector-owned, atomic
  };
};

struct SignalDict;
struct DecimalContext : Object {
  Settings settings;
  uint32_t traps, flags; // Status bits; a signal's bits are set together
  bool capitals;
  SignalDict *trapDict, *flagDict; // what the attributes answer; null until asked for
};
/// The traps or flags of a context, seen as a dict.
struct SignalDict : Object {
  DecimalContext *context;
  bool isTraps;
  uint32_t own; // without a context
  uint32_t &bits() { return !context ? own : isTraps ? context->traps : context->flags; }
};
struct ContextManager : Object {
  DecimalContext *inside, *outside;
};

inline Decimal *decimal(Value v) { return v.as<Decimal>(); }
inline DecimalContext *context(Value v) { return v.as<DecimalContext>(); }
inline bool isDecimal(Value v) {
  return v.isObject() &&
         (v.asObject()->shape == krt_decimal_class.rootShape || krt_instance(v, &krt_decimal_class));
}
inline bool isContext(Value v) { return krt_instance(v, &krt_decimal_context_class); }
inline View viewOf(const Decimal *d) {
  return {
      d->apart ? d->outside : d->inside, limbsFor(d->digits), d->digits, d->exponent, d->kind, d->negative};
}
inline View viewOf(Value v) { return viewOf(decimal(v)); }

/// A new Decimal (or instance of a subclass).
Value newDecimal(const View &n, Class *cls = &krt_decimal_class);

// ---- Operands ----

/// A Decimal or an int as operand, exactly.
class Operand {
public:
  View view;
  /// False, without an exception, if it is neither.
  bool take(Value v) {
    if (__builtin_expect(isDecimal(v), 1)) {
      view = viewOf(v);
      return true;
    }
    return takeInt(v);
  }
  /// False with TypeError pending if it is neither.
  bool convert(Value v) { return take(v) || refuse(v); }

private:
  Limb small_;
  Number large_;
  bool takeInt(Value v);
  static bool refuse(Value v);
};

/// A plain integer as number.
bool numberFromInt(Number &out, Value plain, uint32_t *status);
/// The exact value of a double.
void numberFromDouble(Number &out, double d, uint32_t *status);
/// int() of a finite number.
Value intFromNumber(const View &n);

// ---- Contexts ----

/// The current context.
DecimalContext *currentContext();
/// The one given, or the current one for None (or null).
inline DecimalContext *contextOr(Value given) {
  if (!given || given == kNone)
    return currentContext();
  if (isContext(given))
    return context(given);
  krt_raise(kTypeError, "optional argument must be a context");
  return nullptr;
}
/// Adds conditions to the flags; false with the signal's exception pending if one is trapped.
bool signal(DecimalContext *c, uint32_t status);
inline bool signalled(DecimalContext *c, uint32_t status) {
  return __builtin_expect(status != 0, 0) ? signal(c, status) : true;
}
/// The result of an operation.
inline Value result(const Number &n, uint32_t status, DecimalContext *c) {
  return signalled(c, status) ? newDecimal(n) : Value();
}
/// One of the names of rounding modes.
bool roundingFrom(Value name, Rounding *out);
Str *roundingName(Rounding rounding);

/// A signal of Python: its exception class and the conditions that make it.
struct Signal {
  Class *cls;
  const char *name;
  uint32_t conditions;
};
constexpr int kSignals = 9;
extern Signal signals[kSignals];
extern Class *conversionSyntaxClass, *divisionImpossibleClass, *divisionUndefinedClass, *invalidContextClass;
/// Null with KeyError pending if it is none.
const Signal *signalFor(Value cls);
bool makeSignals(Module *module);
bool makeSignalDict_py(Value mutableMapping);
bool makeContexts(Module *module);
extern Value decimalTupleClass, rationalClass;

// ---- Conversions with a context: exact unless [rounds] ----

Value decimalFromText(Class *cls, Str *text, DecimalContext *c, bool rounds);
Value decimalFromInt(Class *cls, Value plain, DecimalContext *c, bool rounds);
Value decimalFromDouble(Class *cls, double d, DecimalContext *c, bool rounds);
Value decimalFromSequence_py(Class *cls, Value sequence, DecimalContext *c, bool rounds);
Value decimalFromDecimal(Class *cls, Value given, DecimalContext *c, bool rounds);
/// From anything that the constructor takes.
Value decimalFrom_py(Class *cls, Value given, DecimalContext *c, bool rounds);
/// from_float and create_decimal_from_float: an int or float.
Value decimalFromNumber_py(Class *cls, Value given, DecimalContext *c, bool rounds);
/// str(), to_eng_string().
Value textOf(const View &n, bool capitals, bool engineering);
Value tupleOf_py(const View &n);
Value ratioOf(const View &n);
/// The text of format(number, spec); [overrides] is null or a dict of the locale's settings.
Value formatted_py(const View &n, Str *spec, Value overrides, DecimalContext *c);

} // namespace krait::decimals
