// _functools.cpp - see _functools.h.
#include "stdlib/native/_functools.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/function.h"
#include "runtime/object/hash_table.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "runtime/object/union.h"
#include "stdlib/native/class_module.h"

#include <algorithm>
#include <cstddef>

#include "stdlib/native/_functools.bind.inc"

namespace krait {

namespace {

// ---- cmp_to_key ----

/// Called with an object (without one yet), gives another that holds it and compares by the function.
struct KeyWrapper : Object {
  Value compare, object;
};

Value newKey(Value compare, Value object) {
  auto *key = gcNew<KeyWrapper>(krt_key_wrapper_class);
  key->compare = compare;
  key->object = object;
  return key;
}

Value callKey(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  size_t keywords = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (nargs + keywords > 1)
    return krt_raise(kTypeError, "K() takes at most 1 argument (%zu given)", nargs + keywords);
  if (nargs + keywords == 0 || (keywords && kwnames->items[0] != Value(KSTR(obj))))
    return krt_raise(kTypeError, "K() missing required argument 'obj' (pos 1)");
  return newKey(callee.as<KeyWrapper>()->compare, args[0]);
}

Value compareKeys(Value a, Value b, CompareOp op) {
  if (!isExact(a, krt_key_wrapper_class) || !isExact(b, krt_key_wrapper_class))
    return krt_raise(kTypeError, "other argument must be K instance");
  auto *left = a.as<KeyWrapper>(), *right = b.as<KeyWrapper>();
  if (!left->object || !right->object)
    return krt_raise(kAttributeError, "object");
  Value sign = TRY(krt_call2_py(left->compare, left->object, right->object));
  return krt_compare_py(sign, smallInt(0), op);
}

// ---- partial ----

struct Partial : Object {
  Value function;
  Tuple *args;
  Dict *keywords;
  Tuple *names; // the keys of [keywords], as calls want them; null: not made yet, or [keywords] was replaced
  uint64_t namesVersion;
  Value extra; // instance attributes
};

/// partial(func, /, *args, **keywords); one of a partial without attributes of its own takes that one's
/// arguments over.
Value makePartial(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!nargs)
    return krt_raise(kTypeError, "type 'partial' takes at least one argument");
  Value function = args[0];
  if (!krt_callable(function))
    return krt_raise(kTypeError, "the first argument must be callable");
  auto *self = newInstance<Partial>(krt_partial_class, cls);
  Tuple *given = krt_tuple_from(args + 1, nargs - 1);
  Dict *keywords = nullptr;
  if (krt_instance(function, &krt_partial_class) &&
      function.asObject()->shape == classOf(function)->rootShape) {
    auto *inner = function.as<Partial>();
    function = inner->function;
    if (!given->length) {
      given = inner->args;
    } else if (inner->args->length) {
      Tuple *both = krt_tuple_new(static_cast<size_t>(inner->args->length + given->length));
      std::copy_n(inner->args->items, inner->args->length, both->items);
      std::copy_n(given->items, given->length, both->items + inner->args->length);
      given = both;
    }
    if (inner->keywords->used)
      keywords = TRY(krt_dict_copy(inner->keywords));
  }
  if (!keywords)
    keywords = krt_dict_new();
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i)
    TRY_INT(krt_dict_set_py(keywords, kwnames->items[i], args[nargs + static_cast<size_t>(i)]));
  self->function = function;
  self->args = given;
  self->keywords = keywords;
  return self;
}

/// The call with keywords on both sides: those of the call go before those kept.
Value callMerged(Partial *self, const Value *args, size_t nargs, Tuple *kwnames) {
  Dict *keywords = TRY(krt_dict_copy(self->keywords));
  for (int64_t i = 0; i < kwnames->length; ++i)
    TRY_INT(krt_dict_set_py(keywords, kwnames->items[i], args[nargs + static_cast<size_t>(i)]));
  Tuple *all = krt_tuple_new(static_cast<size_t>(self->args->length) + nargs);
  std::copy_n(self->args->items, self->args->length, all->items);
  std::copy_n(args, nargs, all->items + self->args->length);
  return krt_call_ex_py(self->function, all, keywords);
}

