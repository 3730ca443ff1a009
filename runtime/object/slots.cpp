// slots.cpp - both directions of Slots.def: wrappers that show native slots as methods, and slot functions
// that call methods written in Python; inheritance of slots and keeping them right when a class changes.
#include "runtime/object/slots.h"

#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {
namespace {

constexpr size_t kRows = static_cast<size_t>(SlotRow::Count);

// ---- Generic slot functions: call the method written in Python -----------------------------------------

/// Attribute [name] of the class of [self] without binding; None counts as a definition.
Value find(Value self, Str *name) { return krt_class_lookup(classOf(self), name); }

Value slotRepr(Value self) { return callSpecial_py(self, KSTR(__repr__)); }
Value slotStr(Value self) { return callSpecial_py(self, KSTR(__str__)); }

int slotHash(Value self, int64_t *out) {
  Value result = TRY_OR_MINUS(callSpecial_py(self, KSTR(__hash__)));
  if (!krt_int_check(result))
    return raiseInt(kTypeError, "__hash__ method should return an integer");
  Value plain = krt_int_plain(result);
  int64_t hash;
  if (!krt_int_to_i64(plain, &hash))
    hash = krt_int_hash(plain);
  *out = hash == -1 ? -2 : hash;
  return 0;
}

/// The object's __getattr__. Its AttributeError learns, if it does not know, of what was asked for:
/// suggestions need that.
Value askGetAttrHook_py(Value self, Str *name) {
  Value result = callSpecial_py(self, KSTR(__getattr__), name);
  if (result || classOf(krt_thread.pending) != kAttributeError)
    return result;
  auto *error = krt_thread.pending.as<AttributeErrorObject>();
  if (!error->name && !error->object) {
    error->name = name;
    error->object = self;
  }
  return result;
}

/// `__getattribute__`, then `__getattr__` when that raised AttributeError.
Value slotGetAttr(Value self, Str *name) {
  Class *cls = classOf(self);
  Value getattribute = krt_class_lookup(cls, KSTR(__getattribute__));
  Value hook = krt_class_lookup(cls, KSTR(__getattr__));
  Value result;
  if (isExact(getattribute, krt_slot_wrapper_class)) {
    auto native = getattribute.as<NativeFunction>()->cls->slots.getattr;
    if (!native && hook) { // the usual case: no exception object is needed to find out
      result = krt_object_getattr_optional_py(self, name);
      if (result || errorPending())
        goto done;
      return askGetAttrHook_py(self, name);
    }
    result = native ? native(self, name) : krt_object_getattr_py(self, name);
  } else {
    result = callSpecial_py(self, KSTR(__getattribute__), name);
  }
done:
  if (result || !hook || !krt_error_clear_if(kAttributeError))
    return result;
  return askGetAttrHook_py(self, name);
}

int slotSetAttr(Value self, Str *name, Value value) {
  Value result = value ? callSpecial_py(self, KSTR(__setattr__), name, value)
                       : callSpecial_py(self, KSTR(__delattr__), name);
  return result ? 0 : -1;
}

Value slotCompare(Value self, Value other, CompareOp op) {
  Str *name = slotName(static_cast<SlotRow>(static_cast<int>(SlotRow::lt) + static_cast<int>(op)));
  // A method that cannot be had, for whatever reason, is as good as none.
  Value receiver, method = krt_special_lookup_py(self, name, &receiver);
  if (!method) {
    krt_error_clear();
    return kNotImplemented;
  }
  return krt_call_with_self_py(method, receiver, &other, 1, nullptr);
}

Value slotIter(Value self) {
  Value method = find(self, KSTR(__iter__));
  if (method == kNone)
    return krt_raise(kTypeError, "'%.200T' object is not iterable", self);
  return callSpecial_py(self, KSTR(__iter__));
}
Value slotAwait(Value self) { return callSpecial_py(self, KSTR(__await__)); }
Value slotAIter(Value self) { return callSpecial_py(self, KSTR(__aiter__)); }
Value slotANext(Value self) { return callSpecial_py(self, KSTR(__anext__)); }

int slotTruth(Value self) {
  Value result = TRY_OR_MINUS(callSpecial_py(self, KSTR(__bool__)));
  if (!isBool(result))
    return raiseInt(kTypeError, "__bool__ should return bool, returned %T", result);
  return result == kTrue;
}

int64_t slotLength(Value self) {
  Value result = TRY_OR_MINUS(callSpecial_py(self, KSTR(__len__)));
  result = TRY_OR_MINUS(krt_index_py(result));
  int64_t length;
  if (krt_int_sign(result) < 0)
    return raiseInt(kValueError, "__len__() should return >= 0");
  if (!krt_int_to_i64(result, &length))
    return raiseInt(kOverflowError, "cannot fit 'int' into an index-sized integer");
  return length;
}

int slotContains(Value self, Value item) {
  if (find(self, KSTR(__contains__)) == kNone)
    return raiseInt(kTypeError, "'%.200T' object is not a container", self);
  Value result = TRY_OR_MINUS(callSpecial_py(self, KSTR(__contains__), item));
  return krt_truth_py(result);
}

Value slotGetItem(Value self, Value key) { return callSpecial_py(self, KSTR(__getitem__), key); }
int slotSetItem(Value self, Value key, Value value) {
  Value result = value ? callSpecial_py(self, KSTR(__setitem__), key, value)
                       : callSpecial_py(self, KSTR(__delitem__), key);
  return result ? 0 : -1;
}

template <BinaryOp Op> struct BinaryRows;
#define ROWS(Op, id)                                                                                         \
  template <> struct BinaryRows<BinaryOp::Op> {                                                              \
    static constexpr SlotRow left = SlotRow::id, right = SlotRow::r##id;                                     \
  };
ROWS(Add, add)
ROWS(Sub, sub)
ROWS(Mul, mul) ROWS(TrueDiv, truediv) ROWS(FloorDiv, floordiv) ROWS(Mod, mod) ROWS(Pow, pow)
    ROWS(MatMul, matmul) ROWS(LShift, lshift) ROWS(RShift, rshift) ROWS(And, and_) ROWS(Or, or_)
        ROWS(Xor, xor_) ROWS(DivMod, divmod)
#undef ROWS

