// itertools_tee.cpp - see itertools_tee.h.
#include "stdlib/native/itertools_tee.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/itertools_tee.bind.inc"

namespace krait {

namespace {

// ---- tee: the copies walk a linked list of the items; what all have passed is garbage ----

struct TeeNode {
  Value item;    // valid once next is set
  TeeNode *next; // null: not read from the source yet
};
struct TeeSource {
  Value iterator;
  bool running;
};
struct Tee : Object {
  TeeSource *source;
  TeeNode *node;
};

TeeNode *newNode() { return static_cast<TeeNode *>(gcAllocate(sizeof(TeeNode))); }

Value nextTee(Value self) {
  auto *tee = self.as<Tee>();
  TeeNode *node = tee->node;
  if (!node->next) {
    if (tee->source->running)
      return krt_raise(kRuntimeError, "cannot re-enter the tee iterator");
    tee->source->running = true;
    Value item = nextOf(tee->source->iterator);
    tee->source->running = false;
    if (!item)
      return {};
    node->item = item;
    node->next = newNode();
  }
  tee->node = node->next;
  return node->item;
}

Tee *newTee(TeeSource *source, TeeNode *node) {
  Tee *tee = gcNew<Tee>(krt_itertools_tee_class);
  tee->source = source;
  tee->node = node;
  return tee;
}

// ---- groupby ----

struct Groupby : Object {
  Value iterator, function;             // function None: the item itself
  Value targetKey, currentKey, current; // null: none yet
  Object *group;                        // the group handed out last
};
struct Grouper : Object {
  Groupby *parent;
  Value key;
};

/// Reads the next item and its key; false = exhausted or exception pending.
bool step(Groupby *groups) {
  Value item = nextOf(groups->iterator);
  if (!item)
    return false;
  Value key = groups->function == kNone ? item : endIfStopped(krt_call1_py(groups->function, item));
  if (!key)
    return false;
  groups->current = item;
  groups->currentKey = key;
  return true;
}

Value nextGroup(Value self) {
  auto *groups = self.as<Groupby>();
  groups->group = nullptr;
  // Skips what is left of the group handed out last.
  for (;;) {
    if (groups->currentKey) {
      if (!groups->targetKey)
        break;
      if (!TRY_INT(equalItems(groups->targetKey, groups->currentKey)))
        break;
    }
    if (!step(groups))
      return {};
  }
  groups->targetKey = groups->currentKey;
  auto *group = gcNew<Grouper>(krt_itertools_grouper_class);
  group->parent = groups;
  group->key = groups->targetKey;
  groups->group = group;
  Value pair[2] = {groups->currentKey, group};
  return krt_tuple_from(pair, 2);
}

Value nextInGroup(Value self) {
  auto *group = self.as<Grouper>();
  Groupby *groups = group->parent;
  if (groups->group != group)
    return {};
  if (!groups->current && !step(groups))
    return {};
  if (!TRY_INT(equalItems(group->key, groups->currentKey)))
    return {};
  Value item = groups->current;
  groups->current = Value();
  return item;
}

} // namespace

extern "C" {

Value krt_itertools_tee_create_py(Class *, Value iterable) {
  Value iterator = TRY(krt_iter_py(iterable));
  if (isExact(iterator, krt_itertools_tee_class))
    return krt_itertools_tee_copy(iterator);
  auto *source = static_cast<TeeSource *>(gcAllocate(sizeof(TeeSource)));
  source->iterator = iterator;
  return newTee(source, newNode());
}

Value krt_itertools_tee_copy(Value self) { return newTee(self.as<Tee>()->source, self.as<Tee>()->node); }

Value krt_itertools_tee_py(Value iterable, int64_t n) {
  if (n < 0)
    return krt_raise(kValueError, "n must be >= 0");
  Tuple *result = krt_tuple_new(static_cast<size_t>(n));
  if (!n)
    return krt_tuple_empty;
  Value iterator = TRY(krt_iter_py(iterable));
  Value copy = krt_getattr_optional_py(iterator, KSTR(__copy__));
  if (errorPending())
    return {};
  if (!copy) {
    iterator = TRY(krt_itertools_tee_create_py(&krt_itertools_tee_class, iterator));
    copy = TRY(krt_getattr_py(iterator, KSTR(__copy__)));
  }
  result->items[0] = iterator;
  for (int64_t i = 1; i < n; ++i)
    result->items[i] = TRY(krt_call0_py(copy));
  return result;
}

Value krt_itertools_grouper_create(Class *, Value parent, Value key) {
  if (!krt_instance(parent, &krt_itertools_groupby_class))
    return krt_raise(kTypeError, "_grouper() argument 1 must be itertools.groupby, not %.50T", parent);
  auto *group = gcNew<Grouper>(krt_itertools_grouper_class);
  group->parent = parent.as<Groupby>();
  group->key = key;
  group->parent->group = group;
  return group;
}

Value krt_itertools_grouper_reduce_py(Value self) {
  auto *group = self.as<Grouper>();
  if (group->parent->group != group) { // passed: nothing is left
    Value parts[2] = {TRY(krt_builtin_py(KSTR(iter))), krt_tuple_from((const Value[]){krt_tuple_empty}, 1)};
    return krt_tuple_from(parts, 2);
  }
  Value arguments[2] = {group->parent, group->key};
  return reduceTo(self, krt_tuple_from(arguments, 2));
}

Value krt_itertools_groupby_create_py(Class *cls, Value iterable, Value key) {
  Value iterator = TRY(krt_iter_py(iterable));
  auto *groups = newInstance<Groupby>(krt_itertools_groupby_class, cls);
  groups->iterator = iterator;
  groups->function = key;
  return groups;
}

Value krt_itertools_groupby_reduce(Value self) {
  auto *groups = self.as<Groupby>();
  Value arguments[2] = {groups->iterator, groups->function};
  if (!groups->targetKey || !groups->currentKey || !groups->current)
    return reduceTo(self, krt_tuple_from(arguments, 2));
  Value state[3] = {groups->current, groups->targetKey, groups->currentKey};
  return reduceTo(self, krt_tuple_from(arguments, 2), krt_tuple_from(state, 3));
}

Value krt_itertools_groupby_setstate(Value self, Value state) {
  if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length != 3)
    return krt_raise(kTypeError, "state is not a tuple");
  auto *groups = self.as<Groupby>();
  groups->current = state.as<Tuple>()->items[0];
  groups->targetKey = state.as<Tuple>()->items[1];
  groups->currentKey = state.as<Tuple>()->items[2];
  return kNone;
}

} // extern "C"

