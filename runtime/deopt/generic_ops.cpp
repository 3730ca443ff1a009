// generic_ops.cpp - one function for each bytecode instruction that compiled code carries out as a whole
// (GenericOp of HIR).
//
// All have one signature: the inputs are in window[0..n), further results are put back there; [x] and [y] are
// the immediates in order (constants and names as values); [cache] is the site's own. A null result means an
// exception; an instruction without a result gives None. Opcodes that look up globals get the function first,
// which is null in module code.
#include "runtime/deopt/native_runtime.h"

#include "runtime/interp/attribute_cache.h"
#include "runtime/interp/operations.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

namespace {

Dict *globalsOf(Value function) {
  return function ? function.as<Function>()->globals : krt_thread.frame->globals;
}
Dict *builtinsOf(Value function) {
  return function ? function.as<Function>()->builtins.as<Dict>() : krt_thread.frame->builtins;
}
Value done(int status) { return status < 0 ? Value() : kNone; }
Value orNone(Value v) { return v ? v : kNone; }
Value &slotAt(Value object, uint64_t offset) { return *reinterpret_cast<Value *>(object.bits + offset); }

/// The value where the cache, which hits, needs no call, else null.
Value quickAttribute(const SiteCache &cache, Value object) {
  switch (kindOf(cache)) {
  case AttributeKind::Inline:
    return slotAt(object, cache.words[2]);
  case AttributeKind::ClassValue:
    return Value(cache.words[2]);
  default:
    return {};
  }
}

Value compare(Value a, Value b, CompareOp op) { return krt_compare_py(a, b, op); }

} // namespace

extern "C" {

#define GENERIC(Name)                                                                                        \
  Value krt_generic_##Name##_py(Value *w, [[maybe_unused]] size_t n, [[maybe_unused]] uint64_t x,            \
                                [[maybe_unused]] uint64_t y, [[maybe_unused]] SiteCache *cache)
#define STR(word) (Value(word).as<Str>())

// ---- Names ----
GENERIC(DeleteCell) {
  Cell *cell = w[0].as<Cell>();
  if (!cell->value)
    return krt_op_unbound_cell(krt_thread.frame->code, STR(x));
  cell->value = Value();
  return kNone;
}
GENERIC(LoadGlobal) {
  Dict *globals = globalsOf(w[0]), *builtins = builtinsOf(w[0]);
  if (cache->words[0] == globals->version && cache->words[0]) {
    if (!cache->words[2])
      return globals->entries[cache->words[1]].value;
    if (cache->words[2] == builtins->version)
      return builtins->entries[cache->words[1]].value;
  }
  Value value = krt_op_load_global_py(globals, builtins, STR(x));
  if (!value)
    return value;
  int64_t position = krt_dict_find_str(globals, STR(x));
  uint64_t second = 0;
  if (position < 0) {
    position = krt_dict_find_str(builtins, STR(x));
    second = builtins->version;
  }
  if (position >= 0) {
    cache->words[0] = globals->version;
    cache->words[1] = static_cast<uint64_t>(position);
    cache->words[2] = second;
  }
  return value;
}
GENERIC(StoreGlobal) { return done(krt_dict_set_py(globalsOf(w[0]), STR(x), w[1])); }
GENERIC(DeleteGlobal) { return done(krt_op_delete_global_py(globalsOf(w[0]), STR(x))); }
// Only module code is compiled with these: its locals are its globals.
GENERIC(LoadName) { return krt_generic_LoadGlobal_py(w, n, x, y, cache); }
GENERIC(StoreName) { return krt_generic_StoreGlobal_py(w, n, x, y, cache); }
GENERIC(DeleteName) { return done(krt_op_delete_name_py(globalsOf(w[0]), STR(x))); }
GENERIC(LoadBuildClass) { return krt_op_load_build_class_py(builtinsOf(w[0])); }
GENERIC(LoadAssertionError) { return kAssertionError; }
GENERIC(SetupAnnotations) { return done(krt_op_setup_annotations_py(globalsOf(w[0]))); }