    /// Calls method [name] of [self]; NotImplemented if it has none.
    Value tryMethod(Value self, Str *name, Value other) {
  if (!find(self, name))
    return kNotImplemented;
  return callSpecial_py(self, name, other);
}

/// Both orders, as the reference prescribes; called when either operand's class has this function in its
/// slot.
Value binaryByMethods(Value a, Value b, size_t op, void *self, SlotRow left, SlotRow right) {
  Class *ca = classOf(a), *cb = classOf(b);
  bool other = ca != cb && reinterpret_cast<void *>(cb->slots.binary[op]) == self;
  if (reinterpret_cast<void *>(ca->slots.binary[op]) == self) {
    if (other && krt_subclass(cb, ca) &&
        krt_class_lookup(cb, slotName(right)) != krt_class_lookup(ca, slotName(right))) {
      Value result = TRY(tryMethod(b, slotName(right), a));
      if (result != kNotImplemented)
        return result;
      other = false;
    }
    Value result = TRY(tryMethod(a, slotName(left), b));
    if (result != kNotImplemented || ca == cb)
      return result;
  }
  if (other)
    return tryMethod(b, slotName(right), a);
  return kNotImplemented;
}
template <BinaryOp Op> Value slotBinary(Value a, Value b) {
  return binaryByMethods(a, b, static_cast<size_t>(Op), reinterpret_cast<void *>(slotBinary<Op>),
                         BinaryRows<Op>::left, BinaryRows<Op>::right);
}

template <BinaryOp Op> struct InplaceRow;
#define ROW(Op, id)                                                                                          \
  template <> struct InplaceRow<BinaryOp::Op> {                                                              \
    static constexpr SlotRow row = SlotRow::i##id;                                                           \
  };
ROW(Add, add)
ROW(Sub, sub)
ROW(Mul, mul) ROW(TrueDiv, truediv) ROW(FloorDiv, floordiv) ROW(Mod, mod) ROW(Pow, pow) ROW(MatMul, matmul)
    ROW(LShift, lshift) ROW(RShift, rshift) ROW(And, and_) ROW(Or, or_) ROW(Xor, xor_)
#undef ROW
        template <BinaryOp Op>
        Value slotInplace(Value a, Value b) {
  return callSpecial_py(a, slotName(InplaceRow<Op>::row), b);
}

/// Three-argument pow asks the first operand only.
Value slotPower(Value a, Value b, Value mod) {
  if (classOf(a)->slots.power != slotPower)
    return kNotImplemented;
  return callSpecial_py(a, KSTR(__pow__), b, mod);
}

Value slotNegative(Value self) { return callSpecial_py(self, KSTR(__neg__)); }
Value slotPositive(Value self) { return callSpecial_py(self, KSTR(__pos__)); }
Value slotAbsolute(Value self) { return callSpecial_py(self, KSTR(__abs__)); }
Value slotInvert(Value self) { return callSpecial_py(self, KSTR(__invert__)); }
Value slotIndex(Value self) { return callSpecial_py(self, KSTR(__index__)); }
Value slotInt(Value self) { return callSpecial_py(self, KSTR(__int__)); }
Value slotFloat(Value self) { return callSpecial_py(self, KSTR(__float__)); }

Value slotDescrGet(Value descr, Value object, Value cls) {
  return callSpecial_py(descr, KSTR(__get__), object ? object : kNone, cls ? cls : kNone);
}
int slotDescrSet(Value descr, Value object, Value value) {
  Value result = value ? callSpecial_py(descr, KSTR(__set__), object, value)
                       : callSpecial_py(descr, KSTR(__delete__), object);
  return result ? 0 : -1;
}

/// An exception that is being raised must survive a finalizer.
void slotFinalize(Value self) {
  Value pending = krt_error_take();
  Value bound;
  Value method = krt_special_lookup_py(self, KSTR(__del__), &bound);
  if (method && !krt_call_with_self_py(method, bound, nullptr, 0, nullptr))
    krt_error_unraisable(method);
  krt_error_clear();
  if (pending)
    krt_error_restore(pending);
}

} // namespace