Class krt_itertools_tee_class = {
    .flags = kClassWeakref,
    .nativeName = "itertools._tee",
    .basicSize = sizeof(Tee),
    .slots = {.iter = iteratorSelf, .next = nextTee, .make = krt_itertools_tee_make},
    .methods = krt_itertools_tee_defs,
    .doc = krt_itertools_tee_doc,
    .newSignature = krt_itertools_tee_new_signature,
};
Class krt_itertools_groupby_class = {
    .flags = kClassBase,
    .nativeName = "itertools.groupby",
    .basicSize = sizeof(Groupby),
    .slots = {.iter = iteratorSelf, .next = nextGroup, .make = krt_itertools_groupby_make},
    .methods = krt_itertools_groupby_defs,
    .doc = krt_itertools_groupby_doc,
    .newSignature = krt_itertools_groupby_new_signature,
};
Class krt_itertools_grouper_class = {
    .nativeName = "itertools._grouper",
    .basicSize = sizeof(Grouper),
    .slots = {.iter = iteratorSelf, .next = nextInGroup, .make = krt_itertools_grouper_make},
    .methods = krt_itertools_grouper_defs,
    .doc = krt_itertools_grouper_doc,
    .newSignature = krt_itertools_grouper_new_signature,
};

} // namespace krait
