// protocol.h - operations on any value: what operators, built-in functions and statements do.
// Names ending in _py may run user code. Value and pointer results: null = exception pending (unless said
// otherwise); int results: -1 = exception pending.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/thread.h"

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
// ---- Attributes ----
Value krt_getattr_py(Value object, Str *name);
/// Null without an exception when the attribute is missing (AttributeError swallowed); null with one on other
/// errors.
KRT_RT(KRT_NULL_OK) Value krt_getattr_optional_py(Value object, Str *name);
int krt_setattr_py(Value object, Str *name, Value valueOrNull);
/// object.__getattribute__ and object.__setattr__: the generic algorithms, through shapes.
Value krt_object_getattr_py(Value object, Str *name);
int krt_object_setattr_py(Value object, Str *name, Value valueOrNull);
/// As krt_object_getattr_py; null without an exception when the attribute is missing.
Value krt_object_getattr_optional_py(Value object, Str *name);
/// type.__getattribute__ and type.__setattr__.
Value krt_type_getattr_py(Value cls, Str *name);
int krt_type_setattr_py(Value cls, Str *name, Value valueOrNull);
/// LoadMethod: returns the function and sets *self to the receiver (plain method), or to null (any other
/// attribute).
Value krt_load_method_py(Value object, Str *name, Value *self);
/// Attribute of the class along the MRO, not bound; null (no exception) if missing.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_NULL_OK) Value krt_class_lookup(Class *cls, Str *name);
/// Special method looked up on the class of [object], as krt_load_method_py; null without exception if
/// missing.
KRT_RT(KRT_NULL_OK) Value krt_special_lookup_py(Value object, Str *name, Value *self);
/// Instance attribute only (shape or __dict__); null without exception if missing.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_NULL_OK) Value krt_instance_get(Value object, Str *name);
/// The instance __dict__ (switches the object to dict mode); null without exception if it can have none.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_NULL_OK) Dict *krt_instance_dict(Value object);
/// The instance attributes as a new dict, the object left as it is; null without exception if it can have
/// none.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_NULL_OK) Dict *krt_instance_dict_copy(Value object);
/// Stores (or with null deletes) an instance attribute without asking the class. 0; 1 when there was none to
/// delete; -1 (no exception) when the object can have no attributes.
int krt_instance_set(Object *object, Str *name, Value valueOrNull);

// ---- Calls ----
Value krt_call_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_call0_py(Value callee);
Value krt_call1_py(Value callee, Value a);
Value krt_call2_py(Value callee, Value a, Value b);
Value krt_call3_py(Value callee, Value a, Value b, Value c);
/// callee(*args, **kwargs); kwargs may be null.
Value krt_call_ex_py(Value callee, Tuple *args, Dict *kwargs);
Value krt_call_method_py(Value object, Str *name, const Value *args, size_t nargs);
/// function(self, args...) where self may be null (as left by krt_load_method_py).
Value krt_call_with_self_py(Value function, Value self, const Value *args, size_t nargs, Tuple *kwnames);
KRT_RT(KRT_READS(Shapes), KRT_WRITES()) bool krt_callable(Value object);

/// An entry of the builtins module, e.g. getattr; AttributeError if it is missing.
Value krt_builtin_py(Str *name);

// ---- Truth, comparison, hash, classes ----
int krt_truth_py(Value object);
Value krt_compare_py(Value a, Value b, CompareOp op);
int krt_compare_truth_py(Value a, Value b, CompareOp op);
/// Identity or ==, as containers compare.
int krt_equal_py(Value a, Value b);
int krt_hash_py(Value object, int64_t *hash);
int krt_isinstance_py(Value object, Value classOrTuple);
int krt_issubclass_py(Value cls, Value classOrTuple);
/// By MRO only.
KRT_RT(KRT_PURE) bool krt_subclass(const Class *cls, const Class *base);
KRT_RT(KRT_READS(Shapes), KRT_WRITES()) bool krt_instance(Value object, const Class *cls);
/// type.__instancecheck__ and type.__subclasscheck__.
int krt_real_isinstance_py(Value object, Value cls);
int krt_real_issubclass_py(Value derived, Value cls);

// ---- Text ----
Str *krt_repr_py(Value object);
Str *krt_str_of_py(Value object);
Str *krt_ascii_py(Value object);
/// format(object, spec); spec may be null.
Value krt_format_py(Value object, Str *spec);

// ---- Items, length, iteration ----
int64_t krt_length_py(Value object);
Value krt_getitem_py(Value object, Value key);
int krt_setitem_py(Value object, Value key, Value valueOrNull);
int krt_contains_py(Value container, Value item);
Value krt_iter_py(Value object);
/// Next item, or null: exhausted when no exception is pending (StopIteration is consumed).
KRT_RT(KRT_NULL_OK) Value krt_next_py(Value iterator);
/// next() or send(): Yield or Return with the value in *result, Error with an exception pending.
SendStatus krt_send_py(Value receiver, Value value, Value *result);
/// operator.length_hint; -1 on error.
int64_t krt_length_hint_py(Value object, int64_t fallback);
List *krt_list_from_py(Value iterable);
Tuple *krt_tuple_from_py(Value iterable);

// ---- Numbers ----
Value krt_binary_py(Value a, Value b, BinaryOp op);
Value krt_inplace_py(Value a, Value b, BinaryOp op);
Value krt_power_py(Value a, Value b, Value modOrNone);
Value krt_negative_py(Value a);
Value krt_positive_py(Value a);
Value krt_invert_py(Value a);
Value krt_absolute_py(Value a);
/// operator.index: an exact int.
Value krt_index_py(Value object);
/// __index__ as int64; -1 with an exception on error. Out of range: class [overflow] is raised, or clipped if
/// it is null.
int64_t krt_index_i64_py(Value object, Class *overflow);
/// float(object) without parsing str; on error an exception is pending (and -1.0 returned).
double krt_double_py(Value object);

/// RecursionError (pending) because of the limit on the depth of calls; always true.
bool krt_depth_exceeded(const char *where);
/// RecursionError (pending) because the native stack is used up; always true.
bool krt_stack_exhausted(const char *where);
KRT_RT_END
}

/// True when the caller is too deep in the native stack; RecursionError is pending then. [where] ends the
/// message, e.g. " while calling a Python object".
inline bool recursionCheck(const char *where) {
  return __builtin_expect(static_cast<char *>(__builtin_frame_address(0)) < krt_thread.stackLimit, 0) &&
         krt_stack_exhausted(where);
}

/// A level of recursion through native code that counts as a call against sys.setrecursionlimit().
class CountedCall {
public:
  CountedCall() { ++krt_thread.depth; }
  ~CountedCall() { --krt_thread.depth; }
  CountedCall(const CountedCall &) = delete;
  /// True, with RecursionError pending, where no call would be allowed any more.
  [[nodiscard]] bool tooDeep(const char *where) const {
    bool over = krt_thread.depth > krt_thread.depthLimit && !krt_thread.recursionHeadroom;
    return __builtin_expect(over, 0) ? krt_depth_exceeded(where) : recursionCheck(where);
  }
};

} // namespace krait