int slotHashNone(Value self, int64_t *) { return raiseInt(kTypeError, "unhashable type: '%.200T'", self); }

Value slotNext(Value self) {
  Value result = callSpecial_py(self, KSTR(__next__));
  if (!result)
    krt_error_clear_if(kStopIteration);
  return result;
}

Value slotCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Value self;
  Value function = krt_special_lookup_py(callee, KSTR(__call__), &self);
  if (!function) {
    if (!errorPending())
      krt_raise(kTypeError, "'%.200T' object is not callable", callee);
    return {};
  }
  CountedCall call;
  if (call.tooDeep(" while calling a Python object"))
    return {};
  return krt_call_with_self_py(function, self, args, nargs, kwnames);
}

int slotInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  Value bound;
  Value function = krt_special_lookup_py(self, KSTR(__init__), &bound);
  if (!function)
    return errorPending() ? -1 : raiseInt(kAttributeError, "__init__");
  Value result = TRY_OR_MINUS(krt_call_with_self_py(function, bound, args, nargs, kwnames));
  if (result != kNone)
    return raiseInt(kTypeError, "__init__() should return None, not '%.200T'", result);
  return 0;
}

Value slotMake(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  Value function = TRY(krt_getattr_py(cls, KSTR(__new__)));
  return krt_call_with_self_py(function, cls, args, nargs, kwnames);
}

namespace {

// ---- Wrappers: a native slot as a method ---------------------------------------------------------------
// The entry finds the class whose slot it wraps in the callee: slot wrapper and method wrapper both carry it.

template <size_t Field, typename F> F wrapped(Value callee) {
  return reinterpret_cast<F>(slotArray(callee.as<NativeFunction>()->cls)[Field]);
}
bool expectArgs(size_t nargs, size_t expected, Value callee, Tuple *kwnames) {
  if (kwnames && kwnames->length) {
    krt_raise(kTypeError, "wrapper %s() takes no keyword arguments", callee.as<NativeFunction>()->def->name);
    return false;
  }
  if (nargs == expected + 1)
    return true;
  krt_raise(kTypeError, "expected %d argument%s, got %zd", static_cast<int>(expected),
            expected == 1 ? "" : "s", static_cast<ssize_t>(nargs) - 1);
  return false;
}
/// The interned attribute name given to a wrapper, or null with TypeError.
Str *attributeName(Value v) {
  if (!strCheck(v)) {
    krt_raise(kTypeError, "attribute name must be string, not '%.200T'", v);
    return nullptr;
  }
  return krt_str_intern(v.as<Str>());
}
Value noneUnlessError(int result) { return result < 0 ? Value() : kNone; }

#define WRAPPER(Kind, args_)                                                                                 \
  template <size_t Field> Value wrap##Kind(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {  \
    if (!expectArgs(nargs, args_, callee, kwnames))                                                          \
      return {};                                                                                             \
    Value self = args[0];

WRAPPER(Unary, 0) return wrapped<Field, Value (*)(Value)>(callee)(self);
}
WRAPPER(Binary, 1) return wrapped<Field, Value (*)(Value, Value)>(callee)(self, args[1]);
}
WRAPPER(BinaryRight, 1) return wrapped<Field, Value (*)(Value, Value)>(callee)(args[1], self);
}
WRAPPER(Hash, 0)
int64_t hash;
if (wrapped<Field, int (*)(Value, int64_t *)>(callee)(self, &hash) < 0)
  return {};