Value callPartial(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  CountedCall call;
  if (call.tooDeep(" while calling a Python object"))
    return {};
  auto *self = callee.as<Partial>();
  if (!self->function)
    return krt_raise(kTypeError, "the first argument must be callable");
  size_t own = static_cast<size_t>(self->args->length), kept = self->keywords->used;
  size_t given = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (kept && given)
    return callMerged(self, args, nargs, kwnames);
  if (!own && !kept)
    return krt_call_py(self->function, args, nargs, kwnames);
  Value room[12];
  size_t total = own + nargs + given + kept;
  Value *all = total <= std::size(room) ? room : static_cast<Value *>(gcAllocate(total * sizeof(Value)));
  std::copy_n(self->args->items, own, all);
  std::copy_n(args, nargs + given, all + own);
  if (!kept)
    return krt_call_py(self->function, all, own + nargs, kwnames);
  if (!self->names || self->namesVersion != self->keywords->version) {
    self->names = krt_tuple_new(kept);
    self->namesVersion = self->keywords->version;
    uint32_t position = 0;
    size_t i = 0;
    while (DictEntry *entry = krt_dict_next(self->keywords, &position)) {
      if (!strCheck(entry->key)) {
        self->names = nullptr;
        return krt_raise(kTypeError, "keywords must be strings");
      }
      self->names->items[i++] = entry->key;
    }
  }
  uint32_t position = 0;
  size_t i = own + nargs;
  while (DictEntry *entry = krt_dict_next(self->keywords, &position))
    all[i++] = entry->value;
  return krt_call_py(self->function, all, own + nargs, self->names);
}

Value reprPartial(Value self) {
  auto *partial = self.as<Partial>();
  if (reprEnter(self))
    return krt_str_format("...");
  StrBuilder text;
  if (isExact(self, krt_partial_class))
    text.append(std::string_view("functools.partial"));
  else
    text.append(classOf(self)->name);
  text.append(uint32_t{'('});
  Str *part = krt_repr_py(partial->function);
  // Showing an argument may run code that replaces them.
  Tuple *args = partial->args;
  Dict *keywords = partial->keywords;
  if (part)
    text.append(part);
  for (int64_t i = 0; part && i < args->length; ++i) {
    part = krt_str_format(", %R", args->items[i]);
    if (part)
      text.append(part);
  }
  uint32_t position = 0;
  while (DictEntry *entry = part ? krt_dict_next(keywords, &position) : nullptr) {
    part = krt_str_format(", %S=%R", entry->key, entry->value);
    if (part)
      text.append(part);
  }
  reprLeave(self);
  if (!part)
    return {};
  text.append(uint32_t{')'});
  return text.finish();
}

// ---- lru_cache ----

/// A kept result; the links form a ring through the wrapper's root, the one used last before it.
struct LruLink {
  LruLink *previous, *next;
  Value key, result;
  int64_t hash; // of the key, which is not asked again
};
struct LruCache : Object {
  Value function, infoType;
  Dict *cache; // key -> result, or -> LruLink when bounded: then no one else may see it
  LruLink *root;
  int64_t maxsize; // -1: unbounded
  int64_t hits, misses;
  bool typed;
  Value extra; // instance attributes
};

Value keywordMark() {
  static Value mark; // an object that no caller can pass
  if (!mark)
    mark = krt_instance_new(&krt_object_class, 0);
  return mark;
}

/// What the results are filed under: the one argument itself, if it is an int or str, or a tuple of
/// everything.
Value makeKey(bool typed, const Value *args, size_t nargs, Tuple *kwnames) {
  size_t keywords = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (!typed && !keywords && nargs == 1 &&
      (isExact(args[0], krt_str_class) || classOf(args[0]) == &krt_int_class))
    return args[0];
  size_t total = nargs + (keywords ? 1 + 2 * keywords : 0) + (typed ? nargs + keywords : 0), at = nargs;
  Tuple *key = krt_tuple_new(total);
  for (size_t i = 0; i < nargs; ++i)
    key->items[i] = args[i];
  if (keywords) {
    key->items[at++] = keywordMark();
    for (size_t i = 0; i < keywords; ++i) {
      key->items[at++] = kwnames->items[i];
      key->items[at++] = args[nargs + i];
    }
  }
  for (size_t i = 0; typed && i < nargs + keywords; ++i)
    key->items[at++] = classOf(args[i]);
  return key;
}

void unlink(LruLink *link) {
  link->previous->next = link->next;
  link->next->previous = link->previous;
}
void linkLast(LruLink *root, LruLink *link) {
  link->previous = root->previous;
  link->next = root;
  link->previous->next = link;
  root->previous = link;
}

LruLink *newLink() { return static_cast<LruLink *>(gcAllocate(sizeof(LruLink))); }
LruLink *linkOf(Value v) { return reinterpret_cast<LruLink *>(v.bits); }
Value asValue(LruLink *link) { return Value(reinterpret_cast<uint64_t>(link)); }

