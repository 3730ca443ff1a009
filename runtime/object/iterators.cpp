// iterators.cpp - see iterators.h.
#include "runtime/object/iterators.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/int.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "runtime/object/slots.h"
#include "runtime/object/union.h"

#include "runtime/object/iterators.bind.inc"

namespace krait {

bool noKeywords(Class *cls, const Class &plain, Tuple *kwnames) {
  if (!kwnames || !kwnames->length || (cls != &plain && cls->slots.init != plain.slots.init))
    return true;
  const char *dot = std::strrchr(plain.nativeName, '.');
  krt_raise(kTypeError, "%s() takes no keyword arguments", dot ? dot + 1 : plain.nativeName);
  return false;
}

namespace {

/// Iterators over the [count] iterables.
Tuple *iteratorsOver(const Value *iterables, size_t count) {
  Tuple *iterators = krt_tuple_new(count);
  for (size_t i = 0; i < count; ++i)
    iterators->items[i] = TRY(krt_iter_py(iterables[i]));
  return iterators;
}

bool keywordIs(Tuple *kwnames, int64_t i, const char *name) {
  return kwnames->items[i].as<Str>() == strIntern(name);
}

Value badKeyword(Value name, const char *function) {
  return krt_raise(kTypeError, "'%S' is an invalid keyword argument for %s()", name, function);
}

// ---- enumerate ----

Value makeEnumerate(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  Value iterable = nargs ? args[0] : Value(), start = nargs > 1 ? args[1] : Value();
  size_t keywords = kwnames ? kwnames->length : 0;
  if (nargs + keywords > 2)
    return krt_raise(kTypeError, "enumerate() takes at most 2 arguments (%zu given)", nargs + keywords);
  for (size_t i = 0; i < keywords; ++i) {
    Value *target = keywordIs(kwnames, i, "iterable") ? &iterable
                    : keywordIs(kwnames, i, "start")  ? &start
                                                      : nullptr;
    if (!target || *target)
      return badKeyword(kwnames->items[i], "enumerate");
    *target = args[nargs + i];
  }
  if (!iterable)
    return krt_raise(kTypeError, "enumerate() missing required argument 'iterable'");
  Value count = start ? TRY(krt_index_py(start)) : smallInt(0);
  Value iterator = TRY(krt_iter_py(iterable));
  auto *result = newInstance<Enumerate>(krt_enumerate_class, cls);
  result->iterator = iterator;
  result->count = count;
  return result;
}

Value nextEnumerate(Value self) {
  auto *iterator = self.as<Enumerate>();
  Value item = nextOf(iterator->iterator);
  if (!item)
    return {};
  Value count = iterator->count;
  if (__builtin_expect(count.isInt() && count.asInt() < kSmallIntMax, 1))
    iterator->count = smallInt(count.asInt() + 1);
  else
    iterator->count = TRY(krt_int_add(count, smallInt(1)));
  Tuple *pair = gcNew<Tuple>(krt_tuple_class, 2 * sizeof(Value));
  pair->length = 2;
  pair->items[0] = count;
  pair->items[1] = item;
  return pair;
}

// ---- zip ----

Value makeZip(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  bool strict = false;
  if (kwnames && kwnames->length > 1)
    return krt_raise(kTypeError, "zip() takes at most 1 keyword argument (%zu given)",
                     static_cast<size_t>(kwnames->length));
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i) {
    if (!keywordIs(kwnames, i, "strict"))
      return badKeyword(kwnames->items[i], "zip");
    strict = TRY_INT(krt_truth_py(args[nargs + i]));
  }
  Tuple *iterators = TRY(iteratorsOver(args, nargs));
  auto *result = newInstance<Zip>(krt_zip_class, cls);
  result->iterators = iterators;
  result->strict = strict;
  return result;
}

/// Argument [index] (from 0) differs in length from those before it.
Value zipMismatch(int64_t index, const char *how) {
  return krt_raise(kValueError,
                   index == 1 ? "zip() argument %d is %s than argument %d"
                              : "zip() argument %d is %s than arguments 1-%d",
                   static_cast<int>(index + 1), how, static_cast<int>(index));
}

/// Iterator number [index] of a strict zip is exhausted (no exception is pending): so must be the others.
Value checkEnd(Zip *zip, int64_t index) {
  if (index)
    return zipMismatch(index, "shorter");
  for (int64_t i = 1; i < zip->iterators->length; ++i) {
    if (nextOf(zip->iterators->items[i]))
      return zipMismatch(i, "longer");
    if (errorPending())
      break;
  }
  return {};
}

Value nextZip(Value self) {
  auto *zip = self.as<Zip>();
  Tuple *iterators = zip->iterators;
  int64_t count = iterators->length;
  if (count == 2) {
    Value first = nextOf(iterators->items[0]);
    Value second = first ? nextOf(iterators->items[1]) : Value();
    if (__builtin_expect(!second, 0))
      return zip->strict && !errorPending() ? checkEnd(zip, first ? 1 : 0) : Value();
    Tuple *pair = gcNew<Tuple>(krt_tuple_class, 2 * sizeof(Value));
    pair->length = 2;
    pair->items[0] = first;
    pair->items[1] = second;
    return pair;
  }
  if (!count)
    return {};
  Tuple *result = krt_tuple_new(count);
  for (int64_t i = 0; i < count; ++i) {
    Value item = nextOf(iterators->items[i]);
    if (!item)
      return zip->strict && !errorPending() ? checkEnd(zip, i) : Value();
    result->items[i] = item;
  }
  return result;
}

// ---- map and filter ----

Value makeMap(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(cls, krt_map_class, kwnames))
    return {};
  if (nargs < 2)
    return krt_raise(kTypeError, "map() must have at least two arguments.");
  Tuple *iterators = TRY(iteratorsOver(args + 1, nargs - 1));
  auto *result = newInstance<Map>(krt_map_class, cls);
  result->function = args[0];
  result->iterators = iterators;
  return result;
}