return krt_int_from_i64(hash);
}
WRAPPER(GetAttr, 1)
Str *name = TRY(attributeName(args[1]));
auto f = wrapped<Field, Value (*)(Value, Str *)>(callee);
return f ? f(self, name) : krt_object_getattr_py(self, name);
}
/// object.__setattr__(cls, ...) would go round the checks of type.__setattr__.
bool setAttrAllowed(Value self, Value callee) {
  Class *cls = callee.as<NativeFunction>()->cls;
  if (hasClassFlag(self, kClassTypeSub) && !krt_subclass(cls, &krt_type_class)) {
    krt_raise(kTypeError, "can't apply this %s to %s object", callee.as<NativeFunction>()->def->name,
              krt_class_name(classOf(self)));
    return false;
  }
  return true;
}
WRAPPER(SetAttr, 2)
Str *name = TRY(attributeName(args[1]));
if (!setAttrAllowed(self, callee))
  return {};
auto f = wrapped<Field, int (*)(Value, Str *, Value)>(callee);
return noneUnlessError(f ? f(self, name, args[2]) : krt_object_setattr_py(self, name, args[2]));
}
WRAPPER(DelAttr, 1)
Str *name = TRY(attributeName(args[1]));
if (!setAttrAllowed(self, callee))
  return {};
auto f = wrapped<Field, int (*)(Value, Str *, Value)>(callee);
return noneUnlessError(f ? f(self, name, {}) : krt_object_setattr_py(self, name, {}));
}
#define COMPARE(Op)                                                                                          \
  WRAPPER(Compare##Op, 1)                                                                                    \
  return wrapped<Field, Value (*)(Value, Value, CompareOp)>(callee)(self, args[1], CompareOp::Op);           \
  }
COMPARE(Lt)
COMPARE(Le)
COMPARE(Eq) COMPARE(Ne) COMPARE(Gt) COMPARE(Ge)
#undef COMPARE
    WRAPPER(Next, 0) auto next = wrapped<Field, Value (*)(Value)>(callee);
Value result;
// Generators tell the value that comes with their end only when something is sent.
if (auto &slots = classOf(self)->slots; slots.send && slots.next == next) {
  SendStatus status = slots.send(self, kNone, &result);
  return status == SendStatus::Yield    ? result
         : status == SendStatus::Return ? krt_raise_stop_iteration(result)
                                        : Value();
}
result = next(self);
if (!result && !errorPending())
  krt_raise_args(kStopIteration, nullptr, 0);
return result;
}
WRAPPER(Truth, 0)
int result = wrapped<Field, int (*)(Value)>(callee)(self);
return result < 0 ? Value() : boolean(result);
}
WRAPPER(Length, 0)
int64_t result = wrapped<Field, int64_t (*)(Value)>(callee)(self);
return result < 0 ? Value() : krt_int_from_i64(result);
}
WRAPPER(Contains, 1)
int result = wrapped<Field, int (*)(Value, Value)>(callee)(self, args[1]);
return result < 0 ? Value() : boolean(result);
}
WRAPPER(SetItem, 2)
return noneUnlessError(wrapped<Field, int (*)(Value, Value, Value)>(callee)(self, args[1], args[2]));
}
WRAPPER(DelItem, 1)
return noneUnlessError(wrapped<Field, int (*)(Value, Value, Value)>(callee)(self, args[1], {}));
}
WRAPPER(Repeat, 1)
int64_t n = krt_index_i64_py(args[1], kOverflowError);
if (n == -1 && errorPending())
  return {};