void clear(LruCache *lru) {
  lru->cache = krt_dict_new();
  lru->hits = lru->misses = 0;
  lru->root = newLink();
  lru->root->previous = lru->root->next = lru->root;
}

/// Files a result that was just made, in place of the one not used for longest when there is no more room.
bool keep(LruCache *lru, Value key, int64_t hash, Value result) {
  // The call may have filed it already.
  if (krt_dict_get_hashed_py(lru->cache, key, hash) || errorPending())
    return !errorPending();
  if (lru->cache->used >= lru->maxsize) {
    LruLink *oldest = lru->root->next;
    if (oldest != lru->root) {
      unlink(oldest);
      if (krt_dict_delete_hashed_py(lru->cache, oldest->key, oldest->hash) < 0)
        return false;
    }
  }
  LruLink *link = newLink();
  link->key = key;
  link->hash = hash;
  link->result = result;
  if (krt_dict_set_hashed_py(lru->cache, key, hash, asValue(link)) < 0)
    return false;
  linkLast(lru->root, link);
  return true;
}

Value callLru(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  CountedCall call;
  if (call.tooDeep(" while calling a Python object"))
    return {};
  auto *lru = callee.as<LruCache>();
  if (lru->maxsize == 0) {
    ++lru->misses;
    return krt_call_py(lru->function, args, nargs, kwnames);
  }
  Value key = makeKey(lru->typed, args, nargs, kwnames);
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return {};
  Value found = krt_dict_get_hashed_py(lru->cache, key, hash);
  if (found) {
    ++lru->hits;
    if (lru->maxsize < 0)
      return found;
    LruLink *link = linkOf(found);
    unlink(link);
    linkLast(lru->root, link);
    return link->result;
  }
  if (errorPending())
    return {};
  ++lru->misses;
  Value result = TRY(krt_call_py(lru->function, args, nargs, kwnames));
  bool kept = lru->maxsize < 0 ? krt_dict_set_hashed_py(lru->cache, key, hash, result) >= 0
                               : keep(lru, key, hash, result);
  return kept ? result : Value();
}

Value bind(Value descr, Value object, Value) {
  return object && object != kNone ? Value(krt_method_new(descr, object)) : descr;
}

} // namespace