Value nextMap(Value self) {
  auto *map = self.as<Map>();
  Tuple *iterators = map->iterators;
  int64_t count = iterators->length;
  constexpr int64_t onStack = 6;
  Value few[onStack];
  Value *items = count <= onStack ? few : static_cast<Value *>(gcAllocate(count * sizeof(Value)));
  for (int64_t i = 0; i < count; ++i) {
    items[i] = nextOf(iterators->items[i]);
    if (!items[i])
      return {};
  }
  return endIfStopped(krt_call_py(map->function, items, count, nullptr));
}

Value makeFilter(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(cls, krt_filter_class, kwnames))
    return {};
  if (nargs != 2)
    return krt_raise(kTypeError, "filter expected 2 arguments, got %zu", nargs);
  Value iterator = TRY(krt_iter_py(args[1]));
  auto *result = newInstance<Filter>(krt_filter_class, cls);
  result->function = args[0];
  result->iterator = iterator;
  return result;
}

Value nextFilter(Value self) {
  auto *filter = self.as<Filter>();
  Value function = filter->function;
  bool plain = function == kNone || function == Value(&krt_bool_class);
  while (Value item = nextOf(filter->iterator)) {
    Value verdict = item;
    if (!plain) {
      verdict = endIfStopped(krt_call_py(function, &item, 1, nullptr));
      if (!verdict)
        return {};
    }
    if (verdict == kTrue)
      return item;
    if (verdict != kFalse && TRY_INT(krt_truth_py(verdict)))
      return item;
  }
  return {};
}

// ---- reversed ----

Value makeReversed(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(cls, krt_reversed_class, kwnames))
    return {};
  if (nargs != 1)
    return krt_raise(kTypeError, "reversed expected 1 argument, got %zu", nargs);
  Value sequence = args[0], receiver;
  Value method = krt_special_lookup_py(sequence, KSTR(__reversed__), &receiver);
  if (method && method != kNone)
    return krt_call_with_self_py(method, receiver, nullptr, 0, nullptr);
  if (errorPending())
    return {};
  const TypeSlots &slots = classOf(sequence)->slots;
  if (method == kNone || !slots.getitem || !slots.length || hasClassFlag(sequence, kClassDictSub))
    return krt_raise(kTypeError, "'%.200T' object is not reversible", sequence);
  int64_t length = TRY_INT(krt_length_py(sequence));
  auto *result = newInstance<Reversed>(krt_reversed_class, cls);
  result->sequence = sequence;
  result->index = length - 1;
  return result;
}

Value nextReversed(Value self) {
  auto *iterator = self.as<Reversed>();
  if (!iterator->sequence)
    return {};
  if (iterator->index >= 0) {
    Value item = krt_getitem_py(iterator->sequence, smallInt(iterator->index));
    if (item) {
      --iterator->index;
      return item;
    }
    if (!krt_error_clear_if(kIndexError) && !krt_error_clear_if(kStopIteration))
      return {};
  }
  iterator->sequence = Value();
  return {};
}

// ---- iter(callable, sentinel) ----

Value nextCallable(Value self) {
  auto *iterator = self.as<CallableIter>();
  if (!iterator->callable)
    return {};
  Value result = krt_call_py(iterator->callable, nullptr, 0, nullptr);
  if (!result) {
    if (krt_error_clear_if(kStopIteration))
      iterator->callable = Value();
    return {};
  }
  if (!iterator->callable) // the call came back here
    return {};
  if (!TRY_INT(equalItems(iterator->sentinel, result)))
    return result;
  iterator->callable = iterator->sentinel = Value();
  return {};
}