return wrapped<Field, Value (*)(Value, int64_t)>(callee)(self, n);
}
Value powerOf(Value callee, Value a, Value b, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return krt_raise(kTypeError, "wrapper %s() takes no keyword arguments",
                     callee.as<NativeFunction>()->def->name);
  Class *cls = callee.as<NativeFunction>()->cls;
  if (nargs < 3 || args[2] == kNone)
    return cls->slots.binary[static_cast<size_t>(BinaryOp::Pow)](a, b);
  return cls->slots.power ? cls->slots.power(a, b, args[2]) : kNotImplemented;
}
bool powerArgs(size_t nargs) {
  if (nargs == 2 || nargs == 3)
    return true;
  krt_raise(kTypeError, "expected at %s %d argument%s, got %zd", nargs < 2 ? "least" : "most",
            nargs < 2 ? 1 : 2, nargs < 2 ? "" : "s", static_cast<ssize_t>(nargs) - 1);
  return false;
}
template <size_t Field> Value wrapPower(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return powerArgs(nargs) ? powerOf(callee, args[0], args[1], args, nargs, kwnames) : Value();
}
template <size_t Field> Value wrapPowerRight(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return powerArgs(nargs) ? powerOf(callee, args[1], args[0], args, nargs, kwnames) : Value();
}
template <size_t Field> Value wrapCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return wrapped<Field, NativeEntry>(callee)(args[0], args + 1, nargs - 1, kwnames);
}
template <size_t Field> Value wrapInit(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return noneUnlessError(wrapped<Field, int (*)(Value, const Value *, size_t, Tuple *)>(callee)(
      args[0], args + 1, nargs - 1, kwnames));
}
template <size_t Field> Value wrapDescrGet(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return krt_raise(kTypeError, "wrapper __get__() takes no keyword arguments");
  if (nargs < 2 || nargs > 3)
    return krt_raise(kTypeError, "expected at %s %d argument%s, got %zd", nargs < 2 ? "least" : "most",
                     nargs < 2 ? 1 : 2, nargs < 2 ? "" : "s", static_cast<ssize_t>(nargs) - 1);
  Value object = args[1] == kNone ? Value() : args[1];
  Value cls = nargs < 3 || args[2] == kNone ? Value() : args[2];
  if (!object && !cls)
    return krt_raise(kTypeError, "__get__(None, None) is invalid");
  return wrapped<Field, Value (*)(Value, Value, Value)>(callee)(args[0], object, cls);
}
WRAPPER(DescrSet, 2)
return noneUnlessError(wrapped<Field, int (*)(Value, Value, Value)>(callee)(self, args[1], args[2]));
}
WRAPPER(DescrDelete, 1)
return noneUnlessError(wrapped<Field, int (*)(Value, Value, Value)>(callee)(self, args[1], {}));
}
WRAPPER(Finalize, 0)
wrapped<Field, void (*)(Value)>(callee)(self);
return kNone;
}
#undef WRAPPER
template <size_t Field> constexpr NativeEntry wrapNone = nullptr;

constexpr const char kSignatureUnary[] = "($self, /)", kSignatureBinary[] = "($self, value, /)",
                     kSignatureBinaryRight[] = "($self, value, /)", kSignatureHash[] = "($self, /)",
                     kSignatureCall[] = "($self, /, *args, **kwargs)",
                     kSignatureGetAttr[] = "($self, name, /)",
                     kSignatureSetAttr[] = "($self, name, value, /)",
                     kSignatureDelAttr[] = "($self, name, /)", kSignatureCompareLt[] = "($self, value, /)",
                     kSignatureCompareLe[] = "($self, value, /)", kSignatureCompareEq[] = "($self, value, /)",
                     kSignatureCompareNe[] = "($self, value, /)", kSignatureCompareGt[] = "($self, value, /)",
                     kSignatureCompareGe[] = "($self, value, /)", kSignatureNext[] = "($self, /)",
                     kSignatureTruth[] = "($self, /)", kSignatureLength[] = "($self, /)",
                     kSignatureContains[] = "($self, key, /)", kSignatureSetItem[] = "($self, key, value, /)",
                     kSignatureDelItem[] = "($self, key, /)", kSignatureRepeat[] = "($self, value, /)",
                     kSignaturePower[] = "($self, value, mod=None, /)",
                     kSignaturePowerRight[] = "($self, value, mod=None, /)",
                     kSignatureInit[] = "($self, /, *args, **kwargs)",
                     kSignatureDescrGet[] = "($self, instance, owner=None, /)",
                     kSignatureDescrSet[] = "($self, instance, value, /)",
                     kSignatureDescrDelete[] = "($self, instance, /)", kSignatureFinalize[] = "($self, /)";