// ---- Attributes and items ----
GENERIC(LoadAttr) {
  Value object = w[0];
  if (attributeHit(*cache, object) || attributeCacheShared(*cache, object, STR(x))) {
    if (Value value = quickAttribute(*cache, object))
      return value;
    if (kindOf(*cache) == AttributeKind::Descriptor) {
      Value descriptor = Value(cache->words[2]);
      return classOf(descriptor)->slots.descrGet(descriptor, object, Value(classOf(object)));
    }
  }
  Shape *shape = object.isObject() ? object.asObject()->shape : nullptr;
  Value value = krt_getattr_py(object, STR(x));
  if (value && (!shape || object.asObject()->shape == shape))
    attributeCacheLoad(*cache, object, STR(x));
  return value;
}
GENERIC(StoreAttr) {
  Value object = w[0];
  if (attributeHit(*cache, object) || attributeCacheSharedStore(*cache, object, STR(x))) {
    if (kindOf(*cache) == AttributeKind::Inline) {
      slotAt(object, cache->words[2]) = w[1];
      return kNone;
    }
    if (kindOf(*cache) == AttributeKind::Add) {
      slotAt(object, cache->words[3]) = w[1];
      object.asObject()->shape = reinterpret_cast<Shape *>(cache->words[2]);
      return kNone;
    }
    if (kindOf(*cache) == AttributeKind::Descriptor) {
      Value descriptor = Value(cache->words[2]);
      return done(classOf(descriptor)->slots.descrSet(descriptor, object, w[1]));
    }
  }
  Shape *before = object.isObject() ? object.asObject()->shape : nullptr;
  if (krt_setattr_py(object, STR(x), w[1]) < 0)
    return {};
  if (before)
    attributeCacheStore(*cache, object, before, STR(x));
  return kNone;
}
GENERIC(DeleteAttr) { return done(krt_setattr_py(w[0], STR(x), Value())); }
GENERIC(LoadMethod) {
  Value object = w[0];
  if ((attributeHit(*cache, object) || attributeCacheShared(*cache, object, STR(x))) &&
      kindOf(*cache) == AttributeKind::Method) {
    w[1] = object;
    return Value(cache->words[2]);
  }
  Value self;
  Value function = krt_load_method_py(object, STR(x), &self);
  if (function)
    attributeCacheLoad(*cache, object, STR(x));
  w[1] = self;
  return function;
}
GENERIC(LoadSuperAttr) { return krt_op_load_super_py(w[0], w[1], w[2], STR(x), nullptr); }
GENERIC(LoadSuperMethod) {
  Value self;
  Value function = krt_op_load_super_py(w[0], w[1], w[2], STR(x), &self);
  w[1] = self;
  return function;
}
GENERIC(GetItem) {
  Value object = w[0], key = w[1];
  if (isExact(object, krt_list_class) && key.isInt()) {
    List *list = object.as<List>();
    int64_t index = key.asInt() < 0 ? key.asInt() + list->length : key.asInt();
    if (static_cast<uint64_t>(index) < static_cast<uint64_t>(list->length))
      return list->items[index];
  }
  if (!isExact(object, krt_dict_class))
    return krt_getitem_py(object, key);
  Value value = krt_dict_get_py(object.as<Dict>(), key);
  if (!value && !errorPending())
    krt_raise_key_error(key);
  return value;
}
GENERIC(SetItem) {
  Value object = w[0], key = w[1];
  if (isExact(object, krt_list_class) && key.isInt()) {
    List *list = object.as<List>();
    int64_t index = key.asInt() < 0 ? key.asInt() + list->length : key.asInt();
    if (static_cast<uint64_t>(index) < static_cast<uint64_t>(list->length)) {
      list->items[index] = w[2];
      return kNone;
    }
  }
  return done(isExact(object, krt_dict_class) ? krt_dict_set_py(object.as<Dict>(), key, w[2])
                                              : krt_setitem_py(object, key, w[2]));
}
GENERIC(DelItem) { return done(krt_setitem_py(w[0], w[1], Value())); }
GENERIC(BuildSlice) { return krt_slice_new(orNone(w[0]), orNone(w[1]), orNone(w[2])); }

