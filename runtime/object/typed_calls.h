// typed_calls.h - operations of built-in types for compiled code that knows the kinds of the operands: nothing is unpacked,
// no user code runs, and each says what it reads. Indices are machine integers; those that stand for slice bounds may be
// negative or too large, as in Python.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
// ---- str ----
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_typed_strSlice(Str *text, int64_t start, int64_t stop);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_typed_strReversed(Str *text);
KRT_RT(KRT_PURE) bool krt_typed_strContains(Str *text, Str *part);
KRT_RT(KRT_PURE) bool krt_typed_strStartsWith(Str *text, Str *prefix, int64_t at);
KRT_RT(KRT_PURE) bool krt_typed_strEndsWith(Str *text, Str *suffix);
KRT_RT(KRT_PURE) int64_t krt_typed_strFind(Str *text, Str *part, int64_t from);
/// Position [index], known to be inside.
KRT_RT(KRT_PURE) int64_t krt_typed_strCode(Str *text, int64_t index);
/// [code] is a code point.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_typed_chr(int64_t code);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_typed_intStr(int64_t value);
/// int(text).
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_typed_strInt(Str *text);
/// float(text).
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_typed_strFloat(Str *text);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(ListItems, ListSizes), KRT_WRITES()) Str *krt_typed_strJoin(Str *separator, List *items);

// ---- Sequences ----
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(ListItems, ListSizes), KRT_WRITES()) List *krt_typed_listSlice(List *list, int64_t start, int64_t stop);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Tuple *krt_typed_tupleSlice(Tuple *tuple, int64_t start, int64_t stop);
/// list.extend(list).
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(ListItems, ListSizes), KRT_WRITES(ListItems, ListSizes)) Value krt_typed_listExtend(List *list, List *more);

// ---- dict and set, keys int or exact str ----
/// False: a stored key has to be compared by user code. Else *out is the value, or null if there is none.
KRT_RT() bool krt_typed_dictLookup(Dict *dict, Value key, Value *out);
/// False, without any effect: as above, or memory is exhausted.
KRT_RT(KRT_COLLECTS, KRT_READS(DictItems), KRT_WRITES(DictItems)) bool krt_typed_dictStore(Dict *dict, Value key, Value value);
/// The value or [fallback]; null: user code has to compare.
KRT_RT(KRT_NULL_OK, KRT_READS(DictItems), KRT_WRITES()) Value krt_typed_dictGet(Dict *dict, Value key, Value fallback);
/// 1 or 0; -1: user code has to compare.
KRT_RT(KRT_READS(DictItems), KRT_WRITES()) int64_t krt_typed_dictHas(Dict *dict, Value key);
KRT_RT(KRT_READS(SetItems), KRT_WRITES()) int64_t krt_typed_setHas(Set *set, Value key);

// ---- Iterators of dict.items() ----
KRT_RT(KRT_PURE) bool krt_typed_isItemIter(Value value);
/// A step: the key, or null at the end or with an exception pending.
KRT_RT(KRT_NULL_OK, KRT_RAISES, KRT_COLLECTS, KRT_READS(DictItems), KRT_WRITES(Fields)) Value krt_typed_itemIterKey(Value iterator);
/// The value that belongs to the key just given.
KRT_RT(KRT_READS(DictItems, Fields), KRT_WRITES()) Value krt_typed_itemIterValue(Value iterator);

/// [value], the result of a look-up of [key]; KeyError if it is null.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES(Thread))
Value krt_typed_found(Value value, Value key);

// ---- Exceptions ----
/// An instance of an exception class that makes them by BaseException.__new__.
KRT_RT(KRT_COLLECTS, KRT_READS(), KRT_WRITES(Thread)) Value krt_typed_exceptionNew(Class *cls, Tuple *args);
/// BaseException.__init__(exception, *args).
KRT_RT(KRT_READS(), KRT_WRITES(Fields)) Value krt_typed_exceptionInit(Value exception, Tuple *args);
/// Does an except clause for [type], a class or a tuple of classes, catch [exception]? 1, 0, or -1:
/// TypeError.
KRT_RT(KRT_READS(), KRT_WRITES()) int64_t krt_typed_exceptionMatches(Value exception, Value type);

// ---- Classes ----
/// isinstance(value, cls): 1, 0, or -1: one of the classes has a say in it.
KRT_RT(KRT_READS(), KRT_WRITES()) int64_t krt_typed_isinstance(Value value, Class *cls);
}

} // namespace krait