constexpr const char *const kSignatureNone = nullptr;

constexpr size_t kFieldOf[kRows] = {
#define SLOT(id, dunder, field, Wrapper, generic, doc) offsetof(TypeSlots, field) / sizeof(void *),
#include "runtime/object/Slots.def"
#undef SLOT
};
#define SLOT(id, dunder, field, Wrapper, generic, doc)                                                       \
  NativeDef{dunder,        kSignature##Wrapper,                                                              \
            doc,           wrap##Wrapper<offsetof(TypeSlots, field) / sizeof(void *)>,                       \
            nullptr,       NativeKind::Slot,                                                                 \
            kEffectRunsPy, nullptr,                                                                          \
            nullptr,       nullptr},
const NativeDef kWrapperDefs[kRows] = {
#include "runtime/object/Slots.def"
};
#undef SLOT
template <typename F> void *address(F *f) { return reinterpret_cast<void *>(f); }
void *address(decltype(nullptr)) { return nullptr; }
void *genericOf(size_t row) {
  static void *const table[kRows] = {
#define SLOT(id, dunder, field, Wrapper, generic, doc) address(generic),
#include "runtime/object/Slots.def"
#undef SLOT
  };
  return table[row];
}

Str *rowNames[kRows];

} // namespace

Str *slotName(SlotRow row) {
  if (!rowNames[0])
    for (size_t i = 0; i < kRows; ++i)
      rowNames[i] = krt_str_intern_utf8(kWrapperDefs[i].name, std::strlen(kWrapperDefs[i].name));
  return rowNames[static_cast<size_t>(row)];
}

void slotsAddWrappers(Class *cls) {
  slotName(SlotRow::repr);
  for (size_t row = 0; row < kRows; ++row) {
    if (!kWrapperDefs[row].entry)
      continue;
    bool own = slotArray(cls)[kFieldOf[row]] != nullptr;
    // A null getattr or setattr slot means the generic function, which object shows.
    if (cls == &krt_object_class && (row == size_t(SlotRow::getattribute) ||
                                     row == size_t(SlotRow::setattr) || row == size_t(SlotRow::delattr)))
      own = true;
    if (!own)
      continue;
    Value present = krt_dict_get_str(cls->dict, rowNames[row]);
    if (present)
      continue;
    if (row == size_t(SlotRow::hash) && cls->slots.hash == slotHashNone) {
      krt_dict_set_str(cls->dict, rowNames[row], kNone);
      continue;
    }
    auto *wrapper = gcNew<NativeFunction>(krt_slot_wrapper_class);
    wrapper->def = &kWrapperDefs[row];
    wrapper->cls = cls;
    krt_dict_set_str(cls->dict, rowNames[row], wrapper);
  }
  // A class that compares by value and says nothing about hashing is unhashable.
  if (cls->slots.richcompare && !cls->slots.hash) {
    cls->slots.hash = slotHashNone;
    krt_dict_set_str(cls->dict, rowNames[size_t(SlotRow::hash)], kNone);
  }
}

void slotsFromMethods(Class *cls) {
  slotName(SlotRow::repr);
  for (size_t row = 0; row < kRows; ++row) {
    void *&slot = slotArray(cls)[kFieldOf[row]];
    if (slot || !genericOf(row))
      continue;
    Value v = krt_dict_get_str(cls->dict, rowNames[row]);
    if (!v || !isExact(v, krt_method_descriptor_class))
      continue;
    bool other = false; // the name's other slot does the work
    for (size_t k = 0; k < kRows; ++k)
      other |= rowNames[k] == rowNames[row] && slotArray(cls)[kFieldOf[k]];
    if (!other)
      slot = genericOf(row);
  }
}