// ---- Arithmetic ----
#define BINARY(Name)                                                                                         \
  GENERIC(Name) { return krt_binary_py(w[0], w[1], BinaryOp::Name); }                                        \
  GENERIC(Inplace##Name) { return krt_inplace_py(w[0], w[1], BinaryOp::Name); }
BINARY(Add)
BINARY(Sub)
BINARY(Mul)
BINARY(TrueDiv)
BINARY(FloorDiv)
BINARY(Mod)
BINARY(Pow)
BINARY(MatMul)
BINARY(LShift)
BINARY(RShift)
BINARY(And)
BINARY(Or)
BINARY(Xor)
#undef BINARY
#define COMPARE(Name)                                                                                        \
  GENERIC(Name) { return compare(w[0], w[1], CompareOp::Name); }
COMPARE(Lt)
COMPARE(Le)
COMPARE(Eq)
COMPARE(Ne)
COMPARE(Gt)
COMPARE(Ge)
#undef COMPARE
GENERIC(Neg) { return krt_negative_py(w[0]); }
GENERIC(Pos) { return krt_positive_py(w[0]); }
GENERIC(Invert) { return krt_invert_py(w[0]); }
GENERIC(In) {
  int result = krt_contains_py(w[1], w[0]);
  return result < 0 ? Value() : boolean(result);
}
GENERIC(NotIn) {
  int result = krt_contains_py(w[1], w[0]);
  return result < 0 ? Value() : boolean(!result);
}

// ---- Iteration, unpacking ----
GENERIC(GetIter) { return krt_iter_py(w[0]); }
GENERIC(UnpackSequence) {
  Value sequence = w[0];
  if (isExact(sequence, krt_tuple_class) && sequence.as<Tuple>()->length == static_cast<int64_t>(x)) {
    for (uint64_t i = 0; i < x; ++i)
      w[i] = sequence.as<Tuple>()->items[i];
  } else if (krt_op_unpack_py(sequence, w, static_cast<uint32_t>(x)) < 0) {
    return {};
  }
  return x ? w[0] : kNone;
}
GENERIC(UnpackEx) {
  return krt_op_unpack_ex_py(w[0], w, static_cast<uint32_t>(x), static_cast<uint32_t>(y)) < 0 ? Value()
                                                                                              : w[0];
}

// ---- Building values ----
GENERIC(BuildSet) {
  Set *set = krt_set_new(&krt_set_class);
  for (size_t i = 0; i < n; ++i)
    if (krt_set_add_py(set, w[i]) < 0)
      return {};
  return set;
}
GENERIC(BuildDict) {
  Dict *dict = krt_dict_new_sized(n / 2);
  for (size_t i = 0; i + 1 < n; i += 2)
    if (krt_dict_set_py(dict, w[i], w[i + 1]) < 0)
      return {};
  return dict;
}
GENERIC(BuildString) { return krt_op_build_string(w, n); }
GENERIC(FormatValue) { return krt_op_format_value_py(w[0], w[1], static_cast<uint32_t>(x)); }
GENERIC(SetAdd) { return done(krt_set_add_py(w[0].as<Set>(), w[1])); }
GENERIC(DictSet) { return done(krt_dict_set_py(w[0].as<Dict>(), w[1], w[2])); }
GENERIC(ListExtend) { return done(krt_op_list_extend_py(w[0].as<List>(), w[1])); }
GENERIC(SetUpdate) { return done(krt_set_update_py(w[0].as<Set>(), w[1])); }
GENERIC(DictUpdate) { return done(krt_op_dict_update_py(w[0].as<Dict>(), w[1])); }
GENERIC(DictMerge) { return done(krt_op_dict_merge_py(w[0].as<Dict>(), w[1], w[2])); }
GENERIC(ListToTuple) {
  List *list = w[0].as<List>();
  return krt_tuple_from(list->items, static_cast<size_t>(list->length));
}

// ---- Calls, generators ----
GENERIC(CallEx) { return krt_op_call_ex_py(w[0], w[1], w[2]); }
GENERIC(MakeFunction) {
  return krt_op_make_function(Value(x).as<Code>(), globalsOf(w[0]), w[1], w[2], w[3], w[4]);
}
GENERIC(GetYieldFromIter) { return krt_op_get_yield_from_iter_py(w[0], krt_thread.frame->code); }
GENERIC(GetAwaitable) { return krt_op_get_awaitable_py(w[0], static_cast<uint32_t>(x)); }
GENERIC(GetAIter) { return krt_op_get_aiter_py(w[0]); }
GENERIC(GetANext) { return krt_op_get_anext_py(w[0]); }
GENERIC(EndAsyncFor) {
  if (krt_instance(w[0], kStopAsyncIteration))
    return kNone;
  krt_error_restore(w[0]);
  return {};
}

// ---- Exceptions, with ----
GENERIC(PushExc) {
  Value before = krt_thread.handled;
  krt_thread.handled = w[0];
  return before;
}
GENERIC(PopExc) {
  krt_thread.handled = w[0];
  return kNone;
}
GENERIC(CheckExcMatch) {
  int match = krt_op_exception_matches_py(w[0], w[1]);
  return match < 0 ? Value() : boolean(match);
}
GENERIC(CheckEgMatch) {
  Value rest, match;
  if (krt_op_check_eg_match_py(w[0], w[1], &rest, &match) < 0)
    return {};
  w[1] = match;
  return rest;
}
GENERIC(PrepReraiseStar) { return krt_op_prep_reraise_star_py(w[0], w[1].as<List>()); }
GENERIC(LoadSpecial) {
  Value target[2];
  if (krt_op_load_special_py(w[0], static_cast<uint32_t>(x), target) < 0)
    return {};
  w[1] = target[1];
  return target[0];
}
GENERIC(WithExit) { return krt_op_with_exit_py(w[0], w[1], w[2]); }

// ---- Imports ----
GENERIC(ImportName) {
  Frame frame{};
  frame.globals = globalsOf(w[0]);
  frame.builtins = builtinsOf(w[0]);
  frame.locals = w[0] ? Value() : Value(frame.globals);
  return krt_op_import_name_py(&frame, STR(x), w[1], orNone(w[2]));
}
GENERIC(ImportFrom) { return krt_op_import_from_py(w[0], STR(x)); }

// ---- Pattern matching ----
GENERIC(GetLen) {
  int64_t length = krt_length_py(w[0]);
  return length < 0 ? Value() : krt_int_from_i64(length);
}
GENERIC(MatchMapping) { return boolean(classOf(w[0])->flags & kClassMapping); }
GENERIC(MatchSequence) { return boolean(classOf(w[0])->flags & kClassSequence); }
GENERIC(MatchKeys) { return krt_op_match_keys_py(w[0], w[1].as<Tuple>()); }
GENERIC(MatchClass) {
  return krt_op_match_class_py(w[0], w[1], static_cast<uint32_t>(x), Value(y).as<Tuple>());
}

#undef GENERIC

} // extern "C"
} // namespace krait
