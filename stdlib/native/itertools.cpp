// itertools.cpp - see itertools.h.
#include "stdlib/native/itertools.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/int.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "runtime/object/union.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/itertools_combinatoric.h"
#include "stdlib/native/itertools_tee.h"

#include "stdlib/native/itertools.bind.inc"

namespace krait {

namespace {

struct Count : Object {
  Value next, step;
};
struct Cycle : Object {
  Value iterator; // null once exhausted
  List *seen;
  int64_t index; // in seen, in later rounds
};
struct Repeat : Object {
  Value object;
  int64_t left; // -1: without end
};
struct Accumulate : Object {
  Value iterator, function, total, initial; // function null: addition; total, initial null: none
};
struct Chain : Object {
  Value source, active; // null: exhausted, none
};
/// compress, dropwhile, takewhile, filterfalse, starmap.
struct Pair : Object {
  Value function, iterator;
  bool done; // dropwhile: an item was let through; takewhile: the end was reached
};
struct Islice : Object {
  Value iterator;                     // null when exhausted
  int64_t next, stop, step, position; // stop -1: none
};
struct ZipLongest : Object {
  Tuple *iterators; // null items are exhausted
  Value fill;
  int64_t active;
};
struct Pairwise : Object {
  Value iterator, previous;
};

Tuple *tuple1(Value a) { return krt_tuple_from(&a, 1); }
Tuple *tuple2(Value a, Value b) {
  Tuple *pair = gcNew<Tuple>(krt_tuple_class, 2 * sizeof(Value));
  pair->length = 2;
  pair->items[0] = a;
  pair->items[1] = b;
  return pair;
}

// ---- count ----

bool isNumber(Value v) {
  const TypeSlots &slots = classOf(v)->slots;
  return slots.index || slots.toInt || slots.toFloat || krt_subclass(classOf(v), &krt_complex_class);
}

Value nextCount(Value self) {
  auto *count = self.as<Count>();
  Value current = count->next;
  int64_t sum;
  if (bothInts(current, count->step) && !__builtin_add_overflow(current.asInt(), count->step.asInt(), &sum) &&
      fitsSmallInt(sum))
    count->next = smallInt(sum);
  else
    count->next = TRY(krt_binary_py(current, count->step, BinaryOp::Add));
  return current;
}

Value reprCount(Value self) {
  auto *count = self.as<Count>();
  if (count->step == smallInt(1))
    return krt_str_format("%s(%R)", "count", count->next);
  return krt_str_format("%s(%R, %R)", "count", count->next, count->step);
}

// ---- cycle, repeat ----

Value nextCycle(Value self) {
  auto *cycle = self.as<Cycle>();
  if (cycle->iterator) {
    if (Value item = nextOf(cycle->iterator))
      return krt_list_append(cycle->seen, item) < 0 ? Value() : item;
    if (errorPending())
      return {};
    cycle->iterator = Value();
    cycle->index = 0;
  }
  if (!cycle->seen->length)
    return {};
  Value item = cycle->seen->items[cycle->index];
  if (++cycle->index >= cycle->seen->length)
    cycle->index = 0;
  return item;
}

Value nextRepeat(Value self) {
  auto *repeat = self.as<Repeat>();
  if (repeat->left == 0)
    return {};
  if (repeat->left > 0)
    --repeat->left;
  return repeat->object;
}

Value reprRepeat(Value self) {
  auto *repeat = self.as<Repeat>();
  if (repeat->left < 0)
    return krt_str_format("repeat(%R)", repeat->object);
  return krt_str_format("repeat(%R, %lld)", repeat->object, static_cast<long long>(repeat->left));
}

// ---- accumulate, chain ----

Value nextAccumulate(Value self) {
  auto *sum = self.as<Accumulate>();
  if (sum->initial) {
    sum->total = sum->initial;
    sum->initial = Value();
    return sum->total;
  }
  Value item = nextOf(sum->iterator);
  if (!item)
    return {};
  if (!sum->total)
    return sum->total = item;
  Value total;
  if (!sum->function)
    total = krt_binary_py(sum->total, item, BinaryOp::Add);
  else
    total = endIfStopped(krt_call2_py(sum->function, sum->total, item));
  if (total)
    sum->total = total;
  return total;
}

Value nextChain(Value self) {
  auto *chain = self.as<Chain>();
  while (chain->source) {
    if (!chain->active) {
      Value iterable = nextOf(chain->source);
      if (iterable)
        chain->active = krt_iter_py(iterable);
      if (!iterable || !chain->active) {
        chain->source = Value();
        return {};
      }
    }
    Value item = nextOf(chain->active);
    if (item || errorPending())
      return item;
    chain->active = Value();
  }
  return {};
}

// ---- compress, dropwhile, takewhile, filterfalse, starmap ----

Value nextCompress(Value self) {
  auto *pair = self.as<Pair>(); // function: the data
  while (Value item = nextOf(pair->function)) {
    Value selector = nextOf(pair->iterator);
    if (!selector)
      return {};
    if (TRY_INT(krt_truth_py(selector)))
      return item;
  }
  return {};
}

/// Truth of function(item); -1 with or without (StopIteration) an exception pending.
int verdict(Value function, Value item) {
  Value result = endIfStopped(krt_call1_py(function, item));
  return result ? krt_truth_py(result) : -1;
}

Value nextDropwhile(Value self) {
  auto *pair = self.as<Pair>();
  while (Value item = nextOf(pair->iterator)) {
    if (pair->done)
      return item;
    if (!TRY_INT(verdict(pair->function, item))) {
      pair->done = true;
      return item;
    }
  }
  return {};
}

Value nextTakewhile(Value self) {
  auto *pair = self.as<Pair>();
  if (pair->done)
    return {};
  Value item = nextOf(pair->iterator);
  if (!item)
    return {};
  if (TRY_INT(verdict(pair->function, item)))
    return item;
  pair->done = true;
  return {};
}

Value nextFilterfalse(Value self) {
  auto *pair = self.as<Pair>();
  bool plain = pair->function == kNone || pair->function == Value(&krt_bool_class);
  while (Value item = nextOf(pair->iterator))
    if (!TRY_INT(plain ? krt_truth_py(item) : verdict(pair->function, item)))
      return item;
  return {};
}

Value nextStarmap(Value self) {
  auto *pair = self.as<Pair>();
  Value item = nextOf(pair->iterator);
  if (!item)
    return {};
  Tuple *arguments = isExact(item, krt_tuple_class) ? item.as<Tuple>() : TRY(krt_tuple_from_py(item));
  return endIfStopped(krt_call_py(pair->function, arguments->items, arguments->length, nullptr));
}

// ---- islice, zip_longest, pairwise ----

/// An index argument of islice: [fallback] for None; false = ValueError pending.
bool sliceArgument(Value v, int64_t fallback, bool onlyStop, int64_t *out) {
  *out = fallback;
  if (v == kNone)
    return true;
  *out = classOf(v)->slots.index ? krt_index_i64_py(v, kOverflowError) : -1;
  if (*out >= 0)
    return true;
  krt_error_clear();
  krt_raise(kValueError, onlyStop
                             ? "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                             : "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  return false;
}

Value endIslice(Islice *slice) {
  slice->iterator = Value();
  return {};
}

Value nextIslice(Value self) {
  auto *slice = self.as<Islice>();
  if (!slice->iterator)
    return {};
  while (slice->position < slice->next) {
    if (!nextOf(slice->iterator))
      return endIslice(slice);
    ++slice->position;
  }
  if (slice->stop != -1 && slice->position >= slice->stop)
    return endIslice(slice);
  Value item = nextOf(slice->iterator);
  if (!item)
    return endIslice(slice);
  ++slice->position;
  int64_t next;
  bool overflow = __builtin_add_overflow(slice->next, slice->step, &next);
  slice->next = overflow || (slice->stop != -1 && next > slice->stop)
                    ? (slice->stop == -1 ? INT64_MAX : slice->stop)
                    : next;
  return item;
}

Value nextZipLongest(Value self) {
  auto *zip = self.as<ZipLongest>();
  int64_t count = zip->iterators->length;
  if (!count || !zip->active)
    return {};
  Tuple *result = krt_tuple_new(count);
  for (int64_t i = 0; i < count; ++i) {
    Value &iterator = zip->iterators->items[i];
    Value item = iterator ? nextOf(iterator) : zip->fill;
    if (!item) {
      if (--zip->active == 0 || errorPending()) {
        zip->active = 0;
        return {};
      }
      iterator = Value();
      item = zip->fill;
    }
    result->items[i] = item;
  }
  return result;
}

Value nextPairwise(Value self) {
  auto *pairs = self.as<Pairwise>();
  if (!pairs->iterator)
    return {};
  Value previous = pairs->previous;
  if (!previous)
    pairs->previous = previous = nextOf(pairs->iterator);
  Value item = previous && pairs->iterator ? nextOf(pairs->iterator) : Value();
  if (!item) {
    pairs->iterator = pairs->previous = Value();
    return {};
  }
  pairs->previous = item;
  return tuple2(previous, item);
}

Value makePair(const Class &plain, Class *cls, Value function, Value iterator) {
  auto *pair = newInstance<Pair>(plain, cls);
  pair->function = function;
  pair->iterator = iterator;
  return pair;
}

Value reducePair(Value self, bool withState) {
  auto *pair = self.as<Pair>();
  return reduceTo(self, tuple2(pair->function, pair->iterator), withState ? boolean(pair->done) : Value());
}

Value setDone(Value self, Value state) {
  self.as<Pair>()->done = TRY_INT(krt_truth_py(state));
  return kNone;
}

} // namespace

extern "C" {

Value krt_itertools_count_create_py(Class *cls, Value start, Value step) {
  if (!isNumber(start) || !isNumber(step))
    return krt_raise(kTypeError, "a number is required");
  auto *count = newInstance<Count>(krt_itertools_count_class, cls);
  count->next = start;
  count->step = step;
  return count;
}
Value krt_itertools_count_reduce_py(Value self) {
  auto *count = self.as<Count>();
  return reduceTo(self, count->step == smallInt(1) ? tuple1(count->next) : tuple2(count->next, count->step));
}

Value krt_itertools_cycle_create_py(Class *cls, Value iterable) {
  Value iterator = TRY(krt_iter_py(iterable));
  auto *cycle = newInstance<Cycle>(krt_itertools_cycle_class, cls);
  cycle->iterator = iterator;
  cycle->seen = TRY(krt_list_new(0));
  return cycle;
}
Value krt_itertools_cycle_reduce_py(Value self) {
  auto *cycle = self.as<Cycle>();
  if (cycle->iterator)
    return reduceTo(self, tuple1(cycle->iterator), tuple2(cycle->seen, kFalse));
  Value iterator = TRY(krt_iter_py(cycle->seen));
  Value position = smallInt(cycle->index);
  TRY(krt_call_method_py(iterator, KSTR(__setstate__), &position, 1));
  return reduceTo(self, tuple1(iterator), tuple2(cycle->seen, kTrue));
}
Value krt_itertools_cycle_setstate_py(Value self, Value state) {
  if (!isExact(state, krt_tuple_class))
    return krt_raise(kTypeError, "state is not a tuple");
  Tuple *parts = state.as<Tuple>();
  if (parts->length != 2 || !isExact(parts->items[0], krt_list_class))
    return krt_raise(kTypeError, "state must be a pair of a list and a number");
  auto *cycle = self.as<Cycle>();
  int64_t later = krt_index_i64_py(parts->items[1], kOverflowError);
  if (later == -1 && errorPending())
    return {};
  List *seen = krt_list_from(parts->items[0].as<List>()->items, parts->items[0].as<List>()->length);
  cycle->seen = TRY(seen);
  // In a later round the iterator stands within the list: what is left of it tells the place.
  if (later && cycle->iterator) {
    List *rest = TRY(krt_list_from_py(cycle->iterator));
    cycle->iterator = Value();
    cycle->index =
        seen->length && rest->length <= seen->length ? (seen->length - rest->length) % seen->length : 0;
  }
  return kNone;
}

Value krt_itertools_repeat_create_py(Class *cls, Value object, Value times) {
  int64_t left = -1;
  if (times) {
    left = krt_index_i64_py(times, kOverflowError);
    if (left == -1 && errorPending())
      return {};
    left = left < 0 ? 0 : left;
  }
  auto *repeat = newInstance<Repeat>(krt_itertools_repeat_class, cls);
  repeat->object = object;
  repeat->left = left;
  return repeat;
}
Value krt_itertools_repeat_reduce_py(Value self) {
  auto *repeat = self.as<Repeat>();
  return reduceTo(self, repeat->left < 0 ? tuple1(repeat->object)
                                         : tuple2(repeat->object, krt_int_from_i64(repeat->left)));
}
Value krt_itertools_repeat_lengthHint(Value self) {
  auto *repeat = self.as<Repeat>();
  return repeat->left < 0 ? krt_raise(kTypeError, "len() of unsized object") : krt_int_from_i64(repeat->left);
}

Value krt_itertools_accumulate_create_py(Class *cls, Value iterable, Value func, Value initial) {
  Value iterator = TRY(krt_iter_py(iterable));
  auto *sum = newInstance<Accumulate>(krt_itertools_accumulate_class, cls);
  sum->iterator = iterator;
  sum->function = func == kNone ? Value() : func;
  sum->initial = initial == kNone ? Value() : initial;
  return sum;
}
Value krt_itertools_accumulate_reduce_py(Value self) {
  auto *sum = self.as<Accumulate>();
  Value function = sum->function ? sum->function : kNone;
  if (sum->initial) {
    Value both[2] = {TRY(iterateTuple(tuple1(sum->initial))), sum->iterator};
    Value chain = TRY(krt_itertools_chain_create_py(&krt_itertools_chain_class, {both, 2}));
    return reduceTo(self, tuple2(chain, function), kNone);
  }
  if (sum->total == kNone) { // as a state, None says that there is no total yet
    Value both[2] = {TRY(iterateTuple(tuple1(kNone))), sum->iterator};
    Value chain = TRY(krt_itertools_chain_create_py(&krt_itertools_chain_class, {both, 2}));
    Value again =
        TRY(krt_itertools_accumulate_create_py(&krt_itertools_accumulate_class, chain, function, kNone));
    Value rest[3] = {again, smallInt(1), kNone},
          parts[2] = {&krt_itertools_islice_class, krt_tuple_from(rest, 3)};
    return krt_tuple_from(parts, 2);
  }
  return reduceTo(self, tuple2(sum->iterator, function), sum->total ? sum->total : kNone);
}
Value krt_itertools_accumulate_setstate_py(Value self, Value state) {
  self.as<Accumulate>()->total = state == kNone ? Value() : state;
  return kNone;
}

Value krt_itertools_chain_create_py(Class *cls, ArgSpan iterables) {
  Value source = iterateTuple(krt_tuple_from(iterables.data, iterables.size));
  auto *chain = newInstance<Chain>(krt_itertools_chain_class, cls);
  chain->source = source;
  return chain;
}
Value krt_itertools_chain_fromIterable_py(Class *cls, Value iterable) {
  Value source = TRY(krt_iter_py(iterable));
  auto *chain = newInstance<Chain>(krt_itertools_chain_class, cls);
  chain->source = source;
  return chain;
}
Value krt_itertools_chain_classGetitem_py(Value cls, Value item) {
  return krt_generic_alias_new_py(cls, item);
}
Value krt_itertools_chain_reduce_py(Value self) {
  auto *chain = self.as<Chain>();
  if (!chain->source)
    return reduceTo(self, krt_tuple_empty);
  return reduceTo(self, krt_tuple_empty,
                  chain->active ? tuple2(chain->source, chain->active) : tuple1(chain->source));
}
Value krt_itertools_chain_setstate_py(Value self, Value state) {
  if (!hasClassFlag(state, kClassTupleSub))
    return krt_raise(kTypeError, "state is not a tuple");
  Tuple *parts = state.as<Tuple>();
  if (parts->length < 1 || parts->length > 2)
    return krt_raise(kTypeError, "function takes at most 2 arguments (%zu given)",
                     static_cast<size_t>(parts->length));
  for (int64_t i = 0; i < parts->length; ++i)
    if (!classOf(parts->items[i])->slots.next)
      return krt_raise(kTypeError, "Arguments must be iterators.");
  auto *chain = self.as<Chain>();
  chain->source = parts->items[0];
  chain->active = parts->length == 2 ? parts->items[1] : Value();
  return kNone;
}

Value krt_itertools_compress_create_py(Class *cls, Value data, Value selectors) {
  Value items = TRY(krt_iter_py(data));
  return makePair(krt_itertools_compress_class, cls, items, TRY(krt_iter_py(selectors)));
}
Value krt_itertools_dropwhile_create_py(Class *cls, Value predicate, Value iterable) {
  return makePair(krt_itertools_dropwhile_class, cls, predicate, TRY(krt_iter_py(iterable)));
}
Value krt_itertools_takewhile_create_py(Class *cls, Value predicate, Value iterable) {
  return makePair(krt_itertools_takewhile_class, cls, predicate, TRY(krt_iter_py(iterable)));
}
Value krt_itertools_filterfalse_create_py(Class *cls, Value function, Value iterable) {
  return makePair(krt_itertools_filterfalse_class, cls, function, TRY(krt_iter_py(iterable)));
}
Value krt_itertools_starmap_create_py(Class *cls, Value function, Value iterable) {
  return makePair(krt_itertools_starmap_class, cls, function, TRY(krt_iter_py(iterable)));
}
Value krt_itertools_compress_reduce_py(Value self) { return reducePair(self, false); }
Value krt_itertools_dropwhile_reduce_py(Value self) { return reducePair(self, true); }
Value krt_itertools_takewhile_reduce_py(Value self) { return reducePair(self, true); }
Value krt_itertools_filterfalse_reduce_py(Value self) { return reducePair(self, false); }
Value krt_itertools_starmap_reduce_py(Value self) { return reducePair(self, false); }
Value krt_itertools_dropwhile_setstate_py(Value self, Value state) { return setDone(self, state); }
Value krt_itertools_takewhile_setstate_py(Value self, Value state) { return setDone(self, state); }

Value krt_itertools_islice_create_py(Class *cls, ArgSpan args) {
  if (args.size < 2 || args.size > 4)
    return krt_raise(kTypeError, "islice expected at %s %d arguments, got %zu",
                     args.size < 2 ? "least" : "most", args.size < 2 ? 2 : 4, args.size);
  int64_t start = 0, stop = -1, step = 1;
  if (args.size == 2) {
    if (!sliceArgument(args.data[1], -1, true, &stop))
      return {};
  } else {
    if (!sliceArgument(args.data[1], 0, false, &start) || !sliceArgument(args.data[2], -1, false, &stop))
      return {};
    if (args.size == 4 && args.data[3] != kNone) {
      step = classOf(args.data[3])->slots.index ? krt_index_i64_py(args.data[3], kOverflowError) : -1;
      if (step < 1) {
        krt_error_clear();
        return krt_raise(kValueError, "Step for islice() must be a positive integer or None.");
      }
    }
  }
  Value iterator = TRY(krt_iter_py(args.data[0]));
  auto *slice = newInstance<Islice>(krt_itertools_islice_class, cls);
  slice->iterator = iterator;
  slice->next = start;
  slice->stop = stop;
  slice->step = step;
  return slice;
}
Value krt_itertools_islice_reduce_py(Value self) {
  auto *slice = self.as<Islice>();
  if (!slice->iterator)
    return reduceTo(self, tuple2(TRY(krt_iter_py(krt_list_new(0))), smallInt(0)), smallInt(0));
  Value arguments[4] = {slice->iterator, krt_int_from_i64(slice->next),
                        slice->stop == -1 ? kNone : krt_int_from_i64(slice->stop),
                        krt_int_from_i64(slice->step)};
  return reduceTo(self, krt_tuple_from(arguments, 4), krt_int_from_i64(slice->position));
}
Value krt_itertools_islice_setstate_py(Value self, Value state) {
  int64_t position = krt_index_i64_py(state, kOverflowError);
  if (position == -1 && errorPending())
    return {};
  self.as<Islice>()->position = position;
  return kNone;
}

Value krt_itertools_zip_longest_create_py(Class *cls, ArgSpan iterables, Dict *keywords) {
  Value fillvalue = keywords ? krt_dict_get_str(keywords, KSTR(fillvalue)) : Value();
  if (keywords && keywords->used > (fillvalue ? 1u : 0u))
    return krt_raise(kTypeError, "zip_longest() got an unexpected keyword argument");
  if (!fillvalue)
    fillvalue = kNone;
  Tuple *iterators = krt_tuple_new(iterables.size);
  for (size_t i = 0; i < iterables.size; ++i)
    iterators->items[i] = TRY(krt_iter_py(iterables.data[i]));
  auto *zip = newInstance<ZipLongest>(krt_itertools_zip_longest_class, cls);
  // A tuple of its own, since exhausted iterators are dropped from it.
  zip->iterators = iterables.size ? iterators : krt_tuple_empty;
  zip->fill = fillvalue;
  zip->active = static_cast<int64_t>(iterables.size);
  return zip;
}
Value krt_itertools_zip_longest_reduce_py(Value self) {
  auto *zip = self.as<ZipLongest>();
  Tuple *arguments = krt_tuple_new(zip->iterators->length);
  for (int64_t i = 0; i < zip->iterators->length; ++i)
    arguments->items[i] = zip->iterators->items[i] ? zip->iterators->items[i] : Value(krt_tuple_empty);
  return reduceTo(self, arguments, zip->fill);
}
Value krt_itertools_zip_longest_setstate_py(Value self, Value state) {
  self.as<ZipLongest>()->fill = state;
  return kNone;
}

Value krt_itertools_pairwise_create_py(Class *cls, Value iterable) {
  Value iterator = TRY(krt_iter_py(iterable));
  auto *pairs = newInstance<Pairwise>(krt_itertools_pairwise_class, cls);
  pairs->iterator = iterator;
  return pairs;
}

} // extern "C"

#define ITERATOR(name, Struct, nextSlot, ...)                                                                \
  Class krt_itertools_##name##_class = {                                                                     \
      .flags = kClassBase,                                                                                   \
      .nativeName = "itertools." #name,                                                                      \
      .basicSize = sizeof(Struct),                                                                           \
      .slots = {__VA_ARGS__ __VA_OPT__(, ).iter = iteratorSelf, .next = nextSlot,                            \
                .make = krt_itertools_##name##_make},                                                        \
      .methods = krt_itertools_##name##_defs,                                                                \
      .doc = krt_itertools_##name##_doc,                                                                     \
      .newSignature = krt_itertools_##name##_new_signature,                                                  \
  };
ITERATOR(count, Count, nextCount, .repr = reprCount)
ITERATOR(cycle, Cycle, nextCycle)
ITERATOR(repeat, Repeat, nextRepeat, .repr = reprRepeat)
ITERATOR(accumulate, Accumulate, nextAccumulate)
ITERATOR(chain, Chain, nextChain)
ITERATOR(compress, Pair, nextCompress)
ITERATOR(dropwhile, Pair, nextDropwhile)
ITERATOR(takewhile, Pair, nextTakewhile)
ITERATOR(filterfalse, Pair, nextFilterfalse)
ITERATOR(starmap, Pair, nextStarmap)
ITERATOR(islice, Islice, nextIslice)
ITERATOR(zip_longest, ZipLongest, nextZipLongest)
#undef ITERATOR
Class krt_itertools_pairwise_class = {
    .flags = kClassBase,
    .nativeName = "itertools.pairwise",
    .basicSize = sizeof(Pairwise),
    .slots = {.iter = iteratorSelf, .next = nextPairwise, .make = krt_itertools_pairwise_make},
    .doc = krt_itertools_pairwise_doc,
    .newSignature = krt_itertools_pairwise_new_signature,
};

bool krt_itertools_init(Module *module) {
  Class *const classes[] = {
      &krt_itertools_count_class,
      &krt_itertools_cycle_class,
      &krt_itertools_repeat_class,
      &krt_itertools_accumulate_class,
      &krt_itertools_chain_class,
      &krt_itertools_compress_class,
      &krt_itertools_dropwhile_class,
      &krt_itertools_takewhile_class,
      &krt_itertools_filterfalse_class,
      &krt_itertools_starmap_class,
      &krt_itertools_islice_class,
      &krt_itertools_zip_longest_class,
      &krt_itertools_pairwise_class,
      &krt_itertools_product_class,
      &krt_itertools_permutations_class,
      &krt_itertools_combinations_class,
      &krt_itertools_combinations_with_replacement_class,
      &krt_itertools_groupby_class,
      &krt_itertools_grouper_class,
      &krt_itertools_tee_class,
  };
  for (Class *cls : classes)
    addClass(module, cls);
  return true;
}

} // namespace krait