void slotsInherit(Class *cls, Class *base) {
  void **to = slotArray(cls), **from = slotArray(base);
  constexpr size_t compare = offsetof(TypeSlots, richcompare) / sizeof(void *);
  constexpr size_t hash = offsetof(TypeSlots, hash) / sizeof(void *);
  constexpr size_t make = offsetof(TypeSlots, make) / sizeof(void *);
  bool inheritHash = !to[compare] && !to[hash]; // both or neither
  for (size_t i = 0; i < kSlotFields; ++i) {
    if (to[i] || (i == make && base == &krt_object_class))
      continue;
    if ((i == compare || i == hash) && !inheritHash)
      continue;
    to[i] = from[i];
  }
}

namespace {

/// Whether [v] is the `__new__` that a native class got from its constructor slot.
Class *nativeMaker(Value v) {
  if (isExact(v, krt_staticmethod_class))
    v = v.as<StaticMethod>()->function;
  if (!isExact(v, krt_native_function_class))
    return nullptr;
  auto *function = v.as<NativeFunction>();
  return function->def->kind == NativeKind::New ? function->self.as<Class>() : nullptr;
}

void updateMake(Class *cls) {
  Value v = krt_class_lookup(cls, KSTR(__new__));
  if (!v)
    return;
  Class *maker = nativeMaker(v);
  cls->slots.make = maker && krt_subclass(cls, maker) ? maker->slots.make : slotMake;
}

/// Sets the slot at [field] from the rows that name it.
void updateField(Class *cls, size_t field) {
  void *specific = nullptr, *generic = nullptr;
  bool useGeneric = false, any = false;
  for (size_t row = 0; row < kRows; ++row) {
    if (kFieldOf[row] != field)
      continue;
    Value v = krt_class_lookup(cls, rowNames[row]);
    if (!v)
      continue;
    if (isExact(v, krt_slot_wrapper_class) || isExact(v, krt_method_descriptor_class)) {
      auto *wrapper = v.as<NativeFunction>();
      if (std::strcmp(wrapper->def->name, kWrapperDefs[row].name) == 0 && krt_subclass(cls, wrapper->cls)) {
        void *native = slotArray(wrapper->cls)[field];
        if (!native) // the name's other slot, or the generic function of object
          continue;
        if (any && specific != native)
          useGeneric = true;
        generic = genericOf(row);
        specific = native;
        any = true;
        continue;
      }
    }
    if (v == kNone && row == size_t(SlotRow::hash)) {
      specific = reinterpret_cast<void *>(slotHashNone);
      any = true;
      continue;
    }
    useGeneric = true;
    generic = genericOf(row);
  }
  slotArray(cls)[field] = useGeneric ? generic : specific;
}

void afterUpdate(Class *cls) {
  if (cls->slots.finalize)
    cls->flags |= kClassHasDel;
  else
    cls->flags &= ~kClassHasDel;
}

void updateByName(Class *cls, Str *name) {
  if (name == KSTR(__new__)) {
    updateMake(cls);
  } else {
    bool found = false;
    for (size_t row = 0; row < kRows; ++row)
      if (rowNames[row] == name) {
        updateField(cls, kFieldOf[row]);
        found = true;
      }
    if (!found)
      return;
  }
  afterUpdate(cls);
  krt_class_each_subclass(
      cls,
      [](Class *sub, void *data) {
        Str *name = static_cast<Str *>(data);
        if (!krt_dict_get_str(sub->dict, name))
          updateByName(sub, name);
      },
      name);
}

} // namespace

void slotsUpdateAll(Class *cls) {
  slotName(SlotRow::repr);
  uint64_t done[(kSlotFields + 63) / 64] = {};
  for (size_t row = 0; row < kRows; ++row) {
    size_t field = kFieldOf[row];
    if (done[field / 64] >> field % 64 & 1)
      continue;
    done[field / 64] |= uint64_t{1} << field % 64;
    updateField(cls, field);
  }
  updateMake(cls);
  afterUpdate(cls);
}

void slotsUpdate(Class *cls, Str *name) {
  slotName(SlotRow::repr);
  if (name->length() < 5 || name->kind() != 1 || name->data1()[0] != '_' || name->data1()[1] != '_')
    return;
  updateByName(cls, name);
}

} // namespace krait
