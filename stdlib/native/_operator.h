// _operator.h - the module _operator: operators as functions; itemgetter, attrgetter, methodcaller.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_operator, "Operators as functions.");
KRT_CLASS(itemgetter, "A callable that takes one item of its operand, or a tuple of several.");
KRT_CLASS(attrgetter, "A callable that takes one attribute of its operand, or a tuple of several; names may have dots.");
KRT_CLASS(methodcaller, "A callable that calls a method of its operand with fixed arguments.");

extern "C" {
extern Class krt_itemgetter_class, krt_attrgetter_class, krt_methodcaller_class;

KRT_MODULE_INIT(_operator)
bool krt__operator_init(Module *module);

/// Same as a + b.
KRT_FUNCTION(_operator, "add(a, b, /)", KRT_RUNS_PY)
Value krt__operator_add_py(Value a, Value b);
/// Same as a - b.
KRT_FUNCTION(_operator, "sub(a, b, /)", KRT_RUNS_PY)
Value krt__operator_sub_py(Value a, Value b);
/// Same as a * b.
KRT_FUNCTION(_operator, "mul(a, b, /)", KRT_RUNS_PY)
Value krt__operator_mul_py(Value a, Value b);
/// Same as a / b.
KRT_FUNCTION(_operator, "truediv(a, b, /)", KRT_RUNS_PY)
Value krt__operator_truediv_py(Value a, Value b);
/// Same as a // b.
KRT_FUNCTION(_operator, "floordiv(a, b, /)", KRT_RUNS_PY)
Value krt__operator_floordiv_py(Value a, Value b);
/// Same as a % b.
KRT_FUNCTION(_operator, "mod(a, b, /)", KRT_RUNS_PY)
Value krt__operator_mod_py(Value a, Value b);
/// Same as a @ b.
KRT_FUNCTION(_operator, "matmul(a, b, /)", KRT_RUNS_PY)
Value krt__operator_matmul_py(Value a, Value b);
/// Same as a << b.
KRT_FUNCTION(_operator, "lshift(a, b, /)", KRT_RUNS_PY)
Value krt__operator_lshift_py(Value a, Value b);
/// Same as a >> b.
KRT_FUNCTION(_operator, "rshift(a, b, /)", KRT_RUNS_PY)
Value krt__operator_rshift_py(Value a, Value b);
/// Same as a & b.
KRT_FUNCTION(_operator, "and_(a, b, /)", KRT_RUNS_PY)
Value krt__operator_and_py(Value a, Value b);
/// Same as a | b.
KRT_FUNCTION(_operator, "or_(a, b, /)", KRT_RUNS_PY)
Value krt__operator_or_py(Value a, Value b);
/// Same as a ^ b.
KRT_FUNCTION(_operator, "xor(a, b, /)", KRT_RUNS_PY)
Value krt__operator_xor_py(Value a, Value b);
/// Same as a += b.
KRT_FUNCTION(_operator, "iadd(a, b, /)", KRT_RUNS_PY)
Value krt__operator_iadd_py(Value a, Value b);
/// Same as a -= b.
KRT_FUNCTION(_operator, "isub(a, b, /)", KRT_RUNS_PY)
Value krt__operator_isub_py(Value a, Value b);
/// Same as a *= b.
KRT_FUNCTION(_operator, "imul(a, b, /)", KRT_RUNS_PY)
Value krt__operator_imul_py(Value a, Value b);
/// Same as a /= b.
KRT_FUNCTION(_operator, "itruediv(a, b, /)", KRT_RUNS_PY)
Value krt__operator_itruediv_py(Value a, Value b);
/// Same as a //= b.
KRT_FUNCTION(_operator, "ifloordiv(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ifloordiv_py(Value a, Value b);
/// Same as a %= b.
KRT_FUNCTION(_operator, "imod(a, b, /)", KRT_RUNS_PY)
Value krt__operator_imod_py(Value a, Value b);
/// Same as a @= b.
KRT_FUNCTION(_operator, "imatmul(a, b, /)", KRT_RUNS_PY)
Value krt__operator_imatmul_py(Value a, Value b);
/// Same as a <<= b.
KRT_FUNCTION(_operator, "ilshift(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ilshift_py(Value a, Value b);
/// Same as a >>= b.
KRT_FUNCTION(_operator, "irshift(a, b, /)", KRT_RUNS_PY)
Value krt__operator_irshift_py(Value a, Value b);
/// Same as a &= b.
KRT_FUNCTION(_operator, "iand(a, b, /)", KRT_RUNS_PY)
Value krt__operator_iand_py(Value a, Value b);
/// Same as a |= b.
KRT_FUNCTION(_operator, "ior(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ior_py(Value a, Value b);
/// Same as a ^= b.
KRT_FUNCTION(_operator, "ixor(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ixor_py(Value a, Value b);
/// Same as a < b.
KRT_FUNCTION(_operator, "lt(a, b, /)", KRT_RUNS_PY)
Value krt__operator_lt_py(Value a, Value b);
/// Same as a <= b.
KRT_FUNCTION(_operator, "le(a, b, /)", KRT_RUNS_PY)
Value krt__operator_le_py(Value a, Value b);
/// Same as a == b.
KRT_FUNCTION(_operator, "eq(a, b, /)", KRT_RUNS_PY)
Value krt__operator_eq_py(Value a, Value b);
/// Same as a != b.
KRT_FUNCTION(_operator, "ne(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ne_py(Value a, Value b);
/// Same as a >= b.
KRT_FUNCTION(_operator, "ge(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ge_py(Value a, Value b);
/// Same as a > b.
KRT_FUNCTION(_operator, "gt(a, b, /)", KRT_RUNS_PY)
Value krt__operator_gt_py(Value a, Value b);
/// Same as -a.
KRT_FUNCTION(_operator, "neg(a, /)", KRT_RUNS_PY)
Value krt__operator_neg_py(Value a);
/// Same as +a.
KRT_FUNCTION(_operator, "pos(a, /)", KRT_RUNS_PY)
Value krt__operator_pos_py(Value a);
/// Same as ~a.
KRT_FUNCTION(_operator, "inv(a, /)", KRT_RUNS_PY)
Value krt__operator_inv_py(Value a);
/// Same as ~a.
KRT_FUNCTION(_operator, "invert(a, /)", KRT_RUNS_PY)
Value krt__operator_invert_py(Value a);
/// Same as abs(a).
KRT_FUNCTION(_operator, "abs(a, /)", KRT_RUNS_PY)
Value krt__operator_abs_py(Value a);
/// Same as a.__index__().
KRT_FUNCTION(_operator, "index(a, /)", KRT_RUNS_PY)
Value krt__operator_index_py(Value a);
/// Same as a ** b.
KRT_FUNCTION(_operator, "pow(a, b, /)", KRT_RUNS_PY)
Value krt__operator_pow_py(Value a, Value b);
/// Same as a **= b.
KRT_FUNCTION(_operator, "ipow(a, b, /)", KRT_RUNS_PY)
Value krt__operator_ipow_py(Value a, Value b);
/// Same as a is b.
KRT_FUNCTION(_operator, "is_(a, b, /)")
Value krt__operator_is(Value a, Value b);
/// Same as a is not b.
KRT_FUNCTION(_operator, "is_not(a, b, /)")
Value krt__operator_isNot(Value a, Value b);
/// Same as not a.
KRT_FUNCTION(_operator, "not_(a, /)", KRT_RUNS_PY)
Value krt__operator_not_py(Value a);
/// True if a is true, else False.
KRT_FUNCTION(_operator, "truth(a, /)", KRT_RUNS_PY)
Value krt__operator_truth_py(Value a);
/// Same as b in a.
KRT_FUNCTION(_operator, "contains(a, b, /)", KRT_RUNS_PY)
Value krt__operator_contains_py(Value a, Value b);
/// Same as a[b].
KRT_FUNCTION(_operator, "getitem(a, b, /)", KRT_RUNS_PY)
Value krt__operator_getitem_py(Value a, Value b);
/// Same as a[b] = c.
KRT_FUNCTION(_operator, "setitem(a, b, c, /)", KRT_RUNS_PY)
Value krt__operator_setitem_py(Value a, Value b, Value c);
/// Same as del a[b].
KRT_FUNCTION(_operator, "delitem(a, b, /)", KRT_RUNS_PY)
Value krt__operator_delitem_py(Value a, Value b);
/// Same as a + b for sequences.
KRT_FUNCTION(_operator, "concat(a, b, /)", KRT_RUNS_PY)
Value krt__operator_concat_py(Value a, Value b);
/// Same as a += b for sequences.
KRT_FUNCTION(_operator, "iconcat(a, b, /)", KRT_RUNS_PY)
Value krt__operator_iconcat_py(Value a, Value b);
/// The number of items of a equal to b.
KRT_FUNCTION(_operator, "countOf(a, b, /)", KRT_RUNS_PY)
Value krt__operator_countOf_py(Value a, Value b);
/// The place of the first item of a equal to b.
KRT_FUNCTION(_operator, "indexOf(a, b, /)", KRT_RUNS_PY)
Value krt__operator_indexOf_py(Value a, Value b);
/// An estimate of the number of items in obj; default if it has none.
KRT_FUNCTION(_operator, "length_hint(obj, default=0, /)", KRT_RUNS_PY)
Value krt__operator_lengthHint_py(Value object, Value fallback);
/// Same as obj(*args, **kwargs).
KRT_FUNCTION(_operator, "call(obj, /, *args, **kwargs)", KRT_RUNS_PY)
Value krt__operator_call_py(Value object, ArgSpan args, Dict *kwargs);
/// Same as a == b for bytes or ASCII text, in a time that does not depend on where they differ.
KRT_FUNCTION(_operator, "_compare_digest(a, b, /)", KRT_RUNS_PY)
Value krt__operator_compareDigest_py(Value a, Value b);

/// Return state information for pickling.
KRT_METHOD(itemgetter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itemgetter_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(attrgetter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_attrgetter_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(methodcaller, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_methodcaller_reduce_py(Value self);
}

} // namespace krait
