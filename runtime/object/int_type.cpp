// int_type.cpp - the classes int and bool: slots. Operators work on plain integers and give way
// (NotImplemented) to anything that is not an int.
#include "runtime/object/bool_methods.bind.inc"
#include "runtime/object/class.h"
#include "runtime/object/constant_methods.bind.inc"
#include "runtime/object/constant_methods.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/int_methods.bind.inc"
#include "runtime/object/ordering.h"
#include "runtime/object/str.h"

namespace krait {

/// A binary slot over plain integers.
template <Value (*Op)(Value, Value)> static Value intBinary(Value a, Value b) {
  if (!krt_int_check(a) || !krt_int_check(b))
    return kNotImplemented;
  return Op(krt_int_plain(a), krt_int_plain(b));
}

Value krt_int_divmod_tuple(Value a, Value b);

static Value intPower(Value a, Value b, Value mod) {
  if (!krt_int_check(a) || !krt_int_check(b) || (mod != kNone && !krt_int_check(mod)))
    return kNotImplemented;
  if (mod == kNone)
    return krt_int_pow(krt_int_plain(a), krt_int_plain(b));
  return krt_int_pow_mod(krt_int_plain(a), krt_int_plain(b), krt_int_plain(mod));
}

static Value intRepr(Value self) { return krt_int_to_str(krt_int_plain(self), 10); }
static int intHash(Value self, int64_t *out) {
  *out = krt_int_hash(krt_int_plain(self));
  return 0;
}
static Value intCompare(Value a, Value b, CompareOp op) {
  if (!krt_int_check(a) || !krt_int_check(b))
    return kNotImplemented;
  int order = krt_int_compare(krt_int_plain(a), krt_int_plain(b));
  return orderingResult(op, order);
}
static int intTruth(Value self) { return krt_int_plain(self) != smallInt(0); }
static Value intNegative(Value self) { return krt_int_neg(krt_int_plain(self)); }
static Value intPlain(Value self) { return krt_int_plain(self); }
static Value intAbsolute(Value self) { return krt_int_abs(krt_int_plain(self)); }
static Value intInvert(Value self) { return krt_int_invert(krt_int_plain(self)); }
static Value intToFloat(Value self) {
  double d = krt_int_to_double(krt_int_plain(self));
  return d == -1.0 && errorPending() ? Value() : floatBox(d);
}

static Value boolRepr(Value self) { return self == kTrue ? KSTR(True) : KSTR(False); }
static int boolTruth(Value self) { return self == kTrue; }
/// Bit operations of two bools stay bools.
template <Value (*Op)(Value, Value)> static Value boolBinary(Value a, Value b) {
  if (isBool(a) && isBool(b))
    return boolean(Op(krt_int_plain(a), krt_int_plain(b)) != smallInt(0));
  return intBinary<Op>(a, b);
}

static Value noneRepr(Value) { return KSTR(None); }
static int noneTruth(Value) { return 0; }
static Value notImplementedRepr(Value) { return KSTR(NotImplemented); }
static Value ellipsisRepr(Value) { return KSTR(Ellipsis); }
/// The only instance of NoneType, NotImplementedType or ellipsis.
static Value constantMake(Class *cls, const Value *, size_t nargs, Tuple *kwnames) {
  if (nargs || (kwnames && kwnames->length))
    return krt_raise(kTypeError, "%s takes no arguments",
                     cls == &krt_ellipsis_class ? "EllipsisType" : cls->nativeName);
  return cls == &krt_none_class ? kNone : cls == &krt_ellipsis_class ? kEllipsis : kNotImplemented;
}
static int notImplementedTruth(Value) {
  return krt_warn_py(kDeprecationWarning, 1, "NotImplemented should not be used in a boolean context") < 0
             ? -1
             : 1;
}
static int constantHash(Value self, int64_t *out) {
  *out = static_cast<int64_t>(self.bits * 0x9e3779b97f4a7c15u >> 4);
  return 0;
}

constexpr int slotOf(BinaryOp op) { return static_cast<int>(op); }

extern "C" {
constinit Shape krt_int_shape = {.cls = &krt_int_class};
constinit Class krt_int_class = {
    .flags = kClassBase | kClassIntSub | kClassMatchSelf,
    .nativeName = "int",
    .rootShape = &krt_int_shape,
    .basicSize = sizeof(IntSub),
    .slots =
        {
            .repr = intRepr,
            .hash = intHash,
            .richcompare = intCompare,
            .truth = intTruth,
            .binary =
                {
                    [slotOf(BinaryOp::Add)] = intBinary<krt_int_add>,
                    [slotOf(BinaryOp::Sub)] = intBinary<krt_int_sub>,
                    [slotOf(BinaryOp::Mul)] = intBinary<krt_int_mul>,
                    [slotOf(BinaryOp::TrueDiv)] = intBinary<krt_int_truediv>,
                    [slotOf(BinaryOp::FloorDiv)] = intBinary<krt_int_floordiv>,
                    [slotOf(BinaryOp::Mod)] = intBinary<krt_int_mod>,
                    [slotOf(BinaryOp::Pow)] = intBinary<krt_int_pow>,
                    [slotOf(BinaryOp::LShift)] = intBinary<krt_int_lshift>,
                    [slotOf(BinaryOp::RShift)] = intBinary<krt_int_rshift>,
                    [slotOf(BinaryOp::And)] = intBinary<krt_int_and>,
                    [slotOf(BinaryOp::Or)] = intBinary<krt_int_or>,
                    [slotOf(BinaryOp::Xor)] = intBinary<krt_int_xor>,
                    [slotOf(BinaryOp::DivMod)] = intBinary<krt_int_divmod_tuple>,
                },
            .power = intPower,
            .negative = intNegative,
            .positive = intPlain,
            .absolute = intAbsolute,
            .invert = intInvert,
            .index = intPlain,
            .toInt = intPlain,
            .toFloat = intToFloat,
            .make = krt_int_make,
        },
    .methods = krt_int_defs,
    .doc = krt_int_doc,
};
constinit Class krt_bool_class = {
    .flags = kClassIntSub | kClassMatchSelf,
    .nativeName = "bool",
    .base = &krt_int_class,
    .basicSize = sizeof(IntSub),
    .slots =
        {
            .repr = boolRepr,
            .truth = boolTruth,
            .binary =
                {
                    [slotOf(BinaryOp::And)] = boolBinary<krt_int_and>,
                    [slotOf(BinaryOp::Or)] = boolBinary<krt_int_or>,
                    [slotOf(BinaryOp::Xor)] = boolBinary<krt_int_xor>,
                },
            .make = krt_bool_make,
        },
    .doc = krt_bool_doc,
};
Value krt_ellipsis_reduce(Value) { return strIntern("Ellipsis"); }
Value krt_notimplemented_reduce(Value) { return strIntern("NotImplemented"); }
constinit Class krt_none_class = {
    .nativeName = "NoneType",
    .basicSize = sizeof(Object),
    .slots = {.repr = noneRepr, .hash = constantHash, .truth = noneTruth, .make = constantMake},
};
constinit Class krt_notimplemented_class = {
    .nativeName = "NotImplementedType",
    .basicSize = sizeof(Object),
    .slots = {.repr = notImplementedRepr,
              .hash = constantHash,
              .truth = notImplementedTruth,
              .make = constantMake},
    .methods = krt_notimplemented_defs,
};
constinit Class krt_ellipsis_class = {
    .nativeName = "ellipsis",
    .basicSize = sizeof(Object),
    .slots = {.repr = ellipsisRepr, .hash = constantHash, .make = constantMake},
    .methods = krt_ellipsis_defs,
};
constinit Class *const krt_constant_classes[8] = {
    &krt_none_class,           &krt_bool_class,     nullptr,
    &krt_bool_class,           &krt_float_class,    &krt_float_class,
    &krt_notimplemented_class, &krt_ellipsis_class,
};
}

} // namespace krait