extern "C" {

Value krt__functools_reduce_py(Value function, Value iterable, Value initial) {
  Value iterator = krt_iter_py(iterable);
  if (!iterator) {
    if (krt_error_clear_if(kTypeError))
      krt_raise(kTypeError, "reduce() arg 2 must support iteration");
    return {};
  }
  Value result = initial;
  while (Value item = nextOf(iterator)) {
    Value both[2] = {result, item};
    result = result ? TRY(krt_call_py(function, both, 2, nullptr)) : item;
  }
  if (errorPending())
    return {};
  return result ? result : krt_raise(kTypeError, "reduce() of empty iterable with no initial value");
}

Value krt__functools_cmpToKey(Value mycmp) { return newKey(mycmp, Value()); }

Value krt_partial_reduce_py(Value self) {
  auto *partial = self.as<Partial>();
  Dict *attributes = krt_instance_dict(self);
  if (errorPending())
    return {};
  Value state[4] = {partial->function, partial->args, partial->keywords,
                    attributes && attributes->used ? Value(attributes) : kNone};
  return reduceTo(self, krt_tuple_from(&partial->function, 1), krt_tuple_from(state, 4));
}

Value krt_partial_setState_py(Value self, Value state) {
  auto *partial = self.as<Partial>();
  auto *parts = hasClassFlag(state, kClassTupleSub) ? state.as<Tuple>() : nullptr;
  if (!parts || parts->length != 4 || !krt_callable(parts->items[0]) ||
      !hasClassFlag(parts->items[1], kClassTupleSub) ||
      (parts->items[2] != kNone && !hasClassFlag(parts->items[2], kClassDictSub)))
    return krt_raise(kTypeError, "invalid partial state");
  Tuple *args = isExact(parts->items[1], krt_tuple_class) ? parts->items[1].as<Tuple>()
                                                          : TRY(krt_tuple_from_py(parts->items[1]));
  Dict *keywords = parts->items[2] == kNone ? krt_dict_new()
                   : isExact(parts->items[2], krt_dict_class)
                       ? parts->items[2].as<Dict>()
                       : TRY(krt_dict_copy(parts->items[2].as<Dict>()));
  bool none = parts->items[3] == kNone;
  Dict *attributes = none ? krt_instance_dict(self) : nullptr;
  if (errorPending())
    return {};
  if (!none || (attributes && attributes->used))
    TRY_INT(krt_setattr_py(self, KSTR(__dict__), none ? Value(krt_dict_new()) : parts->items[3]));
  partial->function = parts->items[0];
  partial->args = args;
  partial->keywords = keywords;
  partial->names = nullptr;
  return kNone;
}

Value krt_partial_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

Value krt_key_wrapper_object(Value self) {
  Value object = self.as<KeyWrapper>()->object;
  return object ? object : krt_raise(kAttributeError, "obj");
}
void krt_key_wrapper_setObject(Value self, Value value) { self.as<KeyWrapper>()->object = value; }

Value krt_lru_cache_wrapper_create_py(Class *cls, Value function, Value maxsize, bool typed, Value infoType) {
  if (!krt_callable(function))
    return krt_raise(kTypeError, "the first argument must be callable");
  int64_t size = -1;
  if (maxsize != kNone) {
    if (!classOf(maxsize)->slots.index)
      return krt_raise(kTypeError, "maxsize should be integer or None");
    size = krt_index_i64_py(maxsize, kOverflowError);
    if (size == -1 && errorPending())
      return {};
    size = size < 0 ? 0 : size;
  }
  auto *lru = newInstance<LruCache>(krt_lru_cache_wrapper_class, cls);
  lru->function = function;
  lru->infoType = infoType;
  lru->maxsize = size;
  lru->typed = typed;
  clear(lru);
  return lru;
}

Value krt_lru_cache_wrapper_info_py(Value self) {
  auto *lru = self.as<LruCache>();
  Value numbers[4] = {smallInt(lru->hits), smallInt(lru->misses),
                      lru->maxsize < 0 ? kNone : krt_int_from_i64(lru->maxsize), smallInt(lru->cache->used)};
  return krt_call_py(lru->infoType, numbers, 4, nullptr);
}

void krt_lru_cache_wrapper_clear(Value self) { clear(self.as<LruCache>()); }
Value krt_lru_cache_wrapper_copy(Value self) { return self; }
Value krt_lru_cache_wrapper_deepcopy(Value self, Value) { return self; }
Value krt_lru_cache_wrapper_reduce_py(Value self) { return krt_getattr_py(self, KSTR(__qualname__)); }

} // extern "C"

Class krt_partial_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "functools.partial",
    .basicSize = sizeof(Partial),
    .extraOffset = offsetof(Partial, extra),
    .slots = {.repr = reprPartial, .call = callPartial, .make = makePartial},
    .methods = krt_partial_defs,
    .doc = krt_partial_doc,
};
Class krt_key_wrapper_class = {
    .flags = kClassDisallowNew,
    .nativeName = "functools.KeyWrapper",
    .basicSize = sizeof(KeyWrapper),
    .slots = {.call = callKey, .richcompare = compareKeys},
    .methods = krt_key_wrapper_defs,
};
Class krt_lru_cache_wrapper_class = {
    .flags = kClassBase | kClassWeakref | kClassMethodDescr,
    .nativeName = "functools._lru_cache_wrapper",
    .basicSize = sizeof(LruCache),
    .extraOffset = offsetof(LruCache, extra),
    .slots = {.call = callLru, .descrGet = bind, .make = krt_lru_cache_wrapper_make},
    .methods = krt_lru_cache_wrapper_defs,
    .doc = krt_lru_cache_wrapper_doc,
};

bool krt__functools_init(Module *module) {
  addClass(module, &krt_partial_class);
  static const struct {
    const char *name;
    size_t offset;
    const char *doc;
  } fields[] = {
      {"func", offsetof(Partial, function), "function object to use in future partial calls"},
      {"args", offsetof(Partial, args), "tuple of arguments to future partial calls"},
      {"keywords", offsetof(Partial, keywords), "dictionary of keyword arguments to future partial calls"}};
  for (auto &field : fields) {
    MemberDescriptor *member = krt_member_descriptor_new(&krt_partial_class, strIntern(field.name),
                                                         static_cast<uint32_t>(field.offset));
    member->readOnly = true;
    member->doc = field.doc;
    krt_dict_set_str(krt_partial_class.dict, strIntern(field.name), member);
  }
  krt_class_ready(&krt_key_wrapper_class);
  addClass(module, &krt_lru_cache_wrapper_class);
  return true;
}

} // namespace krait