/// (class, arguments[, state]).
Value reduced(Value self, Value arguments, Value state = Value()) {
  Value parts[3] = {classOf(self), arguments, state};
  return krt_tuple_from(parts, state ? 3 : 2);
}

} // namespace

extern "C" {

Value krt_callable_iter_new(Value callable, Value sentinel) {
  auto *iterator = gcNew<CallableIter>(krt_callable_iter_class);
  iterator->callable = callable;
  iterator->sentinel = sentinel;
  return iterator;
}

Value krt_enumerate_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }
Value krt_enumerate_reduce(Enumerate *self) {
  Value arguments[2] = {self->iterator, self->count};
  return reduced(self, krt_tuple_from(arguments, 2));
}

Value krt_zip_reduce(Zip *self) { return reduced(self, self->iterators, self->strict ? kTrue : Value()); }
Value krt_zip_setstate_py(Zip *self, Value state) {
  self->strict = TRY_INT(krt_truth_py(state));
  return kNone;
}

Value krt_map_reduce(Map *self) {
  Tuple *arguments = krt_tuple_new(self->iterators->length + 1);
  arguments->items[0] = self->function;
  for (int64_t i = 0; i < self->iterators->length; ++i)
    arguments->items[i + 1] = self->iterators->items[i];
  return reduced(self, arguments);
}

Value krt_filter_reduce(Filter *self) {
  Value arguments[2] = {self->function, self->iterator};
  return reduced(self, krt_tuple_from(arguments, 2));
}

Value krt_reversed_lengthHint_py(Reversed *self) {
  if (!self->sequence)
    return smallInt(0);
  int64_t length = TRY_INT(krt_length_py(self->sequence));
  return krt_int_from_i64(length < self->index + 1 ? 0 : self->index + 1);
}

Value krt_reversed_reduce(Reversed *self) {
  Value sequence = self->sequence ? self->sequence : Value(krt_tuple_empty);
  return self->sequence ? reduced(self, krt_tuple_from(&sequence, 1), smallInt(self->index))
                        : reduced(self, krt_tuple_from(&sequence, 1));
}

Value krt_reversed_setstate_py(Reversed *self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  if (self->sequence) {
    int64_t length = TRY_INT(krt_length_py(self->sequence));
    self->index = index < -1 ? -1 : index > length - 1 ? length - 1 : index;
  }
  return kNone;
}

Value krt_callable_iter_reduce_py(CallableIter *self) {
  Value iter = TRY(krt_builtin_py(KSTR(iter)));
  Value arguments[2] = {self->callable, self->sentinel};
  Value parts[2] = {iter, self->callable ? Value(krt_tuple_from(arguments, 2)) : Value()};
  if (!parts[1]) {
    Value nothing = krt_tuple_empty;
    parts[1] = krt_tuple_from(&nothing, 1);
  }
  return krt_tuple_from(parts, 2);
}

} // extern "C"

Class krt_enumerate_class = {
    .flags = kClassBase,
    .nativeName = "enumerate",
    .basicSize = sizeof(Enumerate),
    .slots = {.iter = iteratorSelf, .next = nextEnumerate, .make = makeEnumerate},
    .methods = krt_enumerate_defs,
    .doc = krt_enumerate_doc,
    .newSignature = "(iterable, start=0)",
};
Class krt_zip_class = {
    .flags = kClassBase,
    .nativeName = "zip",
    .basicSize = sizeof(Zip),
    .slots = {.iter = iteratorSelf, .next = nextZip, .make = makeZip},
    .methods = krt_zip_defs,
    .doc = krt_zip_doc,
};
Class krt_map_class = {
    .flags = kClassBase,
    .nativeName = "map",
    .basicSize = sizeof(Map),
    .slots = {.iter = iteratorSelf, .next = nextMap, .make = makeMap},
    .methods = krt_map_defs,
    .doc = krt_map_doc,
};
Class krt_filter_class = {
    .flags = kClassBase,
    .nativeName = "filter",
    .basicSize = sizeof(Filter),
    .slots = {.iter = iteratorSelf, .next = nextFilter, .make = makeFilter},
    .methods = krt_filter_defs,
    .doc = krt_filter_doc,
};
Class krt_reversed_class = {
    .flags = kClassBase,
    .nativeName = "reversed",
    .basicSize = sizeof(Reversed),
    .slots = {.iter = iteratorSelf, .next = nextReversed, .make = makeReversed},
    .methods = krt_reversed_defs,
    .doc = krt_reversed_doc,
    .newSignature = "(sequence, /)",
};
Class krt_callable_iter_class = {
    .nativeName = "callable_iterator",
    .basicSize = sizeof(CallableIter),
    .slots = {.iter = iteratorSelf, .next = nextCallable},
    .methods = krt_callable_iter_defs,
};

} // namespace krait
